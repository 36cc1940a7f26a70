/* format.c - one formatter for narrow and wide output.
 *
 * Differences from the C library of the host, and the reason for this file: long has 32 bits; %S
 * and %s mean the other width depending on the format; %ws, %wc, %Z (ANSI_STRING) and %wZ
 * (UNICODE_STRING); I, I32 and I64; %p is sixteen digits without 0x; arguments come from an ms_abi
 * va_list.
 */
#include "nt/format.h"

#include <stdio.h>

struct spec {
    bool left, plus, space, zero, alt;
    int width;
    int precision; /* -1: not given */
    enum { SIZE_INT, SIZE_CHAR, SIZE_SHORT, SIZE_LONG, SIZE_64, SIZE_WIDE } size;
};

static void put(struct cn_nt_out *o, unsigned c)
{
    if (o->units < o->capacity) {
        if (o->wide)
            ((WCHAR *)o->buffer)[o->units] = (WCHAR)c;
        else
            ((char *)o->buffer)[o->units] = (char)c;
    }
    o->units++;
}

static void put_many(struct cn_nt_out *o, unsigned c, int count)
{
    for (; count > 0; count--)
        put(o, c);
}

static unsigned unit(const void *text, size_t i, bool wide)
{
    return wide ? ((const WCHAR *)text)[i] : ((const unsigned char *)text)[i];
}

/* A WCHAR on its way into narrow output: the ANSI code page here is Latin-1. */
static unsigned convert(const struct cn_nt_out *o, unsigned c, bool wide)
{
    return wide && !o->wide && c > 0xFF ? '?' : c;
}

static void put_text(struct cn_nt_out *o, const struct spec *s, const void *text, size_t length,
                     bool wide)
{
    int pad = s->width > (int)length ? s->width - (int)length : 0;
    if (!s->left)
        put_many(o, s->zero ? '0' : ' ', pad);
    for (size_t i = 0; i < length; i++)
        put(o, convert(o, unit(text, i, wide), wide));
    if (s->left)
        put_many(o, ' ', pad);
}

static void put_string(struct cn_nt_out *o, const struct spec *s, const void *text, bool wide)
{
    if (text == NULL) {
        text = "(null)";
        wide = false;
    }
    size_t n = 0, most = s->precision >= 0 ? (size_t)s->precision : 1 << 16;
    while (n < most && unit(text, n, wide) != 0)
        n++;
    put_text(o, s, text, n, wide);
}

/* %Z and %wZ. */
static void put_counted(struct cn_nt_out *o, const struct spec *s, const void *string, bool wide)
{
    const UNICODE_STRING *u = string;
    if (u == NULL || u->Buffer == NULL) {
        put_string(o, s, NULL, false);
        return;
    }
    size_t n = wide ? u->Length / 2u : u->Length;
    if (s->precision >= 0)
        n = CN_MIN(n, (size_t)s->precision);
    put_text(o, s, u->Buffer, n, wide);
}

static void put_number(struct cn_nt_out *o, const struct spec *s, uint64_t value, bool negative,
                       unsigned base, bool upper, char sign)
{
    char digits[72];
    int n = 0;
    const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    for (uint64_t v = value; v != 0; v /= base)
        digits[n++] = set[v % base];
    if (n == 0 && s->precision != 0)
        digits[n++] = '0';
    int zeroes = s->precision > n ? s->precision - n : 0;
    char prefix[3];
    int prefix_length = 0;
    if (negative || sign != 0)
        prefix[prefix_length++] = negative ? '-' : sign;
    if (s->alt && base == 16 && value != 0) {
        prefix[prefix_length++] = '0';
        prefix[prefix_length++] = upper ? 'X' : 'x';
    }
    if (s->alt && base == 8 && zeroes == 0 && (n == 0 || digits[n - 1] != '0'))
        zeroes = 1;
    int pad = s->width - prefix_length - zeroes - n;
    if (s->zero && !s->left && s->precision < 0 && pad > 0) {
        zeroes += pad;
        pad = 0;
    }
    if (!s->left)
        put_many(o, ' ', pad);
    for (int i = 0; i < prefix_length; i++)
        put(o, (unsigned char)prefix[i]);
    put_many(o, '0', zeroes);
    while (n > 0)
        put(o, (unsigned char)digits[--n]);
    if (s->left)
        put_many(o, ' ', pad);
}

static void put_double(struct cn_nt_out *o, const struct spec *s, unsigned conversion, double value)
{
    char format[16], text[512];
    struct cn_text t;
    cn_text_init(&t, format, sizeof(format));
    cn_text_put(&t, "%%%s%s%s.*%c", s->alt ? "#" : "", s->plus ? "+" : "", s->space ? " " : "",
                (int)conversion);
    int n = snprintf(text, sizeof(text), format, s->precision < 0 ? 6 : CN_MIN(s->precision, 100),
                     value);
    put_text(o, s, text, CN_MIN((size_t)n, sizeof(text) - 1), false);
}

/* -- the parts of one % ------------------------------------------------------------------------ */

struct reader {
    const void *format;
    size_t at;
    bool wide;
};

static unsigned peek(const struct reader *r)
{
    return unit(r->format, r->at, r->wide);
}

static bool accept(struct reader *r, unsigned c)
{
    if (peek(r) != c)
        return false;
    r->at++;
    return true;
}

static bool accept2(struct reader *r, unsigned a, unsigned b)
{
    if (peek(r) != a || unit(r->format, r->at + 1, r->wide) != b)
        return false;
    r->at += 2;
    return true;
}

