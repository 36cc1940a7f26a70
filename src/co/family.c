/* family.c - address families are registered, offered to clients, and go with their owner.
 *
 * A family is offered to each connection-oriented binding of the adapter once, when the bind or
 * initialisation that registered it is over, or when the binding comes up later. It is handed out
 * in memory of its own for each call, so that a client that keeps the pointer is found out.
 *
 * Pages: ddi/nf-ndis-ndiscmregisteraddressfamilyex, ddi/nf-ndis-ndismcmregisteraddressfamilyex,
 * ddi/nc-ndis-protocol_co_af_register_notify
 */
#include "co/family.h"

#include <stdlib.h>

#include "load/probe.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

static unsigned family_number;

/* -- Names and looking ------------------------------------------------------------------------- */

const char *cn_family_text(const CO_ADDRESS_FAMILY *af)
{
    static const struct {
        NDIS_AF type;
        const char *name;
    } names[] = {
        {CO_ADDRESS_FAMILY_Q2931, "Q2931"},
        {CO_ADDRESS_FAMILY_PSCHED, "PSCHED"},
        {CO_ADDRESS_FAMILY_L2TP, "L2TP"},
        {CO_ADDRESS_FAMILY_IRDA, "IRDA"},
        {CO_ADDRESS_FAMILY_1394, "1394"},
        {CO_ADDRESS_FAMILY_PPP, "PPP"},
        {CO_ADDRESS_FAMILY_INFINIBAND, "INFINIBAND"},
        {CO_ADDRESS_FAMILY_TAPI, "TAPI"},
        {CO_ADDRESS_FAMILY_TAPI_PROXY, "TAPI_PROXY"},
    };
    const char *name = NULL;
    NDIS_AF type = af->AddressFamily & ~(NDIS_AF)CO_ADDRESS_FAMILY_PROXY;
    for (size_t i = 0; i < CN_ARRAY_SIZE(names); i++)
        if (names[i].type == type)
            name = names[i].name;
    return cn_fmt("%s%s %u.%u", name != NULL ? name : cn_fmt("0x%x", (unsigned)type),
                  type == af->AddressFamily ? "" : " (proxy)", (unsigned)af->MajorVersion,
                  (unsigned)af->MinorVersion);
}

static struct cn_family *next(const struct cn_adapter *a, const struct cn_family *f)
{
    const struct cn_co_adapter *co = a->co;
    if (co == NULL)
        return NULL;
    const struct cn_list *e = f == NULL ? co->families.next : f->link.next;
    return e == &co->families ? NULL : CN_LIST_ENTRY((struct cn_list *)e, struct cn_family, link);
}

struct cn_family *cn_family_find(const struct cn_adapter *a, NDIS_AF type)
{
    for (struct cn_family *f = NULL; (f = next(a, f)) != NULL;)
        if (f->af.AddressFamily == type)
            return f;
    return NULL;
}

struct cn_driver *cn_family_driver(const struct cn_family *f)
{
    return f->binding != NULL ? f->binding->reg->driver : f->adapter->reg->driver;
}

const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *cn_family_handlers(const struct cn_family *f)
{
    return f->binding != NULL ? &f->binding->optional.cm : &f->adapter->reg->optional.cm;
}

NDIS_HANDLE cn_family_context(const struct cn_family *f)
{
    return f->binding != NULL ? f->binding->context : f->adapter->context;
}

struct cn_co_binding *cn_co_binding(struct cn_binding *b)
{
    struct cn_co_binding *co = b->co;
    if (co == NULL && (co = calloc(1, sizeof(*co))) != NULL) {
        cn_list_init(&co->opens);
        b->co = co;
    }
    return co;
}

static struct cn_co_adapter *co_adapter(struct cn_adapter *a)
{
    struct cn_co_adapter *co = a->co;
    if (co == NULL && (co = calloc(1, sizeof(*co))) != NULL) {
        cn_list_init(&co->families);
        a->co = co;
    }
    return co;
}

bool cn_family_offered(const struct cn_binding *b, const struct cn_family *f)
{
    const struct cn_co_binding *co = b->co;
    for (unsigned i = 0; co != NULL && i < co->offered_count; i++)
        if (co->offered[i] == f->number)
            return true;
    return false;
}

unsigned cn_af_families(const struct cn_adapter *a)
{
    unsigned count = 0;
    for (struct cn_family *f = NULL; (f = next(a, f)) != NULL;)
        count++;
    return count;
}

