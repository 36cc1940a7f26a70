/* binding.c - the outer half of a binding: offered, bound, unbound.
 *
 * Pages: guide/binding-to-an-adapter, guide/unbinding-from-an-adapter,
 * guide/protocol-binding-states-and-operations
 */
#include "ndis/binding.h"

#include <stdlib.h>

#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

struct cn_ndis_config cn_ndis_config;

/* -- Looking ----------------------------------------------------------------------------------- */

struct cn_binding *cn_binding_next(const struct cn_adapter *a, const struct cn_binding *b)
{
    struct cn_list *next = b == NULL ? a->bindings.next : b->link.next;
    return next == &a->bindings ? NULL : CN_LIST_ENTRY(next, struct cn_binding, link);
}

struct cn_binding *cn_binding_of(const struct cn_adapter *a, const struct cn_driver *protocol)
{
    for (struct cn_binding *b = NULL; (b = cn_binding_next(a, b)) != NULL;)
        if (b->reg->driver == protocol)
            return b;
    return NULL;
}

const char *cn_binding_name(const struct cn_binding *b)
{
    return b->obj.name;
}

const char *cn_binding_state(const struct cn_binding *b)
{
    return cn_obj_state_name(&b->obj, CN_LANE_CTL);
}

struct cn_driver *cn_binding_driver(const struct cn_binding *b)
{
    return b->reg->driver;
}

struct cn_adapter *cn_binding_adapter(const struct cn_binding *b)
{
    return b->adapter;
}

bool cn_binding_in_bind(const struct cn_binding *b)
{
    return b->obj.lane[CN_LANE_CTL].state == BINDING_OPENING;
}

bool cn_binding_in_unbind(const struct cn_binding *b)
{
    return b->obj.lane[CN_LANE_CTL].state == BINDING_CLOSING;
}

/* A binding of the driver for which the test holds, or NULL. */
static struct cn_binding *find(const struct cn_driver *driver,
                               bool (*test)(const struct cn_binding *))
{
    for (struct cn_adapter *a = NULL; (a = cn_adapter_next(a)) != NULL;)
        for (struct cn_binding *b = NULL; (b = cn_binding_next(a, b)) != NULL;)
            if (b->reg->driver == driver && test(b))
                return b;
    return NULL;
}

static bool is_opening(const struct cn_binding *b)
{
    return b->obj.lane[CN_LANE_NOTE].state == OPEN_OPENING;
}

static bool has_failed(const struct cn_binding *b)
{
    return b->open_failed && cn_binding_in_bind(b);
}

/* Which rule a bad handle breaks depends on how far the driver's bindings are. */
static enum cn_rule_id bad_handle_rule(NDIS_HANDLE handle)
{
    struct cn_driver *driver = cn_driver_current();
    if (cn_handle_why(handle, CN_KIND_BINDING, NULL, NULL) == CN_HANDLE_STALE)
        return CN_BND_006;
    if (find(driver, is_opening) != NULL)
        return CN_BND_002;
    if (find(driver, has_failed) != NULL)
        return CN_BND_022;
    return CN_GEN_001;
}

struct cn_binding *cn_binding_get(NDIS_HANDLE handle)
{
    struct cn_binding *b = cn_handle_get(handle, CN_KIND_BINDING);
    struct cn_driver *driver = cn_driver_current();
    if (b == NULL) {
        CN_CHECK(bad_handle_rule(handle), false,
                 .found = cn_handle_explain(handle, CN_KIND_BINDING),
                 .allowed = "the handle of an open binding");
        return NULL;
    }
    cn_rule_checked(CN_BND_002);
    cn_rule_checked(CN_BND_006);
    cn_rule_checked(CN_BND_022);
    if (!CN_CHECK(CN_GEN_001, driver == NULL || b->reg->driver == driver,
                  .found = "the handle of another driver's binding",
                  .allowed = "the handle of the driver's own binding"))
        return NULL;
    if (!CN_CHECK(CN_BND_014, !b->unbinding || cn_binding_in_unbind(b) || b->notification != NULL,
                  .object = b->obj.name, .found = "a use of the handle after NdisUnbindAdapter",
                  .allowed = "none before ProtocolUnbindAdapterEx"))
        return NULL;
    return b;
}

