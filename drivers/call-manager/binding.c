/* binding.c - the adapter below: bind, unbind, PnP events, and the data functions a call manager
 * that only signals has no use for. */
#include "callmgr.h"

/* Waits for a completion that a call promised by returning NDIS_STATUS_PENDING. */
static NDIS_STATUS CallMgrWait(PCALLMGR_BINDING Binding, NDIS_STATUS Status)
{
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Done, 0);
        Status = Binding->DoneStatus;
    }
    NdisResetEvent(&Binding->Done);
    return Status;
}

static VOID CallMgrDone(PCALLMGR_BINDING Binding, NDIS_STATUS Status)
{
    Binding->DoneStatus = Status;
    NdisSetEvent(&Binding->Done);
}

_Use_decl_annotations_ VOID CallMgrOpenAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext,
                                                         NDIS_STATUS Status)
{
    CallMgrDone(ProtocolBindingContext, Status);
}

_Use_decl_annotations_ VOID CallMgrCloseAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext)
{
    CallMgrDone(ProtocolBindingContext, NDIS_STATUS_SUCCESS);
}

static NDIS_STATUS CallMgrOpenAdapter(PCALLMGR_BINDING Binding, NDIS_HANDLE BindContext,
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

    return CallMgrWait(Binding, NdisOpenAdapterEx(CallMgrProtocolHandle, Binding, &Open,
                                                  BindContext, &Binding->BindingHandle));
}

static VOID CallMgrFreeBinding(PCALLMGR_BINDING Binding)
{
    NdisFreeSpinLock(&Binding->Lock);
    NdisFreeMemory(Binding, 0, 0);
}

/* The address family is registered before the bind is over: NDIS then offers it to the clients. */
static NDIS_STATUS CallMgrRegisterFamily(PCALLMGR_BINDING Binding)
{
    CO_ADDRESS_FAMILY Family = {
        .AddressFamily = CO_ADDRESS_FAMILY_TAPI_PROXY,
        .MajorVersion = NDIS_PROTOCOL_MAJOR_VERSION,
        .MinorVersion = NDIS_PROTOCOL_MINOR_VERSION,
    };

    return NdisCmRegisterAddressFamilyEx(Binding->BindingHandle, &Family);
}

_Use_decl_annotations_ NDIS_STATUS CallMgrBindAdapterEx(NDIS_HANDLE ProtocolDriverContext,
                                                        NDIS_HANDLE BindContext,
                                                        PNDIS_BIND_PARAMETERS BindParameters)
{
    PCALLMGR_BINDING Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    if (BindParameters->MediaType != NdisMediumCoWan) {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    Binding = NdisAllocateMemoryWithTagPriority(CallMgrProtocolHandle, sizeof(*Binding),
                                                CALLMGR_POOL_TAG, NormalPoolPriority);
    if (Binding == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Binding, sizeof(*Binding));
    NdisAllocateSpinLock(&Binding->Lock);
    NdisInitializeListHead(&Binding->Afs);
    NdisInitializeEvent(&Binding->Done);
    NdisInitializeEvent(&Binding->NoticesDone);

    Status = CallMgrOpenAdapter(Binding, BindContext, BindParameters);
    if (Status != NDIS_STATUS_SUCCESS) {
        CallMgrFreeBinding(Binding);
        return Status;
    }
    Status = CallMgrRegisterFamily(Binding);
    if (Status != NDIS_STATUS_SUCCESS) {
        CallMgrWait(Binding, NdisCloseAdapterEx(Binding->BindingHandle));
        CallMgrFreeBinding(Binding);
    }
    return Status;
}

_Use_decl_annotations_ NDIS_STATUS CallMgrUnbindAdapterEx(NDIS_HANDLE UnbindContext,
                                                          NDIS_HANDLE ProtocolBindingContext)
{
    PCALLMGR_BINDING Binding = ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    CallMgrNotifyClients(Binding);
    CallMgrWait(Binding, NdisCloseAdapterEx(Binding->BindingHandle));
    CallMgrFreeBinding(Binding);
    return NDIS_STATUS_SUCCESS;
}

/* A call manager without traffic of its own has nothing to finish before a pause, and needs no part
 * of the system's power and device events. */
_Use_decl_annotations_ NDIS_STATUS CallMgrNetPnPEvent(
    NDIS_HANDLE ProtocolBindingContext, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetPnPEventNotification);

    return NDIS_STATUS_SUCCESS;
}

/* This driver sends no requests of its own. */
_Use_decl_annotations_ VOID CallMgrOidRequestComplete(NDIS_HANDLE ProtocolBindingContext,
                                                      PNDIS_OID_REQUEST OidRequest,
                                                      NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}

/* -- data: a call manager without signalling VCs neither sends nor receives -------------------- */

_Use_decl_annotations_ VOID CallMgrReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext,
                                                         PNET_BUFFER_LIST NetBufferLists,
                                                         NDIS_PORT_NUMBER PortNumber,
                                                         ULONG NumberOfNetBufferLists,
                                                         ULONG ReceiveFlags)
{
    PCALLMGR_BINDING Binding = ProtocolBindingContext;

    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags)) {
        NdisReturnNetBufferLists(Binding->BindingHandle, NetBufferLists, 0);
    }
}

_Use_decl_annotations_ VOID CallMgrSendNetBufferListsComplete(NDIS_HANDLE ProtocolBindingContext,
                                                              PNET_BUFFER_LIST NetBufferList,
                                                              ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}

_Use_decl_annotations_ VOID CallMgrCoReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext,
                                                           NDIS_HANDLE ProtocolVcContext,
                                                           PNET_BUFFER_LIST NetBufferLists,
                                                           ULONG NumberOfNetBufferLists,
                                                           ULONG ReceiveFlags)
{
    PCALLMGR_BINDING Binding = ProtocolBindingContext;

    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags)) {
        NdisReturnNetBufferLists(Binding->BindingHandle, NetBufferLists, 0);
    }
}

_Use_decl_annotations_ VOID CallMgrCoSendNetBufferListsComplete(NDIS_HANDLE ProtocolVcContext,
                                                                PNET_BUFFER_LIST NetBufferLists,
                                                                ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}

_Use_decl_annotations_ VOID CallMgrCoStatusEx(NDIS_HANDLE ProtocolBindingContext,
                                              NDIS_HANDLE ProtocolVcContext,
                                              PNDIS_STATUS_INDICATION StatusIndication)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}

/* Families are for clients, and this driver is none. */
_Use_decl_annotations_ VOID CallMgrCoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext,
                                                      PCO_ADDRESS_FAMILY AddressFamily)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(AddressFamily);
}
