/* write.c - events as lines: JSON for programs, text for people.
 *
 * A crash is told from a signal handler, so nothing here allocates, locks or calls printf. Strings
 * come from drivers and files: they may hold any bytes.
 */
#include "trace/trace.h"

static void put(struct cn_text *t, const char *s)
{
    while (*s != '\0' && !t->cut)
        cn_text_char(t, *s++);
}

static void put_number(struct cn_text *t, uint64_t n, unsigned base, unsigned digits,
                       const char *symbols)
{
    char reversed[24];
    unsigned count = 0;
    do {
        reversed[count++] = symbols[n % base];
        n /= base;
    } while (n != 0 || count < digits);
    while (count > 0)
        cn_text_char(t, reversed[--count]);
}

static void put_decimal(struct cn_text *t, uint64_t n)
{
    put_number(t, n, 10, 1, "0123456789");
}

static void put_hex(struct cn_text *t, uint64_t n)
{
    put(t, "0x");
    put_number(t, n, 16, 1, "0123456789abcdef");
}

static void put_code(struct cn_text *t, uint64_t status)
{
    put(t, "0x");
    put_number(t, status, 16, 8, "0123456789ABCDEF");
}

static const char *name_of(const struct cn_field *f)
{
    return f->type == CN_F_NTSTATUS ? cn_ntstatus_name((uint32_t)f->u64)
                                    : cn_status_name((uint32_t)f->u64);
}

static bool is_status(const struct cn_field *f)
{
    return f->type == CN_F_STATUS || f->type == CN_F_NTSTATUS;
}

static bool is_absent(const struct cn_field *f)
{
    return f->type == CN_F_STR && f->str == NULL;
}

/* Length of the well-formed UTF-8 sequence at s (1..4), or 0. Overlong forms, surrogates and values
 * above U+10FFFF are malformed. */
static size_t utf8_length(const unsigned char *s)
{
    if (s[0] < 0x80)
        return 1;
    size_t n = s[0] >= 0xC2 && s[0] < 0xE0   ? 2
               : s[0] >= 0xE0 && s[0] < 0xF0 ? 3
               : s[0] >= 0xF0 && s[0] < 0xF5 ? 4
                                             : 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] >= 0xA0) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] >= 0x90))
        return 0;
    return n;
}

/* One character of s; an escape is written for control characters by `control`. Returns how many
 * bytes of s it took. */
static size_t put_character(struct cn_text *t, const char *s, const char *control, unsigned digits)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t n = utf8_length(u);
    if (n == 0) {
        put(t, "\xEF\xBF\xBD");
        return 1;
    }
    if (u[0] < 0x20 || u[0] == 0x7F) {
        put(t, control);
        put_number(t, u[0], 16, digits, "0123456789abcdef");
        return 1;
    }
    for (size_t i = 0; i < n; i++)
        cn_text_char(t, s[i]);
    return n;
}

void cn_json_string(struct cn_text *t, const char *s)
{
    cn_text_char(t, '"');
    while (*s != '\0' && !t->cut) {
        const char *escape = *s == '"'    ? "\\\""
                             : *s == '\\' ? "\\\\"
                             : *s == '\n' ? "\\n"
                             : *s == '\r' ? "\\r"
                             : *s == '\t' ? "\\t"
                                          : NULL;
        if (escape != NULL) {
            put(t, escape);
            s++;
        } else {
            s += put_character(t, s, "\\u", 4);
        }
    }
    cn_text_char(t, '"');
}

/* -- JSON -------------------------------------------------------------------------------------- */

static void json_key(struct cn_text *t, const char *key)
{
    cn_text_char(t, ',');
    cn_json_string(t, key);
    cn_text_char(t, ':');
}