unsigned cn_af_opens(const struct cn_adapter *a)
{
    unsigned count = 0;
    for (struct cn_family *f = NULL; (f = next(a, f)) != NULL;)
        CN_LIST_EACH(pos, &f->opens)
    count++;
    return count;
}

/* -- Offering ---------------------------------------------------------------------------------- */

static bool ready(const struct cn_family *f)
{
    if (f->binding == NULL)
        return f->adapter->obj.lane[CN_LANE_CTL].state != ADAPTER_INITIALIZING;
    uint8_t state = f->binding->obj.lane[CN_LANE_CTL].state;
    return state != BINDING_OPENING && state != BINDING_CLOSING && state != BINDING_UNBOUND;
}

static bool wants(const struct cn_binding *b, const struct cn_family *f)
{
    uint8_t state = b->obj.lane[CN_LANE_CTL].state;
    return cn_handlers_have(&b->optional, CN_S_NDIS_PROTOCOL_CO_CHARACTERISTICS) &&
           state >= BINDING_PAUSED && state <= BINDING_PAUSING && !b->reg->driver->stopped &&
           !cn_family_offered(b, f);
}

static bool note_offer(struct cn_binding *b, const struct cn_family *f)
{
    struct cn_co_binding *co = cn_co_binding(b);
    unsigned *more =
        co == NULL ? NULL : realloc(co->offered, (co->offered_count + 1) * sizeof(co->offered[0]));
    if (more == NULL)
        return false;
    co->offered = more;
    co->offered[co->offered_count++] = f->number;
    return true;
}

static bool offer(struct cn_binding *b, const struct cn_family *f)
{
    struct cn_frame frame;
    PCO_ADDRESS_FAMILY copy = cn_guard_copy(&f->af, sizeof(f->af));
    if (copy == NULL || !note_offer(b, f)) {
        if (copy != NULL)
            cn_guard_free(copy);
        return false;
    }
    cn_obj_get(&b->obj);
    CN_UPCALL_VOID(&frame, b->reg->driver, "ProtocolCoAfRegisterNotify",
                   b->optional.pco.CoAfRegisterNotifyHandler, b->obj.name, b->context, copy);
    cn_obj_put(&b->obj);
    cn_guard_free(copy);
    return true;
}

/* A client may register, open and unbind while it is told, so the search begins anew after each. */
static bool offer_one(struct cn_adapter *a)
{
    for (struct cn_binding *b = NULL; (b = cn_binding_next(a, b)) != NULL;)
        for (struct cn_family *f = NULL; (f = next(a, f)) != NULL;)
            if (ready(f) && wants(b, f))
                return offer(b, f);
    return false;
}

static void offer_all(struct cn_adapter *a)
{
    while (offer_one(a))
        ;
}

static void offer_context(void *arg)
{
    struct cn_adapter *a = arg;
    offer_all(a);
    cn_obj_put(&a->obj);
}

/* A family that is registered when nothing is being bound or initialised: a thread of the system
 * offers it, as if such an operation had just ended. */
static void offer_late(struct cn_adapter *a)
{
    cn_obj_get(&a->obj);
    if (cn_engine_spawn(offer_context, a, "offer of an address family") != 0)
        cn_obj_put(&a->obj);
}

/* -- Registering ------------------------------------------------------------------------------- */

static bool family_take(const CO_ADDRESS_FAMILY *given, CO_ADDRESS_FAMILY *out)
{
    return CN_CHECK(CN_AF_007, given != NULL && cn_probe_copy(out, given, sizeof(*out)) == 0,
                    .member = "AddressFamily",
                    .found =
                        given == NULL ? "NULL" : cn_fmt("unreadable address %p", (void *)given),
                    .allowed = "address of a filled CO_ADDRESS_FAMILY");
}

static bool is_tapi(const CO_ADDRESS_FAMILY *af)
{
    NDIS_AF type = af->AddressFamily & ~(NDIS_AF)CO_ADDRESS_FAMILY_PROXY;
    return type == CO_ADDRESS_FAMILY_TAPI || type == CO_ADDRESS_FAMILY_TAPI_PROXY;
}

