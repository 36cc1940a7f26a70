/* world.c - starts and stops the runtime in this process, and loads drivers into it. */
#include "world/world.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "co/af.h"
#include "ndis/world_api.h"
#include "nt/nt.h"
#include "object/handle.h"
#include "object/obj.h"
#include "peer/peer.h"
#include "trace/trace.h"
#include "verify/rule.h"
#include "world/fault.h"

enum { HANG_SECONDS = 10 };

static bool started;

/* What drivers see as the time of the first moment: 2020-01-01 00:00:00 UTC. A constant, so that
 * equal runs are equal. */
#define START_100NS UINT64_C(132223104000000000)

/* Events tell the time since then. */
static uint64_t time_of_run(void)
{
    return cn_engine_now() - START_100NS;
}

static int start_parts(const struct cn_world_config *config)
{
    struct cn_engine_config engine = {.stack_bytes = config->stack_bytes,
                                      .start_100ns = START_100NS};
    int error = cn_engine_start(&engine);
    if (error != 0)
        return error;
    error = cn_nt_start();
    if (error != 0)
        return error;
    cn_pool_guarded(config->guarded);
    struct cn_trap_env env;
    cn_world_trap_env(&env);
    error = cn_trap_install(&env);
    if (error != 0)
        return error;
    cn_peer_pends = config->pend;
    cn_ndis_start(&(struct cn_ndis_config){.pend = config->pend});
    cn_co_start();
    return cn_trap_watch(config->hang_seconds != 0 ? config->hang_seconds : HANG_SECONDS);
}

/* The message itself is on stderr. A driver that wrote over our data and an error of ours look the
 * same from here. */
static void internal_error(void)
{
    const struct cn_frame *f = cn_frame_top();
    CN_TRACE(STOP, "condis", CN_STR("driver", f != NULL ? f->driver->name : NULL),
             CN_STR("kind", "internal error"),
             CN_STR("text",
                    "condis found its own data wrong: the driver wrote over it, or condis has an "
                    "error that should be reported"));
}

int cn_world_start(const struct cn_world_config *config)
{
    cn_assert(!started);
    cn_assert_hook(internal_error);
    cn_verify_reset();
    cn_trace_restart();
    started = true;
    int error = start_parts(config);
    if (error != 0)
        cn_world_stop();
    else
        cn_trace_clock(time_of_run);
    return error;
}

static void drop_drivers(void)
{
    while (!cn_list_empty(cn_driver_list())) {
        struct cn_driver *d = CN_LIST_ENTRY(cn_driver_list()->next, struct cn_driver, link);
        if (d->nt != NULL) {
            cn_ndis_driver_end(d, true);
            cn_nt_driver_end(d, true);
        }
        struct cn_image *image = d->image;
        cn_driver_free(d);
        if (image != NULL)
            cn_image_close(image);
    }
}

void cn_world_stop(void)
{
    if (!started)
        return;
    started = false;
    cn_assert_hook(NULL);
    cn_trap_watch(0);
    cn_co_stop();
    cn_ndis_stop();
    drop_drivers();
    cn_trace_clock(NULL);
    cn_trap_remove();
    cn_nt_stop();
    cn_engine_stop();
    cn_handle_reset();
    cn_obj_reset();
}

/* -- Loading ----------------------------------------------------------------------------------- */

static void tell_image(const struct cn_driver *d)
{
    const struct cn_import *imports;
    size_t count = cn_image_imports(d->image, &imports), provided = 0;
    static char missing[16384];
    struct cn_text t;
    cn_text_init(&t, missing, sizeof(missing));
    for (size_t i = 0; i < count; i++) {
        provided += imports[i].provided;
        if (imports[i].provided)
            continue;
        cn_text_put(&t, "%s%s%s", t.len > 0 ? " " : "", imports[i].dll,
                    imports[i].dll[0] != '\0' ? "!" : "");
        if (imports[i].name != NULL)
            cn_text_put(&t, "%s", imports[i].name);
        else
            cn_text_put(&t, "#%d", imports[i].ordinal);
    }
    bool pe = cn_image_format(d->image) == CN_IMAGE_PE;
    CN_TRACE(IMAGE, d->name, CN_STR("driver", d->name),
             CN_STR("format", pe ? "PE32+ x86-64 native" : "ELF x86-64 shared object"),
             CN_U64("imports", count), CN_U64("provided", provided),
             CN_STR("missing", t.len > 0 ? missing : NULL),
             CN_U64("size", cn_image_size(d->image)));
}

int cn_world_load(const char *path, struct cn_driver **out, struct cn_image_error *err)
{
    struct cn_image_env env;
    struct cn_image *image;
    cn_world_image_env(&env);
    int error = cn_image_open(path, &env, &image, err);
    if (error != 0)
        return error;
    struct cn_driver *d = cn_driver_new(cn_image_name(image), image);
    error = d != NULL ? cn_nt_driver_new(d) : -ENOMEM;
    if (error != 0) {
        cn_driver_free(d);
        cn_image_close(image);
        snprintf(err->text, sizeof(err->text), "there is no memory for it: end other programs");
        return error;
    }
    tell_image(d);
    *out = d;
    return 0;
}
