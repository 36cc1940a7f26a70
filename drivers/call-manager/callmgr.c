/* callmgr.c - the clients above: address families, VCs, and what clients ask for.
 *
 * The sample knows no signalling protocol, so it refuses calls, SAPs and parties in the way the
 * documentation prescribes for services that a call manager does not offer.
 */
#include "callmgr.h"

/* -- address families -------------------------------------------------------------------------- */

_Use_decl_annotations_ NDIS_STATUS CallMgrOpenAf(NDIS_HANDLE CallMgrBindingContext,
                                                 PCO_ADDRESS_FAMILY AddressFamily,
                                                 NDIS_HANDLE NdisAfHandle,
                                                 PNDIS_HANDLE CallMgrAfContext)
{
    PCALLMGR_BINDING Binding = CallMgrBindingContext;
    PCALLMGR_AF Af;

    if (AddressFamily->AddressFamily != CO_ADDRESS_FAMILY_TAPI_PROXY) {
        return NDIS_STATUS_BAD_VERSION;
    }
    Af = NdisAllocateMemoryWithTagPriority(CallMgrProtocolHandle, sizeof(*Af), CALLMGR_POOL_TAG,
                                           NormalPoolPriority);
    if (Af == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Af, sizeof(*Af));
    Af->Binding = Binding;
    Af->NdisAfHandle = NdisAfHandle;
    Af->References = 1;

    NdisAcquireSpinLock(&Binding->Lock);
    InsertTailList(&Binding->Afs, &Af->Link);
    NdisReleaseSpinLock(&Binding->Lock);

    *CallMgrAfContext = Af;
    return NDIS_STATUS_SUCCESS;
}

/* The last reference takes the family off its binding's list. */
static VOID CallMgrDereferenceAf(PCALLMGR_AF Af)
{
    PCALLMGR_BINDING Binding = Af->Binding;
    BOOLEAN Last;

    NdisAcquireSpinLock(&Binding->Lock);
    Last = --Af->References == 0;
    if (Last) {
        RemoveEntryList(&Af->Link);
    }
    NdisReleaseSpinLock(&Binding->Lock);
    if (Last) {
        NdisFreeMemory(Af, 0, 0);
    }
}

_Use_decl_annotations_ NDIS_STATUS CallMgrCloseAf(NDIS_HANDLE CallMgrAfContext)
{
    PCALLMGR_AF Af = CallMgrAfContext;
    BOOLEAN Busy;

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Busy = Af->Vcs != 0;
    Af->Closing = TRUE;
    NdisReleaseSpinLock(&Af->Binding->Lock);
    if (Busy) {
        return NDIS_STATUS_PENDING;
    }
    CallMgrDereferenceAf(Af);
    return NDIS_STATUS_SUCCESS;
}

static VOID CallMgrNoticeDone(PCALLMGR_BINDING Binding)
{
    if (NdisInterlockedDecrement(&Binding->PendingNotices) == 0) {
        NdisSetEvent(&Binding->NoticesDone);
    }
}

_Use_decl_annotations_ VOID CallMgrNotifyCloseAfComplete(NDIS_HANDLE CallMgrAfContext,
                                                         NDIS_STATUS Status)
{
    PCALLMGR_AF Af = CallMgrAfContext;
    PCALLMGR_BINDING Binding = Af->Binding;

    UNREFERENCED_PARAMETER(Status);

    CallMgrDereferenceAf(Af);
    CallMgrNoticeDone(Binding);
}

/* The next client that was not told yet, with a reference that keeps it until its notice is
 * complete. */
static PCALLMGR_AF CallMgrNextToNotify(PCALLMGR_BINDING Binding)
{
    PCALLMGR_AF Found = NULL;
    PLIST_ENTRY Entry;

    NdisAcquireSpinLock(&Binding->Lock);
    for (Entry = Binding->Afs.Flink; Entry != &Binding->Afs; Entry = Entry->Flink) {
        PCALLMGR_AF Af = CONTAINING_RECORD(Entry, CALLMGR_AF, Link);

        if (!Af->Notified && !Af->Closing) {
            Af->Notified = TRUE;
            Af->References++;
            Found = Af;
            break;
        }
    }
    NdisReleaseSpinLock(&Binding->Lock);
    return Found;
}

/* Tells each client that the call manager leaves the adapter and returns when all of them have let
 * go of it. */
