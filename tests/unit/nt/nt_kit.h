/* nt_kit.h - for tests of kernel services: a runtime with one driver, which calls from a handler.
 * The test itself plays the driver, on the stack of the test program. */
#ifndef CN_TESTS_NT_KIT_H
#define CN_TESTS_NT_KIT_H

#include "cn_test.h"

#include "nt/exports.h"
#include "nt/pool.h"
#include "nt/rows.h"

#define START_TIME (UINT64_C(133000000000000000))
#define TAG(a, b, c, d)                                                                            \
    ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

static struct cn_driver *driver;
static struct cn_frame handler;
static char found[512];   /* of the last finding */
static char call[128];    /* its call */
static char events[4096]; /* text of LEAK, PRINT and LOG events, one a line */

static inline void kit_event(void *arg, const struct cn_event *ev)
{
    (void)arg;
    const struct cn_field *f = cn_event_field(ev, "found"), *c = cn_event_field(ev, "call");
    if (ev->kind == CN_EV_FINDING) {
        snprintf(found, sizeof(found), "%s", f != NULL && f->str != NULL ? f->str : "");
        snprintf(call, sizeof(call), "%s", c != NULL && c->str != NULL ? c->str : "");
    }
    if (ev->kind == CN_EV_LEAK || ev->kind == CN_EV_PRINT || ev->kind == CN_EV_LOG) {
        size_t n = strlen(events);
        if (n + 300 < sizeof(events)) {
            n += cn_event_text(ev, events + n, sizeof(events) - n - 2);
            snprintf(events + n, 2, "\n");
        }
    }
}

static struct cn_sink kit_sink = {.event = kit_event};

static inline void kit_stop(void)
{
    if (driver == NULL)
        return;
    if (cn_frame_top() == &handler)
        cn_upcall_end(&handler, NULL);
    cn_nt_driver_end(driver, true);
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
    found[0] = call[0] = events[0] = '\0';
    CN_EQ(cn_engine_start(&(struct cn_engine_config){.start_100ns = START_TIME}), 0);
    CN_EQ(cn_nt_start(), 0);
    driver = cn_driver_new("test.sys", NULL);
    CN_EQ(cn_nt_driver_new(driver), 0);
    cn_trace_add(&kit_sink);
    CN_OK(cn_upcall_begin(&handler, driver, "TestHandler", (const void *)kit_start, "test"));
}

/* The handler returns and the driver is unloaded. */
static inline void kit_unload(bool quiet)
{
    cn_upcall_end(&handler, NULL);
    cn_nt_driver_end(driver, quiet);
}

#define BROKE(rule)                                                                                \
    do {                                                                                           \
        CN_EQ(cn_verify_broken_rule(rule), 1);                                                     \
        CN_EQ(cn_verify_broken(), 1);                                                              \
    } while (0)
#define BROKE_NOTHING()                                                                            \
    do {                                                                                           \
        if (cn_verify_broken() != 0)                                                               \
            CN_FAIL("a rule was broken: %.200s: %.200s", call, found);                             \
    } while (0)

/* A UNICODE_STRING of a literal. */
#define U(text)                                                                                    \
    (&(UNICODE_STRING){sizeof(L##text) - sizeof(WCHAR), sizeof(L##text), (WCHAR *)L##text})

static inline const char *utf8(const UNICODE_STRING *s)
{
    static char buf[4][600];
    static unsigned next;
    char *out = buf[next++ % 4];
    cn_utf16_to_utf8((const uint16_t *)s->Buffer, s->Length / 2, out, sizeof(buf[0]));
    return out;
}

static inline int kit_main(int argc, char **argv)
{
    int status = cn_test_main(argc, argv);
    kit_stop();
    return status;
}

#endif
