/* callmgr.c - the call manager half: address families, VCs, and what clients ask for.
 *
 * The lines of the sample lead nowhere, so it refuses calls, SAPs and parties in the way the
 * documentation prescribes for services that a call manager does not offer.
 */
#include "mcm.h"

/* -- address families -------------------------------------------------------------------------- */

_Use_decl_annotations_ NDIS_STATUS McmOpenAf(NDIS_HANDLE CallMgrBindingContext,
                                             PCO_ADDRESS_FAMILY AddressFamily,
                                             NDIS_HANDLE NdisAfHandle,
                                             PNDIS_HANDLE CallMgrAfContext)
{
    PMCM_ADAPTER Adapter =
        CallMgrBindingContext; /* an MCM has no binding: NDIS passes the adapter */
    PMCM_AF Af;

    if (AddressFamily->AddressFamily != CO_ADDRESS_FAMILY_TAPI_PROXY) {
        return NDIS_STATUS_BAD_VERSION;
    }
    Af = NdisAllocateMemoryWithTagPriority(Adapter->AdapterHandle, sizeof(*Af), MCM_POOL_TAG,
                                           NormalPoolPriority);
    if (Af == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Af, sizeof(*Af));
    Af->Adapter = Adapter;
    Af->NdisAfHandle = NdisAfHandle;
    Af->References = 1;

    NdisAcquireSpinLock(&Adapter->Lock);
    InsertTailList(&Adapter->Afs, &Af->Link);
    NdisReleaseSpinLock(&Adapter->Lock);

    *CallMgrAfContext = Af;
    return NDIS_STATUS_SUCCESS;
}

