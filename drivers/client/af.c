/* af.c - the address family: offered by NDIS, opened, closed; VCs and calls.
 *
 * A family can go in three ways: its open fails, the binding goes, or the call manager goes and
 * says so with a close notification. The last two may meet: whoever finds Closing set leaves it to
 * the other. The sample makes no calls and registers no SAP, so it refuses what would belong to
 * one.
 */
#include "client.h"

static VOID ClientFreeAf(PCLIENT_AF Af)
{
    PCLIENT_BINDING Binding = Af->Binding;
    BOOLEAN Last;

    NdisAcquireSpinLock(&Binding->Lock);
    RemoveEntryList(&Af->Link);
    Last = Binding->Closing && IsListEmpty(&Binding->Afs);
    NdisReleaseSpinLock(&Binding->Lock);
    NdisFreeMemory(Af, 0, 0);
    if (Last) {
        NdisSetEvent(&Binding->AfsClosed);
    }
}

static PCLIENT_AF ClientNewAf(PCLIENT_BINDING Binding)
{
    PCLIENT_AF Af;
    BOOLEAN Closing;

    Af = NdisAllocateMemoryWithTagPriority(ClientProtocolHandle, sizeof(*Af), CLIENT_POOL_TAG,
                                           NormalPoolPriority);
    if (Af == NULL) {
        return NULL;
    }
    NdisZeroMemory(Af, sizeof(*Af));
    Af->Binding = Binding;

    NdisAcquireSpinLock(&Binding->Lock);
    Closing = Binding->Closing;
    if (!Closing) {
        InsertTailList(&Binding->Afs, &Af->Link);
    }
    NdisReleaseSpinLock(&Binding->Lock);
    if (Closing) {
        NdisFreeMemory(Af, 0, 0);
        return NULL;
    }
    return Af;
}

/* NDIS offers each family of the adapter once. */
_Use_decl_annotations_ VOID ClientCoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext,
                                                     PCO_ADDRESS_FAMILY AddressFamily)
{
    PCLIENT_BINDING Binding = ProtocolBindingContext;
    NDIS_HANDLE NdisAfHandle = NULL;
    NDIS_STATUS Status;
    PCLIENT_AF Af;

    if (AddressFamily->AddressFamily != CO_ADDRESS_FAMILY_TAPI_PROXY) {
        return;
    }
    Af = ClientNewAf(Binding);
    if (Af == NULL) {
        return;
    }
    Status = NdisClOpenAddressFamilyEx(Binding->BindingHandle, AddressFamily, Af, &NdisAfHandle);
    if (Status != NDIS_STATUS_PENDING) {
        ClientOpenAfCompleteEx(Af, NdisAfHandle, Status);
    }
}

/* Closes a family unless somebody else does it already. The last step frees Af. */
static NDIS_STATUS ClientCloseAf(PCLIENT_AF Af, BOOLEAN Notice)
{
    NDIS_STATUS Status;
    BOOLEAN Mine;

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Mine = Af->Open && !Af->Closing;
    Af->Closing = TRUE;
    Af->Notice = Af->Notice || Notice;
    NdisReleaseSpinLock(&Af->Binding->Lock);
    if (!Mine) {
        return NDIS_STATUS_PENDING;
    }
    Status = NdisClCloseAddressFamily(Af->NdisAfHandle);
    if (Status != NDIS_STATUS_PENDING) {
        ClientCloseAfComplete(Status, Af);
    }
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_ VOID ClientOpenAfCompleteEx(NDIS_HANDLE ProtocolAfContext,
                                                   NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    PCLIENT_AF Af = ProtocolAfContext;
    BOOLEAN Close;

    if (Status != NDIS_STATUS_SUCCESS) {
        ClientFreeAf(Af);
        return;
    }
    NdisAcquireSpinLock(&Af->Binding->Lock);
    Af->NdisAfHandle = NdisAfHandle;
    Af->Open = TRUE;
    Close = Af->Closing; /* the binding goes, and found the open still on its way */
    Af->Closing = FALSE;
    NdisReleaseSpinLock(&Af->Binding->Lock);
    if (Close) {
        ClientCloseAf(Af, FALSE);
    }
}

/* The handle of a notification stays good until the notification is complete, Af until the close
 * is. */
_Use_decl_annotations_ VOID ClientCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext)
{
    PCLIENT_AF Af = ProtocolAfContext;
    NDIS_HANDLE NdisAfHandle = Af->NdisAfHandle;
    BOOLEAN Notice;

    UNREFERENCED_PARAMETER(Status);

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Notice = Af->Notice;
    NdisReleaseSpinLock(&Af->Binding->Lock);
    if (Notice) {
        NdisClNotifyCloseAddressFamilyComplete(NdisAfHandle, NDIS_STATUS_SUCCESS);
    }
    ClientFreeAf(Af);
}

