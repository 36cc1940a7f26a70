/* fault.c - decides which driver a fault belongs to, which rule it breaks, and what is said about
 * it.
 *
 * A fault says what the processor saw; here it is compared with what the runtime knows: an address
 * may be a handle, lie behind a pool block, or behind a structure that was lent to the driver.
 */
#include "world/fault.h"

#include <stdio.h>
#include <string.h>

#include "nt/nt.h"
#include "object/handle.h"
#include "trace/trace.h"
#include "verify/rule.h"
#include "world/resolve.h"

/* -- Whose it is ------------------------------------------------------------------------------- */

static struct cn_driver *driver_of_image(const struct cn_image *image)
{
    CN_LIST_EACH(pos, cn_driver_list())
    {
        struct cn_driver *d = CN_LIST_ENTRY(pos, struct cn_driver, link);
        if (image != NULL && d->image == image)
            return d;
    }
    return NULL;
}

static struct cn_driver *newest_image(void)
{
    struct cn_driver *newest = NULL;
    CN_LIST_EACH(pos, cn_driver_list())
    {
        struct cn_driver *d = CN_LIST_ENTRY(pos, struct cn_driver, link);
        if (d->image != NULL)
            newest = d;
    }
    return newest;
}

/* By the code that ran; else by the stack of calls; and when the driver has destroyed both, it can
 * only be the one under test. */
static struct cn_driver *blame(const void *place)
{
    struct cn_driver *d = place != NULL ? driver_of_image(cn_image_find(place)) : NULL;
    if (d == NULL)
        d = cn_driver_current();
    return d != NULL ? d : newest_image();
}

/* -- What it is -------------------------------------------------------------------------------- */

static int rule_of(const struct cn_fault *f)
{
    char unused[8];
    const void *at = (const void *)(uintptr_t)f->address;
    if (f->kind == CN_FAULT_HANG)
        return CN_HOST_002;
    if (f->missing != NULL)
        return CN_HOST_004;
    if (f->status == CN_STATUS_STACK_BUFFER_OVERRUN)
        return CN_HOST_003;
    if (f->access != CN_ACCESS_NONE && f->address_known && cn_guard_is(at))
        return CN_REG_008;
    if (f->access != CN_ACCESS_NONE && f->address_known &&
        cn_pool_explain(at, unused, sizeof(unused)))
        return CN_MEM_006;
    bool data = f->access == CN_ACCESS_READ || f->access == CN_ACCESS_WRITE;
    return f->where == CN_FAULT_IN_CALL && data ? CN_HOST_005 : CN_HOST_001;
}

static const char *kind_of(int rule)
{
    return rule == CN_HOST_002   ? "hang"
           : rule == CN_HOST_003 ? "bugcheck"
           : rule == CN_HOST_004 ? "missing import"
                                 : "crash";
}

/* What is known about the address that was accessed. */
static void put_address(struct cn_text *t, const void *at)
{
    char text[256];
    if (cn_handle_is_handle(at))
        cn_text_put(t, ": a handle was used as a pointer; only functions of NDIS take handles");
    else if (cn_engine_is_guard(at))
        cn_text_put(t, ": behind the end of the stack that the driver runs on");
    else if (cn_guard_is(at))
        cn_text_put(t, ": behind the end of a structure that NDIS lent to the driver");
    else if (cn_pool_explain(at, text, sizeof(text)))
        cn_text_put(t, ": %s", text);
}

static void on_fault(void *arg, const struct cn_fault *f)
{
    (void)arg;
    static char words[512], text[1024];
    struct cn_text t;
    cn_text_init(&t, text, sizeof(text));
    cn_text_put(&t, "%s", cn_fault_text(f, words, sizeof(words)));
    if (f->access != CN_ACCESS_NONE && f->address_known && !f->stack_overflow)
        put_address(&t, (const void *)(uintptr_t)f->address);
    int rule = rule_of(f);
    cn_driver_stop(blame(f->driver_pc), &(struct cn_stop){.rule = rule,
                                                          .kind = kind_of(rule),
                                                          .text = text,
                                                          .place = f->driver_pc,
                                                          .frames = f->frames,
                                                          .frame_count = f->frame_count});
}