static NDIS_STATUS family_new(struct cn_adapter *a, struct cn_binding *b,
                              const CO_ADDRESS_FAMILY *af)
{
    struct cn_co_adapter *co = co_adapter(a);
    struct cn_family *f = co == NULL ? NULL : calloc(1, sizeof(*f));
    if (f == NULL)
        return NDIS_STATUS_RESOURCES;
    *f = (struct cn_family){.number = ++family_number, .af = *af, .adapter = a, .binding = b};
    cn_list_init(&f->opens);
    cn_list_init(&f->ended);
    cn_list_insert(&co->families, &f->link);
    if (b != NULL)
        b->provides = true;
    else
        a->provides = true;
    a->tapi |= is_tapi(af);
    CN_TRACE(FACT, "address family", CN_STR("object", a->obj.name),
             CN_STR("value", cn_family_text(af)));
    return NDIS_STATUS_SUCCESS;
}

/* AF-005, AF-006: by type alone, because that is how clients look for a family. */
static bool unique(const struct cn_adapter *a, const struct cn_binding *b,
                   const CO_ADDRESS_FAMILY *af)
{
    const struct cn_family *old = cn_family_find(a, af->AddressFamily);
    bool own_mcm = b == NULL && (old == NULL || old->binding == NULL);
    return CN_CHECK(own_mcm ? CN_AF_005 : CN_AF_006, old == NULL, .object = a->obj.name,
                    .member = "AddressFamily",
                    .found = cn_fmt("%s, registered by %s already", cn_family_text(af),
                                    cn_family_driver(old)->name),
                    .allowed = "a family that nobody has registered on the adapter");
}

static bool has(const struct cn_handlers *h, enum cn_structure_id id)
{
    return cn_handlers_have(h, id);
}

static bool cm_good(const struct cn_binding *b)
{
    bool co = has(&b->optional, CN_S_NDIS_PROTOCOL_CO_CHARACTERISTICS);
    bool cm = has(&b->optional, CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS);
    if (!CN_CHECK(CN_AF_045, co || cm, .object = b->obj.name,
                  .found = "a protocol driver without CoNDIS functions",
                  .allowed = "a driver that registered NDIS_PROTOCOL_CO_CHARACTERISTICS") ||
        !CN_CHECK(CN_REG_036, co && cm, .object = b->obj.name,
                  .structure = co ? "NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS"
                                  : "NDIS_PROTOCOL_CO_CHARACTERISTICS",
                  .found = "not registered", .allowed = "registered in ProtocolSetOptions"))
        return false;
    return CN_CHECK(CN_AF_045, cn_adapter_is_co(b->adapter), .object = b->obj.name,
                    .found = "an adapter of a connectionless miniport driver",
                    .allowed = "a CoNDIS adapter") &&
           CN_CHECK(CN_AF_045, !cn_binding_in_unbind(b), .object = b->obj.name,
                    .found = "a binding that is closing", .allowed = "one that is not");
}

/* A handle of the other kind of call manager, or none. */
static bool handle_good(NDIS_HANDLE handle, enum cn_kind want, enum cn_kind other,
                        enum cn_rule_id wrong, const char *member)
{
    enum cn_kind kind = CN_KIND_NONE;
    enum cn_handle_fault why = cn_handle_why(handle, want, &kind, NULL);
    if (!CN_CHECK(wrong, why != CN_HANDLE_KIND || kind != other, .member = member,
                  .found = cn_handle_explain(handle, want),
                  .allowed = cn_fmt("%s handle", cn_kind_name(want))))
        return false;
    return CN_CHECK(CN_AF_007, why == CN_HANDLE_GOOD || why == CN_HANDLE_STALE, .member = member,
                    .found = cn_handle_explain(handle, want),
                    .allowed = cn_fmt("%s handle", cn_kind_name(want)));
}

NDIS_STATUS cn_family_register_cm(NDIS_HANDLE handle, const CO_ADDRESS_FAMILY *given)
{
    CO_ADDRESS_FAMILY af;
    if (!handle_good(handle, CN_KIND_BINDING, CN_KIND_ADAPTER, CN_AF_001, "NdisBindingHandle"))
        return NDIS_STATUS_FAILURE;
    struct cn_binding *b = cn_binding_get(handle);
    if (b == NULL || !cm_good(b) || !family_take(given, &af) || !unique(b->adapter, b, &af))
        return NDIS_STATUS_FAILURE;
    bool binding = cn_binding_in_bind(b);
    CN_CHECK(CN_AF_003, binding, .object = b->obj.name,
             .found = cn_fmt("a call in state %s", cn_binding_state(b)),
             .allowed = "a call before the bind is over");
    NDIS_STATUS s = family_new(b->adapter, b, &af);
    if (s == NDIS_STATUS_SUCCESS && !binding)
        offer_late(b->adapter);
    return s;
}