struct cn_binding *cn_binding_of_parameters(const void *parameters)
{
    for (struct cn_adapter *a = NULL; (a = cn_adapter_next(a)) != NULL;)
        for (struct cn_binding *b = NULL; (b = cn_binding_next(a, b)) != NULL;)
            if (parameters != NULL && b->parameters == parameters)
                return b;
    return NULL;
}

/* -- Binding ----------------------------------------------------------------------------------- */

static void binding_free(struct cn_obj *o)
{
    struct cn_binding *b = CN_CONTAINER_OF(o, struct cn_binding, obj);
    cn_obj_put(&b->adapter->obj);
    cn_obj_put(&b->reg->obj);
    free(b);
}

static struct cn_binding *binding_new(struct cn_registration *r, struct cn_adapter *a)
{
    struct cn_binding *b = calloc(1, sizeof(*b));
    if (b == NULL)
        return NULL;
    if (!cn_obj_init(&b->obj, CN_KIND_BINDING, NULL, false, binding_free, "binding %u",
                     cn_obj_number(CN_KIND_BINDING))) {
        free(b);
        return NULL;
    }
    b->adapter = a;
    b->reg = r;
    cn_obj_get(&a->obj);
    cn_obj_get(&r->obj);
    b->optional = r->optional;
    cn_list_insert(&a->bindings, &b->link);
    return b;
}

static void binding_end(struct cn_binding *b)
{
    cn_list_remove(&b->link);
    cn_obj_end(&b->obj);
}

static const void *parameters_lend(struct cn_binding *b)
{
    struct cn_adapter *a = b->adapter;
    const NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *g = &a->ga;
    NDIS_BIND_PARAMETERS p = {
        .AdapterName = &a->device_name,
        .BoundAdapterName = &a->device_name,
        .MediaType = g->MediaType,
        .PhysicalMediumType = g->PhysicalMediumType,
        .MtuSize = g->MtuSize,
        .MaxXmitLinkSpeed = g->MaxXmitLinkSpeed,
        .XmitLinkSpeed = g->XmitLinkSpeed,
        .MaxRcvLinkSpeed = g->MaxRcvLinkSpeed,
        .RcvLinkSpeed = g->RcvLinkSpeed,
        .MediaConnectState = g->MediaConnectState,
        .MediaDuplexState = g->MediaDuplexState,
        .LookaheadSize = g->LookaheadSize,
        .SupportedPacketFilters = g->SupportedPacketFilters,
        .MaxMulticastListSize = g->MaxMulticastListSize,
        .MacAddressLength = g->MacAddressLength,
        .BoundIfIndex = a->number + 1,
        .LowestIfIndex = a->number + 1,
        .AccessType = g->AccessType,
        .DirectionType = g->DirectionType,
        .ConnectionType = g->ConnectionType,
        .IfType = g->IfType,
        .IfConnectorPresent = g->IfConnectorPresent,
        .DataBackFillSize = g->DataBackFillSize,
        .ContextBackFillSize = g->ContextBackFillSize,
        .MacOptions = g->MacOptions,
        .CompartmentId = NET_IF_COMPARTMENT_ID_PRIMARY,
    };
    p.BoundIfNetluid.Info.NetLuidIndex = a->number + 1;
    p.LowestIfNetluid.Info.NetLuidIndex = a->number + 1;
    memcpy(p.CurrentMacAddress, g->CurrentMacAddress, sizeof(p.CurrentMacAddress));
    return cn_structure_lend(CN_S_NDIS_BIND_PARAMETERS, &p, b->reg->major, b->reg->minor);
}

int32_t cn_BIND_invoke(struct cn_op *op)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&f, s, b->reg->driver, "ProtocolBindAdapterEx", b->reg->pr.BindAdapterHandlerEx,
              b->obj.name, b->reg->context, b->bind, (PNDIS_BIND_PARAMETERS)b->parameters);
    cn_scopes_add(&b->scopes, &f);
    return s;
}

