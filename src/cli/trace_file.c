/* trace_file.c - turns the JSON lines of a worker back into events, to write them as text. */
#include "cli/trace_file.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "trace/trace.h"

bool cn_trace_file_open(struct cn_trace_file *t, const char *path, bool json)
{
    *t = (struct cn_trace_file){.path = path, .json = json};
    if (path == NULL)
        return true;
    t->out = cn_cli_open(path);
    return t->out != NULL;
}

static enum cn_event_kind kind_of(const char *name)
{
    enum cn_event_kind kind = 0;
    while (kind < CN_EV_COUNT && (name == NULL || strcmp(cn_event_kind_name(kind), name) != 0))
        kind++;
    return kind;
}

/* Numbers in hexadecimal come as text and stay text: they look the same. */
static struct cn_field field_of(const char *key, const json_t *value)
{
    if (json_is_integer(value))
        return CN_U64(key, json_integer_value(value));
    if (json_is_boolean(value))
        return CN_BOOL(key, json_is_true(value));
    if (json_is_object(value)) {
        const char *code = json_string_value(json_object_get(value, "code"));
        const char *name = json_string_value(json_object_get(value, "name"));
        uint32_t status = code != NULL ? (uint32_t)strtoul(code, NULL, 0) : 0;
        return name != NULL && strncmp(name, "STATUS_", 7) == 0 ? CN_NTSTATUS(key, status)
                                                                : CN_STATUS(key, status);
    }
    return CN_STR(key, json_string_value(value));
}

static bool is_head(const char *key)
{
    return strcmp(key, "seq") == 0 || strcmp(key, "time") == 0 || strcmp(key, "event") == 0 ||
           strcmp(key, "name") == 0;
}

/* False when the line is no event. The fields borrow from json. */
static bool event_of(json_t *json, struct cn_event *ev, struct cn_field *field)
{
    *ev = (struct cn_event){
        .seq = (uint64_t)json_integer_value(json_object_get(json, "seq")),
        .time_100ns = (uint64_t)json_integer_value(json_object_get(json, "time")),
        .kind = kind_of(json_string_value(json_object_get(json, "event"))),
        .name = json_string_value(json_object_get(json, "name")),
        .field = field,
    };
    if (ev->kind == CN_EV_COUNT)
        return false;
    if (ev->name == NULL)
        ev->name = "";
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value) if (!is_head(key) && ev->count < CN_EVENT_FIELDS)
        field[ev->count++] = field_of(key, value);
    return true;
}

void cn_trace_file_line(struct cn_trace_file *t, const char *line, size_t len)
{
    if (t->out == NULL)
        return;
    json_t *json = t->json ? NULL : json_loadb(line, len, 0, NULL);
    struct cn_field field[CN_EVENT_FIELDS];
    struct cn_event ev;
    if (json != NULL && event_of(json, &ev, field)) {
        char text[8192];
        size_t n = cn_event_text(&ev, text, sizeof(text));
        fwrite(text, 1, n, t->out);
    } else {
        fwrite(line, 1, len, t->out);
    }
    fputc('\n', t->out);
    json_decref(json);
}

bool cn_trace_file_close(struct cn_trace_file *t)
{
    return t->out == NULL || cn_cli_close(t->out, t->path);
}