static bool mcm_good(const struct cn_adapter *a)
{
    const struct cn_handlers *h = &a->reg->optional;
    bool co = has(h, CN_S_NDIS_MINIPORT_CO_CHARACTERISTICS);
    bool cm = has(h, CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS);
    return CN_CHECK(CN_AF_046, co || cm, .object = a->obj.name,
                    .found = "a miniport driver without CoNDIS functions",
                    .allowed = "a driver that registered NDIS_MINIPORT_CO_CHARACTERISTICS") &&
           CN_CHECK(CN_REG_034, co, .object = a->obj.name,
                    .structure = "NDIS_MINIPORT_CO_CHARACTERISTICS", .found = "not registered",
                    .allowed = "registered in MiniportSetOptions") &&
           CN_CHECK(CN_AF_002, cm, .object = a->obj.name,
                    .structure = "NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS",
                    .found = "not registered", .allowed = "registered in MiniportSetOptions") &&
           cn_adapter_registered(a) &&
           CN_CHECK(CN_ADP_007, (a->ra.AttributeFlags & NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS) == 0,
                    .object = a->obj.name,
                    .structure = "NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES",
                    .member = "AttributeFlags", .found = "NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS",
                    .allowed = "no address family on such an adapter");
}

NDIS_STATUS cn_family_register_mcm(NDIS_HANDLE handle, const CO_ADDRESS_FAMILY *given)
{
    CO_ADDRESS_FAMILY af;
    if (!handle_good(handle, CN_KIND_ADAPTER, CN_KIND_BINDING, CN_AF_002, "MiniportAdapterHandle"))
        return NDIS_STATUS_FAILURE;
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a == NULL || !mcm_good(a) || !family_take(given, &af) || !unique(a, NULL, &af))
        return NDIS_STATUS_FAILURE;
    bool initializing = a->obj.lane[CN_LANE_CTL].state == ADAPTER_INITIALIZING;
    bool general = cn_adapter_has(a, CN_S_NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES);
    CN_CHECK(CN_AF_004, initializing && general, .object = a->obj.name,
             .found = initializing ? "a call before the general attributes are set"
                                   : cn_fmt("a call in state %s", cn_adapter_state(a)),
             .allowed = "a call at the end of MiniportInitializeEx");
    NDIS_STATUS s = family_new(a, NULL, &af);
    if (s == NDIS_STATUS_SUCCESS && !initializing)
        offer_late(a);
    return s;
}

/* -- Leaving ----------------------------------------------------------------------------------- */

/* What is wrong with an open when its call manager goes: the first that applies. */
static bool left_badly(const struct cn_af *af, bool mcm, enum cn_rule_id *rule, const char **found)
{
    bool closing = af->obj.lane[CN_LANE_CTL].state == AF_CLOSING;
    bool pending = af->obj.lane[CN_LANE_NOTE].state == NOTE_SENT;
    bool idle = af->obj.lane[CN_LANE_NOTE].state == NOTE_IDLE;
    if (pending && !closing) {
        *rule = CN_AF_033;
        *found = "the notification still pending";
    } else if (idle && af->obj.lane[CN_LANE_CTL].state == AF_OPEN) {
        *rule = mcm ? CN_AF_032 : CN_AF_031;
        *found = "open, and the client was not notified";
    } else {
        *rule = CN_AF_041;
        *found = cn_fmt("the family still %s", cn_obj_state_name(&af->obj, CN_LANE_CTL));
    }
    return af->obj.lane[CN_LANE_CTL].state != AF_CLOSED || pending;
}

static void checked(bool mcm)
{
    cn_rule_checked(mcm ? CN_AF_032 : CN_AF_031);
    cn_rule_checked(CN_AF_033);
    cn_rule_checked(CN_AF_041);
}

void cn_family_leave(struct cn_family *f, const char *call, bool mcm)
{
    struct cn_driver *driver = cn_family_driver(f);
    checked(mcm);
    CN_LIST_EACH(pos, &f->opens)
    {
        const struct cn_af *af = CN_LIST_ENTRY(pos, struct cn_af, link);
        enum cn_rule_id rule;
        const char *found;
        if (!f->judged && !driver->stopped && left_badly(af, mcm, &rule, &found))
            CN_CHECK(rule, false, .driver = driver->name, .call = call, .object = af->obj.name,
                     .found = found, .allowed = "each open closed by its client");
    }
}

