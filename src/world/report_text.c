/* report_text.c - the document of a report, written for people.
 *
 * Every text in it may come from a driver that was written to fool a terminal: control characters
 * are replaced on the way out.
 */
#include "world/report_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_1 = 16, COLUMN_2 = 32, COLUMN_3 = 48, COLUMN_4 = 72, WIDTH_MIN = 60, WIDTH = 100 };

struct page {
    FILE *out;
    bool colour;
    unsigned width, at; /* column the next character goes to */
};

enum ink { PLAIN, BOLD, DIM, RED, YELLOW, GREEN };

static void ink(struct page *p, enum ink colour)
{
    static const char *const codes[] = {"\033[0m",  "\033[1m",  "\033[2m",
                                        "\033[31m", "\033[33m", "\033[32m"};
    if (p->colour)
        fputs(codes[colour], p->out);
}

/* Columns, not bytes, are counted: a continuation byte of UTF-8 takes none. */
static void put_bytes(struct page *p, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        bool control =
            c < 0x20 || c == 0x7f || (c == 0xc2 && i + 1 < len && (s[i + 1] & 0xe0) == 0x80);
        if (control && c == 0xc2)
            i++;
        fputc(control ? '?' : c, p->out);
        p->at += (c & 0xc0) != 0x80;
    }
}

static void put(struct page *p, const char *s)
{
    if (s != NULL)
        put_bytes(p, s, strlen(s));
}

static void newline(struct page *p)
{
    fputc('\n', p->out);
    p->at = 0;
}

/* Goes on at the column, or two columns further when the line is already longer. */
static void column(struct page *p, unsigned to)
{
    if (p->at > 0 && p->at + 1 >= to)
        to = p->at + 2;
    for (; p->at < to; p->at++)
        fputc(' ', p->out);
}

/* Words from here on, wrapped so that further lines begin at the same column. */
static void prose(struct page *p, const char *s)
{
    unsigned left = p->at;
    bool first = true;
    while (s != NULL && *s != '\0') {
        size_t len = strcspn(s, " ");
        if (!first && p->at + 1 + len > p->width) {
            newline(p);
            column(p, left);
        } else if (!first) {
            fputc(' ', p->out);
            p->at++;
        }
        put_bytes(p, s, len);
        s += len + strspn(s + len, " ");
        first = false;
    }
}

static void labelled(struct page *p, unsigned indent, const char *label, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    column(p, indent);
    put(p, label);
    column(p, COLUMN_1);
    prose(p, text);
    newline(p);
}

static const char *plural(size_t n, const char *one, const char *many)
{
    return cn_fmt("%zu %s", n, n == 1 ? one : many);
}

/* -- The file and its registration ------------------------------------------------------------- */

static void head(struct page *p, const json_t *m)
{
    const json_t *image = json_object_get(m, "image");
    ink(p, BOLD);
    put(p, cn_json_text(m, "driver"));
    ink(p, PLAIN);
    if (!json_is_object(image)) {
        newline(p);
        return;
    }
    const json_t *missing = json_object_get(image, "missing");
    size_t imports = (size_t)cn_json_number(image, "imports", 0);
    column(p, COLUMN_1);
    put(p, cn_json_text(image, "format"));
    put(p, ", ");
    put(p, plural(imports, "import", "imports"));
    if (json_array_size(missing) == 0) {
        put(p, imports > 0 ? ", all provided" : "");
        newline(p);
        return;
    }
    put(p, cn_fmt(", %zu not provided", json_array_size(missing)));
    newline(p);
    size_t i;
    json_t *name;
    json_array_foreach(missing, i, name) labelled(p, 2, "missing", json_string_value(name));
}

static bool failed(const json_t *call)
{
    const json_t *status = json_object_get(call, "status");
    return json_is_object(status) && cn_json_number(status, "code", 0) != 0;
}

static void put_status(struct page *p, const json_t *call, unsigned at)
{
    if (cn_json_text(call, "status") == NULL)
        return;
    column(p, at);
    ink(p, failed(call) ? RED : PLAIN);
    put(p, cn_json_text(call, "status"));
    ink(p, PLAIN);
}

static const json_t *structure_of(const json_t *call)
{
    return json_array_get(json_object_get(call, "structures"), 0);
}

/* The structure of a registration says the version; others are named beside the function that takes
 * them. */
static bool is_registration(const json_t *call)
{
    const char *name = cn_json_text(structure_of(call), "structure");
    return name != NULL && strstr(name, "_DRIVER_CHARACTERISTICS") != NULL;
}

