/* crt_printf.c - the printf family of the C library that ntoskrnl.exe exports.
 *
 * Three manners of ending: plain sprintf trusts the buffer; _snprintf leaves out the NUL when the
 * text fills the buffer exactly, and returns -1 when it does not fit; the _s functions always end
 * with NUL, and empty the buffer when the text does not fit (unless the count says _TRUNCATE).
 */
#include "nt/crt.h"
#include "nt/format.h"

#define TRUNCATE ((size_t)-1)

static void terminate(void *to, size_t at, bool wide)
{
    if (wide)
        ((WCHAR *)to)[at] = 0;
    else
        ((char *)to)[at] = 0;
}

static int counted(void *to, size_t n, const void *format, bool wide, cn_va args)
{
    struct cn_nt_out out = {to, to != NULL ? n : 0, 0, wide};
    if (!cn_nt_format(&out, format, wide, args))
        return -1;
    if (out.units < n && to != NULL)
        terminate(to, out.units, wide);
    /* Without a buffer the length is asked for. */
    return out.units > n && to != NULL ? -1 : (int)out.units;
}

static int unlimited(void *to, const void *format, bool wide, cn_va args)
{
    return counted(to, SIZE_MAX / 4, format, wide, args);
}

static int secure(void *to, size_t size, size_t n, const void *format, bool wide, cn_va args)
{
    if (to == NULL || size == 0 || format == NULL)
        return -1;
    size_t most = CN_MIN(n, size - 1);
    struct cn_nt_out out = {to, most, 0, wide};
    bool good = cn_nt_format(&out, format, wide, args);
    if (good && out.units <= most) {
        terminate(to, out.units, wide);
        return (int)out.units;
    }
    /* A count below the size, and _TRUNCATE, ask for as much as fits. */
    bool keep = good && (n == TRUNCATE || n < size);
    terminate(to, keep ? most : 0, wide);
    return -1;
}

#define WITH_ARGS(last, call)                                                                      \
    do {                                                                                           \
        cn_va args;                                                                                \
        __builtin_ms_va_start(args, last);                                                         \
        int n_ = (call);                                                                           \
        __builtin_ms_va_end(args);                                                                 \
        return n_;                                                                                 \
    } while (0)

int NTAPI cn_nt_sprintf(char *to, const char *format, ...)
{
    WITH_ARGS(format, unlimited(to, format, false, args));
}

int NTAPI cn_nt_vsprintf(char *to, const char *format, cn_va args)
{
    return unlimited(to, format, false, args);
}

int NTAPI cn_nt_swprintf(WCHAR *to, const WCHAR *format, ...)
{
    WITH_ARGS(format, unlimited(to, format, true, args));
}

int NTAPI _snprintf(char *to, size_t n, const char *format, ...)
{
    WITH_ARGS(format, counted(to, n, format, false, args));
}

int NTAPI _vsnprintf(char *to, size_t n, const char *format, cn_va args)
{
    return counted(to, n, format, false, args);
}

int NTAPI _snwprintf(WCHAR *to, size_t n, const WCHAR *format, ...)
{
    WITH_ARGS(format, counted(to, n, format, true, args));
}

int NTAPI _vsnwprintf(WCHAR *to, size_t n, const WCHAR *format, cn_va args)
{
    return counted(to, n, format, true, args);
}

int NTAPI sprintf_s(char *to, size_t size, const char *format, ...)
{
    WITH_ARGS(format, secure(to, size, size, format, false, args));
}

int NTAPI vsprintf_s(char *to, size_t size, const char *format, cn_va args)
{
    return secure(to, size, size, format, false, args);
}

int NTAPI swprintf_s(WCHAR *to, size_t size, const WCHAR *format, ...)
{
    WITH_ARGS(format, secure(to, size, size, format, true, args));
}

int NTAPI vswprintf_s(WCHAR *to, size_t size, const WCHAR *format, cn_va args)
{
    return secure(to, size, size, format, true, args);
}

int NTAPI _snprintf_s(char *to, size_t size, size_t n, const char *format, ...)
{
    WITH_ARGS(format, secure(to, size, n, format, false, args));
}

int NTAPI _vsnprintf_s(char *to, size_t size, size_t n, const char *format, cn_va args)
{
    return secure(to, size, n, format, false, args);
}

int NTAPI _snwprintf_s(WCHAR *to, size_t size, size_t n, const WCHAR *format, ...)
{
    WITH_ARGS(format, secure(to, size, n, format, true, args));
}

int NTAPI _vsnwprintf_s(WCHAR *to, size_t size, size_t n, const WCHAR *format, cn_va args)
{
    return secure(to, size, n, format, true, args);
}
