/* inprocess.c - runs a driver in the calling process. The lines are those a worker would have sent.
 */
#include "world/inprocess.h"

#include <string.h>

#include "trace/trace.h"

struct here {
    struct cn_sink sink;
    void (*line)(void *arg, const char *line, size_t len);
    void *arg;
};

static void on_event(void *arg, const struct cn_event *event)
{
    /* Not on the stack: that may be a driver's. */
    static char text[16384];
    const struct here *h = arg;
    h->line(h->arg, text, cn_event_json(event, text, sizeof(text)));
}

static void tell_refusal(const struct here *h, int error, const char *text)
{
    char line[4096];
    struct cn_text t;
    cn_text_init(&t, line, sizeof(line));
    cn_text_put(&t, "{\"event\":\"refused\",\"errno\":%d,\"text\":", error);
    cn_json_string(&t, text);
    cn_text_put(&t, "}");
    h->line(h->arg, line, t.len);
}

void cn_inprocess_run(const struct cn_check *check,
                      void (*line)(void *arg, const char *line, size_t len), void *arg)
{
    struct here h = {.line = line, .arg = arg};
    struct cn_image_error err = {.text = ""};
    h.sink = (struct cn_sink){.event = on_event, .arg = &h};
    cn_trace_add(&h.sink);
    int error = cn_check_run(check, &err);
    cn_trace_remove(&h.sink);
    if (error != 0)
        tell_refusal(&h, -error, err.text[0] != '\0' ? err.text : strerror(-error));
}