static void registration_lines(struct page *p, const json_t *call, const json_t *s, unsigned indent)
{
    column(p, COLUMN_2);
    put(p, "NDIS ");
    put(p, cn_json_text(s, "version"));
    put_status(p, call, COLUMN_3);
    newline(p);
    column(p, indent + 2);
    put(p, cn_json_text(s, "structure"));
    column(p, COLUMN_3);
    put(p, cn_fmt("revision %lld, %lld bytes", cn_json_number(s, "revision", 0),
                  cn_json_number(s, "size", 0)));
    newline(p);
}

static void structure_columns(struct page *p, const json_t *call)
{
    const json_t *s = structure_of(call);
    if (s == NULL)
        return;
    column(p, COLUMN_2);
    put(p, cn_json_text(s, "structure"));
    column(p, COLUMN_4);
    long long handlers = cn_json_number(s, "handlers", 0);
    put(p, handlers > 0 ? plural((size_t)handlers, "handler", "handlers")
                        : cn_fmt("revision %lld", cn_json_number(s, "revision", 0)));
}

static void call_line(struct page *p, const json_t *call, unsigned indent, bool verbose)
{
    const char *function = cn_json_text(call, "function");
    bool entry = function != NULL && strcmp(function, "DriverEntry") == 0;
    column(p, indent);
    put(p, function);
    if (is_registration(call)) {
        registration_lines(p, call, structure_of(call), indent);
        return;
    }
    structure_columns(p, call);
    if (entry || failed(call) || verbose)
        put_status(p, call, structure_of(call) != NULL ? COLUMN_4 + COLUMN_1 : COLUMN_3);
    newline(p);
}

/* What happened inside DriverEntry; every call when verbose. */
static void tree(struct page *p, const json_t *m)
{
    bool verbose = json_is_true(json_object_get(m, "verbose"));
    long long base = verbose ? 0 : -1;
    size_t i;
    json_t *call;
    json_array_foreach(json_object_get(m, "calls"), i, call)
    {
        const char *function = cn_json_text(call, "function");
        long long depth = cn_json_number(call, "depth", 0);
        bool entry = function != NULL && strcmp(function, "DriverEntry") == 0;
        if (base < 0 && !entry)
            continue;
        if (base < 0)
            base = depth;
        else if (!verbose && depth <= base)
            return;
        call_line(p, call, 2 * (unsigned)CN_MIN(CN_MAX(depth - base, 0), 16), verbose);
    }
}

/* -- Objects ----------------------------------------------------------------------------------- */

static const struct word {
    const char *from, *to, *word; /* from NULL: whatever it was */
} words[] = {
    {"Initializing", "Paused", "initialized"}, {"Initializing", "Halted", "not initialized"},
    {"Restarting", "Running", "restarted"},    {"Restarting", "Paused", "not restarted"},
    {"Pausing", "Paused", "paused"},           {"Opening", "Paused", "opened"},
    {"Opening", "Unbound", "not opened"},      {"Opening", "Closed", "not opened"},
    {NULL, "Shutdown", "shut down"},
};

/* A state as an event of the past; NULL for one that only leads to another, and for the half of a
 * binding that tells whether the adapter is open. */
static const char *word_of(const json_t *step)
{
    const char *from = cn_json_text(step, "from"), *to = cn_json_text(step, "to");
    for (size_t i = 0; i < CN_ARRAY_SIZE(words); i++)
        if (strcmp(words[i].to, to) == 0 &&
            (words[i].from == NULL || (from != NULL && strcmp(words[i].from, from) == 0)))
            return words[i].word;
    size_t len = strlen(to);
    if ((len > 3 && strcmp(to + len - 3, "ing") == 0) || strncmp(to, "adapter ", 8) == 0)
        return NULL;
    return cn_fmt("%c%s", tolower((unsigned char)to[0]), to + 1);
}

/* What is said of a fact; NULL for one that only a verbose report mentions. */
static const char *fact_text(const char *fact, const char *value, bool verbose)
{
    if (strcmp(fact, "address family") == 0)
        return cn_fmt("AF %s registered", value);
    if (verbose || strcmp(fact, "medium") == 0)
        return cn_fmt("%s %s", fact, value);
    return NULL;
}

static void story_of(const json_t *object, bool verbose, struct cn_text *t)
{
    size_t i;
    json_t *step;
    json_array_foreach(json_object_get(object, "history"), i, step)
    {
        const char *fact = cn_json_text(step, "fact"), *value = cn_json_text(step, "value");
        const char *said = NULL;
        if (fact != NULL)
            said = fact_text(fact, value != NULL ? value : "", verbose);
        else if (cn_json_text(step, "to") != NULL)
            said = word_of(step);
        if (said != NULL)
            cn_text_put(t, "%s%s", t->len > 0 ? ", " : "", said);
    }
}

