/* adapter.c - an adapter moves through its states.
 *
 * Each operation is a row of ops.def whose invoke calls the handler; the functions for the world
 * begin the request and wait for its end. Structures lent to the driver stay until the request has
 * ended, because a driver may still look at them while it has the request pending.
 *
 * Pages: guide/miniport-adapter-states-and-operations, guide/initializing-a-miniport-adapter,
 * guide/pausing-an-adapter, guide/starting-an-adapter, guide/halting-a-miniport-adapter
 */
#include "ndis/adapter.h"

#include <stdio.h>
#include <stdlib.h>

#include "ndis/binding.h"
#include "ndis/oid.h"
#include "ndis/resource.h"
#include "ndis/timer.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define SECOND_100NS UINT64_C(10000000)

static struct cn_list adapters = {&adapters, &adapters};
struct cn_co_hooks cn_co_hooks;

/* -- Looking ----------------------------------------------------------------------------------- */

struct cn_adapter *cn_adapter_next(const struct cn_adapter *a)
{
    struct cn_list *next = a == NULL ? adapters.next : a->link.next;
    return next == &adapters ? NULL : CN_LIST_ENTRY(next, struct cn_adapter, link);
}

const char *cn_adapter_name(const struct cn_adapter *a)
{
    return a->obj.name;
}

const char *cn_adapter_instance(const struct cn_adapter *a)
{
    return a->instance;
}

const char *cn_adapter_key(const struct cn_adapter *a)
{
    return a->key;
}

struct cn_driver *cn_adapter_driver(const struct cn_adapter *a)
{
    return a->reg->driver;
}

const char *cn_adapter_state(const struct cn_adapter *a)
{
    return cn_obj_state_name(&a->obj, CN_LANE_CTL);
}

bool cn_adapter_is_co(const struct cn_adapter *a)
{
    return cn_handlers_have(&a->reg->optional, CN_S_NDIS_MINIPORT_CO_CHARACTERISTICS) &&
           (a->ra.AttributeFlags & NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS) == 0;
}

struct cn_adapter *cn_adapter_get(NDIS_HANDLE handle)
{
    struct cn_adapter *a = cn_handle_get(handle, CN_KIND_ADAPTER);
    struct cn_driver *driver = cn_driver_current();
    bool mine = a != NULL && (driver == NULL || a->reg->driver == driver);
    bool stale = a == NULL && cn_handle_why(handle, CN_KIND_ADAPTER, NULL, NULL) == CN_HANDLE_STALE;
    if (!CN_CHECK(CN_ADP_025, !stale, .found = cn_handle_explain(handle, CN_KIND_ADAPTER),
                  .allowed = "the handle of an adapter that is not halted"))
        return NULL;
    if (!CN_CHECK(CN_GEN_001, mine,
                  .found = a != NULL ? "the handle of another driver's adapter"
                                     : cn_handle_explain(handle, CN_KIND_ADAPTER),
                  .allowed = "the adapter handle that MiniportInitializeEx got"))
        return NULL;
    return a;
}

/* -- Coming and going -------------------------------------------------------------------------- */

static void adapter_free(struct cn_obj *o)
{
    struct cn_adapter *a = CN_CONTAINER_OF(o, struct cn_adapter, obj);
    cn_adapter_forget_attributes(a);
    cn_obj_put(&a->reg->obj);
    free(a);
}

/* Names as Windows makes them: the device name from a GUID, here one that tells the number. */
static void adapter_names(struct cn_adapter *a, const struct cn_adapter_config *config)
{
    char text[64];
    if (config != NULL && config->name != NULL)
        snprintf(a->instance, sizeof(a->instance), "%s", config->name);
    else
        snprintf(a->instance, sizeof(a->instance), "condis adapter %u", a->number);
    if (config != NULL && config->key != NULL)
        snprintf(a->key, sizeof(a->key), "%s", config->key);
    else
        snprintf(a->key, sizeof(a->key),
                 "System\\CurrentControlSet\\Control\\Class\\"
                 "{4d36e972-e325-11ce-bfc1-08002be10318}\\%04u",
                 a->number);
    snprintf(text, sizeof(text), "\\DEVICE\\{C0D15000-0000-4000-8000-%012X}", a->number);
    size_t units = cn_utf8_to_utf16(text, a->device, CN_ARRAY_SIZE(a->device));
    a->device_name.Buffer = (PWCH)a->device;
    a->device_name.Length = (USHORT)(units * sizeof(a->device[0]));
    a->device_name.MaximumLength = (USHORT)(a->device_name.Length + sizeof(a->device[0]));
}

