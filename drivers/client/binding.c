/* binding.c - the adapter below: bind, unbind, PnP events, and the data functions. */
#include "client.h"

/* Waits for a completion that a call promised by returning NDIS_STATUS_PENDING. */
static NDIS_STATUS ClientWait(PCLIENT_BINDING Binding, NDIS_STATUS Status)
{
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->DoneStatus;
    }
    NdisResetEvent(&Binding->Done);
    return Status;
}

static VOID ClientDone(PCLIENT_BINDING Binding, NDIS_STATUS Status)
{
    Binding->DoneStatus = Status;
    NdisSetEvent(&Binding->Done);
}

_Use_decl_annotations_ VOID ClientOpenAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext,
                                                        NDIS_STATUS Status)
{
    ClientDone(ProtocolBindingContext, Status);
}

_Use_decl_annotations_ VOID ClientCloseAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext)
{
    ClientDone(ProtocolBindingContext, NDIS_STATUS_SUCCESS);
}

static NDIS_STATUS ClientOpenAdapter(PCLIENT_BINDING Binding, NDIS_HANDLE BindContext,
                                     PNDIS_BIND_PARAMETERS BindParameters)
{
    NDIS_MEDIUM Media[] = {NdisMediumCoWan};
    UINT Selected = 0;
    NDIS_OPEN_PARAMETERS Open = {
        .Header = {.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS,
                   .Revision = NDIS_OPEN_PARAMETERS_REVISION_1,
                   .Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1},
        .AdapterName = BindParameters->AdapterName,
        .MediumArray = Media,
        .MediumArraySize = ARRAYSIZE(Media),
        .SelectedMediumIndex = &Selected,
    };

    return ClientWait(Binding, NdisOpenAdapterEx(ClientProtocolHandle, Binding, &Open, BindContext,
                                                 &Binding->BindingHandle));
}

static VOID ClientFreeBinding(PCLIENT_BINDING Binding)
{
    NdisFreeSpinLock(&Binding->Lock);
    NdisFreeMemory(Binding, 0, 0);
}

_Use_decl_annotations_ NDIS_STATUS ClientBindAdapterEx(NDIS_HANDLE ProtocolDriverContext,
                                                       NDIS_HANDLE BindContext,
                                                       PNDIS_BIND_PARAMETERS BindParameters)
{
    PCLIENT_BINDING Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    if (BindParameters->MediaType != NdisMediumCoWan) {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    Binding = NdisAllocateMemoryWithTagPriority(ClientProtocolHandle, sizeof(*Binding),
                                                CLIENT_POOL_TAG, NormalPoolPriority);
    if (Binding == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Binding, sizeof(*Binding));
    NdisAllocateSpinLock(&Binding->Lock);
    NdisInitializeListHead(&Binding->Afs);
    NdisInitializeEvent(&Binding->Done);
    NdisInitializeEvent(&Binding->AfsClosed);

    Status = ClientOpenAdapter(Binding, BindContext, BindParameters);
    if (Status != NDIS_STATUS_SUCCESS) {
        ClientFreeBinding(Binding);
    }
    return Status;
}

_Use_decl_annotations_ NDIS_STATUS ClientUnbindAdapterEx(NDIS_HANDLE UnbindContext,
                                                         NDIS_HANDLE ProtocolBindingContext)
{
    PCLIENT_BINDING Binding = ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    ClientCloseAllAfs(Binding);
    ClientWait(Binding, NdisCloseAdapterEx(Binding->BindingHandle));
    ClientFreeBinding(Binding);
    return NDIS_STATUS_SUCCESS;
}

/* A client without traffic has nothing to finish before a pause, and needs no part of the system's
 * power and device events. */
_Use_decl_annotations_ NDIS_STATUS ClientNetPnPEvent(
    NDIS_HANDLE ProtocolBindingContext, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetPnPEventNotification);

    return NDIS_STATUS_SUCCESS;
}

/* This driver sends no requests of its own. */
_Use_decl_annotations_ VOID ClientOidRequestComplete(NDIS_HANDLE ProtocolBindingContext,
                                                     PNDIS_OID_REQUEST OidRequest,
                                                     NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}

/* -- data: without a call there is neither anything sent nor anything received ----------------- */

_Use_decl_annotations_ VOID ClientReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext,
                                                        PNET_BUFFER_LIST NetBufferLists,
                                                        NDIS_PORT_NUMBER PortNumber,
                                                        ULONG NumberOfNetBufferLists,
                                                        ULONG ReceiveFlags)
{
    PCLIENT_BINDING Binding = ProtocolBindingContext;

    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags)) {
        NdisReturnNetBufferLists(Binding->BindingHandle, NetBufferLists, 0);
    }
}

_Use_decl_annotations_ VOID ClientSendNetBufferListsComplete(NDIS_HANDLE ProtocolBindingContext,
                                                             PNET_BUFFER_LIST NetBufferList,
                                                             ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}

_Use_decl_annotations_ VOID ClientCoReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext,
                                                          NDIS_HANDLE ProtocolVcContext,
                                                          PNET_BUFFER_LIST NetBufferLists,
                                                          ULONG NumberOfNetBufferLists,
                                                          ULONG ReceiveFlags)
{
    PCLIENT_BINDING Binding = ProtocolBindingContext;

    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags)) {
        NdisReturnNetBufferLists(Binding->BindingHandle, NetBufferLists, 0);
    }
}

_Use_decl_annotations_ VOID ClientCoSendNetBufferListsComplete(NDIS_HANDLE ProtocolVcContext,
                                                               PNET_BUFFER_LIST NetBufferLists,
                                                               ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}

_Use_decl_annotations_ VOID ClientCoStatusEx(NDIS_HANDLE ProtocolBindingContext,
                                             NDIS_HANDLE ProtocolVcContext,
                                             PNDIS_STATUS_INDICATION StatusIndication)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}
