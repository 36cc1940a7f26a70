/* The built-in drivers work with each other from load to unload, break no rule and leave nothing.
 */
#include "cn_test.h"

#include "co/af.h"
#include "ndis/world_api.h"
#include "peer/peer.h"
#include "trace/trace.h"
#include "verify/rule.h"
#include "world/world.h"

static char told[65536];
static struct cn_text told_text;

/* Findings and leaks, as text. */
static void take(void *arg, const struct cn_event *ev)
{
    (void)arg;
    char line[2048];
    if (ev->kind != CN_EV_FINDING && ev->kind != CN_EV_LEAK && ev->kind != CN_EV_STOP)
        return;
    cn_event_text(ev, line, sizeof(line));
    cn_text_put(&told_text, "%s\n", line);
}

static struct cn_sink sink = {.event = take};

static struct {
    const struct cn_peer *miniport, *protocols[2];
    unsigned adapters, families, opens; /* what is wanted of each adapter */
    bool over;
    char wrong[512];
} life;

static void wrong(const char *what, long long is, long long want)
{
    if (is != want && life.wrong[0] == '\0')
        snprintf(life.wrong, sizeof(life.wrong), "%s is %lld, not %lld", what, is, want);
}

static struct cn_driver *load(const struct cn_peer *peer)
{
    struct cn_driver *d;
    struct cn_frame f;
    if (peer == NULL || cn_peer_new(peer, &d) != 0)
        return NULL;
    cn_upcall_begin(&f, d, "DriverEntry", NULL, NULL);
    NTSTATUS s = peer->entry(cn_nt_driver_object(d), cn_nt_registry_path(d));
    cn_upcall_end(&f, &s);
    wrong(peer->name, s, 0);
    cn_ndis_entry_over(d, s);
    return d;
}

static void unload(struct cn_driver *d)
{
    if (d == NULL)
        return;
    wrong("whether it can be unloaded", cn_ndis_unload(d), true);
    cn_ndis_driver_end(d, false);
    wrong("blocks that are left", (long long)cn_pool_live(d), 0);
    cn_nt_driver_end(d, false);
}

static unsigned bindings(const struct cn_adapter *a)
{
    unsigned n = 0;
    for (struct cn_binding *b = cn_binding_next(a, NULL); b != NULL; b = cn_binding_next(a, b))
        n++;
    return n;
}

static void take_through(struct cn_adapter *a)
{
    wrong("start", cn_adapter_start(a), 0);
    wrong("bindings", bindings(a), life.protocols[1] != NULL ? 2 : 1);
    wrong("families", cn_af_families(a), life.families);
    wrong("opens", cn_af_opens(a), life.opens);
    for (struct cn_binding *b = cn_binding_next(a, NULL); b != NULL; b = cn_binding_next(a, b))
        wrong("pause of a binding", cn_binding_pause(b), 0);
    wrong("pause", cn_adapter_pause(a), 0);
    wrong("restart", cn_adapter_restart(a), 0);
    for (struct cn_binding *b = cn_binding_next(a, NULL); b != NULL; b = cn_binding_next(a, b))
        wrong("restart of a binding", cn_binding_restart(b), 0);
}

static void live(void *arg)
{
    (void)arg;
    struct cn_driver *miniport = load(life.miniport), *protocols[2];
    struct cn_adapter *a;
    protocols[0] = load(life.protocols[0]);
    protocols[1] = load(life.protocols[1]);
    for (unsigned i = 0; i < life.adapters; i++) {
        wrong("add", cn_adapter_add(miniport, &(struct cn_adapter_config){.name = NULL}, &a), 0);
        take_through(a);
    }
    while ((a = cn_adapter_next(NULL)) != NULL) {
        cn_adapter_stop(a);
        cn_adapter_remove(a);
    }
    unload(protocols[0]);
    unload(protocols[1]);
    unload(miniport);
    life.over = true;
}

static void run(bool pend)
{
    cn_text_init(&told_text, told, sizeof(told));
    life.over = false;
    life.wrong[0] = '\0';
    life.adapters = 3;
    CN_EQ(cn_world_start(&(struct cn_world_config){.guarded = true, .pend = pend}), 0);
    cn_trace_add(&sink);
    cn_engine_spawn(live, NULL, "test");
    enum cn_engine_end end = cn_engine_run();
    const char *name = "", *what = "";
    void *local;
    if (end == CN_END_DEADLOCK)
        cn_engine_stuck(0, &name, &what, &local);
    char stuck[256];
    snprintf(stuck, sizeof(stuck), "%s", what);
    cn_world_stop();
    cn_trace_remove(&sink);
    CN_STREQ(stuck, "");
    CN_STREQ(told, "");
    CN_STREQ(life.wrong, "");
    CN_OK(life.over);
}

static void both(const struct cn_peer *miniport, const struct cn_peer *first,
                 const struct cn_peer *second, unsigned families)
{
    life.miniport = miniport;
    life.protocols[0] = first;
    life.protocols[1] = second;
    life.families = life.opens = families;
    run(false);
    run(true);
}

TEST(a_plain_protocol_on_a_plain_miniport)
{
    both(&cn_peer_miniport, &cn_peer_protocol, NULL, 0);
}

TEST(a_client_on_an_mcm)
{
    both(&cn_peer_mcm, &cn_peer_client, NULL, 2);
}

TEST(a_client_of_a_call_manager)
{
    both(&cn_peer_co_miniport, &cn_peer_call_manager, &cn_peer_client, 2);
}

TEST(a_client_that_is_there_before_the_call_manager)
{
    both(&cn_peer_co_miniport, &cn_peer_client, &cn_peer_call_manager, 2);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
