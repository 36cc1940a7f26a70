/* driver.c - drivers, the stack of calls across the border, and stopping a driver.
 *
 * The frames of a context are a list through the C stack: each lives in the function that makes the
 * call. Its head is the engine's context-local pointer, so a switch of contexts switches stacks
 * too.
 */
#include "object/driver.h"

#include <stdio.h>
#include <stdlib.h>

#include "load/image.h"
#include "load/trap.h"
#include "verify/rule.h"

static struct cn_list drivers = {&drivers, &drivers};
static uint64_t last_serial;
static uint32_t (*locks_held)(void);

/* -- who and where ----------------------------------------------------------------------------- */

static uint64_t seal_of(const struct cn_frame *f)
{
    return (uintptr_t)f->up ^ ((uintptr_t)f->driver << 1) ^ ((uintptr_t)f->name << 2) ^
           ((uintptr_t)f->place << 3) ^ ((uintptr_t)f->row << 4) ^ (uintptr_t)f ^
           UINT64_C(0x9E3779B97F4A7C15);
}

struct cn_frame *cn_frame_top(void)
{
    struct cn_frame *f = *cn_engine_local();
    return f != NULL && f->seal == seal_of(f) ? f : NULL;
}

struct cn_frame *cn_frame_inside(const char *name)
{
    for (struct cn_frame *f = cn_frame_top(); f != NULL; f = f->up)
        if (f->kind == CN_FRAME_UPCALL && strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

struct cn_driver *cn_driver_current(void)
{
    const struct cn_frame *f = cn_frame_top();
    return f != NULL ? f->driver : NULL;
}

void cn_driver_locks(uint32_t (*held)(void))
{
    locks_held = held;
}

uint32_t cn_driver_locks_held(void)
{
    return locks_held != NULL ? locks_held() : 0;
}

const char *cn_irql_name(uint8_t irql)
{
    static const char *const low[] = {"PASSIVE_LEVEL", "APC_LEVEL", "DISPATCH_LEVEL"};
    if (irql < CN_ARRAY_SIZE(low))
        return low[irql];
    return irql == CN_HIGH ? "HIGH_LEVEL" : cn_fmt("DIRQL %u", irql);
}

static const char *driver_name(const struct cn_driver *d)
{
    return d != NULL ? d->name : NULL;
}

static void attribution(struct cn_attribution *out)
{
    const struct cn_frame *f = cn_frame_top();
    if (f == NULL)
        return;
    out->driver = driver_name(f->driver);
    out->call = f->name;
    out->place = f->driver != NULL && f->driver->image != NULL ? f->place : NULL;
}

/* Addresses outside of drivers differ from run to run, so they are not written. */
static char *describe(const void *address, char *buf, size_t size)
{
    const void *at = cn_image_origin(address);
    if (cn_image_find(at) != NULL)
        return cn_image_describe(at, buf, size);
    snprintf(buf, size, "%s",
             (uintptr_t)address < 0x10000 ? cn_fmt("address 0x%lx", (unsigned long)address)
                                          : "an address in no driver");
    return buf;
}

/* What of a call lies in a driver; NULL for the runtime's own code. */
static const char *place_in(const struct cn_driver *d, const void *address)
{
    char buf[256];
    if (d == NULL || d->image == NULL || address == NULL)
        return NULL;
    return cn_fmt("%s", describe(address, buf, sizeof(buf)));
}

/* -- drivers ----------------------------------------------------------------------------------- */

struct cn_driver *cn_driver_new(const char *name, struct cn_image *image)
{
    struct cn_driver *d = calloc(1, sizeof(*d));
    if (d == NULL)
        return NULL;
    snprintf(d->name, sizeof(d->name), "%s", name);
    d->image = image;
    cn_list_init(&d->allocations);
    cn_list_insert(&drivers, &d->link);
    cn_verify_attribute(attribution);
    cn_verify_describe(describe);
    return d;
}

void cn_driver_free(struct cn_driver *driver)
{
    if (driver == NULL)
        return;
    cn_list_remove(&driver->link);
    free(driver);
}

struct cn_list *cn_driver_list(void)
{
    return &drivers;
}

/* -- frames ------------------------------------------------------------------------------------ */

static void frame_push(struct cn_frame *f)
{
    void **top = cn_engine_local();
    f->up = *top;
    f->irql = cn_irql_get();
    f->locks = cn_driver_locks_held();
    f->seal = seal_of(f);
    *top = f;
}

static void frame_pop(struct cn_frame *f)
{
    void **top = cn_engine_local();
    cn_assert(*top == f);
    *top = f->up;
}

/* DriverEntry and what the kernel calls return NTSTATUS, and so do functions outside of NDIS. */
static bool has_nt_status(const struct cn_frame *f)
{
    if (f->kind == CN_FRAME_DDI)
        return strcmp(f->row->dll, "ndis") != 0;
    return strcmp(f->name, "DriverEntry") == 0 || strncmp(f->name, "IRP_MJ_", 7) == 0;
}

static struct cn_field status_field(const struct cn_frame *f, const int32_t *status)
{
    if (status == NULL)
        return CN_STR("status", NULL);
    return has_nt_status(f) ? CN_NTSTATUS("status", *status) : CN_STATUS("status", *status);
}

/* -- calls into a driver ----------------------------------------------------------------------- */

bool cn_upcall_begin(struct cn_frame *f, struct cn_driver *driver, const char *name,
                     const void *handler, const char *object)
{
    if (driver->stopped)
        return false;
    *f = (struct cn_frame){.kind = CN_FRAME_UPCALL,
                           .driver = driver,
                           .name = name,
                           .place = handler,
                           .object = object,
                           .serial = ++last_serial};
    frame_push(f);
    driver->in_upcall++;
    CN_TRACE(ENTER, name, CN_STR("driver", driver->name),
             CN_STR("handler", place_in(driver, handler)), CN_STR("object", object),
             CN_U64("irql", f->irql));
    return true;
}

/* A lock left held also leaves the IRQL raised; that is one mistake and one finding. */
static void check_restored(const struct cn_frame *f)
{
    uint32_t locks = cn_driver_locks_held();
    uint8_t irql = cn_irql_get();
    bool released = CN_CHECK(CN_LCK_013, locks <= f->locks, .object = f->object,
                             .found = cn_fmt("%u spin locks held", locks),
                             .allowed = cn_fmt("%u, as at the call", f->locks));
    if (released)
        CN_CHECK(CN_IRQL_002, irql == f->irql, .object = f->object, .found = cn_irql_name(irql),
                 .allowed = cn_irql_name(f->irql));
    if (irql > f->irql)
        cn_irql_lower(f->irql);
    else if (irql < f->irql)
        cn_irql_raise(f->irql);
}

void cn_upcall_end(struct cn_frame *f, const int32_t *status)
{
    cn_assert(cn_frame_top() == f && f->kind == CN_FRAME_UPCALL);
    check_restored(f);
    CN_TRACE(LEAVE, f->name, CN_STR("driver", f->driver->name), CN_STR("object", f->object),
             status_field(f, status));
    f->driver->in_upcall--;
    frame_pop(f);
}

/* -- calls from a driver ----------------------------------------------------------------------- */

static void check_version(const struct cn_ddi_row *row, const struct cn_driver *d)
{
    if (row->since_major == 0 || d == NULL || d->major == 0)
        return;
    unsigned since = row->since_major * 256u + row->since_minor;
    CN_CHECK(CN_GEN_007, since <= d->major * 256u + d->minor,
             .found = cn_fmt("%s, of NDIS %u.%u", row->name, row->since_major, row->since_minor),
             .allowed = cn_fmt("functions of NDIS %u.%u and earlier", d->major, d->minor));
}

static void trace_call(const struct cn_frame *f, const struct cn_field *args, size_t count)
{
    struct cn_field field[CN_EVENT_FIELDS];
    size_t n = 0;
    field[n++] = CN_STR("driver", driver_name(f->driver));
    field[n++] = CN_STR("caller", place_in(f->driver, f->place));
    for (size_t i = 0; i < count && n < CN_EVENT_FIELDS; i++)
        field[n++] = args[i];
    cn_trace_emit(CN_EV_CALL, f->name, field, n);
}

void cn_ddi_enter(struct cn_frame *f, const struct cn_ddi_row *row, const void *caller,
                  const void *arg_fields, size_t count)
{
    /* The return address may belong to the next line, or the next function: one back is the call.
     */
    *f = (struct cn_frame){.kind = CN_FRAME_DDI,
                           .driver = cn_driver_current(),
                           .name = row->name,
                           .row = row,
                           .place = caller != NULL ? (const char *)caller - 1 : NULL};
    frame_push(f);
    CN_CHECK(CN_IRQL_001, f->irql >= row->irql_min && f->irql <= row->irql_max,
             .found = cn_irql_name(f->irql),
             .allowed = row->irql_min == row->irql_max
                            ? cn_irql_name(row->irql_min)
                            : cn_fmt("%s to %s", cn_irql_name(row->irql_min),
                                     cn_irql_name(row->irql_max)));
    check_version(row, f->driver);
    if (row->trace == CN_DDI_TRACED && cn_trace_sinks != NULL)
        trace_call(f, arg_fields, count);
}

void cn_ddi_leave(struct cn_frame *f, const int32_t *status)
{
    if (f->row->trace == CN_DDI_TRACED)
        CN_TRACE(RETURN, f->name, CN_STR("driver", driver_name(f->driver)),
                 status_field(f, status));
    cn_trap_poll(); /* a driver that loops over this call ends here, where nothing of ours is held
                     */
    frame_pop(f);
}

/* -- stopping ---------------------------------------------------------------------------------- */

static void trace_stop(const struct cn_driver *d, const struct cn_stop *stop)
{
    static const char *const keys[] = {"frame0",  "frame1",  "frame2",  "frame3", "frame4",
                                       "frame5",  "frame6",  "frame7",  "frame8", "frame9",
                                       "frame10", "frame11", "frame12", "frame13"};
    static char text[CN_ARRAY_SIZE(keys)][256], place[256];
    struct cn_field field[CN_EVENT_FIELDS];
    size_t n = 0, frames = CN_MIN(stop->frame_count, CN_ARRAY_SIZE(keys));
    field[n++] = CN_STR("driver", driver_name(d));
    field[n++] = CN_STR("kind", stop->kind);
    field[n++] = CN_STR("text", stop->text);
    field[n++] =
        CN_STR("place", stop->place != NULL ? describe(stop->place, place, sizeof(place)) : NULL);
    for (size_t i = 0; i < frames; i++)
        field[n++] = CN_STR(keys[i], describe(stop->frames[i], text[i], sizeof(text[i])));
    cn_trace_emit(CN_EV_STOP, driver_name(d), field, n);
}

void cn_driver_stop(struct cn_driver *driver, const struct cn_stop *stop)
{
    cn_rule_broken(&(struct cn_finding){.rule = (enum cn_rule_id)stop->rule,
                                        .driver = driver_name(driver),
                                        .place = stop->place,
                                        .found = stop->text});
    if (cn_trace_sinks != NULL)
        trace_stop(driver, stop);
    if (driver != NULL)
        driver->stopped = true;
    cn_engine_abandon();
}
