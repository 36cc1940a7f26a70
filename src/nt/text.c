/* text.c - reads strings from drivers without trusting them, and the case of characters. */
#include "nt/text.h"

#include "load/probe.h"
#include "nt/exports.h"
#include "verify/rule.h"

enum { CHUNK = 32 };

static bool bad(const char *what, const char *found)
{
    return CN_CHECK(CN_HOST_005, false, .member = what, .found = found,
                    .allowed = "a string in readable memory");
}

bool cn_nt_utf8(PCUNICODE_STRING from, char *out, size_t size, const char *what)
{
    UNICODE_STRING s;
    WCHAR units[512];
    out[0] = '\0';
    if (from == NULL)
        return true;
    if (cn_probe_copy(&s, from, sizeof(s)) != 0)
        return bad(what, "a UNICODE_STRING that cannot be read");
    size_t count = s.Length / 2;
    if (count == 0)
        return true;
    if (count > CN_ARRAY_SIZE(units))
        return false;
    if (cn_probe_copy(units, s.Buffer, count * 2) != 0)
        return bad(what, cn_fmt("a Buffer of which %u bytes (Length) cannot be read", s.Length));
    return cn_utf16_to_utf8((const uint16_t *)units, count, out, size) < size - 4;
}

bool cn_nt_wide_utf8(const WCHAR *from, char *out, size_t size, const char *what)
{
    WCHAR units[512];
    size_t count = 0;
    out[0] = '\0';
    if (from == NULL)
        return true;
    for (;; count++) {
        if (count == CN_ARRAY_SIZE(units))
            return false;
        if (cn_probe_copy(&units[count], from + count, sizeof(WCHAR)) != 0)
            return bad(what, "a string that cannot be read up to its NUL");
        if (units[count] == 0)
            break;
    }
    return cn_utf16_to_utf8((const uint16_t *)units, count, out, size) < size - 4;
}

NTSTATUS cn_nt_string_new(UNICODE_STRING *s, const char *utf8, const void *place)
{
    size_t units = strlen(utf8) + 1; /* UTF-16 never needs more units than UTF-8 bytes */
    if (units > UINT16_MAX / 2)
        return STATUS_NAME_TOO_LONG;
    WCHAR *buffer =
        cn_pool_alloc(cn_driver_current(), units * 2, 0x67727453 /* 'Strg' */, true, place);
    if (buffer == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    s->Buffer = buffer;
    s->Length = (USHORT)(2 * cn_utf8_to_utf16(utf8, (uint16_t *)buffer, units));
    s->MaximumLength = (USHORT)(units * 2);
    return STATUS_SUCCESS;
}

/* Ranges of letters whose other case lies at a fixed distance; step 2 means pairs of neighbours. */
static const struct {
    uint16_t first, last; /* of the lower case */
    int16_t distance;     /* to the upper case */
    uint8_t step;
} letters[] = {
    {'a', 'z', -32, 1},       {0x00E0, 0x00F6, -32, 1}, {0x00F8, 0x00FE, -32, 1},
    {0x00FF, 0x00FF, 121, 1}, {0x0101, 0x012F, -1, 2},  {0x0133, 0x0137, -1, 2},
    {0x013A, 0x0148, -1, 2},  {0x014B, 0x0177, -1, 2},  {0x017A, 0x017E, -1, 2},
    {0x03AC, 0x03AC, -38, 1}, {0x03AD, 0x03AF, -37, 1}, {0x03B1, 0x03C1, -32, 1},
    {0x03C3, 0x03CB, -32, 1}, {0x03CC, 0x03CC, -64, 1}, {0x03CD, 0x03CE, -63, 1},
    {0x0430, 0x044F, -32, 1}, {0x0450, 0x045F, -80, 1},
};

WCHAR cn_nt_upcase(WCHAR c)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(letters); i++)
        if (c >= letters[i].first && c <= letters[i].last &&
            (c - letters[i].first) % letters[i].step == 0)
            return (WCHAR)(c + letters[i].distance);
    return c;
}

WCHAR cn_nt_downcase(WCHAR c)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(letters); i++) {
        int lower = c - letters[i].distance;
        if (lower >= letters[i].first && lower <= letters[i].last &&
            (lower - letters[i].first) % letters[i].step == 0)
            return (WCHAR)lower;
    }
    return c;
}