/* The driver has not closed what it opened: NDIS does, without telling it. */
static void force_closed(struct cn_binding *b, const char *call)
{
    if (b->obj.lane[CN_LANE_NOTE].pending != NULL)
        cn_op_wait(&b->open);
    if (b->obj.lane[CN_LANE_NOTE].state == OPEN_OPEN) {
        cn_handle_end(b->obj.handle, b->obj.name, call, b->reg->driver->name);
        b->obj.handle = NULL;
        cn_obj_set_state(&b->obj, CN_LANE_NOTE, OPEN_CLOSED);
    }
    if (b->held)
        cn_pool_release(b->context, CN_BND_010);
    b->held = false;
}

static void bind_failed(struct cn_binding *b)
{
    uint8_t open = b->obj.lane[CN_LANE_NOTE].state;
    CN_CHECK(CN_BND_004, open == OPEN_CLOSED, .driver = b->reg->driver->name,
             .call = "ProtocolBindAdapterEx", .object = b->obj.name,
             .found = cn_fmt("a failed bind with the %s", cn_obj_state_name(&b->obj, CN_LANE_NOTE)),
             .allowed = "the adapter closed");
    force_closed(b, "ProtocolBindAdapterEx");
    cn_leaks_check(b->reg->driver, CN_BND_004, &b->scopes, "ProtocolBindAdapterEx", b->obj.name);
    if (cn_co_hooks.unbound != NULL)
        cn_co_hooks.unbound(b);
    binding_end(b);
}

/* A bind that succeeded has opened the adapter, otherwise there is no binding. */
static bool bind_good(struct cn_binding *b)
{
    if (CN_CHECK(CN_BND_015, b->obj.lane[CN_LANE_NOTE].state == OPEN_OPEN,
                 .driver = b->reg->driver->name, .call = "ProtocolBindAdapterEx",
                 .object = b->obj.name,
                 .found = cn_fmt("NDIS_STATUS_SUCCESS with the %s",
                                 cn_obj_state_name(&b->obj, CN_LANE_NOTE)),
                 .allowed = "the adapter open"))
        return true;
    force_closed(b, "ProtocolBindAdapterEx");
    cn_obj_set_state(&b->obj, CN_LANE_CTL, BINDING_UNBOUND);
    if (cn_co_hooks.unbound != NULL)
        cn_co_hooks.unbound(b);
    binding_end(b);
    return false;
}

static bool can_bind(const struct cn_registration *r, const struct cn_adapter *a)
{
    uint8_t state = a->obj.lane[CN_LANE_CTL].state;
    return r != NULL && !r->leaving && !r->driver->stopped && !a->gone && state >= ADAPTER_PAUSED &&
           state <= ADAPTER_PAUSING && cn_binding_of(a, r->driver) == NULL;
}

int32_t cn_binding_bind(struct cn_driver *protocol, struct cn_adapter *a, struct cn_binding **out)
{
    struct cn_registration *r = cn_registration_of(protocol, CN_KIND_PROTOCOL);
    *out = NULL;
    if (!can_bind(r, a))
        return NDIS_STATUS_FAILURE;
    struct cn_binding *b = binding_new(r, a);
    if (b == NULL)
        return NDIS_STATUS_RESOURCES;
    b->bind = cn_handle_new(CN_KIND_BIND, b);
    b->parameters = parameters_lend(b);
    NDIS_STATUS s = NDIS_STATUS_RESOURCES;
    if (b->bind != NULL && b->parameters != NULL) {
        s = cn_op_begin(&cn_ndis_ops[CN_OP_BIND], &b->obj, &b->op, NULL, NDIS_STATUS_FAILURE);
        if (s == NDIS_STATUS_PENDING)
            s = cn_op_wait(&b->op);
    }
    if (b->bind != NULL)
        cn_handle_end(b->bind, cn_fmt("bind of %s", b->obj.name), "the end of the bind",
                      protocol->name);
    if (b->parameters != NULL)
        cn_guard_free((void *)b->parameters);
    b->bind = NULL;
    b->parameters = NULL;
    if (s != NDIS_STATUS_SUCCESS) {
        bind_failed(b);
        return s;
    }
    if (!bind_good(b))
        return NDIS_STATUS_FAILURE;
    if (cn_co_hooks.bound != NULL)
        cn_co_hooks.bound(b);
    *out = b;
    return NDIS_STATUS_SUCCESS;
}

