/* skeleton.c - an intermediate driver in the usual Windows style that is everything at once.
 *
 * Miniport, miniport call manager, protocol, client, stand-alone call manager: it is compiled and
 * linked in every form, and never run. The headers must offer what such a driver says, and the
 * names it calls must be imports or code.
 */
#include <ndis.h>
#include <ndiswan.h>
#include <ndistapi.h>

#define SKELETON_TAG 'leks'

DRIVER_INITIALIZE DriverEntry;

static SET_OPTIONS SkSetOptions;
static MINIPORT_INITIALIZE MpInitialize;
static MINIPORT_HALT MpHalt;
static MINIPORT_UNLOAD MpUnload;
static MINIPORT_PAUSE MpPause;
static MINIPORT_RESTART MpRestart;
static MINIPORT_OID_REQUEST MpOidRequest;
static MINIPORT_CO_CREATE_VC MpCoCreateVc;
static MINIPORT_CO_ACTIVATE_VC MpCoActivateVc;
static MINIPORT_CO_SEND_NET_BUFFER_LISTS MpCoSend;
static PROTOCOL_BIND_ADAPTER_EX PtBind;
static PROTOCOL_CO_AF_REGISTER_NOTIFY ClAfRegisterNotify;
static PROTOCOL_CL_INCOMING_CALL ClIncomingCall;
static PROTOCOL_CM_OPEN_AF CmOpenAf;
static PROTOCOL_CM_MAKE_CALL CmMakeCall;
static NDIS_TIMER_FUNCTION SkTimer;
static NDIS_IO_WORKITEM_FUNCTION SkWork;

typedef struct _SKELETON {
    NDIS_HANDLE Miniport;
    NDIS_HANDLE Protocol;
    NDIS_HANDLE Adapter;
    NDIS_HANDLE NblPool;
    NDIS_HANDLE Timer;
    NDIS_SPIN_LOCK Lock;
    NPAGED_LOOKASIDE_LIST Lookaside;
    LIST_ENTRY Calls;
    LONG References;
    LARGE_INTEGER Since;
} SKELETON, *PSKELETON;

static SKELETON Skeleton;
static const NDIS_STRING SkName = NDIS_STRING_CONST("SKELETON");
static NDIS_OID SkOids[] = {OID_GEN_CO_DRIVER_VERSION, OID_WAN_CO_GET_INFO, OID_CO_TAPI_CM_CAPS};
/* A table of handlers keeps their calling convention. */
static MINIPORT_CO_CREATE_VC *const SkTable[2] = {MpCoCreateVc, MpCoCreateVc};

static NDIS_STATUS SkRegisterCallManager(NDIS_HANDLE Handle)
{
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS Cm;

    NdisZeroMemory(&Cm, sizeof(Cm));
    Cm.Header.Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS;
    Cm.Header.Revision = NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1;
    Cm.Header.Size = NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1;
    Cm.CmOpenAfHandler = CmOpenAf;
    Cm.CmMakeCallHandler = CmMakeCall;
    return NdisSetOptionalHandlers(Handle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Cm);
}

_Use_decl_annotations_ static NDIS_STATUS SkSetOptions(NDIS_HANDLE NdisDriverHandle,
                                                       NDIS_HANDLE DriverContext)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS Co;

    UNREFERENCED_PARAMETER(DriverContext);
    NdisZeroMemory(&Co, sizeof(Co));
    Co.Header.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS;
    Co.Header.Revision = NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    Co.Header.Size = NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    Co.CoCreateVcHandler = SkTable[0];
    Co.CoActivateVcHandler = MpCoActivateVc;
    Co.CoSendNetBufferListsHandler = MpCoSend;
    NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Co);
    return SkRegisterCallManager(NdisDriverHandle);
}