static struct cn_adapter *adapter_new(struct cn_registration *reg,
                                      const struct cn_adapter_config *config)
{
    struct cn_adapter *a = calloc(1, sizeof(*a));
    if (a == NULL)
        return NULL;
    a->number = cn_obj_number(CN_KIND_ADAPTER);
    if (!cn_obj_init(&a->obj, CN_KIND_ADAPTER, NULL, true, adapter_free, "adapter %u", a->number)) {
        free(a);
        return NULL;
    }
    a->reg = reg;
    a->scopes.owner = &a->obj;
    cn_obj_get(&reg->obj);
    cn_list_init(&a->bindings);
    adapter_names(a, config);
    cn_list_insert(&adapters, &a->link);
    return a;
}

static void adapter_end(struct cn_adapter *a)
{
    cn_list_remove(&a->link);
    cn_obj_end(&a->obj);
}

int32_t cn_adapter_add(struct cn_driver *miniport, const struct cn_adapter_config *config,
                       struct cn_adapter **out)
{
    struct cn_registration *reg = cn_registration_of(miniport, CN_KIND_MINIPORT);
    if (reg == NULL || miniport->stopped)
        return NDIS_STATUS_FAILURE;
    struct cn_adapter *a = adapter_new(reg, config);
    if (a == NULL)
        return NDIS_STATUS_RESOURCES;
    NDIS_STATUS s = cn_adapter_device_added(a);
    if (s != NDIS_STATUS_SUCCESS) {
        adapter_end(a);
        return s;
    }
    *out = a;
    return NDIS_STATUS_SUCCESS;
}

void cn_adapter_discard(struct cn_adapter *a)
{
    for (struct cn_binding *b; (b = cn_binding_next(a, NULL)) != NULL;)
        cn_binding_discard(b);
    cn_resources_drop(a);
    if (cn_co_hooks.halted != NULL)
        cn_co_hooks.halted(a);
    if (a->add_context != NULL)
        cn_pool_release(a->add_context, CN_ADP_031);
    cn_obj_abandon(&a->obj);
    adapter_end(a);
}

void cn_adapter_remove(struct cn_adapter *a)
{
    cn_adapter_halt(a);
    cn_adapter_device_removed(a);
    adapter_end(a);
}

/* -- Initialising ------------------------------------------------------------------------------ */

int32_t cn_INITIALIZE_invoke(struct cn_op *op)
{
    struct cn_adapter *a = CN_CONTAINER_OF(op->subject, struct cn_adapter, obj);
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&f, s, a->reg->driver, "MiniportInitializeEx", a->reg->mp.InitializeHandlerEx,
              a->obj.name, a->obj.handle, a->reg->context, op->args);
    cn_scopes_add(&a->scopes, &f);
    if (!CN_CHECK(CN_ADP_014, s != NDIS_STATUS_PENDING, .driver = a->reg->driver->name,
                  .call = "MiniportInitializeEx", .object = a->obj.name,
                  .found = "NDIS_STATUS_PENDING", .allowed = "a final status"))
        s = NDIS_STATUS_FAILURE;
    return s;
}

/* The adapter is Halted again: what was known of it is forgotten, and its handle is dead. */
static void adapter_forget(struct cn_adapter *a, const char *call)
{
    if (cn_co_hooks.halted != NULL)
        cn_co_hooks.halted(a);
    cn_handle_end(a->obj.handle, a->obj.name, call, a->reg->driver->name);
    a->obj.handle = NULL;
    cn_adapter_forget_attributes(a);
    a->scopes.count = 0;
    a->tapi = false;
    a->pended = false;
}

static void initialize_failed(struct cn_adapter *a)
{
    cn_resources_halted(a);
    cn_leaks_check(a->reg->driver, CN_ADP_013, &a->scopes, "MiniportInitializeEx", a->obj.name);
    cn_resources_drop(a);
    adapter_forget(a, "MiniportInitializeEx");
}

static void init_parameters(const struct cn_adapter *a, NDIS_MINIPORT_INIT_PARAMETERS *p)
{
    memset(p, 0, sizeof(*p));
    p->MiniportAddDeviceContext = a->add_context;
    p->IfIndex = a->number + 1;
    p->NetLuid.Info.NetLuidIndex = a->number + 1;
}

static void halt_call(struct cn_adapter *a, NDIS_HALT_ACTION action);