/* A handle of an operation that is over, or none at all. */
static struct cn_binding *operation_find(NDIS_HANDLE handle, enum cn_rule_id stale,
                                         enum cn_rule_id other, const char *allowed)
{
    struct cn_binding *b = cn_handle_get(handle, CN_KIND_BIND);
    bool dead = b == NULL && cn_handle_why(handle, CN_KIND_BIND, NULL, NULL) == CN_HANDLE_STALE;
    const char *why = b == NULL ? cn_handle_explain(handle, CN_KIND_BIND) : NULL;
    if (!CN_CHECK(stale, !dead, .found = why, .allowed = allowed) ||
        !CN_CHECK(other, b != NULL, .found = why, .allowed = allowed))
        return NULL;
    return b;
}

void cn_bind_complete(NDIS_HANDLE bind, NDIS_STATUS status)
{
    struct cn_binding *b =
        operation_find(bind, CN_BND_003, CN_GEN_001, "the BindContext of a pending bind");
    if (b == NULL)
        return;
    if (CN_CHECK(CN_BND_003, b->bind == bind, .object = b->obj.name, .member = "BindAdapterContext",
                 .found = "the UnbindContext of an unbind",
                 .allowed = "the BindContext of a pending bind"))
        cn_op_complete(&cn_ndis_ops[CN_OP_BIND], &b->obj, status);
}

/* -- Unbinding --------------------------------------------------------------------------------- */

int32_t cn_UNBIND_invoke(struct cn_op *op)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&f, s, b->reg->driver, "ProtocolUnbindAdapterEx", b->reg->pr.UnbindAdapterHandlerEx,
              b->obj.name, b->unbind, b->context);
    if (!CN_CHECK(CN_BND_007, s == NDIS_STATUS_SUCCESS || s == NDIS_STATUS_PENDING,
                  .driver = b->reg->driver->name, .call = "ProtocolUnbindAdapterEx",
                  .object = b->obj.name, .found = cn_fmt("0x%08x", (unsigned)s),
                  .allowed = "NDIS_STATUS_SUCCESS or NDIS_STATUS_PENDING"))
        s = NDIS_STATUS_SUCCESS;
    b->unbind_pended = s == NDIS_STATUS_PENDING;
    CN_CHECK(CN_BND_009, b->unbind_pended || b->obj.lane[CN_LANE_NOTE].state != OPEN_CLOSING,
             .driver = b->reg->driver->name, .call = "ProtocolUnbindAdapterEx",
             .object = b->obj.name, .found = "NDIS_STATUS_SUCCESS while the close is pending",
             .allowed = "NDIS_STATUS_PENDING, or success after ProtocolCloseAdapterCompleteEx");
    return s;
}

static void unbound(struct cn_binding *b)
{
    CN_CHECK(CN_BND_007, b->obj.lane[CN_LANE_NOTE].state != OPEN_OPEN,
             .driver = b->reg->driver->name, .call = "ProtocolUnbindAdapterEx",
             .object = b->obj.name, .found = "the adapter still open",
             .allowed = "NdisCloseAdapterEx before the unbind is over");
    if (b->obj.lane[CN_LANE_NOTE].state == OPEN_OPEN && cn_co_hooks.closing != NULL)
        cn_co_hooks.closing(b);
    force_closed(b, "ProtocolUnbindAdapterEx");
    if (cn_co_hooks.unbound != NULL)
        cn_co_hooks.unbound(b);
    binding_end(b);
}