static void family_end(struct cn_family *f, const char *call)
{
    for (struct cn_list *e; (e = cn_list_pop(&f->ended)) != NULL;)
        cn_af_judge_ended(CN_LIST_ENTRY(e, struct cn_af, link), call);
    for (struct cn_list *e; (e = f->opens.next) != &f->opens;)
        cn_af_lose_family(CN_LIST_ENTRY(e, struct cn_af, link));
    cn_list_remove(&f->link);
    free(f);
}

/* The families of one owner: a binding's, or with NULL the adapter's own. */
static struct cn_family *first_of(const struct cn_adapter *a, const struct cn_binding *b)
{
    for (struct cn_family *f = NULL; (f = next(a, f)) != NULL;)
        if (f->binding == b)
            return f;
    return NULL;
}

static void bound(struct cn_binding *b)
{
    offer_all(b->adapter);
}

/* NdisCloseAdapterEx of a client with opens, or of a call manager with families. */
static void closing(struct cn_binding *b)
{
    struct cn_co_binding *co = b->co;
    if (cn_handlers_have(&b->optional, CN_S_NDIS_CO_CLIENT_OPTIONAL_HANDLERS))
        CN_CHECK(CN_BND_012, co == NULL || cn_list_empty(&co->opens), .object = b->obj.name,
                 .driver = b->reg->driver->name, .found = "an address family still open",
                 .allowed = "all of them closed");
    for (struct cn_family *f = NULL; (f = next(b->adapter, f)) != NULL;) {
        if (f->binding != b)
            continue;
        cn_rule_checked(CN_AF_031);
        cn_rule_checked(CN_BND_013);
        CN_LIST_EACH(pos, &f->opens)
        {
            const struct cn_af *af = CN_LIST_ENTRY(pos, struct cn_af, link);
            uint8_t note = af->obj.lane[CN_LANE_NOTE].state;
            bool open = af->obj.lane[CN_LANE_CTL].state == AF_OPEN;
            if (note == NOTE_DONE || (note == NOTE_IDLE && !open))
                continue;
            CN_CHECK(note == NOTE_SENT ? CN_BND_013 : CN_AF_031, false, .object = af->obj.name,
                     .driver = b->reg->driver->name,
                     .found = note == NOTE_SENT ? "a notification that is pending"
                                                : "open, and the client was not notified",
                     .allowed = "all clients notified, and the notifications complete");
            f->judged = true;
        }
    }
}

static void unbound(struct cn_binding *b)
{
    struct cn_co_binding *co = b->co;
    for (struct cn_family *f; (f = first_of(b->adapter, b)) != NULL;) {
        cn_family_leave(f, "ProtocolUnbindAdapterEx", false);
        family_end(f, "ProtocolUnbindAdapterEx");
    }
    if (co == NULL)
        return;
    for (struct cn_list *e; (e = co->opens.next) != &co->opens;)
        cn_af_lose_client(CN_LIST_ENTRY(e, struct cn_af, client_link));
    free(co->offered);
    free(co);
    b->co = NULL;
}

static void halted(struct cn_adapter *a)
{
    for (struct cn_family *f; (f = first_of(a, NULL)) != NULL;) {
        cn_family_leave(f, "MiniportHaltEx", true);
        family_end(f, "MiniportHaltEx");
    }
    a->provides = false;
    if (cn_af_families(a) == 0) {
        free(a->co);
        a->co = NULL;
    }
}

void cn_co_start(void)
{
    static const char *const af[] = {
#define STATE_AF(id, name) name,
#include "co/states.def"
    };
    static const char *const note[] = {
#define STATE_NOTE(id, name) name,
#include "co/states.def"
    };
    cn_obj_states(CN_KIND_AF, CN_LANE_CTL, af, CN_ARRAY_SIZE(af));
    cn_obj_states(CN_KIND_AF, CN_LANE_NOTE, note, CN_ARRAY_SIZE(note));
    cn_co_hooks = (struct cn_co_hooks){
        .bound = bound, .closing = closing, .unbound = unbound, .halted = halted};
    family_number = 0;
}

/* Adapters and bindings are discarded by cn_ndis_stop, which comes next and still uses the hooks.
 */
void cn_co_stop(void)
{
    cn_co_oids_drop();
}
