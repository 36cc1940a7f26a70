/* miniport.c - three miniport drivers without a device: connectionless, CoNDIS, and CoNDIS with its
 * own call manager (an MCM). They differ in what MiniportSetOptions registers and in their
 * attributes. */
#include "peer/peer_impl.h"

/* NDIS 6 asks for all of them. */
#define STATISTICS                                                                                 \
    (NDIS_STATISTICS_XMIT_OK_SUPPORTED | NDIS_STATISTICS_RCV_OK_SUPPORTED |                        \
     NDIS_STATISTICS_XMIT_ERROR_SUPPORTED | NDIS_STATISTICS_RCV_ERROR_SUPPORTED |                  \
     NDIS_STATISTICS_RCV_NO_BUFFER_SUPPORTED | NDIS_STATISTICS_DIRECTED_BYTES_XMIT_SUPPORTED |     \
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
     NDIS_STATISTICS_BROADCAST_FRAMES_RCV_SUPPORTED | NDIS_STATISTICS_RCV_CRC_ERROR_SUPPORTED |    \
     NDIS_STATISTICS_TRANSMIT_QUEUE_LENGTH_SUPPORTED | NDIS_STATISTICS_BYTES_RCV_SUPPORTED |       \
     NDIS_STATISTICS_BYTES_XMIT_SUPPORTED | NDIS_STATISTICS_RCV_DISCARDS_SUPPORTED |               \
     NDIS_STATISTICS_GEN_STATISTICS_SUPPORTED | NDIS_STATISTICS_XMIT_DISCARDS_SUPPORTED)

struct kind {
    BOOLEAN co, cm;
    NDIS_HANDLE driver; /* set by NDIS */
};

struct adapter {
    struct cn_peer_open opens[CN_PEER_OPENS]; /* first: see call_manager.c */
    NDIS_HANDLE handle;
    const struct kind *kind;
};

static NDIS_STATUS set_attributes(struct adapter *a)
{
    static NDIS_OID oids[] = {OID_GEN_SUPPORTED_LIST, OID_GEN_STATISTICS};
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                   NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2,
                   NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2},
        .MiniportAdapterContext = a,
        .AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_NDIS_WDM |
                          (a->kind->cm ? 0 : NDIS_MINIPORT_ATTRIBUTES_DO_NOT_BIND_TO_ALL_CO),
        .InterfaceType = NdisInterfaceInternal,
    };
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                   NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2,
                   NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2},
        .MediaType = a->kind->co ? NdisMediumCoWan : NdisMedium802_3,
        .PhysicalMediumType = NdisPhysicalMediumUnspecified,
        .MtuSize = 1500,
        .MaxXmitLinkSpeed = 10000000,
        .XmitLinkSpeed = 10000000,
        .MaxRcvLinkSpeed = 10000000,
        .RcvLinkSpeed = 10000000,
        .MediaConnectState = MediaConnectStateConnected,
        .MediaDuplexState = MediaDuplexStateFull,
        .LookaheadSize = 1500,
        .MacAddressLength = 6,
        .PermanentMacAddress = {0x02, 0, 0, 0, 0, 1},
        .CurrentMacAddress = {0x02, 0, 0, 0, 0, 1},
        .AccessType = a->kind->co ? NET_IF_ACCESS_POINT_TO_POINT : NET_IF_ACCESS_BROADCAST,
        .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
        .ConnectionType = NET_IF_CONNECTION_DEDICATED,
        .IfType = a->kind->co ? IF_TYPE_PPP : IF_TYPE_ETHERNET_CSMACD,
        .SupportedStatistics = STATISTICS,
        .SupportedOidList = oids,
        .SupportedOidListLength = sizeof(oids),
    };
    NDIS_STATUS s =
        NdisMSetMiniportAttributes(a->handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&registration);
    if (s == NDIS_STATUS_SUCCESS)
        s = NdisMSetMiniportAttributes(a->handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
    return s;
}

static NDIS_STATUS register_families(struct adapter *a)
{
    NDIS_STATUS s = NDIS_STATUS_SUCCESS;
    for (UINT i = 0; a->kind->cm && i < CN_PEER_FAMILIES && s == NDIS_STATUS_SUCCESS; i++) {
        CO_ADDRESS_FAMILY family = cn_peer_families[i];
        s = NdisMCmRegisterAddressFamilyEx(a->handle, &family);
    }
    return s;
}