/* Somebody else may be at the binding: what is in progress ends first. */
static bool unbind_ready(struct cn_binding *b)
{
    while (b->obj.lane[CN_LANE_CTL].pending != NULL)
        cn_op_wait(b->obj.lane[CN_LANE_CTL].pending);
    if (b->obj.lane[CN_LANE_CTL].state == BINDING_RUNNING)
        cn_binding_pause(b);
    return b->obj.lane[CN_LANE_CTL].state == BINDING_PAUSED && b->unbind == NULL;
}

/* The reference that the request holds goes with it; whoever waits for it waits in a context that
 * was abandoned together with the driver. */
void cn_obj_abandon(struct cn_obj *o)
{
    for (unsigned i = 0; i < CN_LANES; i++) {
        struct cn_op *op = o->lane[i].pending;
        if (op == NULL)
            continue;
        o->lane[i].pending = NULL;
        op->settled = true;
        op->status = NDIS_STATUS_FAILURE;
        cn_engine_wake(op);
        cn_obj_put(o);
    }
}

void cn_binding_discard(struct cn_binding *b)
{
    cn_engine_unpost(&b->item);
    cn_obj_abandon(&b->obj);
    force_closed(b, "the end of the driver");
    if (b->unbind != NULL)
        cn_handle_end(b->unbind, cn_fmt("unbind of %s", b->obj.name), "the end of the driver",
                      NULL);
    if (b->bind != NULL)
        cn_handle_end(b->bind, cn_fmt("bind of %s", b->obj.name), "the end of the driver", NULL);
    if (b->parameters != NULL)
        cn_guard_free((void *)b->parameters);
    if (cn_co_hooks.unbound != NULL)
        cn_co_hooks.unbound(b);
    cn_obj_set_state(&b->obj, CN_LANE_CTL, BINDING_UNBOUND);
    binding_end(b);
}

void cn_binding_unbind(struct cn_binding *b)
{
    if (b->reg->driver->stopped) {
        cn_binding_discard(b);
        return;
    }
    cn_obj_get(&b->obj);
    if (unbind_ready(b) && (b->unbind = cn_handle_new(CN_KIND_BIND, b)) != NULL) {
        NDIS_STATUS s =
            cn_op_begin(&cn_ndis_ops[CN_OP_UNBIND], &b->obj, &b->op, NULL, NDIS_STATUS_FAILURE);
        if (s == NDIS_STATUS_PENDING)
            cn_op_wait(&b->op);
        if (b->unbind != NULL)
            cn_handle_end(b->unbind, cn_fmt("unbind of %s", b->obj.name), "the end of the unbind",
                          b->reg->driver->name);
        b->unbind = NULL;
        unbound(b);
    }
    cn_obj_put(&b->obj);
}

void cn_unbind_complete(NDIS_HANDLE unbind)
{
    struct cn_binding *b =
        operation_find(unbind, CN_BND_024, CN_GEN_001, "the UnbindContext of a pending unbind");
    if (b == NULL)
        return;
    bool closed = b->obj.lane[CN_LANE_NOTE].state == OPEN_CLOSED;
    if (!CN_CHECK(CN_BND_008, b->unbind == unbind && closed, .object = b->obj.name,
                  .member = "UnbindContext",
                  .found = b->unbind != unbind ? "the BindContext of a bind"
                                               : "a call before the close is complete",
                  .allowed = "the UnbindContext of a pending unbind, after the close"))
        return;
    cn_handle_end(unbind, cn_fmt("unbind of %s", b->obj.name), "NdisCompleteUnbindAdapterEx",
                  b->reg->driver->name);
    b->unbind = NULL;
    if (b->held)
        cn_pool_release(b->context, CN_BND_010);
    b->held = false;
    cn_op_complete(&cn_ndis_ops[CN_OP_UNBIND], &b->obj, NDIS_STATUS_SUCCESS);
}

static void unbind_context(void *arg)
{
    struct cn_binding *b = arg;
    if (b->obj.lane[CN_LANE_CTL].state != BINDING_UNBOUND)
        cn_binding_unbind(b);
    cn_obj_put(&b->obj);
}

