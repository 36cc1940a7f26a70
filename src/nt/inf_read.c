/* inf_read.c - reads an .inf file: encoding, lines, comments, quotes, continuation, %strings%.
 *
 * The whole text is decoded to UTF-8 first (UTF-16 with a byte order mark, UTF-8 with or without
 * one). Then lines are cut: a ';' outside quotes begins a comment, a '\' at the end continues on
 * the next line. Strings are replaced last, when [Strings] is known. Sizes are bounded, so a
 * hostile file costs little.
 */
#include "nt/inf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 4 << 20, FIELD_MOST = 4096, ENTRIES_MOST = 100000 };

int cn_inf_fail(struct cn_inf *inf, unsigned line, const char *format, ...)
{
    struct cn_text t;
    va_list ap;
    cn_text_init(&t, inf->error, inf->error_size);
    cn_text_put(&t, "%s:", inf->path);
    if (line > 0)
        cn_text_put(&t, "%u:", line);
    cn_text_char(&t, ' ');
    va_start(ap, format);
    cn_text_vput(&t, format, ap);
    va_end(ap);
    return -EINVAL;
}

static int no_memory(struct cn_inf *inf)
{
    cn_inf_fail(inf, 0, "not enough memory to read it: close other programs");
    return -ENOMEM;
}

/* -- the file ---------------------------------------------------------------------------------- */

static int file_fail(struct cn_inf *inf, int rc)
{
    cn_inf_fail(inf, 0, "cannot be read (%s): check the path and its permissions", strerror(-rc));
    return rc;
}

/* The bytes of the file with two NULs behind them. */
static int read_bytes(struct cn_inf *inf, uint8_t **out, size_t *size)
{
    struct stat st;
    int fd = open(inf->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return file_fail(inf, -errno);
    int rc = fstat(fd, &st) != 0 ? -errno : !S_ISREG(st.st_mode) ? -EISDIR : 0;
    if (rc != 0) {
        close(fd);
        if (rc == -EISDIR)
            return cn_inf_fail(inf, 0, "is not a regular file: give the .inf file itself");
        return file_fail(inf, rc);
    }
    if (st.st_size > FILE_MOST) {
        close(fd);
        return cn_inf_fail(inf, 0, "has more than %d MiB: this is no .inf file", FILE_MOST >> 20);
    }
    uint8_t *bytes = malloc((size_t)st.st_size + 2);
    size_t n = 0;
    ssize_t got = 0;
    while (bytes != NULL && n < (size_t)st.st_size &&
           (got = read(fd, bytes + n, (size_t)st.st_size - n)) > 0)
        n += (size_t)got;
    close(fd);
    if (bytes == NULL)
        return no_memory(inf);
    bytes[n] = bytes[n + 1] = 0;
    *out = bytes;
    *size = n;
    return 0;
}

/* The file as UTF-8. A NUL character is no text. */
static int read_text(struct cn_inf *inf, char **out)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    int rc = read_bytes(inf, &bytes, &size);
    if (rc != 0)
        return rc;
    char *text;
    if (size >= 2 &&
        ((bytes[0] == 0xFE && bytes[1] == 0xFF) || (bytes[0] == 0xFF && bytes[1] == 0xFE))) {
        bool big = bytes[0] == 0xFE;
        size_t units = size / 2 - 1;
        uint16_t *wide = malloc(units * 2 + 2);
        text = malloc(units * 3 + 8);
        for (size_t i = 0; wide != NULL && i < units; i++) {
            uint8_t *p = bytes + 2 + 2 * i;
            wide[i] = (uint16_t)(big ? p[0] << 8 | p[1] : p[1] << 8 | p[0]);
        }
        if (wide != NULL && text != NULL)
            size = cn_utf16_to_utf8(wide, units, text, units * 3 + 8);
        rc = wide == NULL ? -ENOMEM : 0;
        free(wide);
    } else {
        size_t skip = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        size -= skip;
        text = malloc(size + 1);
        if (text != NULL)
            memcpy(text, bytes + skip, size + 1);
    }
    free(bytes);
    if (text == NULL || rc != 0) {
        free(text);
        return no_memory(inf);
    }
    if (strlen(text) != size) {
        free(text);
        return cn_inf_fail(inf, 0,
                           "contains NUL characters: save it as UTF-16 with a byte order "
                           "mark or as UTF-8");
    }
    *out = text;
    return 0;
}

/* -- lines ------------------------------------------------------------------------------------- */

struct reader {
    struct cn_inf *inf;
    const char *at;
    unsigned line;
    unsigned entries;
    struct cn_inf_section *section, **last_section;
};

/* The end of the text of a logical line: before its comment. Continued lines are joined in buf,
 * whose size is that of the whole file. False at the end of the file. */