/* Requests and events are objects too; they are of no interest unless every call is. */
static bool is_shown(const json_t *object, const char *name, bool verbose)
{
    static const char *const kinds[] = {"adapter ", "binding ", "address family "};
    if (verbose)
        return true;
    for (size_t i = 0; i < CN_ARRAY_SIZE(kinds); i++)
        if (strncmp(name, kinds[i], strlen(kinds[i])) == 0)
            return json_object_get(object, "built_in") == NULL;
    return false;
}

/* "adapter 12" is of the kind "adapter". */
static size_t kind_length(const char *name)
{
    const char *space = strrchr(name, ' ');
    return space != NULL ? (size_t)(space - name) : strlen(name);
}

/* Objects of one kind with one story share a line: a driver may have ten thousand adapters. */
static json_t *group_objects(const json_t *m)
{
    bool verbose = json_is_true(json_object_get(m, "verbose"));
    json_t *groups = json_object();
    size_t i;
    json_t *o;
    json_array_foreach(json_object_get(m, "objects"), i, o)
    {
        const char *name = cn_json_text(o, "name");
        if (name == NULL || !is_shown(o, name, verbose))
            continue;
        char story[2048], key[2200];
        struct cn_text t;
        cn_text_init(&t, story, sizeof(story));
        story_of(o, verbose, &t);
        if (t.len == 0)
            continue;
        snprintf(key, sizeof(key), "%.*s:%s", (int)CN_MIN(kind_length(name), 48u), name, story);
        json_t *group = json_object_get(groups, key);
        if (group == NULL)
            json_object_set_new(
                groups, key, json_pack("{s:s, s:s, s:i}", "name", name, "story", story, "more", 0));
        else
            json_object_set_new(group, "more", json_integer(cn_json_number(group, "more", 0) + 1));
    }
    return groups;
}

static void objects(struct page *p, const json_t *m)
{
    json_t *groups = group_objects(m), *group;
    const char *key;
    json_object_foreach(groups, key, group)
    {
        long long more = cn_json_number(group, "more", 0);
        put(p, cn_json_text(group, "name"));
        if (more > 0)
            put(p, cn_fmt(" and %lld more", more));
        column(p, COLUMN_1);
        prose(p, cn_json_text(group, "story"));
        newline(p);
    }
    json_decref(groups);
}

/* -- What went wrong --------------------------------------------------------------------------- */

static void left_behind(struct page *p, const json_t *m)
{
    const json_t *list = json_object_get(m, "left_behind");
    bool unloaded = json_is_true(json_object_get(m, "unloaded"));
    if (!unloaded && json_array_size(list) == 0)
        return;
    labelled(p, 0, unloaded ? "unloaded" : "not unloaded",
             json_array_size(list) == 0
                 ? "nothing left behind"
                 : cn_fmt("%s left behind", plural(json_array_size(list), "thing", "things")));
    size_t i;
    json_t *leak;
    json_array_foreach(list, i, leak)
    {
        const char *what = cn_json_text(leak, "what"), *tag = cn_json_text(leak, "tag");
        const char *place = cn_json_text(leak, "place"), *size = cn_json_text(leak, "size");
        char line[1024];
        struct cn_text t;
        cn_text_init(&t, line, sizeof(line));
        cn_text_put(&t, "%s", what != NULL ? what : "something");
        if (size != NULL)
            cn_text_put(&t, ", %s bytes", size);
        if (tag != NULL)
            cn_text_put(&t, ", tag %s", tag);
        if (place != NULL)
            cn_text_put(&t, ", made at %s", place);
        labelled(p, 2, "left behind", line);
    }
}

static void left_running(struct page *p, const json_t *m)
{
    long long n = cn_json_number(json_object_get(m, "worker"), "killed_processes", 0);
    if (n > 0)
        labelled(p, 0, "left running",
                 cn_fmt("%s of the driver's making, now killed",
                        plural((size_t)n, "process", "processes")));
}

static void not_reached(struct page *p, const json_t *m)
{
    size_t i;
    json_t *miss;
    json_array_foreach(json_object_get(m, "not_reached"), i, miss)
    {
        ink(p, RED);
        put(p, "not reached");
        ink(p, PLAIN);
        column(p, COLUMN_1);
        const char *object = cn_json_text(miss, "object"), *text = cn_json_text(miss, "text");
        char line[512];
        snprintf(line, sizeof(line), "%s%s%s", object != NULL ? object : "",
                 object != NULL ? ": " : "", text != NULL ? text : "");
        prose(p, line);
        newline(p);
    }
}

/* The way to the place: the driver's own part of it, and what calls itself only once. */
static void frames(struct page *p, const json_t *list, const char *place)
{
    const char *last = place != NULL ? place : "";
    size_t i;
    json_t *frame;
    json_array_foreach(list, i, frame)
    {
        const char *text = json_string_value(frame);
        if (strcmp(text, last) != 0 && strchr(text, '!') != NULL)
            labelled(p, 2, "called from", text);
        last = text;
    }
}

