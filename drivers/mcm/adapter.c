/* adapter.c - the miniport half: initialize, pause, restart, halt, OID requests, data functions. */
#include "mcm.h"

static const NDIS_OID McmSupportedOids[] = {
    OID_GEN_CO_SUPPORTED_LIST,
    OID_GEN_CO_HARDWARE_STATUS,
    OID_GEN_CO_MEDIA_SUPPORTED,
    OID_GEN_CO_MEDIA_IN_USE,
    OID_GEN_CO_VENDOR_ID,
    OID_GEN_CO_VENDOR_DESCRIPTION,
    OID_GEN_CO_VENDOR_DRIVER_VERSION,
    OID_GEN_CO_DRIVER_VERSION,
    OID_GEN_CO_MEDIA_CONNECT_STATUS,
    OID_GEN_CO_LINK_SPEED,
    OID_GEN_STATISTICS,
};

static const char McmVendorDescription[] = "condis sample: MCM";

#define MCM_STATISTICS                                                                             \
    (NDIS_STATISTICS_XMIT_OK_SUPPORTED | NDIS_STATISTICS_RCV_OK_SUPPORTED |                        \
     NDIS_STATISTICS_XMIT_ERROR_SUPPORTED | NDIS_STATISTICS_RCV_ERROR_SUPPORTED |                  \
     NDIS_STATISTICS_RCV_CRC_ERROR_SUPPORTED | NDIS_STATISTICS_RCV_NO_BUFFER_SUPPORTED |           \
     NDIS_STATISTICS_TRANSMIT_QUEUE_LENGTH_SUPPORTED | NDIS_STATISTICS_BYTES_RCV_SUPPORTED |       \
     NDIS_STATISTICS_BYTES_XMIT_SUPPORTED | NDIS_STATISTICS_DIRECTED_BYTES_XMIT_SUPPORTED |        \
     NDIS_STATISTICS_DIRECTED_FRAMES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_MULTICAST_BYTES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_MULTICAST_FRAMES_XMIT_SUPPORTED |                                             \
     NDIS_STATISTICS_BROADCAST_BYTES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_BROADCAST_FRAMES_XMIT_SUPPORTED |                                             \
     NDIS_STATISTICS_DIRECTED_BYTES_RCV_SUPPORTED |                                                \
     NDIS_STATISTICS_DIRECTED_FRAMES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_MULTICAST_BYTES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_MULTICAST_FRAMES_RCV_SUPPORTED |                                              \
     NDIS_STATISTICS_BROADCAST_BYTES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_BROADCAST_FRAMES_RCV_SUPPORTED | NDIS_STATISTICS_GEN_STATISTICS_SUPPORTED |   \
     NDIS_STATISTICS_RCV_DISCARDS_SUPPORTED | NDIS_STATISTICS_XMIT_DISCARDS_SUPPORTED)

/* The number of lines from the adapter's registry key; the default when it is missing or absurd. */
static ULONG McmReadLines(NDIS_HANDLE AdapterHandle)
{
    NDIS_CONFIGURATION_OBJECT Object = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT,
                   .Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1,
                   .Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1},
        .NdisHandle = AdapterHandle,
    };
    NDIS_STRING Keyword = NDIS_STRING_CONST("WanEndpoints");
    PNDIS_CONFIGURATION_PARAMETER Parameter;
    NDIS_HANDLE Configuration;
    NDIS_STATUS Status;
    ULONG Lines = MCM_LINES_DEFAULT;

    if (NdisOpenConfigurationEx(&Object, &Configuration) != NDIS_STATUS_SUCCESS) {
        return Lines;
    }
    NdisReadConfiguration(&Status, &Parameter, Configuration, &Keyword, NdisParameterInteger);
    if (Status == NDIS_STATUS_SUCCESS && Parameter->ParameterType == NdisParameterInteger &&
        Parameter->ParameterData.IntegerData >= 1 &&
        Parameter->ParameterData.IntegerData <= MCM_LINES_MAX) {
        Lines = Parameter->ParameterData.IntegerData;
    }
    NdisCloseConfiguration(Configuration);
    return Lines;
}

