/* adapter.c - initialize, pause, restart, halt, OID requests. */
#include "wanmp.h"

static const NDIS_OID WanMpSupportedOids[] = {
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

static const char WanMpVendorDescription[] = "condis sample: WAN miniport";

#define WANMP_STATISTICS                                                                           \
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

static NDIS_STATUS WanMpSetRegistrationAttributes(PWANMP_ADAPTER Adapter)
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

static NDIS_STATUS WanMpSetGeneralAttributes(PWANMP_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Attributes = {
        .Header = {.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                   .Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2,
                   .Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2},
        .MediaType = NdisMediumCoWan,
        .PhysicalMediumType = NdisPhysicalMediumUnspecified,
        .MtuSize = WANMP_MTU,
        .MaxXmitLinkSpeed = WANMP_LINK_SPEED,
        .XmitLinkSpeed = WANMP_LINK_SPEED,
        .MaxRcvLinkSpeed = WANMP_LINK_SPEED,
        .RcvLinkSpeed = WANMP_LINK_SPEED,
        .MediaConnectState = MediaConnectStateConnected,
        .MediaDuplexState = MediaDuplexStateFull,
        .LookaheadSize = WANMP_MTU,
        .MacOptions = NDIS_MAC_OPTION_NO_LOOPBACK,
        .AccessType = NET_IF_ACCESS_POINT_TO_POINT,
        .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
        .ConnectionType = NET_IF_CONNECTION_DEDICATED,
        .IfType = IF_TYPE_PPP,
        .IfConnectorPresent = FALSE,
        .SupportedStatistics = WANMP_STATISTICS,
        .SupportedOidList = (PVOID)WanMpSupportedOids,
        .SupportedOidListLength = sizeof(WanMpSupportedOids),
        .AutoNegotiationFlags = NDIS_LINK_STATE_XMIT_LINK_SPEED_AUTO_NEGOTIATED |
                                NDIS_LINK_STATE_RCV_LINK_SPEED_AUTO_NEGOTIATED |
                                NDIS_LINK_STATE_DUPLEX_AUTO_NEGOTIATED,
    };

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

_Use_decl_annotations_ NDIS_STATUS
WanMpInitializeEx(NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
                  PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PWANMP_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = NdisAllocateMemoryWithTagPriority(NdisMiniportHandle, sizeof(*Adapter),
                                                WANMP_POOL_TAG, NormalPoolPriority);
    if (Adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->AdapterHandle = NdisMiniportHandle;
    NdisAllocateSpinLock(&Adapter->Lock);

    Status = WanMpSetRegistrationAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = WanMpSetGeneralAttributes(Adapter);
    }
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&Adapter->Lock);
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status;
}

_Use_decl_annotations_ VOID WanMpHaltEx(NDIS_HANDLE MiniportAdapterContext,
                                        NDIS_HALT_ACTION HaltAction)
{
    PWANMP_ADAPTER Adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);

    NdisFreeSpinLock(&Adapter->Lock);
    NdisFreeMemory(Adapter, 0, 0);
}

static VOID WanMpSetRunning(PWANMP_ADAPTER Adapter, BOOLEAN Running)
{
    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Running = Running;
    NdisReleaseSpinLock(&Adapter->Lock);
}

/* Sends are completed where they arrive and nothing is indicated, so there is nothing to wait for.
 */
_Use_decl_annotations_ NDIS_STATUS WanMpPause(NDIS_HANDLE MiniportAdapterContext,
                                              PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(PauseParameters);

    WanMpSetRunning(MiniportAdapterContext, FALSE);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_ NDIS_STATUS WanMpRestart(NDIS_HANDLE MiniportAdapterContext,
                                                PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(RestartParameters);

    WanMpSetRunning(MiniportAdapterContext, TRUE);
    return NDIS_STATUS_SUCCESS;
}

/* No hardware that would have to be silenced. */
_Use_decl_annotations_ VOID WanMpShutdownEx(NDIS_HANDLE MiniportAdapterContext,
                                            NDIS_SHUTDOWN_ACTION ShutdownAction)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}

_Use_decl_annotations_ VOID WanMpDevicePnPEventNotify(NDIS_HANDLE MiniportAdapterContext,
                                                      PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    PWANMP_ADAPTER Adapter = MiniportAdapterContext;

    if (NetDevicePnPEvent->DevicePnPEvent == NdisDevicePnPEventSurpriseRemoved) {
        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Gone = TRUE;
        NdisReleaseSpinLock(&Adapter->Lock);
    }
}

/* -- OID requests ------------------------------------------------------------------------------ */

