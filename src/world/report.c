/* report.c - from the events of a worker to the document of the report.
 *
 * Each kind of event has one function here. None of them trusts the event: members may be missing
 * or of another type, calls may return that never began. Calls are matched with their returns by
 * name, from the innermost outwards, because contexts of the driver may wait inside calls while
 * others go on.
 */
#include "world/report_impl.h"

#include <stdlib.h>
#include <string.h>

#include "trace/trace.h"
#include "verify/rule.h"

/* -- Members ----------------------------------------------------------------------------------- */

const char *cn_json_text(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    if (json_is_object(v)) {
        const json_t *name = json_object_get(v, "name");
        v = json_is_string(name) ? name : json_object_get(v, "code");
    }
    if (json_is_integer(v))
        return cn_fmt("%lld", (long long)json_integer_value(v));
    if (json_is_boolean(v))
        return json_is_true(v) ? "yes" : "no";
    return json_string_value(v);
}

long long cn_json_number(const json_t *o, const char *key, long long otherwise)
{
    const json_t *v = json_object_get(o, key);
    if (json_is_integer(v))
        return json_integer_value(v);
    if (!json_is_string(v))
        return otherwise;
    char *end;
    long long n = strtoll(json_string_value(v), &end, 0);
    return end != json_string_value(v) && *end == '\0' ? n : otherwise;
}

void cn_json_put(json_t *o, const char *key, const char *text)
{
    if (text != NULL)
        json_object_set_new(o, key, json_string(text));
}

static void copy_member(json_t *to, const json_t *from, const char *key)
{
    json_t *v = json_object_get(from, key);
    if (v != NULL)
        json_object_set(to, key, v);
}

static void copy_members(json_t *to, const json_t *from, const char *const *keys)
{
    for (; *keys != NULL; keys++)
        copy_member(to, from, *keys);
}

/* Appends a new reference, unless the list is full. */
static bool append(struct cn_report *r, json_t *list, size_t limit, json_t *entry)
{
    if (json_array_size(list) >= limit) {
        json_decref(entry);
        r->omitted++;
        return false;
    }
    return json_array_append_new(list, entry) == 0;
}

static json_t *list_of(struct cn_report *r, const char *key)
{
    return json_object_get(r->model, key);
}

/* As much of a file's name as the name of a driver holds. */
enum { DRIVER_NAME = sizeof(((struct cn_driver *)NULL)->name) - 1 };

/* Events without a driver are the runtime's own and always taken in. */
static bool is_ours(const struct cn_report *r, const json_t *ev)
{
    const char *driver = cn_json_text(ev, "driver");
    return r->options.verbose || driver == NULL || driver[0] == '\0' ||
           strncmp(driver, r->driver, DRIVER_NAME) == 0;
}

/* -- Calls ------------------------------------------------------------------------------------- */

/* What every event has, and what is told of a call in members of its own. */
static bool is_frame_member(const char *key)
{
    static const char *const known[] = {"seq",    "time",   "event",  "name",    "driver",
                                        "object", "caller", "status", "handler", "irql"};
    for (size_t i = 0; i < CN_ARRAY_SIZE(known); i++)
        if (strcmp(key, known[i]) == 0)
            return true;
    return false;
}

/* Arguments of a call, or results of a return, gathered under one key. */
static void gather(json_t *call, const char *key, json_t *ev)
{
    const char *name;
    json_t *value, *rest = NULL;
    json_object_foreach(ev, name, value)
    {
        if (is_frame_member(name))
            continue;
        if (rest == NULL)
            rest = json_object();
        json_object_set(rest, name, value);
    }
    if (rest != NULL)
        json_object_set_new(call, key, rest);
}

static void set_busy(struct cn_report *r)
{
    r->busy[0] = '\0';
    for (size_t i = r->depth; i-- > 0;)
        if (r->open[i].handler) {
            memcpy(r->busy, r->open[i].name, sizeof(r->busy));
            return;
        }
}

