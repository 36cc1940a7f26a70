/* check.c - the whole life of one driver, as condis check tells it.
 *
 * It runs in one engine context, because every operation of NDIS may wait for the driver. What a
 * sound driver would have reached and this one did not is told as a fact named "not reached";
 * everything else the report says comes from the events of the layers below.
 */
#include "world/world.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "co/af.h"
#include "load/trap.h"
#include "ndis/world_api.h"
#include "nt/nt.h"
#include "peer/peer.h"
#include "trace/trace.h"
#include "verify/rule.h"
#include "world/fault.h"

#define ADAPTER_KEY                                                                                \
    "System\\CurrentControlSet\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\%04u"
#define SERVICE_KEY "System\\CurrentControlSet\\Services\\%s"

#define SETTLE_100NS 1000000 /* a tenth of a second */

enum { PEERS = 4 };

struct life {
    const struct cn_check *check;
    struct cn_driver *driver;
    struct cn_driver *peers[PEERS];
    struct cn_driver *miniport; /* the counterpart of a protocol driver */
    unsigned peer_count, adapters;
    bool over; /* the context came to its end */
};

static void phase(const char *name, const char *object)
{
    cn_trap_beat();
    CN_TRACE(PHASE, name, CN_STR("object", object));
}

static void not_reached(const char *object, const char *text)
{
    CN_TRACE(FACT, "not reached", CN_STR("object", object), CN_STR("value", text));
}

static const char *status_text(int32_t status)
{
    const char *name = cn_status_name((uint32_t)status);
    return name != NULL ? name : cn_fmt("0x%08x", (unsigned)status);
}

/* -- Configuration ----------------------------------------------------------------------------- */

static const char *adapter_key(unsigned i)
{
    return cn_fmt(ADAPTER_KEY, i);
}

/* The name of the driver's service: its file name without the ending. */
static const char *service_key(const struct cn_driver *d)
{
    const char *dot = strrchr(d->name, '.');
    size_t len = dot != NULL && dot != d->name ? (size_t)(dot - d->name) : strlen(d->name);
    return cn_fmt(SERVICE_KEY, cn_fmt("%.*s", (int)len, d->name));
}

static int configure(const struct life *l, unsigned adapter, struct cn_image_error *err)
{
    if (l->check->inf == NULL)
        return 0;
    return cn_inf_load(l->check->inf, adapter_key(adapter), service_key(l->driver), err->text,
                       sizeof(err->text));
}

/* -- DriverEntry and unload -------------------------------------------------------------------- */

static PDRIVER_INITIALIZE entry_of(struct cn_driver *d, const struct cn_peer *peer)
{
    PDRIVER_INITIALIZE entry = peer != NULL ? peer->entry : NULL;
    if (peer == NULL) {
        void *address = cn_image_entry(d->image);
        memcpy(&entry, &address, sizeof(entry));
    }
    return entry;
}

/* True when the driver stays loaded. */
static bool call_entry(struct cn_driver *d, const struct cn_peer *peer)
{
    struct cn_frame f;
    PDRIVER_INITIALIZE entry = entry_of(d, peer);
    if (!cn_upcall_begin(&f, d, "DriverEntry", (const void *)(uintptr_t)entry, NULL))
        return false;
    NTSTATUS s = entry(cn_nt_driver_object(d), cn_nt_registry_path(d));
    cn_upcall_end(&f, &s);
    cn_ndis_entry_over(d, s);
    return NT_SUCCESS(s);
}

static void gone(struct cn_driver *d, bool quiet)
{
    cn_ndis_driver_end(d, quiet);
    cn_nt_driver_end(d, quiet);
    CN_TRACE(UNLOAD, d->name, CN_STR("driver", d->name));
}

static void unload(struct cn_driver *d)
{
    phase("unload", d->name);
    if (cn_ndis_unload(d))
        gone(d, false);
    else
        not_reached(d->name, "it was not unloaded, because it has no unload function: set "
                             "DriverUnload of the driver object in DriverEntry");
}

/* -- Counterparts ------------------------------------------------------------------------------ */

