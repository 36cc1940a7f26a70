/* attrs.c - NdisMSetMiniportAttributes: what a miniport driver tells of an adapter.
 *
 * Each attributes structure is taken whole or not at all. Their order is fixed (ADP-002), and their
 * members are judged one by one; of those only a wrong context makes the call fail, the others are
 * wrong but harmless to NDIS and are reported as such.
 *
 * Statuses: NDIS_STATUS_BAD_VERSION for the header
 * (ddi/nf-ndis-ndismsetminiportattributes#returns), NDIS_STATUS_FAILURE where that page names none.
 */
#include <stdlib.h>

#include "load/probe.h"
#include "ndis/adapter.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define FIRST        CN_S_NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES
#define LAST         CN_S_NDIS_MINIPORT_ADAPTER_PACKET_DIRECT_ATTRIBUTES
#define REGISTRATION CN_S_NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES
#define GENERAL      CN_S_NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES
#define ADD_DEVICE   CN_S_NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES

#define ALL_STATISTICS                                                                             \
    (NDIS_STATISTICS_DIRECTED_FRAMES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_MULTICAST_FRAMES_RCV_SUPPORTED |                                              \
     NDIS_STATISTICS_BROADCAST_FRAMES_RCV_SUPPORTED | NDIS_STATISTICS_BYTES_RCV_SUPPORTED |        \
     NDIS_STATISTICS_RCV_DISCARDS_SUPPORTED | NDIS_STATISTICS_RCV_ERROR_SUPPORTED |                \
     NDIS_STATISTICS_DIRECTED_FRAMES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_MULTICAST_FRAMES_XMIT_SUPPORTED |                                             \
     NDIS_STATISTICS_BROADCAST_FRAMES_XMIT_SUPPORTED | NDIS_STATISTICS_BYTES_XMIT_SUPPORTED |      \
     NDIS_STATISTICS_XMIT_ERROR_SUPPORTED | NDIS_STATISTICS_XMIT_DISCARDS_SUPPORTED |              \
     NDIS_STATISTICS_DIRECTED_BYTES_RCV_SUPPORTED |                                                \
     NDIS_STATISTICS_MULTICAST_BYTES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_BROADCAST_BYTES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_DIRECTED_BYTES_XMIT_SUPPORTED |                                               \
     NDIS_STATISTICS_MULTICAST_BYTES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_BROADCAST_BYTES_XMIT_SUPPORTED)

/* No list of OIDs is longer; a larger length is a mistake and not worth copying. */
#define OIDS_MAX 4096

/* -- Names for the report ---------------------------------------------------------------------- */

static const char *const media[] = {
    [NdisMedium802_3] = "802.3",
    [NdisMedium802_5] = "802.5",
    [NdisMediumFddi] = "Fddi",
    [NdisMediumWan] = "Wan",
    [NdisMediumLocalTalk] = "LocalTalk",
    [NdisMediumDix] = "Dix",
    [NdisMediumArcnetRaw] = "ArcnetRaw",
    [NdisMediumArcnet878_2] = "Arcnet878.2",
    [NdisMediumAtm] = "Atm",
    [NdisMediumWirelessWan] = "WirelessWan",
    [NdisMediumIrda] = "Irda",
    [NdisMediumBpc] = "Bpc",
    [NdisMediumCoWan] = "CoWan",
    [NdisMedium1394] = "1394",
    [NdisMediumInfiniBand] = "InfiniBand",
    [NdisMediumTunnel] = "Tunnel",
    [NdisMediumNative802_11] = "Native802.11",
    [NdisMediumLoopback] = "Loopback",
    [NdisMediumWiMAX] = "WiMAX",
    [NdisMediumIP] = "IP",
};

static const char *const physical_media[] = {
    [NdisPhysicalMediumUnspecified] = "unspecified",
    [NdisPhysicalMediumWirelessLan] = "WirelessLan",
    [NdisPhysicalMediumCableModem] = "CableModem",
    [NdisPhysicalMediumPhoneLine] = "PhoneLine",
    [NdisPhysicalMediumPowerLine] = "PowerLine",
    [NdisPhysicalMediumDSL] = "DSL",
    [NdisPhysicalMediumFibreChannel] = "FibreChannel",
    [NdisPhysicalMedium1394] = "1394",
    [NdisPhysicalMediumWirelessWan] = "WirelessWan",
    [NdisPhysicalMediumNative802_11] = "Native802.11",
    [NdisPhysicalMediumBluetooth] = "Bluetooth",
    [NdisPhysicalMediumInfiniband] = "Infiniband",
    [NdisPhysicalMediumWiMax] = "WiMax",
    [NdisPhysicalMediumUWB] = "UWB",
    [NdisPhysicalMedium802_3] = "802.3",
    [NdisPhysicalMedium802_5] = "802.5",
    [NdisPhysicalMediumIrda] = "Irda",
    [NdisPhysicalMediumWiredWAN] = "WiredWAN",
    [NdisPhysicalMediumWiredCoWan] = "WiredCoWan",
    [NdisPhysicalMediumOther] = "Other",
};

