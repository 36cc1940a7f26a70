/* trace.h - what happened, as one stream of typed events.
 *
 * Everything a user is later told (registration report, text and JSON traces, expected traces of
 * the tests) is made from these events and from nothing else. An event is a kind, a name and up to
 * CN_EVENT_FIELDS typed fields; it lives only while the sinks look at it. Objects appear by name
 * ("adapter 0"), never by address, so that equal runs give equal traces.
 */
#ifndef CN_TRACE_TRACE_H
#define CN_TRACE_TRACE_H

#include "base/base.h"

enum cn_event_kind {
#define EVENT(id, name, text) CN_EV_##id,
#include "trace/events.def"
#undef EVENT
    CN_EV_COUNT
};

enum cn_field_type { CN_F_STR, CN_F_U64, CN_F_HEX, CN_F_STATUS, CN_F_NTSTATUS, CN_F_BOOL };

struct cn_field {
    const char *key;
    enum cn_field_type type;
    union {
        const char *str;
        uint64_t u64;
    };
};

#define CN_STR(k, v)    ((struct cn_field){.key = (k), .type = CN_F_STR, .str = (v)})
#define CN_U64(k, v)    ((struct cn_field){.key = (k), .type = CN_F_U64, .u64 = (uint64_t)(v)})
#define CN_HEX(k, v)    ((struct cn_field){.key = (k), .type = CN_F_HEX, .u64 = (uint64_t)(v)})
#define CN_STATUS(k, v) ((struct cn_field){.key = (k), .type = CN_F_STATUS, .u64 = (uint32_t)(v)})
/* A status of a kernel function or DriverEntry: shown by its NT name. */
#define CN_NTSTATUS(k, v)                                                                          \
    ((struct cn_field){.key = (k), .type = CN_F_NTSTATUS, .u64 = (uint32_t)(v)})
#define CN_BOOL(k, v) ((struct cn_field){.key = (k), .type = CN_F_BOOL, .u64 = (v) ? 1 : 0})

#define CN_EVENT_FIELDS 24

struct cn_event {
    uint64_t seq;        /* 1, 2, 3... in this process */
    uint64_t time_100ns; /* the engine's clock */
    enum cn_event_kind kind;
    const char *name; /* of the function, object, phase... */
    size_t count;
    const struct cn_field *field; /* strings may be NULL: such a field is left out by writers */
};

struct cn_sink {
    void (*event)(void *arg, const struct cn_event *ev);
    void *arg;
    struct cn_sink *next; /* [private] */
};

extern struct cn_sink *cn_trace_sinks;

/* The caller keeps ownership of the sink and removes it before it goes away. */
void cn_trace_add(struct cn_sink *sink);
void cn_trace_remove(struct cn_sink *sink);
/* Where event times come from; NULL means zero. */
void cn_trace_clock(uint64_t (*now_100ns)(void));
uint64_t cn_trace_last(void); /* seq of the newest event */
void cn_trace_restart(void);  /* the next event is number 1 */
void cn_trace_emit(enum cn_event_kind kind, const char *name, const struct cn_field *field,
                   size_t count);

/* Costs one load and branch when nobody listens; the fields are then not evaluated. */
#define CN_TRACE(kind, name, ...)                                                                  \
    do {                                                                                           \
        if (cn_trace_sinks != NULL) {                                                              \
            const struct cn_field cn_fields_[] = {__VA_ARGS__};                                    \
            cn_trace_emit(CN_EV_##kind, (name), cn_fields_, CN_ARRAY_SIZE(cn_fields_));            \
        }                                                                                          \
    } while (0)

const char *cn_event_kind_name(enum cn_event_kind kind);
/* The field of that key, or NULL. */
const struct cn_field *cn_event_field(const struct cn_event *ev, const char *key);

/* One event as one JSON object on one line, without the newline: {"seq":1,"time":0,"event":"call",
 * "name":"...", key: value...}. Allocates nothing and is async-signal-safe. Numbers are unsigned,
 * CN_HEX is a string "0x1f", a status is {"code":"0xC0000001","name":"NDIS_STATUS_FAILURE"}
 * (without name when it has none). The line is valid JSON and UTF-8 whatever the strings hold: a
 * field for which there is no room is left out, and "cut":true stands at the end. Returns the
 * length. */
#define CN_EVENT_JSON_MIN 160 /* least size of buf */
size_t cn_event_json(const struct cn_event *ev, char *buf, size_t size);
/* One event as one line for people, without the newline; control characters are shown as \x1b. */
size_t cn_event_text(const struct cn_event *ev, char *buf, size_t size);

/* A sink that writes each event as a JSON line to a file descriptor as it happens (so that what
 * happened survives the process). arg of the sink is the struct. */
struct cn_sink_fd {
    struct cn_sink sink;
    int fd;
    bool text; /* text instead of JSON */
};
void cn_sink_fd_init(struct cn_sink_fd *s, int fd, bool text);

/* The string in quotes with JSON escapes, into a bounded text; also used by report writers.
 * Malformed UTF-8 becomes U+FFFD. Async-signal-safe. */
void cn_json_string(struct cn_text *t, const char *s);

/* "NDIS_STATUS_BAD_VERSION" for a code, from the table in trace/status.def; NULL when unknown. */
const char *cn_status_name(uint32_t status);
/* The same with NT names first: "STATUS_SUCCESS". */
const char *cn_ntstatus_name(uint32_t status);

#endif