static struct cn_driver *load_peer(struct life *l, const struct cn_peer *peer)
{
    struct cn_driver *d;
    for (unsigned i = 0; i < l->peer_count; i++)
        if (strcmp(l->peers[i]->name, peer->name) == 0)
            return l->peers[i];
    cn_assert(l->peer_count < PEERS);
    if (cn_peer_new(peer, &d) != 0)
        return NULL;
    l->peers[l->peer_count++] = d;
    if (!call_entry(d, peer)) {
        cn_assert(!"a built-in driver registers");
        return NULL;
    }
    return d;
}

/* The protocols that a miniport driver of those roles works with. */
static void load_protocols(struct life *l, unsigned roles)
{
    if ((roles & CN_ROLE_CO_MINIPORT) == 0) {
        load_peer(l, &cn_peer_protocol);
        return;
    }
    if ((roles & CN_ROLE_CALL_MANAGER) == 0)
        load_peer(l, &cn_peer_call_manager);
    load_peer(l, &cn_peer_client);
}

/* The miniport driver whose adapters a protocol of those roles is given; a call manager gets a
 * client too, unless it is its own. */
static struct cn_driver *load_miniport(struct life *l, unsigned roles)
{
    if ((roles & (CN_ROLE_CO_PROTOCOL | CN_ROLE_CLIENT | CN_ROLE_CALL_MANAGER)) == 0)
        return load_peer(l, &cn_peer_miniport);
    if ((roles & CN_ROLE_CALL_MANAGER) == 0)
        return load_peer(l, &cn_peer_mcm);
    load_peer(l, &cn_peer_client);
    return load_peer(l, &cn_peer_co_miniport);
}

/* -- Adapters ---------------------------------------------------------------------------------- */

static void pause_and_restart(struct cn_adapter *a)
{
    struct cn_binding *b;
    phase("pause and restart", cn_adapter_name(a));
    for (b = cn_binding_next(a, NULL); b != NULL; b = cn_binding_next(a, b))
        cn_binding_pause(b);
    int32_t s = cn_adapter_pause(a);
    if (s == 0)
        s = cn_adapter_restart(a);
    if (s != 0) {
        not_reached(cn_adapter_name(a),
                    cn_fmt("it was not paused and restarted: %s", status_text(s)));
        return;
    }
    for (b = cn_binding_next(a, NULL); b != NULL; b = cn_binding_next(a, b))
        cn_binding_restart(b);
}

/* An adapter of the miniport driver comes up; NULL when it does not. */
static struct cn_adapter *bring_up(struct cn_driver *miniport, unsigned number)
{
    struct cn_adapter_config config = {.key = miniport->peer ? NULL : adapter_key(number)};
    struct cn_adapter *a = NULL;
    phase("add adapter", NULL);
    int32_t s = cn_adapter_add(miniport, &config, &a);
    if (s != 0) {
        not_reached(miniport->name,
                    cn_fmt("adapter %u was not added: MiniportAddDevice returned %s", number,
                           status_text(s)));
        return NULL;
    }
    if (miniport->peer)
        CN_TRACE(FACT, "built in", CN_STR("object", cn_adapter_name(a)),
                 CN_STR("value", miniport->name));
    phase("start", cn_adapter_name(a));
    s = cn_adapter_start(a);
    if (s == 0)
        return a;
    not_reached(cn_adapter_name(a), cn_fmt("it did not come up: %s", status_text(s)));
    cn_adapter_remove(a);
    return NULL;
}

static void take_down(struct cn_adapter *a)
{
    phase("stop", cn_adapter_name(a));
    cn_adapter_stop(a);
    phase("remove", cn_adapter_name(a));
    cn_adapter_remove(a);
}

static void mark_peer_bindings(struct cn_adapter *a)
{
    for (struct cn_binding *b = cn_binding_next(a, NULL); b != NULL; b = cn_binding_next(a, b))
        if (cn_binding_driver(b)->peer)
            CN_TRACE(FACT, "built in", CN_STR("object", cn_binding_name(b)),
                     CN_STR("value", cn_binding_driver(b)->name));
}

