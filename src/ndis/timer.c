/* timer.c - NdisAllocateTimerObject and its kin, over the engine's timers. */
#include "ndis/timer.h"

#include <stdlib.h>

#include "load/probe.h"
#include "ndis/upcall.h"
#include "verify/rule.h"

#define MS_100NS INT64_C(10000)

struct timer {
    struct cn_resource resource;
    struct cn_timer timer;
    PNDIS_TIMER_FUNCTION function; /* [I] */
    PVOID context;                 /* [I] of the characteristics */
    PVOID now;                     /* [E] context of the current setting */
    bool periodic;                 /* [E] */
    bool held;                     /* [E] `now` is held (TMR-002) */
};

static struct timer *timer_of(struct cn_resource *r)
{
    return CN_CONTAINER_OF(r, struct timer, resource);
}

static void let_go(struct timer *t)
{
    if (t->held)
        cn_pool_release(t->now, CN_TMR_002);
    t->held = false;
}

static void fired(void *arg)
{
    struct timer *t = arg;
    struct cn_frame f;
    PVOID context = t->now;
    if (!t->periodic)
        let_go(t);
    CN_UPCALL_VOID(&f, t->resource.driver, "NetTimerCallback", t->function, t->resource.obj.name,
                   NULL, context, NULL, NULL);
}

static void timer_drop(struct cn_resource *r)
{
    struct timer *t = timer_of(r);
    cn_engine_timer_cancel(&t->timer);
    cn_engine_unpost(&t->timer.dpc);
    let_go(t);
}

static bool characteristics_good(const NDIS_TIMER_CHARACTERISTICS *c)
{
    bool good =
        CN_CHECK(CN_TMR_005, c->AllocationTag != 0, .structure = "NDIS_TIMER_CHARACTERISTICS",
                 .member = "AllocationTag", .found = "0", .allowed = "a tag of four characters");
    return CN_CHECK(CN_TMR_005, c->TimerFunction != NULL, .structure = "NDIS_TIMER_CHARACTERISTICS",
                    .member = "TimerFunction", .found = "NULL",
                    .allowed = "a NetTimerCallback function") &&
           good;
}

NDIS_STATUS cn_ndis_timer_new(NDIS_HANDLE handle, PNDIS_TIMER_CHARACTERISTICS given,
                              PNDIS_HANDLE out)
{
    struct cn_driver *driver = NULL;
    struct cn_obj *owner = cn_ndis_owner(handle, &driver);
    NDIS_TIMER_CHARACTERISTICS c;
    if (!CN_CHECK(CN_GEN_001, owner != NULL, .member = "NdisHandle",
                  .found = cn_handle_explain(handle, CN_KIND_NONE),
                  .allowed = "a handle of NDIS") ||
        !CN_CHECK(CN_GEN_005, out != NULL && cn_probe_write(out, sizeof(*out)) == 0,
                  .member = "pTimerObject", .found = cn_fmt("%p", (void *)out),
                  .allowed = "address of an NDIS_HANDLE variable"))
        return NDIS_STATUS_FAILURE;
    struct cn_taking t = {.id = CN_S_NDIS_TIMER_CHARACTERISTICS,
                          .given = given,
                          .call = "NdisAllocateTimerObject",
                          .major = driver->major,
                          .minor = driver->minor,
                          .copy = &c,
                          .copy_size = sizeof(c)};
    if (cn_structure_take(&t) != CN_TAKEN_GOOD || !characteristics_good(&c))
        return NDIS_STATUS_FAILURE;
    struct timer *timer = cn_resource_new(CN_RES_TIMER, sizeof(*timer), owner, driver, timer_drop);
    if (timer == NULL)
        return NDIS_STATUS_RESOURCES;
    timer->function = c.TimerFunction;
    timer->context = c.FunctionContext;
    cn_timer_init(&timer->timer, fired, timer, timer->resource.obj.name);
    *out = timer->resource.obj.handle;
    return NDIS_STATUS_SUCCESS;
}