_Use_decl_annotations_ NDIS_STATUS ClientNotifyCloseAf(NDIS_HANDLE ClientAfContext)
{
    return ClientCloseAf(ClientAfContext, TRUE);
}

static PCLIENT_AF ClientNextToClose(PCLIENT_BINDING Binding)
{
    PCLIENT_AF Found = NULL;
    PLIST_ENTRY Entry;

    NdisAcquireSpinLock(&Binding->Lock);
    for (Entry = Binding->Afs.Flink; Entry != &Binding->Afs; Entry = Entry->Flink) {
        PCLIENT_AF Af = CONTAINING_RECORD(Entry, CLIENT_AF, Link);

        if (!Af->Closing) {
            Found = Af;
            break;
        }
    }
    NdisReleaseSpinLock(&Binding->Lock);
    return Found;
}

/* Returns when no family is open on the binding any more. */
VOID ClientCloseAllAfs(PCLIENT_BINDING Binding)
{
    PCLIENT_AF Af;
    BOOLEAN Empty;

    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Closing = TRUE;
    Empty = IsListEmpty(&Binding->Afs);
    NdisReleaseSpinLock(&Binding->Lock);
    if (Empty) {
        return;
    }
    while ((Af = ClientNextToClose(Binding)) != NULL) {
        ClientCloseAf(Af, FALSE);
    }
    NdisWaitEvent(&Binding->AfsClosed, 0);
}

/* -- what a client without calls refuses ------------------------------------------------------- */

_Use_decl_annotations_ NDIS_STATUS ClientCreateVc(NDIS_HANDLE ProtocolAfContext,
                                                  NDIS_HANDLE NdisVcHandle,
                                                  PNDIS_HANDLE ProtocolVcContext)
{
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(NdisVcHandle);
    UNREFERENCED_PARAMETER(ProtocolVcContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS ClientDeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    UNREFERENCED_PARAMETER(ProtocolVcContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS ClientCoOidRequest(NDIS_HANDLE ProtocolAfContext,
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

_Use_decl_annotations_ VOID ClientCoOidRequestComplete(NDIS_HANDLE ProtocolAfContext,
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

_Use_decl_annotations_ VOID ClientRegisterSapComplete(NDIS_STATUS Status,
                                                      NDIS_HANDLE ProtocolSapContext, PCO_SAP Sap,
                                                      NDIS_HANDLE NdisSapHandle)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolSapContext);
    UNREFERENCED_PARAMETER(Sap);
    UNREFERENCED_PARAMETER(NdisSapHandle);
}

_Use_decl_annotations_ VOID ClientDeregisterSapComplete(NDIS_STATUS Status,
                                                        NDIS_HANDLE ProtocolSapContext)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolSapContext);
}

_Use_decl_annotations_ VOID ClientMakeCallComplete(NDIS_STATUS Status,
                                                   NDIS_HANDLE ProtocolVcContext,
                                                   NDIS_HANDLE NdisPartyHandle,
                                                   PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NdisPartyHandle);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ VOID ClientModifyCallQoSComplete(NDIS_STATUS Status,
                                                        NDIS_HANDLE ProtocolVcContext,
                                                        PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ VOID ClientCloseCallComplete(NDIS_STATUS Status,
                                                    NDIS_HANDLE ProtocolVcContext,
                                                    NDIS_HANDLE ProtocolPartyContext)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
}

_Use_decl_annotations_ VOID ClientAddPartyComplete(NDIS_STATUS Status,
                                                   NDIS_HANDLE ProtocolPartyContext,
                                                   NDIS_HANDLE NdisPartyHandle,
                                                   PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(NdisPartyHandle);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ VOID ClientDropPartyComplete(NDIS_STATUS Status,
                                                    NDIS_HANDLE ProtocolPartyContext)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
}

_Use_decl_annotations_ NDIS_STATUS ClientIncomingCall(NDIS_HANDLE ProtocolSapContext,
                                                      NDIS_HANDLE ProtocolVcContext,
                                                      PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(ProtocolSapContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CallParameters);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ VOID ClientIncomingCallQoSChange(NDIS_HANDLE ProtocolVcContext,
                                                        PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

_Use_decl_annotations_ VOID ClientIncomingCloseCall(NDIS_STATUS CloseStatus,
                                                    NDIS_HANDLE ProtocolVcContext, PVOID CloseData,
                                                    UINT Size)
{
    UNREFERENCED_PARAMETER(CloseStatus);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);
}

_Use_decl_annotations_ VOID ClientIncomingDropParty(NDIS_STATUS DropStatus,
                                                    NDIS_HANDLE ProtocolPartyContext,
                                                    PVOID CloseData, UINT Size)
{
    UNREFERENCED_PARAMETER(DropStatus);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);
}

_Use_decl_annotations_ VOID ClientCallConnected(NDIS_HANDLE ProtocolVcContext)
{
    UNREFERENCED_PARAMETER(ProtocolVcContext);
}