static void push(struct cn_report *r, json_t *ev, bool handler)
{
    const char *name = cn_json_text(ev, "name"), *driver = cn_json_text(ev, "driver");
    if (name == NULL)
        return;
    json_t *call = NULL;
    if (is_ours(r, ev)) {
        call = json_pack("{s:s, s:s, s:i}", "function", name, "direction",
                         handler ? "to driver" : "from driver", "depth", (int)r->depth);
        cn_json_put(call, "driver", driver);
        static const char *const keys[] = {"object", "caller", "handler", NULL};
        copy_members(call, ev, keys);
        if (r->depth > 0)
            cn_json_put(call, "inside", r->open[r->depth - 1].name);
        gather(call, "arguments", ev);
        if (!append(r, r->calls, CN_REPORT_CALLS, call))
            call = NULL;
    }
    if (r->depth == CN_REPORT_OPEN || (call == NULL && !is_ours(r, ev)))
        return;
    struct cn_report_open *o = &r->open[r->depth++];
    *o = (struct cn_report_open){.call = call, .handler = handler};
    snprintf(o->name, sizeof(o->name), "%s", name);
    snprintf(o->driver, sizeof(o->driver), "%s", driver != NULL ? driver : "");
    set_busy(r);
}

/* The innermost open call of that name (and driver, when the event names one); r->depth when none.
 */
static size_t find_open(const struct cn_report *r, const char *name, const char *driver)
{
    for (size_t i = r->depth; i-- > 0;)
        if (strcmp(r->open[i].name, name) == 0 &&
            (driver == NULL || strcmp(r->open[i].driver, driver) == 0))
            return i;
    return r->depth;
}

static void pop(struct cn_report *r, json_t *ev)
{
    const char *name = cn_json_text(ev, "name");
    size_t i = name != NULL ? find_open(r, name, cn_json_text(ev, "driver")) : r->depth;
    if (i == r->depth)
        return;
    if (r->open[i].call != NULL) {
        copy_member(r->open[i].call, ev, "status");
        gather(r->open[i].call, "results", ev);
    }
    r->depth--;
    memmove(&r->open[i], &r->open[i + 1], (r->depth - i) * sizeof(r->open[0]));
    set_busy(r);
}

static void on_call(struct cn_report *r, json_t *ev)
{
    push(r, ev, false);
}

static void on_enter(struct cn_report *r, json_t *ev)
{
    push(r, ev, true);
}

static void on_leave(struct cn_report *r, json_t *ev)
{
    const char *name = cn_json_text(ev, "name");
    json_t *status = json_object_get(ev, "status");
    if (name != NULL && strcmp(name, "DriverEntry") == 0 && is_ours(r, ev) && status != NULL)
        json_object_set(r->model, "driver_entry", status);
    pop(r, ev);
}

/* -- What was registered ----------------------------------------------------------------------- */

/* A structure belongs to the call that brought it. */
static void on_structure(struct cn_report *r, json_t *ev)
{
    const char *name = cn_json_text(ev, "name"), *call = cn_json_text(ev, "call");
    if (name == NULL || !is_ours(r, ev))
        return;
    json_t *s = json_pack("{s:s}", "structure", name);
    static const char *const keys[] = {"driver",  "call",     "revision", "size",
                                       "version", "handlers", NULL};
    copy_members(s, ev, keys);
    if (!append(r, r->structures, CN_REPORT_CALLS, s))
        return;
    size_t i = call != NULL ? find_open(r, call, NULL) : r->depth;
    if (i == r->depth || r->open[i].call == NULL)
        return;
    json_t *of_call = json_object_get(r->open[i].call, "structures");
    if (of_call == NULL) {
        of_call = json_array();
        json_object_set_new(r->open[i].call, "structures", of_call);
    }
    json_array_append(of_call, s);
}

static void on_handler(struct cn_report *r, json_t *ev)
{
    const char *member = cn_json_text(ev, "name");
    if (member == NULL || !is_ours(r, ev))
        return;
    json_t *h = json_pack("{s:s}", "member", member);
    static const char *const keys[] = {"driver", "structure", "function", NULL};
    copy_members(h, ev, keys);
    append(r, r->handlers, CN_REPORT_CALLS, h);
}

/* Roles grow while a driver registers more: the newest is what it is. */
static void on_role(struct cn_report *r, json_t *ev)
{
    if (!is_ours(r, ev))
        return;
    copy_member(r->model, ev, "role");
    const char *version = cn_json_text(ev, "version");
    cn_json_put(r->model, "ndis_version", version);
}

static void on_image(struct cn_report *r, json_t *ev)
{
    if (!is_ours(r, ev))
        return;
    static const char *const keys[] = {"format", "imports", "provided", "size", NULL};
    json_t *image = json_object();
    copy_members(image, ev, keys);
    json_t *missing = json_array();
    const char *names = cn_json_text(ev, "missing");
    while (names != NULL && *names != '\0') {
        size_t len = strcspn(names, " ");
        if (len > 0)
            json_array_append_new(missing, json_stringn(names, len));
        names += len + strspn(names + len, " ");
    }
    json_object_set_new(image, "missing", missing);
    json_object_set_new(r->model, "image", image);
}