NDIS_STATUS cn_unbind_ask(NDIS_HANDLE handle)
{
    struct cn_binding *b = cn_binding_get(handle);
    if (b == NULL)
        return NDIS_STATUS_FAILURE;
    cn_obj_get(&b->obj);
    if (cn_engine_spawn(unbind_context, b, "NdisUnbindAdapter") != 0) {
        cn_obj_put(&b->obj);
        return NDIS_STATUS_RESOURCES;
    }
    b->unbinding = true;
    return NDIS_STATUS_SUCCESS;
}

/* -- Offering ---------------------------------------------------------------------------------- */

static bool offered(const struct cn_registration *r, const struct cn_adapter *a)
{
    return r->obj.kind == CN_KIND_PROTOCOL && can_bind(r, a) &&
           (cn_ndis_config.offers == NULL || cn_ndis_config.offers(r->driver, a));
}

/* A protocol that comes to a running adapter is restarted at once. */
static void offer(struct cn_registration *r, struct cn_adapter *a)
{
    struct cn_binding *b;
    if (offered(r, a) && cn_binding_bind(r->driver, a, &b) == NDIS_STATUS_SUCCESS && b != NULL &&
        a->obj.lane[CN_LANE_CTL].state == ADAPTER_RUNNING &&
        b->obj.lane[CN_LANE_CTL].state == BINDING_PAUSED)
        cn_binding_restart(b);
}

void cn_adapter_offer(struct cn_adapter *a)
{
    for (struct cn_registration *r = NULL; (r = cn_registration_next(r)) != NULL;)
        offer(r, a);
}

void cn_protocol_offer(struct cn_registration *r, bool tell)
{
    for (struct cn_adapter *a = NULL; (a = cn_adapter_next(a)) != NULL;)
        offer(r, a);
    if (tell)
        cn_event_send(r, NULL, NetEventBindsComplete, NULL, 0);
}

void cn_protocol_unbind_all(struct cn_registration *r)
{
    for (struct cn_adapter *a = NULL; (a = cn_adapter_next(a)) != NULL;) {
        struct cn_binding *b = cn_binding_of(a, r->driver);
        if (b != NULL)
            cn_binding_unbind(b);
    }
}

static void enumerate_context(void *arg)
{
    struct cn_registration *r = arg;
    if (!r->obj.ended)
        cn_protocol_offer(r, false);
    cn_obj_put(&r->obj);
}

/* BND-020: the frames tell whether NDIS is in the middle of something with one binding. */
static const char *misplaced_in(const struct cn_driver *driver)
{
    for (const struct cn_frame *f = cn_frame_top(); f != NULL; f = f->up) {
        if (f->kind != CN_FRAME_UPCALL || f->driver != driver)
            continue;
        if (strcmp(f->name, "ProtocolBindAdapterEx") == 0 ||
            strcmp(f->name, "ProtocolUnbindAdapterEx") == 0)
            return f->name;
        if (strcmp(f->name, "ProtocolNetPnPEvent") == 0 && f->object != NULL &&
            strncmp(f->object, "binding", 7) == 0)
            return "ProtocolNetPnPEvent for one binding";
    }
    return NULL;
}

void cn_bindings_enumerate(NDIS_HANDLE protocol)
{
    struct cn_registration *r = cn_handle_get(protocol, CN_KIND_PROTOCOL);
    if (!CN_CHECK(CN_REG_044, r != NULL && r->driver == cn_driver_current(),
                  .member = "NdisProtocolHandle",
                  .found = r == NULL ? cn_handle_explain(protocol, CN_KIND_PROTOCOL)
                                     : "the handle of another driver",
                  .allowed = "the handle that NdisRegisterProtocolDriver returned"))
        return;
    const char *inside = misplaced_in(r->driver);
    if (!CN_CHECK(CN_BND_020, inside == NULL, .found = cn_fmt("a call inside %s", inside),
                  .allowed = "ProtocolNetPnPEvent without a binding, or a thread of the driver"))
        return;
    cn_obj_get(&r->obj);
    if (cn_engine_spawn(enumerate_context, r, "NdisReEnumerateProtocolBindings") != 0)
        cn_obj_put(&r->obj);
}