_Use_decl_annotations_ static NDIS_STATUS
MpInitialize(NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes;
    NET_BUFFER_LIST_POOL_PARAMETERS Pool;
    NDIS_TIMER_CHARACTERISTICS Timer;
    CO_ADDRESS_FAMILY Family;
    PSKELETON Sk = (PSKELETON)MiniportDriverContext;

    UNREFERENCED_PARAMETER(MiniportInitParameters);
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Attributes.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.RegistrationAttributes.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND;
    NdisMSetMiniportAttributes(NdisMiniportHandle, &Attributes);
    Attributes.GeneralAttributes.MediaType = NdisMediumCoWan;
    Attributes.GeneralAttributes.SupportedOidList = SkOids;

    NdisAllocateSpinLock(&Sk->Lock);
    NdisInitializeListHead(&Sk->Calls);
    NdisInitializeNPagedLookasideList(&Sk->Lookaside, NULL, NULL, 0, 64, SKELETON_TAG, 0);
    NdisZeroMemory(&Pool, sizeof(Pool));
    Pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Sk->NblPool = NdisAllocateNetBufferListPool(NdisMiniportHandle, &Pool);
    NdisZeroMemory(&Timer, sizeof(Timer));
    Timer.TimerFunction = SkTimer;
    NdisAllocateTimerObject(NdisMiniportHandle, &Timer, &Sk->Timer);
    NdisGetCurrentSystemTime(&Sk->Since);

    Family.AddressFamily = CO_ADDRESS_FAMILY_TAPI_PROXY;
    Family.MajorVersion = 1;
    Family.MinorVersion = 0;
    return NdisMCmRegisterAddressFamilyEx(NdisMiniportHandle, &Family);
}

_Use_decl_annotations_ static VOID MpHalt(NDIS_HANDLE MiniportAdapterContext,
                                          NDIS_HALT_ACTION HaltAction)
{
    PSKELETON Sk = (PSKELETON)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisCancelTimerObject(Sk->Timer);
    NdisFreeNetBufferListPool(Sk->NblPool);
    NdisDeleteNPagedLookasideList(&Sk->Lookaside);
    NdisFreeSpinLock(&Sk->Lock);
}

_Use_decl_annotations_ static VOID MpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(Skeleton.Miniport);
    NdisDeregisterProtocolDriver(Skeleton.Protocol);
}

