/* crt.c - strings, memory and conversions of the C library that ntoskrnl.exe exports. The printf
 * family is in crt_printf.c. Nothing is checked here that Windows does not check: a bad pointer
 * faults, and the fault is the driver's. */
#include "nt/crt.h"

#include "nt/text.h"

#include <errno.h>
#include <stdlib.h>

enum { TRUNCATED = 80 }; /* STRUNCATE */
#define TRUNCATE ((size_t)-1)

/* -- memory ------------------------------------------------------------------------------------ */

void *NTAPI cn_nt_memcpy(void *to, const void *from, size_t n)
{
    /* Windows' memcpy is its memmove, and drivers rely on it without knowing. */
    return memmove(to, from, n);
}

void *NTAPI cn_nt_memmove(void *to, const void *from, size_t n)
{
    return memmove(to, from, n);
}

void *NTAPI cn_nt_memset(void *to, int c, size_t n)
{
    return memset(to, c, n);
}

int NTAPI cn_nt_memcmp(const void *a, const void *b, size_t n)
{
    int d = memcmp(a, b, n);
    return d < 0 ? -1 : d > 0;
}

void *NTAPI cn_nt_memchr(const void *s, int c, size_t n)
{
    return (void *)(uintptr_t)memchr(s, c, n);
}

int NTAPI memmove_s(void *to, size_t size, const void *from, size_t n)
{
    if (n == 0)
        return 0;
    if (to == NULL || from == NULL)
        return EINVAL;
    if (n > size)
        return ERANGE;
    memmove(to, from, n);
    return 0;
}

int NTAPI memcpy_s(void *to, size_t size, const void *from, size_t n)
{
    int rc = memmove_s(to, size, from, n);
    if (rc != 0 && to != NULL)
        memset(to, 0, size);
    return rc;
}

VOID NTAPI RtlCopyMemory(VOID *to, const VOID *from, SIZE_T n)
{
    memmove(to, from, n);
}

VOID NTAPI RtlMoveMemory(VOID *to, const VOID *from, SIZE_T n)
{
    memmove(to, from, n);
}

VOID NTAPI RtlFillMemory(VOID *to, SIZE_T n, int byte)
{
    memset(to, byte, n);
}

VOID NTAPI RtlZeroMemory(VOID *to, SIZE_T n)
{
    memset(to, 0, n);
}

/* -- strings of both widths -------------------------------------------------------------------- */