static int read_number(struct reader *r)
{
    int n = 0;
    while (peek(r) >= '0' && peek(r) <= '9') {
        n = CN_MIN(n * 10 + (int)(peek(r) - '0'), 100000);
        r->at++;
    }
    return n;
}

static void read_flags(struct reader *r, struct spec *s)
{
    for (;;) {
        if (accept(r, '-'))
            s->left = true;
        else if (accept(r, '+'))
            s->plus = true;
        else if (accept(r, ' '))
            s->space = true;
        else if (accept(r, '0'))
            s->zero = true;
        else if (accept(r, '#'))
            s->alt = true;
        else
            return;
    }
}

static void read_size(struct reader *r, struct spec *s)
{
    s->size = SIZE_INT;
    if (accept2(r, 'l', 'l') || accept2(r, 'I', '6')) {
        accept(r, '4');
        s->size = SIZE_64;
    } else if (accept2(r, 'I', '3')) {
        accept(r, '2');
    } else if (accept2(r, 'h', 'h')) {
        s->size = SIZE_CHAR;
    } else if (accept(r, 'h')) {
        s->size = SIZE_SHORT;
    } else if (accept(r, 'l')) {
        s->size = SIZE_LONG;
    } else if (accept(r, 'w')) {
        s->size = SIZE_WIDE;
    } else if (accept(r, 'I') || accept(r, 'z') || accept(r, 't') || accept(r, 'j') ||
               accept(r, 'L')) {
        s->size = SIZE_64;
    }
}

static uint64_t sized(const struct spec *s, uint64_t v, bool is_signed)
{
    switch (s->size) {
    case SIZE_64:
        return v;
    case SIZE_SHORT:
        return is_signed ? (uint64_t)(int64_t)(int16_t)v : (uint16_t)v;
    case SIZE_CHAR:
        return is_signed ? (uint64_t)(int64_t)(int8_t)v : (uint8_t)v;
    default:
        return is_signed ? (uint64_t)(int64_t)(int32_t)v : (uint32_t)v;
    }
}

/* Whether a string or character argument is wide: the capital means the other width than the
 * format's, an h or l (w) decides for itself. */
static bool wide_argument(const struct spec *s, bool format_wide, bool capital)
{
    if (s->size == SIZE_SHORT)
        return false;
    if (s->size == SIZE_LONG || s->size == SIZE_WIDE)
        return true;
    return format_wide != capital;
}

/* Formats the argument (an integer register, as every variadic one of this ABI) of a conversion. */
static void put_argument(struct cn_nt_out *o, struct spec *s, unsigned c, uint64_t arg,
                         bool format_wide)
{
    const void *pointer = (const void *)(uintptr_t)arg;
    double number;
    WCHAR character = (WCHAR)arg;
    bool wide;
    switch (c) {
    case 'd':
    case 'i': {
        int64_t v = (int64_t)sized(s, arg, true);
        put_number(o, s, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0, 10, false,
                   s->plus    ? '+'
                   : s->space ? ' '
                              : 0);
        break;
    }
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        put_number(o, s, sized(s, arg, false), false,
                   c == 'u'   ? 10
                   : c == 'o' ? 8
                              : 16,
                   c == 'X', 0);
        break;
    case 'p':
        s->precision = 16;
        s->alt = false;
        put_number(o, s, arg, false, 16, true, 0);
        break;
    case 'c':
    case 'C':
        wide = wide_argument(s, format_wide, c == 'C');
        if (wide)
            put_text(o, s, &character, 1, true);
        else
            put_text(o, s, &(unsigned char){(unsigned char)arg}, 1, false);
        break;
    case 's':
    case 'S':
        put_string(o, s, pointer, wide_argument(s, format_wide, c == 'S'));
        break;
    case 'Z':
        put_counted(o, s, pointer, s->size == SIZE_WIDE || s->size == SIZE_LONG);
        break;
    default: /* e f g a and their capitals */
        memcpy(&number, &arg, sizeof(number));
        put_double(o, s, c, number);
        break;
    }
}

static bool takes_argument(unsigned c)
{
    return c != 0 && c < 0x80 && strchr("diuoxXpcCsSZeEfFgGaA", (int)c) != NULL;
}

bool cn_nt_format(struct cn_nt_out *o, const void *format, bool wide, __builtin_ms_va_list args)
{
    struct reader r = {format, 0, wide};
    for (unsigned c; (c = peek(&r)) != 0;) {
        r.at++;
        if (c != '%') {
            put(o, convert(o, c, wide));
            continue;
        }
        struct spec s = {.precision = -1};
        read_flags(&r, &s);
        s.width = accept(&r, '*') ? __builtin_va_arg(args, int) : read_number(&r);
        if (s.width < 0) {
            s.left = true;
            s.width = s.width == INT32_MIN ? 0 : -s.width;
        }
        if (accept(&r, '.'))
            s.precision = accept(&r, '*') ? __builtin_va_arg(args, int) : read_number(&r);
        s.width = CN_MIN(s.width, 100000);
        s.precision = CN_MIN(s.precision, 100000);
        read_size(&r, &s);
        c = peek(&r);
        if (c == 'n')
            return false;
        if (c != 0)
            r.at++;
        if (takes_argument(c))
            put_argument(o, &s, c, __builtin_va_arg(args, uint64_t), wide);
        else if (c != 0)
            put(o, convert(o, c, wide)); /* %% and what is no conversion */
    }
    return true;
}
