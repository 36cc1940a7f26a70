/* sync_kit.h - for tests of synchronisation: a runtime with one driver whose handlers are test
 * functions. */
#ifndef CN_TESTS_SYNC_KIT_H
#define CN_TESTS_SYNC_KIT_H

#include "cn_test.h"

#include "nt/parts.h"
#include "nt/sync.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define MS         INT64_C(10000)
#define START_TIME (INT64_C(133000000000000000))

static struct cn_driver *driver;
static char order[400];       /* what ran, one character each */
static char found[512];       /* of the last finding */
static char finding_call[64]; /* its call */
static char finding_object[512];

static inline void note(char c)
{
    size_t len = strlen(order);
    if (len + 1 < sizeof(order)) {
        order[len] = c;
        order[len + 1] = '\0';
    }
}

static inline void copy_field(const struct cn_event *ev, const char *key, char *out, size_t size)
{
    const struct cn_field *f = cn_event_field(ev, key);
    snprintf(out, size, "%s", f != NULL && f->str != NULL ? f->str : "");
}

static inline void take_event(void *arg, const struct cn_event *ev)
{
    (void)arg;
    if (ev->kind != CN_EV_FINDING)
        return;
    copy_field(ev, "found", found, sizeof(found));
    copy_field(ev, "call", finding_call, sizeof(finding_call));
    copy_field(ev, "object", finding_object, sizeof(finding_object));
}

static struct cn_sink kit_sink = {.event = take_event};

static inline void kit_stop(void)
{
    if (driver == NULL)
        return;
    cn_sync_driver_end(driver, true);
    cn_nt_stop();
    cn_engine_stop();
    cn_driver_free(driver);
    cn_trace_remove(&kit_sink);
    driver = NULL;
}

static inline void kit_start(void)
{
    kit_stop();
    cn_verify_reset();
    order[0] = found[0] = finding_call[0] = finding_object[0] = '\0';
    CN_EQ(cn_engine_start(&(struct cn_engine_config){.start_100ns = START_TIME}), 0);
    CN_EQ(cn_nt_start(), 0);
    driver = cn_driver_new("test.sys", NULL);
    cn_trace_add(&kit_sink);
}

/* Runs fn(arg) as a handler of the driver, in a context of its own. */
struct handler {
    void (*fn)(void *arg);
    void *arg;
};

static struct handler handlers[32];
static unsigned handler_count;

static inline void run_handler(void *arg)
{
    const struct handler *h = arg;
    struct cn_frame f;
    if (!cn_upcall_begin(&f, driver, "TestHandler", (const void *)h->fn, "test"))
        return;
    h->fn(h->arg);
    cn_upcall_end(&f, NULL);
}

static inline void spawn(void (*fn)(void *arg), void *arg)
{
    struct handler *h = &handlers[handler_count++ % 32];
    *h = (struct handler){fn, arg};
    cn_engine_spawn(run_handler, h, "test");
}

static inline enum cn_engine_end run(void (*fn)(void *arg), void *arg)
{
    spawn(fn, arg);
    return cn_engine_run();
}

#define RUN(fn) CN_EQ(run((fn), NULL), CN_END_IDLE)
/* Exactly that rule was broken, once. */
#define BROKE(rule)                                                                                \
    do {                                                                                           \
        CN_EQ(cn_verify_broken_rule(rule), 1);                                                     \
        CN_EQ(cn_verify_broken(), 1);                                                              \
    } while (0)
#define BROKE_NOTHING()                                                                            \
    do {                                                                                           \
        if (cn_verify_broken() != 0)                                                               \
            CN_FAIL("a rule was broken: %.200s: %.200s", finding_call, found);                     \
    } while (0)

static inline int kit_main(int argc, char **argv)
{
    int status = cn_test_main(argc, argv);
    kit_stop();
    return status;
}

#endif