static void json_value(struct cn_text *t, const struct cn_field *f)
{
    switch (f->type) {
    case CN_F_STR:
        cn_json_string(t, f->str);
        break;
    case CN_F_U64:
        put_decimal(t, CN_MIN(f->u64, (uint64_t)INT64_MAX)); /* readers know no larger integer */
        break;
    case CN_F_HEX:
        cn_text_char(t, '"');
        put_hex(t, f->u64);
        cn_text_char(t, '"');
        break;
    case CN_F_STATUS:
    case CN_F_NTSTATUS:
        put(t, "{\"code\":\"");
        put_code(t, f->u64);
        cn_text_char(t, '"');
        if (name_of(f) != NULL) {
            json_key(t, "name");
            cn_json_string(t, name_of(f));
        }
        cn_text_char(t, '}');
        break;
    case CN_F_BOOL:
        put(t, f->u64 != 0 ? "true" : "false");
        break;
    }
}

/* A field that does not fit is taken back whole. */
static bool json_field(struct cn_text *t, const struct cn_field *f)
{
    const struct cn_text before = *t;
    if (is_absent(f))
        return true;
    json_key(t, f->key);
    json_value(t, f);
    if (!t->cut)
        return true;
    *t = before;
    t->at[t->len] = '\0';
    return false;
}

size_t cn_event_json(const struct cn_event *ev, char *buf, size_t size)
{
    static const char cut[] = ",\"cut\":true}";
    cn_assert(size >= CN_EVENT_JSON_MIN);
    struct cn_text t;
    cn_text_init(&t, buf, size - (sizeof(cut) - 1));
    put(&t, "{\"seq\":");
    put_decimal(&t, ev->seq);
    put(&t, ",\"time\":");
    put_decimal(&t, ev->time_100ns);
    json_key(&t, "event");
    cn_json_string(&t, cn_event_kind_name(ev->kind));
    cn_assert(!t.cut);
    bool whole = json_field(&t, &CN_STR("name", ev->name));
    for (size_t i = 0; i < ev->count; i++)
        whole &= json_field(&t, &ev->field[i]);
    t.size = size;
    put(&t, whole ? "}" : cut);
    return t.len;
}

/* -- text -------------------------------------------------------------------------------------- */

static void text_string(struct cn_text *t, const char *s)
{
    bool quoted = *s == '\0' || strpbrk(s, " \"=") != NULL;
    if (quoted)
        cn_text_char(t, '"');
    while (*s != '\0' && !t->cut)
        s += put_character(t, s, "\\x", 2);
    if (quoted)
        cn_text_char(t, '"');
}

static void text_value(struct cn_text *t, const struct cn_field *f)
{
    if (f->type == CN_F_STR)
        text_string(t, f->str);
    else if (f->type == CN_F_U64)
        put_decimal(t, f->u64);
    else if (f->type == CN_F_HEX)
        put_hex(t, f->u64);
    else if (f->type == CN_F_BOOL)
        put(t, f->u64 != 0 ? "yes" : "no");
    else if (is_status(f) && name_of(f) != NULL)
        put(t, name_of(f));
    else
        put_code(t, f->u64);
}

static void pad_to(struct cn_text *t, size_t column)
{
    do
        cn_text_char(t, ' ');
    while (t->len < column && !t->cut);
}

/* "      12    0.0000150 call       NdisMRegisterMiniportDriver driver=wan.sys" */
size_t cn_event_text(const struct cn_event *ev, char *buf, size_t size)
{
    enum { SECOND = 10000000 };
    struct cn_text t;
    cn_text_init(&t, buf, size);
    put_decimal(&t, ev->seq);
    pad_to(&t, 7);
    put_decimal(&t, ev->time_100ns / SECOND);
    cn_text_char(&t, '.');
    put_number(&t, ev->time_100ns % SECOND, 10, 7, "0123456789");
    pad_to(&t, 19);
    put(&t, cn_event_kind_name(ev->kind));
    if (ev->name != NULL) {
        pad_to(&t, 30);
        text_string(&t, ev->name);
    }
    for (size_t i = 0; i < ev->count; i++) {
        if (is_absent(&ev->field[i]))
            continue;
        cn_text_char(&t, ' ');
        put(&t, ev->field[i].key);
        cn_text_char(&t, '=');
        text_value(&t, &ev->field[i]);
    }
    return t.len;
}