void cn_ndis_timer_free(NDIS_HANDLE handle)
{
    struct timer *t = cn_resource_get(handle, CN_RES_TIMER);
    if (t == NULL)
        return;
    CN_CHECK(CN_TMR_001, !t->timer.set, .object = t->resource.obj.name,
             .found = "a timer that is set", .allowed = "NdisCancelTimerObject before");
    cn_resource_end(&t->resource);
}

bool cn_ndis_timer_set(NDIS_HANDLE handle, int64_t due_100ns, LONG period_ms, PVOID context)
{
    struct timer *t = cn_resource_get(handle, CN_RES_TIMER);
    if (t == NULL)
        return false;
    uint64_t now = cn_engine_now();
    uint64_t due = due_100ns < 0 ? now + (uint64_t)-due_100ns : CN_MAX((uint64_t)due_100ns, now);
    bool was = cn_engine_timer_cancel(&t->timer);
    let_go(t);
    t->periodic = period_ms > 0;
    t->now = context != NULL ? context : t->context;
    if (t->now != NULL)
        cn_pool_hold(t->now, CN_TMR_002, t->resource.obj.name);
    t->held = t->now != NULL;
    cn_engine_timer_set(&t->timer, due, t->periodic ? (uint64_t)(period_ms * MS_100NS) : 0);
    return was;
}

void cn_ndis_timer_tolerance(ULONG tolerance_ms)
{
    CN_CHECK(CN_TMR_006, tolerance_ms == 0 || (tolerance_ms >= 32 && tolerance_ms <= MAXLONG),
             .member = "Tolerance", .found = cn_fmt("%u", (unsigned)tolerance_ms),
             .allowed = "0, or 32 to MAXLONG milliseconds");
}

bool cn_ndis_timer_cancel(NDIS_HANDLE handle)
{
    struct timer *t = cn_resource_get(handle, CN_RES_TIMER);
    if (t == NULL)
        return false;
    CN_CHECK(CN_TMR_010, !t->periodic || cn_irql_get() == CN_PASSIVE,
             .object = t->resource.obj.name, .found = cn_irql_name(cn_irql_get()),
             .allowed = "PASSIVE_LEVEL for a periodic timer");
    bool was = cn_engine_timer_cancel(&t->timer);
    let_go(t);
    t->periodic = false;
    return was;
}

/* -- What is left ------------------------------------------------------------------------------ */

/* The memory that a timer's context lies in is that of the adapter context. */
static bool same_memory(const void *a, const void *b)
{
    struct cn_pool_info x, y;
    if (a == NULL || b == NULL)
        return false;
    return a == b || (cn_pool_find(a, &x) && cn_pool_find(b, &y) && x.start == y.start);
}

static void set_judge(struct timer *t, enum cn_rule_id rule, const char *call, const char *object)
{
    CN_CHECK(rule, !t->timer.set, .driver = t->resource.driver->name, .call = call,
             .object = object, .place = t->resource.place,
             .found = cn_fmt("%s is set", t->resource.obj.name), .allowed = "cancelled");
}

void cn_timers_halted(struct cn_adapter *a)
{
    for (struct cn_resource *r = cn_resource_next(NULL), *next; r != NULL; r = next) {
        next = cn_resource_next(r);
        struct timer *t = timer_of(r);
        if (r->type != CN_RES_TIMER || r->driver != a->reg->driver)
            continue;
        bool own = r->owner == &a->obj;
        if (!own && !same_memory(t->now, a->context))
            continue;
        bool set = t->timer.set;
        set_judge(t, own ? CN_TMR_009 : CN_ADP_023, "MiniportHaltEx", a->obj.name);
        if (set)
            cn_resource_end(r);
    }
}

void cn_timer_objects_end(struct cn_driver *driver, bool quiet)
{
    for (struct cn_resource *r = cn_resource_next(NULL), *next; r != NULL; r = next) {
        next = cn_resource_next(r);
        if (r->type != CN_RES_TIMER || r->driver != driver || !timer_of(r)->timer.set)
            continue;
        if (!quiet)
            set_judge(timer_of(r), CN_TMR_004, "DriverUnload", NULL);
        cn_resource_end(r);
    }
}
