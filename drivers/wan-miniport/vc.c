/* vc.c - virtual circuits and their data. */
#include "wanmp.h"

_Use_decl_annotations_ NDIS_STATUS WanMpCreateVc(NDIS_HANDLE MiniportAdapterContext,
                                                 NDIS_HANDLE NdisVcHandle,
                                                 PNDIS_HANDLE MiniportVcContext)
{
    PWANMP_ADAPTER Adapter = MiniportAdapterContext;
    PWANMP_VC Vc;

    Vc = NdisAllocateMemoryWithTagPriority(Adapter->AdapterHandle, sizeof(*Vc), WANMP_POOL_TAG,
                                           NormalPoolPriority);
    if (Vc == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Vc, sizeof(*Vc));
    Vc->Adapter = Adapter;
    Vc->NdisVcHandle = NdisVcHandle;
    *MiniportVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ NDIS_STATUS WanMpDeleteVc(NDIS_HANDLE MiniportVcContext)
{
    NdisFreeMemory(MiniportVcContext, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

static VOID WanMpSetActive(PWANMP_VC Vc, BOOLEAN Active)
{
    NdisAcquireSpinLock(&Vc->Adapter->Lock);
    Vc->Active = Active;
    NdisReleaseSpinLock(&Vc->Adapter->Lock);
}

/* The device takes every quality of service: it has no bandwidth to run out of. */
_Use_decl_annotations_ NDIS_STATUS WanMpActivateVc(NDIS_HANDLE MiniportVcContext,
                                                   PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(CallParameters);

    WanMpSetActive(MiniportVcContext, TRUE);
    return NDIS_STATUS_SUCCESS;
}

/* No send is ever left unfinished, so there is nothing to wait for. */
_Use_decl_annotations_ NDIS_STATUS WanMpDeactivateVc(NDIS_HANDLE MiniportVcContext)
{
    WanMpSetActive(MiniportVcContext, FALSE);
    return NDIS_STATUS_SUCCESS;
}

static VOID WanMpSetListStatus(PNET_BUFFER_LIST Lists, NDIS_STATUS Status)
{
    for (; Lists != NULL; Lists = NET_BUFFER_LIST_NEXT_NBL(Lists)) {
        NET_BUFFER_LIST_STATUS(Lists) = Status;
    }
}

static ULONG WanMpCompleteFlags(ULONG SendFlags)
{
    return NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                                                       : 0;
}

/* Counts the frames of a chain of lists, under the adapter's lock. */
static VOID WanMpCount(PWANMP_ADAPTER Adapter, PNET_BUFFER_LIST Lists, BOOLEAN Sent)
{
    PNET_BUFFER Buffer;

    for (; Lists != NULL; Lists = NET_BUFFER_LIST_NEXT_NBL(Lists)) {
        for (Buffer = NET_BUFFER_LIST_FIRST_NB(Lists); Buffer != NULL;
             Buffer = NET_BUFFER_NEXT_NB(Buffer)) {
            Adapter->FramesSent += Sent;
            Adapter->BytesSent += Sent ? NET_BUFFER_DATA_LENGTH(Buffer) : 0;
            Adapter->SendsRefused += !Sent;
        }
    }
}

_Use_decl_annotations_ VOID WanMpCoSendNetBufferLists(NDIS_HANDLE MiniportVcContext,
                                                      PNET_BUFFER_LIST NetBufferLists,
                                                      ULONG SendFlags)
{
    PWANMP_VC Vc = MiniportVcContext;
    PWANMP_ADAPTER Adapter = Vc->Adapter;
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    NdisAcquireSpinLock(&Adapter->Lock);
    if (!Vc->Active) {
        Status = NDIS_STATUS_VC_NOT_ACTIVATED;
    } else if (Adapter->Gone) {
        Status = NDIS_STATUS_NOT_ACCEPTED;
    } else if (!Adapter->Running) {
        Status = NDIS_STATUS_PAUSED;
    }
    WanMpCount(Adapter, NetBufferLists, Status == NDIS_STATUS_SUCCESS);
    NdisReleaseSpinLock(&Adapter->Lock);

    WanMpSetListStatus(NetBufferLists, Status);
    NdisMCoSendNetBufferListsComplete(Vc->NdisVcHandle, NetBufferLists,
                                      WanMpCompleteFlags(SendFlags));
}

/* A CoNDIS adapter sends through CoSendNetBufferLists only; a list that comes here has lost its
 * way. */
_Use_decl_annotations_ VOID WanMpSendNetBufferLists(NDIS_HANDLE MiniportAdapterContext,
                                                    PNET_BUFFER_LIST NetBufferList,
                                                    NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PWANMP_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(PortNumber);

    WanMpSetListStatus(NetBufferList, NDIS_STATUS_NOT_SUPPORTED);
    NdisMSendNetBufferListsComplete(Adapter->AdapterHandle, NetBufferList,
                                    WanMpCompleteFlags(SendFlags));
}

/* Nothing is ever indicated, so nothing comes back. */
_Use_decl_annotations_ VOID WanMpReturnNetBufferLists(NDIS_HANDLE MiniportAdapterContext,
                                                      PNET_BUFFER_LIST NetBufferLists,
                                                      ULONG ReturnFlags)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(ReturnFlags);
}

/* Sends are complete before WanMpCoSendNetBufferLists returns: there is nothing left to cancel. */
_Use_decl_annotations_ VOID WanMpCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}