static NDIS_STATUS McmSetRegistrationAttributes(PMCM_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes = {
        .Header = {.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                   .Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                   .Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1},
        .MiniportAdapterContext = Adapter,
        .AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK,
        .InterfaceType = NdisInterfaceInternal,
    };

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS McmSetGeneralAttributes(PMCM_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Attributes = {
        .Header = {.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                   .Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2,
                   .Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2},
        .MediaType = NdisMediumCoWan,
        .PhysicalMediumType = NdisPhysicalMediumUnspecified,
        .MtuSize = MCM_MTU,
        .MaxXmitLinkSpeed = MCM_LINK_SPEED,
        .XmitLinkSpeed = MCM_LINK_SPEED,
        .MaxRcvLinkSpeed = MCM_LINK_SPEED,
        .RcvLinkSpeed = MCM_LINK_SPEED,
        .MediaConnectState = MediaConnectStateConnected,
        .MediaDuplexState = MediaDuplexStateFull,
        .LookaheadSize = MCM_MTU,
        .MacOptions = NDIS_MAC_OPTION_NO_LOOPBACK,
        .AccessType = NET_IF_ACCESS_POINT_TO_POINT,
        .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
        .ConnectionType = NET_IF_CONNECTION_DEMAND,
        .IfType = IF_TYPE_PPP,
        .IfConnectorPresent = FALSE,
        .SupportedStatistics = MCM_STATISTICS,
        .SupportedOidList = (PVOID)McmSupportedOids,
        .SupportedOidListLength = sizeof(McmSupportedOids),
        .AutoNegotiationFlags = NDIS_LINK_STATE_XMIT_LINK_SPEED_AUTO_NEGOTIATED |
                                NDIS_LINK_STATE_RCV_LINK_SPEED_AUTO_NEGOTIATED |
                                NDIS_LINK_STATE_DUPLEX_AUTO_NEGOTIATED,
    };

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

/* The family goes last: clients may open it as soon as McmInitializeEx has returned. */
static NDIS_STATUS McmRegisterFamily(PMCM_ADAPTER Adapter)
{
    CO_ADDRESS_FAMILY Family = {
        .AddressFamily = CO_ADDRESS_FAMILY_TAPI_PROXY,
        .MajorVersion = NDIS_MINIPORT_MAJOR_VERSION,
        .MinorVersion = NDIS_MINIPORT_MINOR_VERSION,
    };

    return NdisMCmRegisterAddressFamilyEx(Adapter->AdapterHandle, &Family);
}

_Use_decl_annotations_ NDIS_STATUS
McmInitializeEx(NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
                PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PMCM_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(NdisMiniportHandle, sizeof(*Adapter), MCM_POOL_TAG,
                                                NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->AdapterHandle = NdisMiniportHandle;
    Adapter->Lines = McmReadLines(NdisMiniportHandle);
    NdisAllocateSpinLock(&Adapter->Lock);
    NdisInitializeListHead(&Adapter->Afs);
    NdisInitializeEvent(&Adapter->NoticesDone);

    Status = McmSetRegistrationAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = McmSetGeneralAttributes(Adapter);
    }
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = McmRegisterFamily(Adapter);
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Adapter->Lock);
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

_Use_decl_annotations_ VOID McmHaltEx(NDIS_HANDLE MiniportAdapterContext,
                                      NDIS_HALT_ACTION HaltAction)
{
    PMCM_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);

    McmNotifyClients(Adapter);
    NdisFreeSpinLock(&Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

static VOID McmSetRunning(PMCM_ADAPTER Adapter, BOOLEAN Running)
{
    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Running = Running;
    NdisReleaseSpinLock(&Adapter->Lock);
}

/* Sends are completed where they arrive and nothing is indicated, so there is nothing to wait for.
 */
_Use_decl_annotations_ NDIS_STATUS McmPause(NDIS_HANDLE MiniportAdapterContext,
                                            PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(PauseParameters);

    McmSetRunning(MiniportAdapterContext, FALSE);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ NDIS_STATUS McmRestart(NDIS_HANDLE MiniportAdapterContext,
                                              PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(RestartParameters);

    McmSetRunning(MiniportAdapterContext, TRUE);
    return NDIS_STATUS_SUCCESS;
}

/* No hardware that would have to be silenced. */
_Use_decl_annotations_ VOID McmShutdownEx(NDIS_HANDLE MiniportAdapterContext,
                                          NDIS_SHUTDOWN_ACTION ShutdownAction)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}

_Use_decl_annotations_ VOID McmDevicePnPEventNotify(NDIS_HANDLE MiniportAdapterContext,
                                                    PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    PMCM_ADAPTER Adapter = MiniportAdapterContext;

    if (NetDevicePnPEvent->DevicePnPEvent == NdisDevicePnPEventSurpriseRemoved) {
        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Gone = TRUE;
        NdisReleaseSpinLock(&Adapter->Lock);
    }
}

/* -- OID requests ------------------------------------------------------------------------------ */

/* Hands out an answer: as much as fits is never copied in part. */
static NDIS_STATUS McmAnswer(PNDIS_OID_REQUEST Request, const VOID *Answer, ULONG Length)
{
    if (Request->DATA.QUERY_INFORMATION.InformationBufferLength < Length) {
        Request->DATA.QUERY_INFORMATION.BytesNeeded = Length;
        return NDIS_STATUS_INVALID_LENGTH;
    }
    NdisMoveMemory(Request->DATA.QUERY_INFORMATION.InformationBuffer, Answer, Length);
    Request->DATA.QUERY_INFORMATION.BytesWritten = Length;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS McmAnswerNumber(PNDIS_OID_REQUEST Request, ULONG Number)
{
    return McmAnswer(Request, &Number, sizeof(Number));
}

static NDIS_STATUS McmAnswerStatistics(PNDIS_OID_REQUEST Request)
{
    NDIS_STATISTICS_INFO Statistics = {
        .Header = {.Type = NDIS_OBJECT_TYPE_DEFAULT,
                   .Revision = NDIS_STATISTICS_INFO_REVISION_1,
                   .Size = NDIS_SIZEOF_STATISTICS_INFO_REVISION_1},
        .SupportedStatistics = MCM_STATISTICS,
    };

    return McmAnswer(Request, &Statistics, sizeof(Statistics));
}

static NDIS_STATUS McmQuery(PNDIS_OID_REQUEST Request)
{
    switch (Request->DATA.QUERY_INFORMATION.Oid) {
    case OID_GEN_CO_SUPPORTED_LIST:
        return McmAnswer(Request, McmSupportedOids, sizeof(McmSupportedOids));
    case OID_GEN_CO_HARDWARE_STATUS:
        return McmAnswerNumber(Request, NdisHardwareStatusReady);
    case OID_GEN_CO_MEDIA_SUPPORTED:
    case OID_GEN_CO_MEDIA_IN_USE:
        return McmAnswerNumber(Request, NdisMediumCoWan);
    case OID_GEN_CO_VENDOR_ID:
        return McmAnswerNumber(Request, 0xFFFFFF);
    case OID_GEN_CO_VENDOR_DESCRIPTION:
        return McmAnswer(Request, McmVendorDescription, sizeof(McmVendorDescription));
    case OID_GEN_CO_VENDOR_DRIVER_VERSION:
        return McmAnswerNumber(Request, 0x00010000);
    case OID_GEN_CO_DRIVER_VERSION:
        return McmAnswerNumber(Request,
                               NDIS_MINIPORT_MAJOR_VERSION << 8 | NDIS_MINIPORT_MINOR_VERSION);
    case OID_GEN_CO_MEDIA_CONNECT_STATUS:
        return McmAnswerNumber(Request, NdisMediaStateConnected);
    case OID_GEN_CO_LINK_SPEED: {
        NDIS_CO_LINK_SPEED Speed = {
            .Outbound = (ULONG)(MCM_LINK_SPEED / 100), /* in units of 100 bits per second */
            .Inbound = (ULONG)(MCM_LINK_SPEED / 100),
        };
        return McmAnswer(Request, &Speed, sizeof(Speed));
    }
    case OID_GEN_STATISTICS:
        return McmAnswerStatistics(Request);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_ NDIS_STATUS McmOidRequest(NDIS_HANDLE MiniportAdapterContext,
                                                 PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);

    if (OidRequest->RequestType == NdisRequestQueryInformation ||
        OidRequest->RequestType == NdisRequestQueryStatistics) {
        return McmQuery(OidRequest);
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS McmCoOidRequest(NDIS_HANDLE MiniportAdapterContext,
                                                   NDIS_HANDLE MiniportVcContext,
                                                   PNDIS_OID_REQUEST NdisRequest)
{
    /* Requests about a single VC have no answer here that differs from the adapter's. */
    UNREFERENCED_PARAMETER(MiniportVcContext);

    return McmOidRequest(MiniportAdapterContext, NdisRequest);
}

/* No request is ever left pending. */
_Use_decl_annotations_ VOID McmCancelOidRequest(NDIS_HANDLE MiniportAdapterContext, PVOID RequestId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RequestId);
}

/* -- data -------------------------------------------------------------------------------------- */

static VOID McmSetListStatus(PNET_BUFFER_LIST Lists, NDIS_STATUS Status)
{
    for (; Lists != NULL; Lists = NET_BUFFER_LIST_NEXT_NBL(Lists)) {
        NET_BUFFER_LIST_STATUS(Lists) = Status;
    }
}

/* A CoNDIS adapter sends through CoSendNetBufferLists only; a list that comes here has lost its
 * way. */
_Use_decl_annotations_ VOID McmSendNetBufferLists(NDIS_HANDLE MiniportAdapterContext,
                                                  PNET_BUFFER_LIST NetBufferList,
                                                  NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PMCM_ADAPTER Adapter = MiniportAdapterContext;
    ULONG Flags =
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(PortNumber);

    McmSetListStatus(NetBufferList, NDIS_STATUS_NOT_SUPPORTED);
    NdisMSendNetBufferListsComplete(Adapter->AdapterHandle, NetBufferList, Flags);
}

/* Nothing is ever indicated, so nothing comes back. */
_Use_decl_annotations_ VOID McmReturnNetBufferLists(NDIS_HANDLE MiniportAdapterContext,
                                                    PNET_BUFFER_LIST NetBufferLists,
                                                    ULONG ReturnFlags)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(ReturnFlags);
}

/* Sends are complete before McmCoSendNetBufferLists returns: there is nothing left to cancel. */
_Use_decl_annotations_ VOID McmCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

/* The lines lead nowhere: a VC is never activated, so every send finds it inactive. */
_Use_decl_annotations_ VOID McmCoSendNetBufferLists(NDIS_HANDLE MiniportVcContext,
                                                    PNET_BUFFER_LIST NetBufferLists,
                                                    ULONG SendFlags)
{
    PMCM_VC Vc = MiniportVcContext;
    ULONG Flags =
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    McmSetListStatus(NetBufferLists, NDIS_STATUS_VC_NOT_ACTIVATED);
    NdisMCoSendNetBufferListsComplete(Vc->NdisVcHandle, NetBufferLists, Flags);
}

/* NDIS does not call the next two in an MCM: it activates its VCs itself, with NdisMCmActivateVc.
 */
_Use_decl_annotations_ NDIS_STATUS McmActivateVc(NDIS_HANDLE MiniportVcContext,
                                                 PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(MiniportVcContext);
    UNREFERENCED_PARAMETER(CallParameters);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS McmDeactivateVc(NDIS_HANDLE MiniportVcContext)
{
    UNREFERENCED_PARAMETER(MiniportVcContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}
