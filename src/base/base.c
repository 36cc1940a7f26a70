/* base.c - assertions, bounded text and UTF conversion. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

static void (*assert_hook)(void);

void cn_assert_hook(void (*hook)(void))
{
    assert_hook = hook;
}

void cn_assert_failed(const char *cond, const char *file, int line, const char *func)
{
    fprintf(stderr, "condis: %s:%d: %s: internal error: %s does not hold: please report this\n",
            file, line, func, cond);
    void (*hook)(void) = assert_hook;
    assert_hook = NULL;
    if (hook != NULL)
        hook();
    abort();
}

void cn_text_init(struct cn_text *t, char *buf, size_t size)
{
    cn_assert(size > 0);
    *t = (struct cn_text){.at = buf, .size = size};
    buf[0] = '\0';
}

void cn_text_vput(struct cn_text *t, const char *format, va_list ap)
{
    size_t room = t->size - t->len;
    int n = vsnprintf(t->at + t->len, room, format, ap);
    if (n < 0)
        return;
    if ((size_t)n >= room) {
        t->cut = true;
        t->len = t->size - 1;
    } else {
        t->len += (size_t)n;
    }
}

void cn_text_put(struct cn_text *t, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    cn_text_vput(t, format, ap);
    va_end(ap);
}

void cn_text_char(struct cn_text *t, char c)
{
    if (t->len + 1 >= t->size) {
        t->cut = true;
        return;
    }
    t->at[t->len++] = c;
    t->at[t->len] = '\0';
}

const char *cn_fmt(const char *format, ...)
{
    static _Thread_local char ring[32][256];
    static _Thread_local unsigned next;
    char *buf = ring[next++ % CN_ARRAY_SIZE(ring)];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(ring[0]));
    va_list ap;
    va_start(ap, format);
    cn_text_vput(&t, format, ap);
    va_end(ap);
    return buf;
}

#define REPLACEMENT 0xFFFDu

static size_t utf8_encode(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t cn_utf16_to_utf8(const uint16_t *s, size_t units, char *out, size_t size)
{
    cn_assert(size > 0);
    size_t len = 0;
    for (size_t i = 0; i < units; i++) {
        uint32_t c = s[i];
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < units && s[i + 1] >= 0xDC00 && s[i + 1] < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (s[++i] - 0xDC00u);
        } else if (c >= 0xD800 && c < 0xE000) {
            c = REPLACEMENT;
        }
        char piece[4];
        size_t n = utf8_encode(c, piece);
        if (len + n >= size)
            break;
        memcpy(out + len, piece, n);
        len += n;
    }
    out[len] = '\0';
    return len;
}

/* Decodes one sequence at s; *used is at least 1, so that a caller always advances. */
static uint32_t utf8_decode(const char *s, size_t *used)
{
    const unsigned char *u = (const unsigned char *)s;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = u[0] < 0x80 ? 1 : u[0] >> 5 == 6 ? 2 : u[0] >> 4 == 14 ? 3 : u[0] >> 3 == 30 ? 4 : 0;
    *used = 1;
    if (n == 0)
        return REPLACEMENT;
    uint32_t c = n == 1 ? u[0] : u[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return REPLACEMENT;
        c = c << 6 | (u[i] & 0x3Fu);
    }
    *used = n;
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return REPLACEMENT;
    return c;
}

size_t cn_utf8_to_utf16(const char *s, uint16_t *out, size_t units)
{
    cn_assert(units > 0);
    size_t len = 0;
    while (*s != '\0') {
        size_t used;
        uint32_t c = utf8_decode(s, &used);
        size_t n = c >= 0x10000 ? 2 : 1;
        if (len + n >= units)
            break;
        if (n == 2) {
            out[len++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
            out[len++] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            out[len++] = (uint16_t)c;
        }
        s += used;
    }
    out[len] = 0;
    return len;
}