static const char *const connections[] = {
    [NET_IF_CONNECTION_DEDICATED] = "dedicated",
    [NET_IF_CONNECTION_PASSIVE] = "passive",
    [NET_IF_CONNECTION_DEMAND] = "demand",
};

static const char *name_of(const char *const *names, size_t count, unsigned value)
{
    if (value < count && names[value] != NULL)
        return names[value];
    return cn_fmt("%u", value);
}

static const char *medium_name(NDIS_MEDIUM m)
{
    return name_of(media, CN_ARRAY_SIZE(media), (unsigned)m);
}

static const char *speed_name(uint64_t out, uint64_t in)
{
    if (out == NDIS_LINK_SPEED_UNKNOWN)
        return "unknown";
    if (in == out || in == NDIS_LINK_SPEED_UNKNOWN)
        return cn_fmt("%llu bit/s", (unsigned long long)out);
    return cn_fmt("%llu bit/s out, %llu bit/s in", (unsigned long long)out, (unsigned long long)in);
}

#define TELL(adapter, fact, text)                                                                  \
    CN_TRACE(FACT, fact, CN_STR("object", (adapter)->obj.name), CN_STR("value", text))

static void facts(const struct cn_adapter *a)
{
    const NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *g = &a->ga;
    TELL(a, "medium", medium_name(g->MediaType));
    TELL(a, "physical medium",
         name_of(physical_media, CN_ARRAY_SIZE(physical_media), (unsigned)g->PhysicalMediumType));
    TELL(a, "connection type",
         name_of(connections, CN_ARRAY_SIZE(connections), (unsigned)g->ConnectionType));
    TELL(a, "mtu", cn_fmt("%u", (unsigned)g->MtuSize));
    TELL(a, "link speed", speed_name(g->XmitLinkSpeed, g->RcvLinkSpeed));
}

/* -- Judging ----------------------------------------------------------------------------------- */

#define WHERE(a, type, which) .object = (a)->obj.name, .structure = #type, .member = (which)

/* A context can be anything by its type, but NDIS promises to come back with it, so it has to be
 * the address of something that lives. */
static bool context_good(const void *context)
{
    char byte;
    return context != NULL && cn_probe_copy(&byte, context, 1) == 0;
}

static NDIS_STATUS take_registration(struct cn_adapter *a,
                                     const NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES *r)
{
    void *context = r->MiniportAdapterContext;
    if (!CN_CHECK(CN_ADP_005, context_good(context),
                  WHERE(a, NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, "MiniportAdapterContext"),
                  .found = context == NULL ? "NULL" : cn_fmt("%p, which is no memory", context),
                  .allowed = "address of memory that lives until MiniportHaltEx is over"))
        return NDIS_STATUS_FAILURE;
    if (!CN_CHECK(CN_ADP_031, a->add_context == NULL || context != a->add_context,
                  WHERE(a, NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, "MiniportAdapterContext"),
                  .found = "the same area as MiniportAddDeviceContext",
                  .allowed = "an area of its own"))
        return NDIS_STATUS_FAILURE;
    struct cn_pool_info info;
    a->ra = *r;
    a->context = context;
    a->context_block = cn_pool_find(context, &info) ? info.start : NULL;
    return NDIS_STATUS_SUCCESS;
}

/* Copies the list of OIDs: the driver's may lie on its stack. */
static void oids_take(struct cn_adapter *a, NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *g)
{
    ULONG length = g->SupportedOidListLength;
    void *copy = NULL;
    bool sized = length % sizeof(NDIS_OID) == 0 && length <= OIDS_MAX * sizeof(NDIS_OID) &&
                 (length == 0 || g->SupportedOidList != NULL);
    bool good =
        CN_CHECK(CN_ADP_010, sized,
                 WHERE(a, NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                       g->SupportedOidList == NULL ? "SupportedOidList" : "SupportedOidListLength"),
                 .found = cn_fmt("%u bytes at %p", (unsigned)length, (void *)g->SupportedOidList),
                 .allowed = "an array of NDIS_OID and its size in bytes");
    if (good && length != 0 && (copy = malloc(length)) != NULL &&
        !CN_CHECK(CN_ADP_010, cn_probe_copy(copy, g->SupportedOidList, length) == 0,
                  WHERE(a, NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES, "SupportedOidList"),
                  .found = cn_fmt("%u bytes at %p, not all readable", (unsigned)length,
                                  (void *)g->SupportedOidList),
                  .allowed = "an array of NDIS_OID and its size in bytes")) {
        free(copy);
        copy = NULL;
    }
    free(a->oids);
    a->oids = copy;
    g->SupportedOidList = copy;
    g->SupportedOidListLength = copy == NULL ? 0 : length;
}