int32_t cn_adapter_initialize(struct cn_adapter *a)
{
    NDIS_MINIPORT_INIT_PARAMETERS p;
    if (a->obj.handle == NULL && (a->obj.handle = cn_handle_new(CN_KIND_ADAPTER, &a->obj)) == NULL)
        return NDIS_STATUS_RESOURCES;
    init_parameters(a, &p);
    void *lent =
        cn_structure_lend(CN_S_NDIS_MINIPORT_INIT_PARAMETERS, &p, a->reg->major, a->reg->minor);
    if (lent == NULL)
        return NDIS_STATUS_RESOURCES;
    uint64_t start = cn_engine_now();
    NDIS_STATUS s =
        cn_op_begin(&cn_ndis_ops[CN_OP_INITIALIZE], &a->obj, &a->op, lent, NDIS_STATUS_FAILURE);
    cn_guard_free(lent);
    if (s != NDIS_STATUS_SUCCESS) {
        initialize_failed(a);
        return s;
    }
    if (!cn_adapter_judge(a, cn_engine_now() - start)) {
        halt_call(a, NdisHaltDeviceInitializationFailed);
        return NDIS_STATUS_FAILURE;
    }
    cn_adapter_ask(a);
    return NDIS_STATUS_SUCCESS;
}

/* -- Pause and restart ------------------------------------------------------------------------- */

int32_t cn_PAUSE_invoke(struct cn_op *op)
{
    struct cn_adapter *a = CN_CONTAINER_OF(op->subject, struct cn_adapter, obj);
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&f, s, a->reg->driver, "MiniportPause", a->reg->mp.PauseHandler, a->obj.name,
              a->context, op->args);
    cn_scopes_add(&a->scopes, &f);
    a->pended = s == NDIS_STATUS_PENDING;
    CN_CHECK(CN_PNP_009, s == NDIS_STATUS_SUCCESS || s == NDIS_STATUS_PENDING,
             .driver = a->reg->driver->name, .call = "MiniportPause", .object = a->obj.name,
             .found = cn_fmt("0x%08x", (unsigned)s),
             .allowed = "NDIS_STATUS_SUCCESS or NDIS_STATUS_PENDING");
    return s;
}

int32_t cn_RESTART_invoke(struct cn_op *op)
{
    struct cn_adapter *a = CN_CONTAINER_OF(op->subject, struct cn_adapter, obj);
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&f, s, a->reg->driver, "MiniportRestart", a->reg->mp.RestartHandler, a->obj.name,
              a->context, op->args);
    cn_scopes_add(&a->scopes, &f);
    a->pended = s == NDIS_STATUS_PENDING;
    return s;
}

static NDIS_STATUS run(struct cn_adapter *a, enum cn_ndis_op id, void *lent)
{
    if (lent == NULL)
        return NDIS_STATUS_RESOURCES;
    NDIS_STATUS s = cn_op_begin(&cn_ndis_ops[id], &a->obj, &a->op, lent, NDIS_STATUS_FAILURE);
    if (s == NDIS_STATUS_PENDING)
        s = cn_op_wait(&a->op);
    cn_guard_free(lent);
    return s;
}

int32_t cn_adapter_pause(struct cn_adapter *a)
{
    NDIS_MINIPORT_PAUSE_PARAMETERS p = {.PauseReason = NDIS_PAUSE_NDIS_INTERNAL};
    uint64_t start = cn_engine_now();
    NDIS_STATUS s = run(
        a, CN_OP_PAUSE,
        cn_structure_lend(CN_S_NDIS_MINIPORT_PAUSE_PARAMETERS, &p, a->reg->major, a->reg->minor));
    uint64_t took = cn_engine_now() - start;
    CN_CHECK(CN_PNP_022, took <= 10 * SECOND_100NS, .driver = a->reg->driver->name,
             .call = "MiniportPause", .object = a->obj.name,
             .found = cn_fmt("%llu seconds", (unsigned long long)(took / SECOND_100NS)),
             .allowed = "10 seconds");
    return s;
}

/* No list of attributes is handed out: it exists for filter drivers to change (PNP-014). */
int32_t cn_adapter_restart(struct cn_adapter *a)
{
    NDIS_MINIPORT_RESTART_PARAMETERS p = {0};
    return run(
        a, CN_OP_RESTART,
        cn_structure_lend(CN_S_NDIS_MINIPORT_RESTART_PARAMETERS, &p, a->reg->major, a->reg->minor));
}

/* A completion for a request that is not in progress: a second one, when the last request of the
 * kind pended (the rule of the pair), otherwise one out of the blue (the rule of the states). */