static void bring_all_up(struct life *l, struct cn_driver *miniport)
{
    struct cn_image_error err;
    for (unsigned i = 0; i < l->adapters; i++) {
        if (i > 0 && !miniport->peer && configure(l, i, &err) != 0)
            not_reached(l->driver->name, err.text);
        struct cn_adapter *a = bring_up(miniport, i);
        if (a != NULL)
            mark_peer_bindings(a);
    }
}

static bool still(void *arg)
{
    (void)arg;
    return true;
}

/* Time passes: what was left to timers and to threads of the system gets its turn. */
static void settle(void)
{
    static const char name[] = "the next operation";
    cn_engine_park(name, still, NULL, cn_engine_now() + SETTLE_100NS, name);
}

static void run_adapters(struct life *l, struct cn_driver *miniport)
{
    struct cn_adapter *a, *next;
    for (a = cn_adapter_next(NULL); a != NULL; a = cn_adapter_next(a))
        if (cn_adapter_driver(a) == miniport && miniport->peer &&
            cn_binding_of(a, l->driver) == NULL)
            not_reached(l->driver->name, cn_fmt("it did not bind to %s, which %s made for it",
                                                cn_adapter_name(a), miniport->name));
    settle();
    for (a = cn_adapter_next(NULL); a != NULL; a = cn_adapter_next(a))
        if (cn_adapter_driver(a) == miniport)
            pause_and_restart(a);
    settle();
    for (a = cn_adapter_next(NULL); a != NULL; a = next) {
        next = cn_adapter_next(a);
        if (cn_adapter_driver(a) == miniport)
            take_down(a);
    }
}

/* -- The life ---------------------------------------------------------------------------------- */

static struct life *current;

static void peers_gone(struct life *l)
{
    for (unsigned i = 0; i < l->peer_count; i++)
        unload(l->peers[i]);
}

/* A protocol driver under test registers: its counterpart's adapters are up by then, so that it is
 * offered them at once, while its DriverEntry still runs (REG-040). */
static void registered(struct cn_driver *protocol)
{
    struct life *l = current;
    if (protocol != l->driver || l->miniport != NULL)
        return;
    l->miniport = load_miniport(l, protocol->roles);
    if (l->miniport != NULL)
        bring_all_up(l, l->miniport);
}

static void live(void *arg)
{
    struct life *l = arg;
    current = l;
    cn_ndis_when_registered(registered);
    struct cn_driver *d = l->driver;
    phase("load", d->name);
    if (!call_entry(d, NULL)) {
        /* A driver that fails and stays registered is torn out of whatever it was doing: what it
         * leaves then follows from that. */
        gone(d, cn_verify_broken_rule(CN_REG_016) + cn_verify_broken_rule(CN_REG_042) > 0);
        peers_gone(l);
        l->over = true;
        return;
    }
    if ((d->roles & CN_ROLE_MINIPORT) != 0) {
        load_protocols(l, d->roles);
        bring_all_up(l, d);
        run_adapters(l, d);
    }
    if (l->miniport != NULL)
        run_adapters(l, l->miniport);
    unload(d);
    peers_gone(l);
    l->over = true;
}

static int run(struct life *l, struct cn_image_error *err)
{
    int error = cn_world_load(l->check->path, &l->driver, err);
    if (error == 0)
        error = configure(l, 0, err);
    if (error == 0)
        error = cn_engine_spawn(live, l, "the run");
    if (error != 0)
        return error;
    enum cn_engine_end end = cn_engine_run();
    if (end == CN_END_DEADLOCK && !l->over)
        cn_world_deadlock();
    CN_TRACE(CHECKED, "rules", CN_U64("count", cn_verify_checked()));
    CN_TRACE(DONE, "", CN_BOOL("finished", l->over));
    return 0;
}

int cn_check_run(const struct cn_check *check, struct cn_image_error *err)
{
    struct life l = {.check = check, .adapters = CN_MAX(check->adapters, 1u)};
    err->text[0] = '\0';
    int error = cn_world_start(&check->world);
    if (error != 0) {
        if (err->text[0] == '\0')
            snprintf(err->text, sizeof(err->text), "the runtime could not be started: %s",
                     strerror(-error));
        return error;
    }
    error = run(&l, err);
    cn_world_stop();
    return error;
}