static NDIS_STATUS take_general(struct cn_adapter *a, NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *g)
{
    bool co = cn_adapter_is_co(a);
    CN_CHECK(CN_REG_009, g->MediaType != NdisMediumCoWan || a->reg->mp.SetOptionsHandler != NULL,
             .structure = "NDIS_MINIPORT_DRIVER_CHARACTERISTICS", .member = "SetOptionsHandler",
             .object = a->obj.name, .found = "NULL, and an adapter of medium CoWan",
             .allowed = "address of MiniportSetOptions");
    CN_CHECK(CN_ADP_009, !co || g->MediaType == NdisMediumCoWan,
             WHERE(a, NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES, "MediaType"),
             .found = medium_name(g->MediaType), .allowed = "NdisMediumCoWan");
    CN_CHECK(CN_ADP_011, (g->SupportedStatistics & ALL_STATISTICS) == ALL_STATISTICS,
             WHERE(a, NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES, "SupportedStatistics"),
             .found = cn_fmt("0x%x, without 0x%x", (unsigned)g->SupportedStatistics,
                             (unsigned)(ALL_STATISTICS & ~g->SupportedStatistics)),
             .allowed = "all NDIS_STATISTICS_Xxx_SUPPORTED flags");
    oids_take(a, g);
    a->ga = *g;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS take_add_device(struct cn_adapter *a,
                                   const NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES *d)
{
    a->add_context = d->MiniportAddDeviceContext;
    return NDIS_STATUS_SUCCESS;
}

/* ADP-002 and where each structure has its place. */
static bool order_good(const struct cn_adapter *a, enum cn_structure_id id)
{
    const char *missing = NULL;
    if (id != ADD_DEVICE && id != REGISTRATION && !cn_adapter_has(a, REGISTRATION))
        missing = cn_structure_name(REGISTRATION);
    else if (id != ADD_DEVICE && id != REGISTRATION && id != GENERAL && !cn_adapter_has(a, GENERAL))
        missing = cn_structure_name(GENERAL);
    return CN_CHECK(CN_ADP_002, missing == NULL, .object = a->obj.name,
                    .structure = cn_structure_name(id), .found = cn_fmt("set before %s", missing),
                    .allowed = "registration attributes, general attributes, then the others");
}

static bool place_good(const struct cn_adapter *a, enum cn_structure_id id)
{
    bool initializing = a->obj.lane[CN_LANE_CTL].state == ADAPTER_INITIALIZING;
    return CN_CHECK(CN_ADP_026, id == ADD_DEVICE ? a->adding : initializing, .object = a->obj.name,
                    .structure = cn_structure_name(id),
                    .found = cn_fmt("a call in state %s", cn_adapter_state(a)),
                    .allowed = id == ADD_DEVICE ? "a call from MiniportAddDevice"
                                                : "a call from MiniportInitializeEx");
}

/* The union of all that is looked into. */
union attributes {
    NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES add;
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general;
    NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES offload;
    NDIS_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES wlan;
    NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES assist;
};

static NDIS_STATUS commit(struct cn_adapter *a, enum cn_structure_id id, union attributes *u)
{
    NDIS_STATUS s = NDIS_STATUS_SUCCESS;
    if (id == ADD_DEVICE)
        s = take_add_device(a, &u->add);
    else if (id == REGISTRATION)
        s = take_registration(a, &u->registration);
    else if (id == GENERAL)
        s = take_general(a, &u->general);
    if (s == NDIS_STATUS_SUCCESS)
        a->attributes |= CN_ATTRIBUTE_BIT(id);
    return s;
}

NDIS_STATUS cn_adapter_set_attributes(NDIS_HANDLE handle, const void *given)
{
    struct cn_header h;
    union attributes copy;
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a == NULL)
        return NDIS_STATUS_FAILURE;
    if (!CN_CHECK(CN_ADP_004, cn_structure_header(given, &h), .object = a->obj.name,
                  .member = "MiniportAttributes",
                  .found = given == NULL ? "NULL" : cn_fmt("unreadable address %p", given),
                  .allowed = "address of an attributes structure"))
        return NDIS_STATUS_FAILURE;
    enum cn_structure_id id = cn_structure_of_type(h.type, FIRST, LAST);
    if (!CN_CHECK(CN_ADP_004, id != CN_S_NONE, .object = a->obj.name, .member = "Header.Type",
                  .structure = "NDIS_MINIPORT_ADAPTER_ATTRIBUTES",
                  .found = cn_fmt("0x%02x", h.type),
                  .allowed = "the type of an attributes structure"))
        return NDIS_STATUS_BAD_VERSION;
    if (!place_good(a, id) || !order_good(a, id))
        return NDIS_STATUS_FAILURE;
    struct cn_taking t = {.id = id,
                          .given = given,
                          .call = "NdisMSetMiniportAttributes",
                          .major = a->reg->major,
                          .minor = a->reg->minor,
                          .copy = &copy,
                          .copy_size = sizeof(copy)};
    if (cn_structure_take(&t) != CN_TAKEN_GOOD)
        return NDIS_STATUS_BAD_VERSION;
    return commit(a, id, &copy);
}