static void on_missing(void *arg, const char *image, const char *dll, const char *name,
                       void *caller)
{
    (void)arg;
    static char text[512];
    const struct cn_ddi_row *row = cn_resolve_row(dll, name, -1);
    /* A .so does not say which module it means. */
    const char *module = row != NULL ? row->dll : dll;
    snprintf(text, sizeof(text), "%s called %s%s%s, which %s", image, module,
             module[0] != '\0' ? "!" : "", name,
             row != NULL ? "exists in Windows and is not provided by condis"
                         : "is no function that condis knows");
    const void *frame = caller;
    cn_driver_stop(blame(caller), &(struct cn_stop){.rule = CN_HOST_004,
                                                    .kind = kind_of(CN_HOST_004),
                                                    .text = text,
                                                    .place = caller,
                                                    .frames = &frame,
                                                    .frame_count = 1});
}

/* -- What the loader asks ---------------------------------------------------------------------- */

static void stack_bounds(void *arg, void **low, void **high)
{
    (void)arg;
    cn_engine_stack(low, high);
}

static bool driver_runs(void *arg)
{
    (void)arg;
    return cn_frame_top() != NULL;
}

static bool is_stack_guard(void *arg, const void *address)
{
    (void)arg;
    return cn_engine_is_guard(address);
}

static void write_irql(uint8_t irql)
{
    if (irql > cn_irql_get())
        cn_irql_raise(irql);
    else
        cn_irql_lower(irql);
}

static void debug_print(void *arg, const void *pc, const char *bytes, size_t len)
{
    (void)arg;
    struct cn_driver *d = blame(pc);
    char text[512];
    snprintf(text, sizeof(text), "%.*s", (int)CN_MIN(len, sizeof(text) - 1), bytes);
    CN_TRACE(PRINT, "DbgPrint", CN_STR("driver", d != NULL ? d->name : NULL), CN_STR("text", text));
}

void cn_world_trap_env(struct cn_trap_env *env)
{
    *env = (struct cn_trap_env){
        .fault = on_fault,
        .stack = stack_bounds,
        .driver_runs = driver_runs,
        .guard = is_stack_guard,
        .read_irql = cn_irql_get,
        .write_irql = write_irql,
        .shared_user_data = cn_nt_shared_user_data(),
        .debug_print = debug_print,
    };
}

static void *resolve(void *arg, const char *dll, const char *name, int ordinal)
{
    (void)arg;
    const struct cn_ddi_row *row = cn_resolve_row(dll, name, ordinal);
    return row != NULL ? row->fn : NULL;
}

void cn_world_image_env(struct cn_image_env *env)
{
    *env = (struct cn_image_env){
        .resolve = resolve,
        .missing = on_missing,
        .read_irql = cn_irql_get,
        .write_irql = write_irql,
        .shared_user_data = cn_nt_shared_user_data(),
    };
}

/* -- Waits without end ------------------------------------------------------------------------- */

static char hang_text[1024];
static struct cn_driver *hang_driver;
static const void *hang_place;

static void stop_hung(void *arg)
{
    (void)arg;
    cn_driver_stop(hang_driver, &(struct cn_stop){.rule = CN_HOST_002,
                                                  .kind = kind_of(CN_HOST_002),
                                                  .text = hang_text,
                                                  .place = hang_place,
                                                  .frames = &hang_place,
                                                  .frame_count = hang_place != NULL});
}

/* The innermost frame of a waiting context that belongs to a driver from a file. */
static const struct cn_frame *frame_of(const void *local)
{
    const struct cn_frame *f = local;
    while (f != NULL && (f->driver == NULL || f->driver->image == NULL))
        f = f->up;
    return f;
}

void cn_world_deadlock(void)
{
    struct cn_text t;
    const char *name, *what;
    void *local;
    hang_driver = NULL;
    hang_place = NULL;
    cn_text_init(&t, hang_text, sizeof(hang_text));
    for (size_t i = 0; cn_engine_stuck(i, &name, &what, &local); i++) {
        const struct cn_frame *f = frame_of(local);
        cn_text_put(&t, "%s%s waits for ever: %s", i > 0 ? "; " : "", name, what);
        if (f == NULL)
            continue;
        cn_text_put(&t, " (in %s)", f->name);
        if (hang_driver == NULL) {
            hang_driver = f->driver;
            hang_place = f->place;
        }
    }
    if (hang_driver == NULL)
        hang_driver = newest_image();
    /* Stopping abandons the context that does it, so it needs one of its own. */
    if (cn_engine_spawn(stop_hung, NULL, "stop") == 0)
        cn_engine_run();
}