static void stop(struct page *p, const json_t *m)
{
    const json_t *s = json_object_get(m, "stop");
    if (!json_is_object(s))
        return;
    newline(p);
    ink(p, RED);
    put(p, "stopped");
    ink(p, PLAIN);
    const char *kind = cn_json_text(s, "kind"), *in = cn_json_text(s, "during");
    column(p, COLUMN_1);
    put(p, cn_fmt("%s%s%s", kind != NULL ? kind : "crash", in != NULL ? " in " : "",
                  in != NULL ? in : ""));
    newline(p);
    labelled(p, 2, "driver", cn_json_text(s, "driver"));
    labelled(p, 2, "what", cn_json_text(s, "text"));
    labelled(p, 2, "at", cn_json_text(s, "place"));
    frames(p, json_object_get(s, "frames"), cn_json_text(s, "place"));
}

static enum ink ink_of(const char *severity)
{
    if (severity == NULL || strcmp(severity, "error") == 0)
        return RED;
    return strcmp(severity, "warning") == 0 ? YELLOW : DIM;
}

static void broken(struct page *p, const json_t *b)
{
    static const char *const members[][2] = {
        {"call", "call"},   {"structure", "structure"}, {"member", "member"}, {"object", "object"},
        {"found", "found"}, {"allowed", "allowed"},     {"place", "at"},      {"why", "why"}};
    const char *severity = cn_json_text(b, "severity");
    newline(p);
    ink(p, ink_of(severity));
    put(p, severity != NULL ? severity : "error");
    put(p, " ");
    put(p, cn_json_text(b, "id"));
    ink(p, PLAIN);
    column(p, COLUMN_1);
    prose(p, cn_json_text(b, "what"));
    newline(p);
    for (size_t i = 0; i < CN_ARRAY_SIZE(members); i++)
        labelled(p, 2, members[i][1], cn_json_text(b, members[i][0]));
    size_t i;
    json_t *source;
    json_array_foreach(json_object_get(b, "source"), i, source)
        labelled(p, 2, i == 0 ? "source" : "", cn_json_text(source, "url"));
    labelled(p, 2, "remedy", cn_json_text(b, "remedy"));
}

static void notes(struct page *p, const json_t *m)
{
    size_t i;
    json_t *entry;
    if (json_is_true(json_object_get(m, "verbose")))
        json_array_foreach(json_object_get(m, "printed"), i, entry)
            labelled(p, 0, "printed", cn_json_text(entry, "text"));
    json_array_foreach(json_object_get(m, "logged"), i, entry)
    {
        const char *code = cn_json_text(entry, "code"), *values = cn_json_text(entry, "values");
        labelled(p, 0, "error log",
                 cn_fmt("%s%s%s", code != NULL ? code : "", values != NULL ? " " : "",
                        values != NULL ? values : ""));
    }
}

static void summary(struct page *p, const json_t *m)
{
    size_t n = json_array_size(json_object_get(m, "rules_broken"));
    bool clean = cn_json_number(m, "exit_status", 0) == CN_EXIT_CLEAN;
    ink(p, clean ? GREEN : RED);
    put(p, plural(n, "rule broken", "rules broken"));
    ink(p, PLAIN);
    if (json_is_integer(json_object_get(m, "rules_checked")))
        put(p, cn_fmt(", %lld checked", cn_json_number(m, "rules_checked", 0)));
    if (json_is_object(json_object_get(m, "stop")))
        put(p, ", stopped before the end");
    long long omitted = cn_json_number(m, "omitted", 0) + cn_json_number(m, "malformed_lines", 0);
    if (omitted > 0)
        put(p, cn_fmt(", %lld events not shown", omitted));
    newline(p);
}

void cn_report_text(const json_t *m, const struct cn_report_style *style, FILE *out)
{
    struct page p = {.out = out, .colour = style->colour, .width = style->width};
    if (p.width < WIDTH_MIN)
        p.width = style->width == 0 ? WIDTH : WIDTH_MIN;
    head(&p, m);
    tree(&p, m);
    labelled(&p, 0, "registered as", cn_json_text(m, "role"));
    objects(&p, m);
    left_behind(&p, m);
    left_running(&p, m);
    not_reached(&p, m);
    notes(&p, m);
    stop(&p, m);
    size_t i;
    json_t *b;
    json_array_foreach(json_object_get(m, "rules_broken"), i, b) broken(&p, b);
    if (i > 0 || json_is_object(json_object_get(m, "stop")))
        newline(&p);
    summary(&p, m);
}