/* Hands out an answer: as much as fits is never copied in part. */
static NDIS_STATUS WanMpAnswer(PNDIS_OID_REQUEST Request, const VOID *Answer, ULONG Length)
{
    if (Request->DATA.QUERY_INFORMATION.InformationBufferLength < Length) {
        Request->DATA.QUERY_INFORMATION.BytesNeeded = Length;
        return NDIS_STATUS_INVALID_LENGTH;
    }
    NdisMoveMemory(Request->DATA.QUERY_INFORMATION.InformationBuffer, Answer, Length);
    Request->DATA.QUERY_INFORMATION.BytesWritten = Length;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS WanMpAnswerNumber(PNDIS_OID_REQUEST Request, ULONG Number)
{
    return WanMpAnswer(Request, &Number, sizeof(Number));
}

static NDIS_STATUS WanMpAnswerStatistics(PWANMP_ADAPTER Adapter, PNDIS_OID_REQUEST Request)
{
    NDIS_STATISTICS_INFO Statistics = {
        .Header = {.Type = NDIS_OBJECT_TYPE_DEFAULT,
                   .Revision = NDIS_STATISTICS_INFO_REVISION_1,
                   .Size = NDIS_SIZEOF_STATISTICS_INFO_REVISION_1},
        .SupportedStatistics = WANMP_STATISTICS,
    };

    NdisAcquireSpinLock(&Adapter->Lock);
    Statistics.ifHCOutUcastPkts = Adapter->FramesSent;
    Statistics.ifHCOutOctets = Adapter->BytesSent;
    Statistics.ifHCOutUcastOctets = Adapter->BytesSent;
    Statistics.ifOutErrors = Adapter->SendsRefused;
    NdisReleaseSpinLock(&Adapter->Lock);
    return WanMpAnswer(Request, &Statistics, sizeof(Statistics));
}

static NDIS_STATUS WanMpQuery(PWANMP_ADAPTER Adapter, PNDIS_OID_REQUEST Request)
{
    switch (Request->DATA.QUERY_INFORMATION.Oid) {
    case OID_GEN_CO_SUPPORTED_LIST:
        return WanMpAnswer(Request, WanMpSupportedOids, sizeof(WanMpSupportedOids));
    case OID_GEN_CO_HARDWARE_STATUS:
        return WanMpAnswerNumber(Request, NdisHardwareStatusReady);
    case OID_GEN_CO_MEDIA_SUPPORTED:
    case OID_GEN_CO_MEDIA_IN_USE:
        return WanMpAnswerNumber(Request, NdisMediumCoWan);
    case OID_GEN_CO_VENDOR_ID:
        return WanMpAnswerNumber(Request, 0xFFFFFF);
    case OID_GEN_CO_VENDOR_DESCRIPTION:
        return WanMpAnswer(Request, WanMpVendorDescription, sizeof(WanMpVendorDescription));
    case OID_GEN_CO_VENDOR_DRIVER_VERSION:
        return WanMpAnswerNumber(Request, 0x00010000);
    case OID_GEN_CO_DRIVER_VERSION:
        return WanMpAnswerNumber(Request,
                                 NDIS_MINIPORT_MAJOR_VERSION << 8 | NDIS_MINIPORT_MINOR_VERSION);
    case OID_GEN_CO_MEDIA_CONNECT_STATUS:
        return WanMpAnswerNumber(Request, NdisMediaStateConnected);
    case OID_GEN_CO_LINK_SPEED: {
        NDIS_CO_LINK_SPEED Speed = {
            .Outbound = (ULONG)(WANMP_LINK_SPEED / 100), /* in units of 100 bits per second */
            .Inbound = (ULONG)(WANMP_LINK_SPEED / 100),
        };
        return WanMpAnswer(Request, &Speed, sizeof(Speed));
    }
    case OID_GEN_STATISTICS:
        return WanMpAnswerStatistics(Adapter, Request);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_ NDIS_STATUS WanMpOidRequest(NDIS_HANDLE MiniportAdapterContext,
                                                   PNDIS_OID_REQUEST OidRequest)
{
    if (OidRequest->RequestType == NdisRequestQueryInformation ||
        OidRequest->RequestType == NdisRequestQueryStatistics) {
        return WanMpQuery(MiniportAdapterContext, OidRequest);
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_ NDIS_STATUS WanMpCoOidRequest(NDIS_HANDLE MiniportAdapterContext,
                                                     NDIS_HANDLE MiniportVcContext,
                                                     PNDIS_OID_REQUEST NdisRequest)
{
    /* Requests about a single VC have no answer here that differs from the adapter's. */
    UNREFERENCED_PARAMETER(MiniportVcContext);

    return WanMpOidRequest(MiniportAdapterContext, NdisRequest);
}

/* No request is ever left pending. */
_Use_decl_annotations_ VOID WanMpCancelOidRequest(NDIS_HANDLE MiniportAdapterContext,
                                                  PVOID RequestId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RequestId);
}