/* -- Objects ----------------------------------------------------------------------------------- */

static json_t *object_entry(struct cn_report *r, const char *name)
{
    json_t *o = json_object_get(r->index, name);
    if (o != NULL)
        return o;
    o = json_pack("{s:s, s:[]}", "name", name, "history");
    if (o == NULL || !append(r, r->objects, CN_REPORT_OBJECTS, o))
        return NULL;
    json_object_set(r->index, name, o);
    return o;
}

static void on_state(struct cn_report *r, json_t *ev)
{
    const char *name = cn_json_text(ev, "object"), *to = cn_json_text(ev, "to");
    json_t *o = name != NULL && to != NULL ? object_entry(r, name) : NULL;
    if (o == NULL)
        return;
    json_t *step = json_object();
    cn_json_put(step, "from", cn_json_text(ev, "from"));
    cn_json_put(step, "to", to);
    cn_json_put(o, "state", to);
    append(r, json_object_get(o, "history"), CN_REPORT_HISTORY, step);
}

/* Two facts speak to the report itself: an object that belongs to a built-in counterpart, and
 * something that a sound driver would have reached and this one did not. */
static void on_fact(struct cn_report *r, json_t *ev)
{
    const char *fact = cn_json_text(ev, "name"), *name = cn_json_text(ev, "object");
    const char *value = cn_json_text(ev, "value");
    if (fact == NULL)
        return;
    if (strcmp(fact, "not reached") == 0) {
        json_t *miss = json_object();
        cn_json_put(miss, "object", name);
        cn_json_put(miss, "text", value);
        append(r, list_of(r, "not_reached"), CN_REPORT_LINES, miss);
        return;
    }
    json_t *o = name != NULL ? object_entry(r, name) : NULL;
    if (o == NULL)
        return;
    if (strcmp(fact, "built in") == 0) {
        cn_json_put(o, "built_in", value != NULL ? value : "yes");
        return;
    }
    json_t *step = json_pack("{s:s}", "fact", fact);
    cn_json_put(step, "value", value);
    append(r, json_object_get(o, "history"), CN_REPORT_HISTORY, step);
}

static void on_phase(struct cn_report *r, json_t *ev)
{
    json_t *p = json_object();
    cn_json_put(p, "phase", cn_json_text(ev, "name"));
    cn_json_put(p, "object", cn_json_text(ev, "object"));
    append(r, r->phases, CN_REPORT_OBJECTS, p);
}

/* -- Rules and other news ---------------------------------------------------------------------- */

/* What the rulebook knows is taken from there and not from the worker. */
static void on_finding(struct cn_report *r, json_t *ev)
{
    const char *id = cn_json_text(ev, "rule");
    if (id == NULL || !is_ours(r, ev))
        return;
    json_t *b = json_pack("{s:s}", "id", id);
    static const char *const keys[] = {"severity", "driver", "call",   "structure",
                                       "member",   "object", "found",  "allowed",
                                       "place",    "what",   "remedy", NULL};
    copy_members(b, ev, keys);
    const struct cn_rule *rule = cn_rule_find(id);
    if (rule != NULL) {
        cn_json_put(b, "severity", cn_severity_name(rule->severity));
        cn_json_put(b, "what", rule->what);
        cn_json_put(b, "why", rule->why);
        cn_json_put(b, "remedy", rule->remedy);
    }
    json_object_set_new(
        b, "source", cn_report_sources(rule != NULL ? rule->source : cn_json_text(ev, "source")));
    append(r, r->broken, CN_REPORT_BROKEN, b);
}

static void on_checked(struct cn_report *r, json_t *ev)
{
    json_object_set_new(r->model, "rules_checked", json_integer(cn_json_number(ev, "count", 0)));
}

static void take_line(struct cn_report *r, json_t *ev, const char *list, const char *const *keys)
{
    if (!is_ours(r, ev))
        return;
    json_t *entry = json_object();
    copy_members(entry, ev, keys);
    append(r, list_of(r, list), CN_REPORT_LINES, entry);
}

static void on_print(struct cn_report *r, json_t *ev)
{
    static const char *const keys[] = {"driver", "text", NULL};
    take_line(r, ev, "printed", keys);
}

static void on_log(struct cn_report *r, json_t *ev)
{
    static const char *const keys[] = {"driver", "code", "values", NULL};
    take_line(r, ev, "logged", keys);
}

static void on_leak(struct cn_report *r, json_t *ev)
{
    static const char *const keys[] = {"driver", "what", "size", "tag", "place", NULL};
    take_line(r, ev, "left_behind", keys);
}