VOID CallMgrNotifyClients(PCALLMGR_BINDING Binding)
{
    PCALLMGR_AF Af;

    Binding->PendingNotices = 1;
    while ((Af = CallMgrNextToNotify(Binding)) != NULL) {
        NdisInterlockedIncrement(&Binding->PendingNotices);
        if (NdisCmNotifyCloseAddressFamily(Af->NdisAfHandle) != NDIS_STATUS_PENDING) {
            CallMgrNotifyCloseAfComplete(Af, NDIS_STATUS_SUCCESS);
        }
    }
    CallMgrNoticeDone(Binding);
    NdisWaitEvent(&Binding->NoticesDone, 0);
}

/* -- virtual circuits -------------------------------------------------------------------------- */

_Use_decl_annotations_ NDIS_STATUS CallMgrCreateVc(NDIS_HANDLE ProtocolAfContext,
                                                   NDIS_HANDLE NdisVcHandle,
                                                   PNDIS_HANDLE ProtocolVcContext)
{
    PCALLMGR_AF Af = ProtocolAfContext;
    PCALLMGR_VC Vc;

    Vc = NdisAllocateMemoryWithTagPriority(CallMgrProtocolHandle, sizeof(*Vc), CALLMGR_POOL_TAG,
                                           NormalPoolPriority);
    if (Vc == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Vc, sizeof(*Vc));
    Vc->Af = Af;
    Vc->NdisVcHandle = NdisVcHandle;

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Af->Vcs++;
    NdisReleaseSpinLock(&Af->Binding->Lock);

    *ProtocolVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ NDIS_STATUS CallMgrDeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    PCALLMGR_VC Vc = ProtocolVcContext;
    PCALLMGR_AF Af = Vc->Af;
    BOOLEAN LastOfClosing;

    NdisAcquireSpinLock(&Af->Binding->Lock);
    LastOfClosing = --Af->Vcs == 0 && Af->Closing;
    NdisReleaseSpinLock(&Af->Binding->Lock);
    NdisFreeMemory(Vc, 0, 0);

    if (LastOfClosing) {
        NDIS_HANDLE NdisAfHandle = Af->NdisAfHandle;

        CallMgrDereferenceAf(Af);
        NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, NdisAfHandle);
    }
    return NDIS_STATUS_SUCCESS;
}

/* -- what this call manager does not offer ----------------------------------------------------- */

_Use_decl_annotations_ NDIS_STATUS CallMgrRegisterSap(NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap,
                                                      NDIS_HANDLE NdisSapHandle,
                                                      PNDIS_HANDLE CallMgrSapContext)
{
    UNREFERENCED_PARAMETER(CallMgrAfContext);
    UNREFERENCED_PARAMETER(Sap);
    UNREFERENCED_PARAMETER(NdisSapHandle);
    UNREFERENCED_PARAMETER(CallMgrSapContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS CallMgrDeregisterSap(NDIS_HANDLE CallMgrSapContext)
{
    UNREFERENCED_PARAMETER(CallMgrSapContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS CallMgrMakeCall(NDIS_HANDLE CallMgrVcContext,
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

_Use_decl_annotations_ NDIS_STATUS CallMgrCloseCall(NDIS_HANDLE CallMgrVcContext,
                                                    NDIS_HANDLE CallMgrPartyContext,
                                                    PVOID CloseData, UINT Size)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ VOID CallMgrIncomingCallComplete(NDIS_STATUS Status,
                                                        NDIS_HANDLE CallMgrVcContext,
                                                        PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ NDIS_STATUS CallMgrAddParty(NDIS_HANDLE CallMgrVcContext,
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

_Use_decl_annotations_ NDIS_STATUS CallMgrDropParty(NDIS_HANDLE CallMgrPartyContext,
                                                    PVOID CloseData, UINT Size)
{
    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    return NDIS_STATUS_NOT_SUPPORTED;
}

/* This call manager activates no VC, so there is nothing to complete. */
_Use_decl_annotations_ VOID CallMgrActivateVcComplete(NDIS_STATUS Status,
                                                      NDIS_HANDLE CallMgrVcContext,
                                                      PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ VOID CallMgrDeactivateVcComplete(NDIS_STATUS Status,
                                                        NDIS_HANDLE CallMgrVcContext)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(CallMgrVcContext);
}

_Use_decl_annotations_ NDIS_STATUS CallMgrModifyCallQoS(NDIS_HANDLE CallMgrVcContext,
                                                        PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);

    return NDIS_STATUS_NOT_SUPPORTED;
}

/* Requests of clients to the call manager (TAPI capabilities, for example). */
_Use_decl_annotations_ NDIS_STATUS CallMgrCmOidRequest(NDIS_HANDLE ProtocolAfContext,
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
_Use_decl_annotations_ VOID CallMgrCmOidRequestComplete(NDIS_HANDLE ProtocolAfContext,
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