/* The last reference takes the family off its adapter's list. */
static VOID McmDereferenceAf(PMCM_AF Af)
{
    PMCM_ADAPTER Adapter = Af->Adapter;
    BOOLEAN Last;

    NdisAcquireSpinLock(&Adapter->Lock);
    Last = --Af->References == 0;
    if (Last) {
        RemoveEntryList(&Af->Link);
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    if (Last) {
        NdisFreeMemory(Af, 0, 0);
    }
}

_Use_decl_annotations_ NDIS_STATUS McmCloseAf(NDIS_HANDLE CallMgrAfContext)
{
    PMCM_AF Af = CallMgrAfContext;
    BOOLEAN Busy;

    NdisAcquireSpinLock(&Af->Adapter->Lock);
    Busy = Af->Vcs != 0;
    Af->Closing = TRUE;
    NdisReleaseSpinLock(&Af->Adapter->Lock);
    if (Busy) {
        return NDIS_STATUS_PENDING;
    }
    McmDereferenceAf(Af);
    return NDIS_STATUS_SUCCESS;
}

static VOID McmNoticeDone(PMCM_ADAPTER Adapter)
{
    if (NdisInterlockedDecrement(&Adapter->PendingNotices) == 0) {
        NdisSetEvent(&Adapter->NoticesDone);
    }
}

_Use_decl_annotations_ VOID McmNotifyCloseAfComplete(NDIS_HANDLE CallMgrAfContext,
                                                     NDIS_STATUS Status)
{
    PMCM_AF Af = CallMgrAfContext;
    PMCM_ADAPTER Adapter = Af->Adapter;

    UNREFERENCED_PARAMETER(Status);

    McmDereferenceAf(Af);
    McmNoticeDone(Adapter);
}

/* The next client that was not told yet, with a reference that keeps it until its notice is
 * complete. */
static PMCM_AF McmNextToNotify(PMCM_ADAPTER Adapter)
{
    PMCM_AF Found = NULL;
    PLIST_ENTRY Entry;

    NdisAcquireSpinLock(&Adapter->Lock);
    for (Entry = Adapter->Afs.Flink; Entry != &Adapter->Afs; Entry = Entry->Flink) {
        PMCM_AF Af = CONTAINING_RECORD(Entry, MCM_AF, Link);

        if (!Af->Notified && !Af->Closing) {
            Af->Notified = TRUE;
            Af->References++;
            Found = Af;
            break;
        }
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Found;
}

/* Tells each client that the adapter goes away and returns when all of them have let go of it. */
VOID McmNotifyClients(PMCM_ADAPTER Adapter)
{
    PMCM_AF Af;

    Adapter->PendingNotices = 1;
    while ((Af = McmNextToNotify(Adapter)) != NULL) {
        NdisInterlockedIncrement(&Adapter->PendingNotices);
        if (NdisMCmNotifyCloseAddressFamily(Af->NdisAfHandle) != NDIS_STATUS_PENDING) {
            McmNotifyCloseAfComplete(Af, NDIS_STATUS_SUCCESS);
        }
    }
    McmNoticeDone(Adapter);
    NdisWaitEvent(&Adapter->NoticesDone, 0);
}

/* -- virtual circuits -------------------------------------------------------------------------- */

_Use_decl_annotations_ NDIS_STATUS McmCreateVc(NDIS_HANDLE ProtocolAfContext,
                                               NDIS_HANDLE NdisVcHandle,
                                               PNDIS_HANDLE ProtocolVcContext)
{
    PMCM_AF Af = ProtocolAfContext;
    PMCM_VC Vc;

    Vc = NdisAllocateMemoryWithTagPriority(Af->Adapter->AdapterHandle, sizeof(*Vc), MCM_POOL_TAG,
                                           NormalPoolPriority);
    if (Vc == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Vc, sizeof(*Vc));
    Vc->Af = Af;
    Vc->NdisVcHandle = NdisVcHandle;

    NdisAcquireSpinLock(&Af->Adapter->Lock);
    Af->Vcs++;
    NdisReleaseSpinLock(&Af->Adapter->Lock);

    *ProtocolVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ NDIS_STATUS McmDeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    PMCM_VC Vc = ProtocolVcContext;
    PMCM_AF Af = Vc->Af;
    BOOLEAN LastOfClosing;

    NdisAcquireSpinLock(&Af->Adapter->Lock);
    LastOfClosing = --Af->Vcs == 0 && Af->Closing;
    NdisReleaseSpinLock(&Af->Adapter->Lock);
    NdisFreeMemory(Vc, 0, 0);

    if (LastOfClosing) {
        NDIS_HANDLE NdisAfHandle = Af->NdisAfHandle;

        McmDereferenceAf(Af);
        NdisMCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, NdisAfHandle);
    }
    return NDIS_STATUS_SUCCESS;
}

/* -- what this call manager does not offer ----------------------------------------------------- */

_Use_decl_annotations_ NDIS_STATUS McmRegisterSap(NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap,
                                                  NDIS_HANDLE NdisSapHandle,
                                                  PNDIS_HANDLE CallMgrSapContext)
{
    UNREFERENCED_PARAMETER(CallMgrAfContext);
    UNREFERENCED_PARAMETER(Sap);
    UNREFERENCED_PARAMETER(NdisSapHandle);
    UNREFERENCED_PARAMETER(CallMgrSapContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS McmDeregisterSap(NDIS_HANDLE CallMgrSapContext)
{
    UNREFERENCED_PARAMETER(CallMgrSapContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS McmMakeCall(NDIS_HANDLE CallMgrVcContext,
                                               PCO_CALL_PARAMETERS CallParameters,
                                               NDIS_HANDLE NdisPartyHandle,
                                               PNDIS_HANDLE CallMgrPartyContext)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
    UNREFERENCED_PARAMETER(NdisPartyHandle);
    UNREFERENCED_PARAMETER(CallMgrPartyContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS McmCloseCall(NDIS_HANDLE CallMgrVcContext,
                                                NDIS_HANDLE CallMgrPartyContext, PVOID CloseData,
                                                UINT Size)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ VOID McmIncomingCallComplete(NDIS_STATUS Status,
                                                    NDIS_HANDLE CallMgrVcContext,
                                                    PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ NDIS_STATUS McmAddParty(NDIS_HANDLE CallMgrVcContext,
                                               PCO_CALL_PARAMETERS CallParameters,
                                               NDIS_HANDLE NdisPartyHandle,
                                               PNDIS_HANDLE CallMgrPartyContext)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
    UNREFERENCED_PARAMETER(NdisPartyHandle);
    UNREFERENCED_PARAMETER(CallMgrPartyContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS McmDropParty(NDIS_HANDLE CallMgrPartyContext, PVOID CloseData,
                                                UINT Size)
{
    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    return NDIS_STATUS_NOT_SUPPORTED;
}

/* NDIS does not call the next two in an MCM, but takes no registration without them. */
_Use_decl_annotations_ VOID McmActivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext,
                                                  PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ VOID McmDeactivateVcComplete(NDIS_STATUS Status,
                                                    NDIS_HANDLE CallMgrVcContext)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(CallMgrVcContext);
}

_Use_decl_annotations_ NDIS_STATUS McmModifyCallQoS(NDIS_HANDLE CallMgrVcContext,
                                                    PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);

    return NDIS_STATUS_NOT_SUPPORTED;
}

/* Requests of clients to the call manager (TAPI capabilities, for example). */
_Use_decl_annotations_ NDIS_STATUS McmCmOidRequest(NDIS_HANDLE ProtocolAfContext,
                                                   NDIS_HANDLE ProtocolVcContext,
                                                   NDIS_HANDLE ProtocolPartyContext,
                                                   PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);

    return NDIS_STATUS_NOT_SUPPORTED;
}

/* This driver sends no requests of its own. */
_Use_decl_annotations_ VOID McmCmOidRequestComplete(NDIS_HANDLE ProtocolAfContext,
                                                    NDIS_HANDLE ProtocolVcContext,
                                                    NDIS_HANDLE ProtocolPartyContext,
                                                    PNDIS_OID_REQUEST OidRequest,
                                                    NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}