static bool completion_good(const struct cn_adapter *a, enum cn_ndis_op id, enum cn_rule_id twice)
{
    if (cn_op_pending(&cn_ndis_ops[id], &a->obj) != NULL)
        return true;
    return CN_CHECK(a->pended ? twice : CN_ADP_026, false, .object = a->obj.name,
                    .found = cn_fmt("%s, state %s",
                                    a->pended ? "a second completion" : "nothing is pending",
                                    cn_adapter_state(a)),
                    .allowed = cn_fmt("one completion after %s returned NDIS_STATUS_PENDING",
                                      cn_ndis_ops[id].handler));
}

void cn_adapter_pause_complete(NDIS_HANDLE handle)
{
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a != NULL && completion_good(a, CN_OP_PAUSE, CN_PNP_010))
        cn_op_complete(&cn_ndis_ops[CN_OP_PAUSE], &a->obj, NDIS_STATUS_SUCCESS);
}

void cn_adapter_restart_complete(NDIS_HANDLE handle, NDIS_STATUS status)
{
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a != NULL && completion_good(a, CN_OP_RESTART, CN_PNP_012))
        cn_op_complete(&cn_ndis_ops[CN_OP_RESTART], &a->obj, status);
}

/* -- Reset ------------------------------------------------------------------------------------- */

int32_t cn_RESET_invoke(struct cn_op *op)
{
    struct cn_adapter *a = CN_CONTAINER_OF(op->subject, struct cn_adapter, obj);
    struct cn_frame f;
    BOOLEAN addressing = FALSE;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&f, s, a->reg->driver, "MiniportResetEx", a->reg->mp.ResetHandlerEx, a->obj.name,
              a->context, &addressing);
    cn_scopes_add(&a->scopes, &f);
    a->address_reset = addressing != FALSE;
    return s;
}

int32_t cn_adapter_reset(struct cn_adapter *a)
{
    uint8_t state = a->obj.lane[CN_LANE_CTL].state;
    if (a->reg->mp.ResetHandlerEx == NULL || state < ADAPTER_PAUSED || state > ADAPTER_PAUSING)
        return NDIS_STATUS_NOT_SUPPORTED;
    NDIS_STATUS s = cn_op_begin(&cn_ndis_ops[CN_OP_RESET], &a->obj, &a->reset, NULL,
                                NDIS_STATUS_RESET_IN_PROGRESS);
    return s == NDIS_STATUS_PENDING ? cn_op_wait(&a->reset) : s;
}

void cn_adapter_reset_complete(NDIS_HANDLE handle, NDIS_STATUS status, bool addressing_reset)
{
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a == NULL)
        return;
    a->address_reset = addressing_reset;
    cn_op_complete(&cn_ndis_ops[CN_OP_RESET], &a->obj, status);
}

static void reset_context(void *arg)
{
    struct cn_adapter *a = arg;
    if (a->obj.lane[CN_LANE_NOTE].state == RESET_IDLE)
        cn_adapter_reset(a);
    cn_obj_put(&a->obj);
}

void cn_adapter_reset_ask(NDIS_HANDLE handle)
{
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a == NULL ||
        !CN_CHECK(CN_RST_007, a->reg->mp.ResetHandlerEx != NULL, .object = a->obj.name,
                  .member = "ResetHandlerEx", .found = "NULL", .allowed = "address of a function"))
        return;
    cn_obj_get(&a->obj);
    if (cn_engine_spawn(reset_context, a, "reset") != 0)
        cn_obj_put(&a->obj);
}

/* -- Halt, shutdown, removal ------------------------------------------------------------------- */

/* The context may be freed as the last step of the halt, so it is let go before. Without the
 * registration attributes there is no context to call the driver with: it cannot be halted at all.
 */
static void halt_call(struct cn_adapter *a, NDIS_HALT_ACTION action)
{
    struct cn_frame f;
    bool can = cn_adapter_has(a, CN_S_NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES);
    cn_adapter_context_hold(a, false);
    if (can && !a->reg->driver->stopped) {
        CN_UPCALL_VOID(&f, a->reg->driver, "MiniportHaltEx", a->reg->mp.HaltHandlerEx, a->obj.name,
                       a->context, action);
        cn_scopes_add(&a->scopes, &f);
        cn_resources_halted(a);
        cn_leaks_check(a->reg->driver, CN_ADP_022, &a->scopes, "MiniportHaltEx", a->obj.name);
    }
    cn_resources_drop(a);
    adapter_forget(a, "MiniportHaltEx");
    cn_obj_set_state(&a->obj, CN_LANE_CTL, ADAPTER_HALTED);
}

/* Call managers first, so that they tell their clients to close. */
static void unbind_all(struct cn_adapter *a)
{
    for (struct cn_binding *b = cn_binding_next(a, NULL), *next; b != NULL; b = next) {
        next = cn_binding_next(a, b);
        if (b->provides)
            cn_binding_unbind(b);
    }
    for (struct cn_binding *b; (b = cn_binding_next(a, NULL)) != NULL;)
        cn_binding_unbind(b);
}