_Use_decl_annotations_ static NDIS_STATUS MpPause(NDIS_HANDLE MiniportAdapterContext,
                                                  PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    PSKELETON Sk = (PSKELETON)MiniportAdapterContext;
    NDIS_HANDLE Item = NdisAllocateIoWorkItem(Sk->Adapter);

    UNREFERENCED_PARAMETER(Parameters);
    if (Item == NULL)
        return NDIS_STATUS_SUCCESS;
    NdisQueueIoWorkItem(Item, SkWork, Sk);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_ static NDIS_STATUS MpRestart(NDIS_HANDLE MiniportAdapterContext,
                                                    PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ static VOID SkWork(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    NdisMPauseComplete(((PSKELETON)WorkItemContext)->Adapter);
    NdisFreeIoWorkItem(NdisIoWorkItemHandle);
}

_Use_decl_annotations_ static VOID SkTimer(PVOID SystemSpecific1, PVOID FunctionContext,
                                           PVOID SystemSpecific2, PVOID SystemSpecific3)
{
    PSKELETON Sk = (PSKELETON)FunctionContext;
    PVOID Entry;

    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
    NdisDprAcquireSpinLock(&Sk->Lock);
    NdisInterlockedIncrement(&Sk->References);
    Entry = NdisAllocateFromNPagedLookasideList(&Sk->Lookaside);
    if (Entry != NULL)
        NdisFreeToNPagedLookasideList(&Sk->Lookaside, Entry);
    NdisDprReleaseSpinLock(&Sk->Lock);
}

_Use_decl_annotations_ static NDIS_STATUS MpOidRequest(NDIS_HANDLE MiniportAdapterContext,
                                                       PNDIS_OID_REQUEST OidRequest)
{
    NDIS_WAN_CO_INFO Info;

    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    if (OidRequest->RequestType != NdisRequestQueryInformation ||
        OidRequest->DATA.QUERY_INFORMATION.Oid != OID_WAN_CO_GET_INFO)
        return NDIS_STATUS_NOT_SUPPORTED;
    if (OidRequest->DATA.QUERY_INFORMATION.InformationBufferLength < sizeof(Info)) {
        OidRequest->DATA.QUERY_INFORMATION.BytesNeeded = sizeof(Info);
        return NDIS_STATUS_BUFFER_TOO_SHORT;
    }
    NdisZeroMemory(&Info, sizeof(Info));
    Info.FramingBits = PPP_FRAMING;
    NdisMoveMemory(OidRequest->DATA.QUERY_INFORMATION.InformationBuffer, &Info, sizeof(Info));
    OidRequest->DATA.QUERY_INFORMATION.BytesWritten = sizeof(Info);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ static NDIS_STATUS MpCoCreateVc(NDIS_HANDLE MiniportAdapterContext,
                                                       NDIS_HANDLE NdisVcHandle,
                                                       PNDIS_HANDLE MiniportVcContext)
{
    PVOID Vc = NdisAllocateMemoryWithTagPriority(MiniportAdapterContext, 64, SKELETON_TAG,
                                                 NormalPoolPriority);

    if (Vc == NULL)
        return NDIS_STATUS_RESOURCES;
    *(PNDIS_HANDLE)Vc = NdisVcHandle;
    *MiniportVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ static NDIS_STATUS MpCoActivateVc(NDIS_HANDLE MiniportVcContext,
                                                         PCO_CALL_PARAMETERS CallParameters)
{
    NdisMCoActivateVcComplete(NDIS_STATUS_SUCCESS, *(PNDIS_HANDLE)MiniportVcContext,
                              CallParameters);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_ static VOID MpCoSend(NDIS_HANDLE MiniportVcContext,
                                            PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    PNET_BUFFER_LIST Nbl;
    ULONG Length = 0;

    for (Nbl = NetBufferLists; Nbl != NULL; Nbl = NET_BUFFER_LIST_NEXT_NBL(Nbl)) {
        PNET_BUFFER Nb = NET_BUFFER_LIST_FIRST_NB(Nbl);
        PVOID Address;
        NdisQueryMdl(NET_BUFFER_CURRENT_MDL(Nb), &Address, &Length, NormalPagePriority);
        NET_BUFFER_LIST_STATUS(Nbl) = Address == NULL ? NDIS_STATUS_RESOURCES : NDIS_STATUS_SUCCESS;
    }
    NdisMCoSendNetBufferListsComplete(
        *(PNDIS_HANDLE)MiniportVcContext, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

_Use_decl_annotations_ static NDIS_STATUS PtBind(NDIS_HANDLE ProtocolDriverContext,
                                                 NDIS_HANDLE BindContext,
                                                 PNDIS_BIND_PARAMETERS BindParameters)
{
    static NDIS_MEDIUM Medium[] = {NdisMediumCoWan, NdisMediumAtm};
    NDIS_OPEN_PARAMETERS Open;
    UINT Selected;

    NdisZeroMemory(&Open, sizeof(Open));
    Open.AdapterName = BindParameters->AdapterName;
    Open.MediumArray = Medium;
    Open.MediumArraySize = RTL_NUMBER_OF(Medium);
    Open.SelectedMediumIndex = &Selected;
    return NdisOpenAdapterEx(Skeleton.Protocol, ProtocolDriverContext, &Open, BindContext,
                             &Skeleton.Adapter);
}

_Use_decl_annotations_ static VOID ClAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext,
                                                      PCO_ADDRESS_FAMILY AddressFamily)
{
    NDIS_HANDLE Af;

    if (NdisClOpenAddressFamilyEx(Skeleton.Adapter, AddressFamily, ProtocolBindingContext, &Af) !=
        NDIS_STATUS_PENDING)
        NdisClCloseAddressFamily(Af);
}

_Use_decl_annotations_ static NDIS_STATUS ClIncomingCall(NDIS_HANDLE ProtocolSapContext,
                                                         NDIS_HANDLE ProtocolVcContext,
                                                         PCO_CALL_PARAMETERS CallParameters)
{
    NDIS_HANDLE Context;
    NDIS_STRING CallId = SkName;

    UNREFERENCED_PARAMETER(ProtocolSapContext);
    NdisClGetProtocolVcContextFromTapiCallId(CallId, &Context);
    NdisClIncomingCallComplete(NDIS_STATUS_SUCCESS, ProtocolVcContext, CallParameters);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_ static NDIS_STATUS CmOpenAf(NDIS_HANDLE CallMgrBindingContext,
                                                   PCO_ADDRESS_FAMILY AddressFamily,
                                                   NDIS_HANDLE NdisAfHandle,
                                                   PNDIS_HANDLE CallMgrAfContext)
{
    UNREFERENCED_PARAMETER(AddressFamily);
    *CallMgrAfContext = CallMgrBindingContext;
    NdisMCmOpenAddressFamilyComplete(NDIS_STATUS_SUCCESS, NdisAfHandle, CallMgrBindingContext);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_ static NDIS_STATUS CmMakeCall(NDIS_HANDLE CallMgrVcContext,
                                                     PCO_CALL_PARAMETERS CallParameters,
                                                     NDIS_HANDLE NdisPartyHandle,
                                                     PNDIS_HANDLE CallMgrPartyContext)
{
    UNREFERENCED_PARAMETER(NdisPartyHandle);
    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    if (CallParameters->CallMgrParameters->Transmit.PeakBandwidth == QOS_NOT_SPECIFIED)
        return NDIS_STATUS_INVALID_DATA;
    NdisMCmActivateVc(CallMgrVcContext, CallParameters);
    NdisMCmMakeCallComplete(NDIS_STATUS_SUCCESS, CallMgrVcContext, NULL, NULL, CallParameters);
    NdisMCmDispatchCallConnected(CallMgrVcContext);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_ NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject,
                                            PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Mp;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Pt;
    NDIS_STATUS Status;
    KIRQL OldIrql;

    KeRaiseIrql(DISPATCH_LEVEL, &OldIrql);
    KeLowerIrql(OldIrql);
    NdisZeroMemory(&Mp, sizeof(Mp));
    Mp.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Mp.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Mp.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Mp.MajorNdisVersion = NDIS_MINIPORT_MAJOR_VERSION;
    Mp.MinorNdisVersion = NDIS_MINIPORT_MINOR_VERSION;
    Mp.SetOptionsHandler = SkSetOptions;
    Mp.InitializeHandlerEx = MpInitialize;
    Mp.HaltHandlerEx = MpHalt;
    Mp.UnloadHandler = MpUnload;
    Mp.PauseHandler = MpPause;
    Mp.RestartHandler = MpRestart;
    Mp.OidRequestHandler = MpOidRequest;
    Status =
        NdisMRegisterMiniportDriver(DriverObject, RegistryPath, &Skeleton, &Mp, &Skeleton.Miniport);
    if (Status != NDIS_STATUS_SUCCESS) {
        DbgPrint("%wZ: registration failed: 0x%08x\n", RegistryPath, Status);
        return Status;
    }
    NdisZeroMemory(&Pt, sizeof(Pt));
    Pt.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Pt.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    Pt.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    Pt.MajorNdisVersion = NDIS_PROTOCOL_MAJOR_VERSION;
    Pt.MinorNdisVersion = NDIS_PROTOCOL_MINOR_VERSION;
    Pt.Name = SkName;
    Pt.SetOptionsHandler = SkSetOptions;
    Pt.BindAdapterHandlerEx = PtBind;
    return NdisRegisterProtocolDriver(&Skeleton, &Pt, &Skeleton.Protocol);
}

/* Handlers that only a table refers to. */
PROTOCOL_CO_AF_REGISTER_NOTIFY *SkClientTable = ClAfRegisterNotify;
CL_INCOMING_CALL_HANDLER SkIncomingTable[1] = {ClIncomingCall};