static bool next_line(struct reader *r, char *buf, unsigned *first)
{
    size_t n = 0;
    bool more = true;
    if (*r->at == '\0')
        return false;
    *first = r->line;
    while (more && *r->at != '\0') {
        bool quoted = false, comment = false;
        for (; *r->at != '\0' && *r->at != '\n'; r->at++) {
            if (*r->at == '"')
                quoted = !quoted;
            else if (*r->at == ';' && !quoted)
                comment = true;
            if (!comment && *r->at != '\r')
                buf[n++] = *r->at;
        }
        if (*r->at == '\n')
            r->at++;
        r->line++;
        while (n > 0 && (buf[n - 1] == ' ' || buf[n - 1] == '\t'))
            n--;
        /* A quote that stays open runs to the end of its line; the backslash in it is text. */
        more = n > 0 && buf[n - 1] == '\\' && !quoted;
        if (more)
            n--;
    }
    buf[n] = '\0';
    return true;
}

static char *blanks(char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

static int read_section(struct reader *r, char *line, unsigned number)
{
    char *end = strrchr(line, ']');
    if (end == NULL)
        return cn_inf_fail(r->inf, number, "the section name has no ']': write [name]");
    *end = '\0';
    struct cn_inf_section *s = calloc(1, sizeof(*s));
    char *name = strdup(blanks(line + 1));
    if (s == NULL || name == NULL) {
        free(s);
        free(name);
        return no_memory(r->inf);
    }
    for (size_t n = strlen(name); n > 0 && (name[n - 1] == ' ' || name[n - 1] == '\t'); n--)
        name[n - 1] = '\0';
    s->name = name;
    s->line = number;
    s->last = &s->first;
    *r->last_section = s;
    r->last_section = &s->next;
    r->section = s;
    return 0;
}

/* Takes one field, up to a delimiter outside quotes, off *at. The result is allocated. */
static int read_field(struct reader *r, char **at, const char *delimiters, unsigned number,
                      char **out)
{
    char *p = blanks(*at), buf[FIELD_MOST];
    size_t n = 0, keep = 0; /* keep: blanks before this are inside quotes */
    while (*p != '\0' && strchr(delimiters, *p) == NULL) {
        if (*p != '"') {
            if (n + 1 >= sizeof(buf))
                return cn_inf_fail(r->inf, number, "a field has more than %d bytes: shorten it",
                                   FIELD_MOST - 1);
            buf[n++] = *p++;
            continue;
        }
        for (p++;; p++) {
            if (*p == '\0')
                return cn_inf_fail(r->inf, number, "the quote is not closed: add a '\"'");
            if (*p == '"' && *++p != '"')
                break; /* a doubled quote is one of the text */
            if (n + 1 >= sizeof(buf))
                return cn_inf_fail(r->inf, number, "a field has more than %d bytes: shorten it",
                                   FIELD_MOST - 1);
            buf[n++] = *p;
        }
        keep = n;
    }
    while (n > keep && (buf[n - 1] == ' ' || buf[n - 1] == '\t'))
        n--;
    buf[n] = '\0';
    *at = p;
    *out = strdup(buf);
    return *out != NULL ? 0 : no_memory(r->inf);
}

static int read_fields(struct reader *r, struct cn_inf_entry *e, char *at, unsigned number)
{
    int rc = 0;
    for (bool more = true; rc == 0 && more;) {
        if (e->count == CN_INF_FIELDS)
            return cn_inf_fail(r->inf, number, "the line has more than %d fields: split it",
                               CN_INF_FIELDS);
        rc = read_field(r, &at, ",", number, &e->field[e->count]);
        if (rc == 0)
            e->count++;
        more = *at == ',';
        at += more;
    }
    return rc;
}

static int read_entry(struct reader *r, char *line, unsigned number)
{
    if (r->section == NULL)
        return cn_inf_fail(r->inf, number, "the line stands before the first [section]: add one");
    if (++r->entries > ENTRIES_MOST)
        return cn_inf_fail(r->inf, number, "more than %d lines: this is no .inf file",
                           ENTRIES_MOST);
    struct cn_inf_entry *e = calloc(1, sizeof(*e));
    if (e == NULL)
        return no_memory(r->inf);
    e->line = number;
    *r->section->last = e;
    r->section->last = &e->next;
    char *at = line, *first;
    int rc = read_field(r, &at, "=,", number, &first);
    if (rc != 0)
        return rc;
    if (*at == '=') {
        e->key = first;
        return read_fields(r, e, at + 1, number);
    }
    e->field[e->count++] = first;
    return *at == ',' ? read_fields(r, e, at + 1, number) : 0;
}

static int read_lines(struct reader *r, char *buf)
{
    unsigned number = 0;
    int rc = 0;
    while (rc == 0 && next_line(r, buf, &number)) {
        char *line = blanks(buf);
        if (*line == '[')
            rc = read_section(r, line, number);
        else if (*line != '\0')
            rc = read_entry(r, line, number);
    }
    return rc;
}

/* -- strings ----------------------------------------------------------------------------------- */

/* The value of a %token%, from [Strings]. */
static const char *string_of(const struct cn_inf *inf, const char *token, size_t length)
{
    for (struct cn_inf_section *s = cn_inf_section(inf, "Strings"); s != NULL; s = cn_inf_same(s))
        for (struct cn_inf_entry *e = s->first; e != NULL; e = e->next)
            if (e->key != NULL && e->count > 0 && strncasecmp(e->key, token, length) == 0 &&
                e->key[length] == '\0')
                return e->field[0];
    return NULL;
}

/* Replaces the strings of one text; the result replaces *text. */
static int expand(struct cn_inf *inf, char **text, unsigned line)
{
    char buf[FIELD_MOST];
    struct cn_text t;
    if (*text == NULL || strchr(*text, '%') == NULL)
        return 0;
    cn_text_init(&t, buf, sizeof(buf));
    for (const char *p = *text; *p != '\0';) {
        if (*p != '%') {
            cn_text_char(&t, *p++);
            continue;
        }
        const char *end = strchr(p + 1, '%');
        size_t length = end != NULL ? (size_t)(end - p - 1) : 0;
        if (end == NULL) {
            cn_text_char(&t, *p++);
            continue;
        }
        const char *value = length > 0 ? string_of(inf, p + 1, length) : "%";
        if (value == NULL) {
            /* Directory numbers (%12%) are for the installer. */
            if (strspn(p + 1, "0123456789") == length) {
                cn_text_put(&t, "%%%.*s%%", (int)length, p + 1);
                p = end + 1;
                continue;
            }
            return cn_inf_fail(inf, line, "%%%.*s%% is not in [Strings]: add it there",
                               (int)CN_MIN(length, (size_t)100), p + 1);
        }
        cn_text_put(&t, "%s", value);
        p = end + 1;
    }
    if (t.cut)
        return cn_inf_fail(inf, line,
                           "a field has more than %d bytes with its strings replaced: "
                           "shorten them",
                           FIELD_MOST - 1);
    char *new = strdup(buf);
    if (new == NULL)
        return no_memory(inf);
    free(*text);
    *text = new;
    return 0;
}

static int expand_all(struct cn_inf *inf)
{
    for (struct cn_inf_section *s = inf->sections; s != NULL; s = s->next) {
        if (strcasecmp(s->name, "Strings") == 0)
            continue;
        for (struct cn_inf_entry *e = s->first; e != NULL; e = e->next) {
            int rc = expand(inf, &e->key, e->line);
            for (unsigned i = 0; rc == 0 && i < e->count; i++)
                rc = expand(inf, &e->field[i], e->line);
            if (rc != 0)
                return rc;
        }
    }
    return 0;
}

/* -- interface --------------------------------------------------------------------------------- */

int cn_inf_read(struct cn_inf *inf, const char *path, char *error, size_t error_size)
{
    *inf = (struct cn_inf){.path = path, .error = error, .error_size = error_size};
    char *text = NULL;
    int rc = read_text(inf, &text);
    if (rc != 0)
        return rc;
    struct reader r = {.inf = inf, .at = text, .line = 1, .last_section = &inf->sections};
    char *buf = malloc(strlen(text) + 1);
    rc = buf != NULL ? read_lines(&r, buf) : no_memory(inf);
    free(buf);
    free(text);
    return rc == 0 ? expand_all(inf) : rc;
}

void cn_inf_free(struct cn_inf *inf)
{
    while (inf->sections != NULL) {
        struct cn_inf_section *s = inf->sections;
        inf->sections = s->next;
        while (s->first != NULL) {
            struct cn_inf_entry *e = s->first;
            s->first = e->next;
            for (unsigned i = 0; i < e->count; i++)
                free(e->field[i]);
            free(e->key);
            free(e);
        }
        free(s->name);
        free(s);
    }
}

struct cn_inf_section *cn_inf_section(const struct cn_inf *inf, const char *name)
{
    struct cn_inf_section *s = inf->sections;
    while (s != NULL && strcasecmp(s->name, name) != 0)
        s = s->next;
    return s;
}

struct cn_inf_section *cn_inf_same(const struct cn_inf_section *s)
{
    struct cn_inf_section *n = s->next;
    while (n != NULL && strcasecmp(n->name, s->name) != 0)
        n = n->next;
    return n;
}

struct cn_inf_entry *cn_inf_entry(const struct cn_inf *inf, const char *section, const char *key)
{
    for (struct cn_inf_section *s = cn_inf_section(inf, section); s != NULL; s = cn_inf_same(s))
        for (struct cn_inf_entry *e = s->first; e != NULL; e = e->next)
            if (e->key != NULL && strcasecmp(e->key, key) == 0)
                return e;
    return NULL;
}