static char lower_char(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static char upper_char(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* The same functions for char and WCHAR; the names follow from the prefix. */
#define STRINGS(P, MS, T, C, LOWER, UPPER)                                                         \
    size_t NTAPI cn_nt_##P##len(const T *s)                                                        \
    {                                                                                              \
        size_t n = 0;                                                                              \
        while (s[n] != 0)                                                                          \
            n++;                                                                                   \
        return n;                                                                                  \
    }                                                                                              \
    size_t NTAPI cn_nt_##P##nlen(const T *s, size_t most)                                          \
    {                                                                                              \
        size_t n = 0;                                                                              \
        while (n < most && s[n] != 0)                                                              \
            n++;                                                                                   \
        return n;                                                                                  \
    }                                                                                              \
    int NTAPI cn_nt_##P##ncmp(const T *a, const T *b, size_t n)                                    \
    {                                                                                              \
        for (; n > 0; n--, a++, b++) {                                                             \
            if (*a != *b)                                                                          \
                return (C)*a < (C)*b ? -1 : 1;                                                     \
            if (*a == 0)                                                                           \
                break;                                                                             \
        }                                                                                          \
        return 0;                                                                                  \
    }                                                                                              \
    int NTAPI cn_nt_##P##cmp(const T *a, const T *b)                                               \
    {                                                                                              \
        return cn_nt_##P##ncmp(a, b, SIZE_MAX);                                                    \
    }                                                                                              \
    int NTAPI _##MS##nicmp(const T *a, const T *b, size_t n)                                       \
    {                                                                                              \
        for (; n > 0; n--, a++, b++) {                                                             \
            C ca = (C)LOWER(*a), cb = (C)LOWER(*b);                                                \
            if (ca != cb)                                                                          \
                return ca < cb ? -1 : 1;                                                           \
            if (ca == 0)                                                                           \
                break;                                                                             \
        }                                                                                          \
        return 0;                                                                                  \
    }                                                                                              \
    int NTAPI _##MS##icmp(const T *a, const T *b)                                                  \
    {                                                                                              \
        return _##MS##nicmp(a, b, SIZE_MAX);                                                       \
    }                                                                                              \
    T *NTAPI cn_nt_##P##cpy(T *to, const T *from)                                                  \
    {                                                                                              \
        memcpy(to, from, (cn_nt_##P##len(from) + 1) * sizeof(T));                                  \
        return to;                                                                                 \
    }                                                                                              \
    T *NTAPI cn_nt_##P##ncpy(T *to, const T *from, size_t n)                                       \
    {                                                                                              \
        size_t length = cn_nt_##P##nlen(from, n);                                                  \
        memcpy(to, from, length * sizeof(T));                                                      \
        memset(to + length, 0, (n - length) * sizeof(T));                                          \
        return to;                                                                                 \
    }                                                                                              \
    T *NTAPI cn_nt_##P##cat(T *to, const T *from)                                                  \
    {                                                                                              \
        cn_nt_##P##cpy(to + cn_nt_##P##len(to), from);                                             \
        return to;                                                                                 \
    }                                                                                              \
    T *NTAPI cn_nt_##P##ncat(T *to, const T *from, size_t n)                                       \
    {                                                                                              \
        size_t at = cn_nt_##P##len(to), length = cn_nt_##P##nlen(from, n);                         \
        memcpy(to + at, from, length * sizeof(T));                                                 \
        to[at + length] = 0;                                                                       \
        return to;                                                                                 \
    }                                                                                              \
    T *NTAPI cn_nt_##P##str(const T *s, const T *part)                                             \
    {                                                                                              \
        size_t n = cn_nt_##P##len(part);                                                           \
        for (;; s++) {                                                                             \
            if (cn_nt_##P##ncmp(s, part, n) == 0)                                                  \
                return (T *)(uintptr_t)s;                                                          \
            if (*s == 0)                                                                           \
                return NULL;                                                                       \
        }                                                                                          \
    }                                                                                              \
    size_t NTAPI cn_nt_##P##spn(const T *s, const T *set)                                          \
    {                                                                                              \
        size_t n = 0;                                                                              \
        for (; s[n] != 0; n++) {                                                                   \
            const T *p = set;                                                                      \
            while (*p != 0 && *p != s[n])                                                          \
                p++;                                                                               \
            if (*p == 0)                                                                           \
                break;                                                                             \
        }                                                                                          \
        return n;                                                                                  \
    }                                                                                              \
    int NTAPI P##ncpy_s(T *to, size_t size, const T *from, size_t n)                               \
    {                                                                                              \
        if (to == NULL || size == 0)                                                               \
            return EINVAL;                                                                         \
        to[0] = 0;                                                                                 \
        if (from == NULL)                                                                          \
            return n == 0 ? 0 : EINVAL;                                                            \
        size_t length = cn_nt_##P##nlen(from, n == TRUNCATE ? size : n);                           \
        bool cut = length >= size;                                                                 \
        if (cut && n != TRUNCATE)                                                                  \
            return ERANGE;                                                                         \
        length = cut ? size - 1 : length;                                                          \
        memcpy(to, from, length * sizeof(T));                                                      \
        to[length] = 0;                                                                            \
        return cut ? TRUNCATED : 0;                                                                \
    }                                                                                              \
    int NTAPI P##cpy_s(T *to, size_t size, const T *from)                                          \
    {                                                                                              \
        if (to != NULL && size > 0 && from == NULL)                                                \
            to[0] = 0;                                                                             \
        return from == NULL ? EINVAL : P##ncpy_s(to, size, from, TRUNCATE - 1);                    \
    }                                                                                              \
    int NTAPI P##ncat_s(T *to, size_t size, const T *from, size_t n)                               \
    {                                                                                              \
        size_t at = to != NULL ? cn_nt_##P##nlen(to, size) : 0;                                    \
        if (to == NULL || size == 0 || at == size)                                                 \
            return EINVAL;                                                                         \
        int rc = P##ncpy_s(to + at, size - at, from, n);                                           \
        if (rc == EINVAL || rc == ERANGE)                                                          \
            to[0] = 0;                                                                             \
        return rc;                                                                                 \
    }                                                                                              \
    int NTAPI P##cat_s(T *to, size_t size, const T *from)                                          \
    {                                                                                              \
        return from == NULL ? EINVAL : P##ncat_s(to, size, from, TRUNCATE - 1);                    \
    }                                                                                              \
    T *NTAPI _##MS##lwr(T *s)                                                                      \
    {                                                                                              \
        for (T *p = s; *p != 0; p++)                                                               \
            *p = LOWER(*p);                                                                        \
        return s;                                                                                  \
    }                                                                                              \
    T *NTAPI _##MS##upr(T *s)                                                                      \
    {                                                                                              \
        for (T *p = s; *p != 0; p++)                                                               \
            *p = UPPER(*p);                                                                        \
        return s;                                                                                  \
    }

STRINGS(str, str, char, unsigned char, lower_char, upper_char)
STRINGS(wcs, wcs, WCHAR, WCHAR, cn_nt_downcase, cn_nt_upcase)

char *NTAPI cn_nt_strchr(const char *s, int c)
{
    return (char *)(uintptr_t)strchr(s, c);
}

char *NTAPI cn_nt_strrchr(const char *s, int c)
{
    return (char *)(uintptr_t)strrchr(s, c);
}

WCHAR *NTAPI cn_nt_wcschr(const WCHAR *s, WCHAR c)
{
    for (;; s++) {
        if (*s == c)
            return (WCHAR *)(uintptr_t)s;
        if (*s == 0)
            return NULL;
    }
}

WCHAR *NTAPI cn_nt_wcsrchr(const WCHAR *s, WCHAR c)
{
    const WCHAR *found = NULL;
    for (;; s++) {
        if (*s == c)
            found = s;
        if (*s == 0)
            return (WCHAR *)(uintptr_t)found;
    }
}

/* -- numbers ----------------------------------------------------------------------------------- */

/* Every long has 32 bits here; what does not fit becomes the nearest value. */
LONG NTAPI cn_nt_strtol(const char *s, char **end, int base)
{
    long long v = strtoll(s, end, base);
    return v > INT32_MAX ? INT32_MAX : v < INT32_MIN ? INT32_MIN : (LONG)v;
}

ULONG NTAPI cn_nt_strtoul(const char *s, char **end, int base)
{
    long long v = strtoll(s, end, base);
    return v > UINT32_MAX || v < -(long long)UINT32_MAX ? UINT32_MAX : (ULONG)v;
}

int NTAPI cn_nt_atoi(const char *s)
{
    return cn_nt_strtol(s, NULL, 10);
}

LONG NTAPI cn_nt_atol(const char *s)
{
    return cn_nt_strtol(s, NULL, 10);
}

LONGLONG NTAPI _atoi64(const char *s)
{
    return strtoll(s, NULL, 10);
}

int NTAPI cn_nt_abs(int v)
{
    return v < 0 ? (int)(0u - (unsigned)v) : v;
}

/* Of the run, not of the host: equal runs give equal numbers. */
static uint32_t rand_state = 1;

int NTAPI cn_nt_rand(void)
{
    rand_state = rand_state * 1103515245u + 12345u;
    return (int)(rand_state >> 16 & 0x7FFF);
}

void NTAPI cn_nt_srand(unsigned seed)
{
    rand_state = seed;
}

static int compare_thunk(const void *a, const void *b, void *arg)
{
    return (*(cn_nt_compare **)arg)(a, b);
}

void NTAPI cn_nt_qsort(void *base, size_t count, size_t size, cn_nt_compare *compare)
{
    if (count > 1)
        qsort_r(base, count, size, compare_thunk, &compare);
}

void *NTAPI cn_nt_bsearch(const void *key, const void *base, size_t count, size_t size,
                          cn_nt_compare *compare)
{
    for (size_t low = 0, high = count; low < high;) {
        size_t middle = low + (high - low) / 2;
        const uint8_t *at = (const uint8_t *)base + middle * size;
        int d = compare(key, at);
        if (d == 0)
            return (void *)(uintptr_t)at;
        if (d < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* -- characters: the C locale, for any int ----------------------------------------------------- */

int NTAPI cn_nt_isdigit(int c)
{
    return c >= '0' && c <= '9';
}

int NTAPI cn_nt_islower(int c)
{
    return c >= 'a' && c <= 'z';
}

int NTAPI cn_nt_isupper(int c)
{
    return c >= 'A' && c <= 'Z';
}

int NTAPI cn_nt_isalpha(int c)
{
    return cn_nt_islower(c) || cn_nt_isupper(c);
}

int NTAPI cn_nt_isalnum(int c)
{
    return cn_nt_isalpha(c) || cn_nt_isdigit(c);
}

int NTAPI cn_nt_isprint(int c)
{
    return c >= 0x20 && c < 0x7F;
}

int NTAPI cn_nt_isspace(int c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

int NTAPI cn_nt_isxdigit(int c)
{
    return cn_nt_isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

int NTAPI cn_nt_tolower(int c)
{
    return cn_nt_isupper(c) ? c + 32 : c;
}

int NTAPI cn_nt_toupper(int c)
{
    return cn_nt_islower(c) ? c - 32 : c;
}

WCHAR NTAPI cn_nt_towlower(WCHAR c)
{
    return cn_nt_downcase(c);
}

WCHAR NTAPI cn_nt_towupper(WCHAR c)
{
    return cn_nt_upcase(c);
}
