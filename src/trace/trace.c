/* trace.c - the stream of events: numbering them and handing them to the sinks. */
#include "trace/trace.h"

#include <errno.h>
#include <unistd.h>

struct cn_sink *cn_trace_sinks;

static uint64_t last_seq;
static uint64_t (*clock_100ns)(void);

void cn_trace_add(struct cn_sink *sink)
{
    struct cn_sink **at = &cn_trace_sinks;
    while (*at != NULL) {
        cn_assert(*at != sink);
        at = &(*at)->next;
    }
    sink->next = NULL;
    *at = sink;
}

void cn_trace_remove(struct cn_sink *sink)
{
    for (struct cn_sink **at = &cn_trace_sinks; *at != NULL; at = &(*at)->next) {
        if (*at == sink) {
            *at = sink->next;
            return;
        }
    }
}

void cn_trace_clock(uint64_t (*now_100ns)(void))
{
    clock_100ns = now_100ns;
}

uint64_t cn_trace_last(void)
{
    return last_seq;
}

void cn_trace_restart(void)
{
    last_seq = 0;
}

void cn_trace_emit(enum cn_event_kind kind, const char *name, const struct cn_field *field,
                   size_t count)
{
    cn_assert(count <= CN_EVENT_FIELDS);
    const struct cn_event ev = {.seq = ++last_seq,
                                .time_100ns = clock_100ns != NULL ? clock_100ns() : 0,
                                .kind = kind,
                                .name = name,
                                .count = count,
                                .field = field};
    for (struct cn_sink *s = cn_trace_sinks, *next; s != NULL; s = next) {
        next = s->next;
        s->event(s->arg, &ev);
    }
}

const char *cn_event_kind_name(enum cn_event_kind kind)
{
    static const char *const names[] = {
#define EVENT(id, name, text) name,
#include "trace/events.def"
#undef EVENT
    };
    cn_assert(kind < CN_EV_COUNT);
    return names[kind];
}

const struct cn_field *cn_event_field(const struct cn_event *ev, const char *key)
{
    for (size_t i = 0; i < ev->count; i++)
        if (strcmp(ev->field[i].key, key) == 0)
            return &ev->field[i];
    return NULL;
}

/* -- sink to a file descriptor ----------------------------------------------------------------- */

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

/* A line is one write where the descriptor takes it whole. It is not on the stack because a
 * driver's context has little of that. */
static void sink_fd_event(void *arg, const struct cn_event *ev)
{
    static char line[64 * 1024];
    struct cn_sink_fd *s = arg;
    if (s->fd < 0)
        return;
    int error = errno;
    size_t len = s->text ? cn_event_text(ev, line, sizeof(line) - 1)
                         : cn_event_json(ev, line, sizeof(line) - 1);
    line[len++] = '\n';
    if (!write_all(s->fd, line, len))
        s->fd = -1;
    errno = error;
}

void cn_sink_fd_init(struct cn_sink_fd *s, int fd, bool text)
{
    *s = (struct cn_sink_fd){.sink = {.event = sink_fd_event, .arg = s}, .fd = fd, .text = text};
}