/* A stop of any driver ends the run, so it is taken in whoever's it is. The first counts. */
static void on_stop(struct cn_report *r, json_t *ev)
{
    if (json_is_object(json_object_get(r->model, "stop")))
        return;
    json_t *stop = json_object(), *frames = json_array();
    static const char *const keys[] = {"driver", "kind", "text", "place", NULL};
    copy_members(stop, ev, keys);
    for (int i = 0; i < CN_EVENT_FIELDS; i++) {
        const char *frame = cn_json_text(ev, cn_fmt("frame%d", i));
        if (frame != NULL)
            json_array_append_new(frames, json_string(frame));
    }
    json_object_set_new(stop, "frames", frames);
    cn_json_put(stop, "during", r->busy[0] != '\0' ? r->busy : NULL);
    json_object_set_new(r->model, "stop", stop);
}

static void on_unload(struct cn_report *r, json_t *ev)
{
    if (is_ours(r, ev))
        json_object_set_new(r->model, "unloaded", json_true());
}

static void on_done(struct cn_report *r, json_t *ev)
{
    (void)ev;
    r->done = true;
}

static void on_refused(struct cn_report *r, json_t *ev)
{
    const char *text = cn_json_text(ev, "text");
    free(r->refusal);
    r->refusal = strdup(text != NULL && text[0] != '\0' ? text : "the file cannot be run");
}

static const struct {
    const char *event;
    void (*take)(struct cn_report *r, json_t *ev);
} takers[] = {
    {"phase", on_phase},     {"image", on_image},         {"call", on_call},
    {"return", pop},         {"enter", on_enter},         {"leave", on_leave},
    {"state", on_state},     {"structure", on_structure}, {"handler", on_handler},
    {"fact", on_fact},       {"role", on_role},           {"finding", on_finding},
    {"checked", on_checked}, {"print", on_print},         {"log", on_log},
    {"stop", on_stop},       {"leak", on_leak},           {"unload", on_unload},
    {"done", on_done},       {"refused", on_refused},
};

void cn_report_line(struct cn_report *r, const char *line, size_t len)
{
    json_t *ev = json_loadb(line, len, 0, NULL);
    const char *kind = json_string_value(json_object_get(ev, "event"));
    size_t i = 0;
    while (i < CN_ARRAY_SIZE(takers) && (kind == NULL || strcmp(kind, takers[i].event) != 0))
        i++;
    if (i < CN_ARRAY_SIZE(takers))
        takers[i].take(r, ev);
    else
        r->malformed++;
    json_decref(ev);
}

/* -- Life -------------------------------------------------------------------------------------- */

static char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strdup(slash != NULL ? slash + 1 : path);
}

struct cn_report *cn_report_new(const struct cn_report_options *options)
{
    struct cn_report *r = calloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    r->options = *options;
    r->driver = base_name(options->path);
    r->index = json_object();
    r->model = json_pack(
        "{s:i, s:s, s:s, s:s, s:b, s:n, s:n, s:n, s:n, s:[], s:[], s:[], s:[], s:[], s:n, s:[], "
        "s:[], s:[], s:[], s:[], s:n, s:b}",
        "format", CN_REPORT_FORMAT, "condis", CN_VERSION, "file", options->path, "driver",
        r->driver != NULL ? r->driver : "", "verbose", options->verbose, "image", "driver_entry",
        "role", "ndis_version", "phases", "calls", "structures", "handlers", "rules_broken",
        "rules_checked", "objects", "not_reached", "printed", "logged", "left_behind", "stop",
        "unloaded", 0);
    if (r->driver == NULL || r->model == NULL || r->index == NULL) {
        cn_report_free(r);
        return NULL;
    }
    r->calls = list_of(r, "calls");
    r->structures = list_of(r, "structures");
    r->handlers = list_of(r, "handlers");
    r->objects = list_of(r, "objects");
    r->phases = list_of(r, "phases");
    r->broken = list_of(r, "rules_broken");
    return r;
}

void cn_report_free(struct cn_report *r)
{
    if (r == NULL)
        return;
    json_decref(r->index);
    json_decref(r->model);
    free(r->driver);
    free(r->refusal);
    free(r);
}

const char *cn_report_busy(const struct cn_report *r)
{
    return r->busy;
}

const json_t *cn_report_model(const struct cn_report *r)
{
    return r->model;
}

enum cn_exit cn_report_exit(const struct cn_report *r)
{
    return r->exit;
}

const char *cn_report_refusal(const struct cn_report *r)
{
    return r->refusal;
}