static void pause_all(struct cn_adapter *a)
{
    for (struct cn_binding *b = NULL; (b = cn_binding_next(a, b)) != NULL;)
        cn_binding_pause(b);
    if (a->obj.lane[CN_LANE_CTL].state == ADAPTER_RUNNING)
        cn_adapter_pause(a);
}

static void halt(struct cn_adapter *a, NDIS_HALT_ACTION action)
{
    uint8_t state = a->obj.lane[CN_LANE_CTL].state;
    if (state == ADAPTER_HALTED || a->reg->driver->stopped)
        return;
    if (state == ADAPTER_SHUTDOWN) {
        cn_resources_drop(a);
        adapter_forget(a, "MiniportShutdownEx");
        cn_obj_set_state(&a->obj, CN_LANE_CTL, ADAPTER_HALTED);
        return;
    }
    /* An MCM notifies the clients of its families in MiniportHaltEx, so they are still bound then
     * (guide/closing-a-condis-call-manager-or-mcm); otherwise the bindings go first. */
    bool late = a->provides;
    pause_all(a);
    if (!late)
        unbind_all(a);
    CN_CHECK(CN_ADP_006,
             a->tapi || !cn_adapter_is_co(a) ||
                 (a->ra.AttributeFlags & NDIS_MINIPORT_ATTRIBUTES_DO_NOT_BIND_TO_ALL_CO) != 0,
             .driver = a->reg->driver->name, .call = "NdisMSetMiniportAttributes",
             .structure = "NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES",
             .member = "AttributeFlags", .object = a->obj.name,
             .found = cn_fmt("0x%x, and no TAPI address family was ever registered",
                             (unsigned)a->ra.AttributeFlags),
             .allowed = "with NDIS_MINIPORT_ATTRIBUTES_DO_NOT_BIND_TO_ALL_CO");
    halt_call(a, action);
    unbind_all(a);
}

void cn_adapter_halt(struct cn_adapter *a)
{
    halt(a, NdisHaltDeviceDisabled);
}

void cn_adapter_surprise_remove(struct cn_adapter *a)
{
    a->gone = true;
    if (a->obj.lane[CN_LANE_CTL].state != ADAPTER_HALTED)
        cn_adapter_device_event(a, NdisDevicePnPEventSurpriseRemoved);
    halt(a, NdisHaltDeviceSurpriseRemoved);
}

void cn_adapter_shutdown(struct cn_adapter *a)
{
    struct cn_frame f;
    uint8_t state = a->obj.lane[CN_LANE_CTL].state;
    if (state == ADAPTER_HALTED || state == ADAPTER_SHUTDOWN)
        return;
    unbind_all(a);
    cn_adapter_context_hold(a, false);
    CN_UPCALL_VOID(&f, a->reg->driver, "MiniportShutdownEx", a->reg->mp.ShutdownHandlerEx,
                   a->obj.name, a->context, NdisShutdownPowerOff);
    cn_obj_set_state(&a->obj, CN_LANE_CTL, ADAPTER_SHUTDOWN);
}

static void removal_context(void *arg)
{
    struct cn_adapter *a = arg;
    halt(a, NdisHaltDeviceFailed);
    cn_obj_put(&a->obj);
}

/* The driver gives its device up; the halt comes from a thread of the system. */
NDIS_STATUS cn_adapter_remove_ask(NDIS_HANDLE handle)
{
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a == NULL || a->gone)
        return NDIS_STATUS_FAILURE;
    a->gone = true;
    cn_obj_get(&a->obj);
    if (cn_engine_spawn(removal_context, a, "removal") != 0) {
        cn_obj_put(&a->obj);
        return NDIS_STATUS_FAILURE;
    }
    return NDIS_STATUS_SUCCESS;
}

/* -- The whole way ----------------------------------------------------------------------------- */

int32_t cn_adapter_start(struct cn_adapter *a)
{
    NDIS_STATUS s = cn_adapter_initialize(a);
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    cn_adapter_offer(a);
    s = cn_adapter_restart(a);
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    for (struct cn_binding *b = NULL; (b = cn_binding_next(a, b)) != NULL;)
        if (b->obj.lane[CN_LANE_CTL].state == BINDING_PAUSED)
            cn_binding_restart(b);
    return NDIS_STATUS_SUCCESS;
}

void cn_adapter_stop(struct cn_adapter *a)
{
    cn_adapter_halt(a);
}