void cn_adapter_forget_attributes(struct cn_adapter *a)
{
    cn_adapter_context_hold(a, false);
    free(a->oids);
    a->oids = NULL;
    a->context = NULL;
    a->attributes &= CN_ATTRIBUTE_BIT(ADD_DEVICE);
    memset(&a->ra, 0, sizeof(a->ra));
    memset(&a->ga, 0, sizeof(a->ga));
}

bool cn_adapter_registered(const struct cn_adapter *a)
{
    return CN_CHECK(CN_ADP_001, cn_adapter_has(a, REGISTRATION), .object = a->obj.name,
                    .found = "a call before the registration attributes are set",
                    .allowed = "NdisMSetMiniportAttributes first");
}

/* -- When MiniportInitializeEx has succeeded --------------------------------------------------- */

static void hang_time_check(const struct cn_adapter *a, uint64_t took_100ns)
{
    const uint64_t second = 10000000;
    uint64_t seconds = a->ra.CheckForHangTimeInSeconds == 0 ? 2 : a->ra.CheckForHangTimeInSeconds;
    CN_CHECK(CN_ADP_008, a->reg->mp.CheckForHangHandlerEx == NULL || seconds * second > took_100ns,
             WHERE(a, NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, "CheckForHangTimeInSeconds"),
             .driver = a->reg->driver->name, .call = "NdisMSetMiniportAttributes",
             .found = cn_fmt("%llu seconds", (unsigned long long)seconds),
             .allowed = cn_fmt("more than the %llu ms that MiniportInitializeEx took",
                               (unsigned long long)(took_100ns / 10000)));
}

void cn_adapter_context_hold(struct cn_adapter *a, bool hold)
{
    if (a->held && !hold)
        cn_pool_release(a->context, CN_ADP_005);
    if (hold && !a->held)
        cn_pool_hold(a->context, CN_ADP_005, a->obj.name);
    a->held = hold;
}

/* From the success of the initialisation to the halt the context stays; before, a driver that fails
 * frees it again. */
static void context_check(struct cn_adapter *a)
{
    struct cn_pool_info info;
    bool lives = a->context_block == NULL ||
                 (cn_pool_find(a->context_block, &info) && info.start == a->context_block);
    CN_CHECK(CN_ADP_005, lives,
             WHERE(a, NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, "MiniportAdapterContext"),
             .driver = a->reg->driver->name, .call = "MiniportInitializeEx",
             .found = "memory that was freed again",
             .allowed = "memory that lives until MiniportHaltEx is over");
    cn_adapter_context_hold(a, true);
}

bool cn_adapter_judge(struct cn_adapter *a, uint64_t took_100ns)
{
    bool good = true;
    static const enum cn_structure_id needed[] = {REGISTRATION, GENERAL};
    for (size_t i = 0; i < CN_ARRAY_SIZE(needed); i++)
        good &= CN_CHECK(CN_ADP_003, cn_adapter_has(a, needed[i]), .driver = a->reg->driver->name,
                         .call = "MiniportInitializeEx", .object = a->obj.name,
                         .structure = cn_structure_name(needed[i]), .found = "not set",
                         .allowed = "set before NDIS_STATUS_SUCCESS is returned");
    if (!good)
        return false;
    context_check(a);
    hang_time_check(a, took_100ns);
    facts(a);
    return true;
}