static NDIS_STATUS NTAPI initialize(NDIS_HANDLE handle, NDIS_HANDLE driver_context,
                                    PNDIS_MINIPORT_INIT_PARAMETERS parameters)
{
    UNREFERENCED_PARAMETER(parameters);
    struct adapter *a =
        NdisAllocateMemoryWithTagPriority(handle, sizeof(*a), CN_PEER_TAG, NormalPoolPriority);
    if (a == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof(*a));
    a->handle = handle;
    a->kind = driver_context;
    NDIS_STATUS s = set_attributes(a);
    if (s == NDIS_STATUS_SUCCESS)
        s = register_families(a);
    if (s != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(a, 0, 0);
    return s;
}

static VOID NTAPI halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    UNREFERENCED_PARAMETER(action);
    struct adapter *a = context;
    if (a->kind->cm)
        cn_peer_cm_leave(a->opens);
    NdisFreeMemory(a, 0, 0);
}

/* Nothing is ever outstanding, so pausing and restarting take no time. */
static NDIS_STATUS NTAPI pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS parameters)
{
    UNREFERENCED_PARAMETER(context);
    UNREFERENCED_PARAMETER(parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NTAPI restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS parameters)
{
    UNREFERENCED_PARAMETER(context);
    UNREFERENCED_PARAMETER(parameters);
    return NDIS_STATUS_SUCCESS;
}

/* Another function than the call manager's, because it gets another context. */
static NDIS_STATUS NTAPI co_oid_request(NDIS_HANDLE adapter_context, NDIS_HANDLE vc_context,
                                        PNDIS_OID_REQUEST request)
{
    UNREFERENCED_PARAMETER(adapter_context);
    UNREFERENCED_PARAMETER(vc_context);
    UNREFERENCED_PARAMETER(request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI set_options(NDIS_HANDLE driver, NDIS_HANDLE driver_context)
{
    const struct kind *kind = driver_context;
    NDIS_MINIPORT_CO_CHARACTERISTICS co = {
        .Header = {NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS,
                   NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1},
        .CoCreateVcHandler = kind->cm ? NULL : CN_PEER_UNUSED,
        .CoDeleteVcHandler = kind->cm ? NULL : CN_PEER_UNUSED,
        .CoActivateVcHandler = CN_PEER_UNUSED,
        .CoDeactivateVcHandler = CN_PEER_UNUSED,
        .CoSendNetBufferListsHandler = CN_PEER_UNUSED,
        .CoOidRequestHandler = co_oid_request,
    };
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS cm = cn_peer_cm_handlers;
    NDIS_STATUS s = NDIS_STATUS_SUCCESS;
    if (kind->co)
        s = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&co);
    if (kind->cm && s == NDIS_STATUS_SUCCESS)
        s = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&cm);
    return s;
}

static NTSTATUS start(struct kind *kind, PDRIVER_OBJECT driver, PUNICODE_STRING path,
                      MINIPORT_DRIVER_UNLOAD unload)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS c = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
                   NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2,
                   NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2},
        .MajorNdisVersion = CN_PEER_MAJOR,
        .MinorNdisVersion = CN_PEER_MINOR,
        .Flags = NDIS_WDM_DRIVER,
        .SetOptionsHandler = set_options,
        .InitializeHandlerEx = initialize,
        .HaltHandlerEx = halt,
        .UnloadHandler = unload,
        .PauseHandler = pause,
        .RestartHandler = restart,
        .OidRequestHandler = CN_PEER_UNUSED,
        .SendNetBufferListsHandler = CN_PEER_UNUSED,
        .ReturnNetBufferListsHandler = CN_PEER_UNUSED,
        .CancelSendHandler = CN_PEER_UNUSED,
        .DevicePnPEventNotifyHandler = CN_PEER_UNUSED,
        .ShutdownHandlerEx = CN_PEER_UNUSED,
        .CancelOidRequestHandler = CN_PEER_UNUSED,
    };
    return NdisMRegisterMiniportDriver(driver, path, kind, &c, &kind->driver);
}

/* Each kind is a driver of its own, with its own DriverEntry and unload function. */
#define DRIVER(kind_, title, ...)                                                                  \
    static struct kind kind_ = {__VA_ARGS__};                                                      \
    static VOID NTAPI kind_##_unload(PDRIVER_OBJECT driver)                                        \
    {                                                                                              \
        UNREFERENCED_PARAMETER(driver);                                                            \
        NdisMDeregisterMiniportDriver(kind_.driver);                                               \
    }                                                                                              \
    static NTSTATUS NTAPI kind_##_entry(PDRIVER_OBJECT driver, PUNICODE_STRING path)               \
    {                                                                                              \
        return start(&kind_, driver, path, kind_##_unload);                                        \
    }                                                                                              \
    const struct cn_peer cn_peer_##kind_ = {title, kind_##_entry};

DRIVER(miniport, "condis miniport", .co = FALSE)
DRIVER(co_miniport, "condis CoNDIS miniport", .co = TRUE)
DRIVER(mcm, "condis MCM", .co = TRUE, .cm = TRUE)
