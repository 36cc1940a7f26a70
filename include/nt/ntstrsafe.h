/* ntstrsafe.h - string functions that know how long the destination is. They are in line, as in
 * Windows, so a driver imports only what formats.
 *
 * Sizes are in characters for the Cch functions and in bytes for the Cb ones. What does not fit is
 * cut, the result ends with NUL all the same, and the status is STATUS_BUFFER_OVERFLOW. The Ex
 * functions also tell where the text ends and how much room is left, and what happens to the rest
 * of the buffer is chosen by flags.
 */
#ifndef CONDIS_NT_NTSTRSAFE_H
#define CONDIS_NT_NTSTRSAFE_H

#include "wdm.h"

#ifndef CONDIS_RUNTIME

#define NTSTRSAFE_MAX_CCH                2147483647
#define NTSTRSAFE_MAX_LENGTH             (NTSTRSAFE_MAX_CCH - 1)
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(WCHAR))
#define STRSAFE_MAX_CCH                  NTSTRSAFE_MAX_CCH
#define STRSAFE_IGNORE_NULLS             0x00000100
#define STRSAFE_FILL_BEHIND_NULL         0x00000200
#define STRSAFE_FILL_ON_FAILURE          0x00000400
#define STRSAFE_NULL_ON_FAILURE          0x00000800
#define STRSAFE_NO_TRUNCATION            0x00001000
#define STRSAFE_FILL_BYTE(x)             ((ULONG)(((x)&0xff) | STRSAFE_FILL_BEHIND_NULL))
#define STRSAFE_FAILURE_BYTE(x)          ((ULONG)(((x)&0xff) | STRSAFE_FILL_ON_FAILURE))
#define STRSAFE_VALID_FLAGS              0x00001fff

typedef char *NTSTRSAFE_PSTR;
typedef const char *NTSTRSAFE_PCSTR;
typedef WCHAR *NTSTRSAFE_PWSTR;
typedef const WCHAR *NTSTRSAFE_PCWSTR;

/* Functions with variable arguments cannot be in line. */
#define CONDIS_STRSAFE static __inline __attribute__((unused)) NTSTATUS NTAPI

EXTERN_C_START

/* What both widths have. Internal ones: room of a destination is checked before, and `used` is how
 * much of it is text; each result ends with NUL. */
#define CONDIS_STRSAFE_WIDTH(X, T, VPRINT)                                                         \
    CONDIS_STRSAFE condis_strsafe_append##X(T *to, size_t room, size_t used, const T *from,        \
                                            size_t most, size_t *end)                              \
    {                                                                                              \
        size_t n = 0;                                                                              \
        while (used + n + 1 < room && n < most && from[n] != 0) {                                  \
            to[used + n] = from[n];                                                                \
            n++;                                                                                   \
        }                                                                                          \
        to[used + n] = 0;                                                                          \
        *end = used + n;                                                                           \
        return n < most && from[n] != 0 ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;                 \
    }                                                                                              \
    CONDIS_STRSAFE condis_strsafe_print##X(T *to, size_t room, const T *format,                    \
                                           CONDIS_VA_LIST args, size_t *end)                       \
    {                                                                                              \
        int n = VPRINT(to, room - 1, format, args);                                                \
        *end = n < 0 || (size_t)n > room - 1 ? room - 1 : (size_t)n;                               \
        to[*end] = 0;                                                                              \
        return n < 0 || (size_t)n > room - 1 ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;            \
    }                                                                                              \
    CONDIS_STRSAFE RtlStringCchLength##X(const T *psz, size_t cchMax, size_t *pcchLength)          \
    {                                                                                              \
        size_t n = 0;                                                                              \
        BOOLEAN good = psz != NULL && cchMax <= NTSTRSAFE_MAX_CCH;                                 \
        while (good && n < cchMax && psz[n] != 0)                                                  \
            n++;                                                                                   \
        good = good && n < cchMax;                                                                 \
        if (pcchLength != NULL)                                                                    \
            *pcchLength = good ? n : 0;                                                            \
        return good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;                                   \
    }                                                                                              \
    /* The end of an Ex function: fills, and tells the rest. */                                    \
    CONDIS_STRSAFE condis_strsafe_end##X(NTSTATUS status, T *to, size_t bytes, size_t at, T **end, \
                                         size_t *left, ULONG flags)                                \
    {                                                                                              \
        size_t room = bytes / sizeof(T);                                                           \
        if (NT_SUCCESS(status)) {                                                                  \
            if ((flags & STRSAFE_FILL_BEHIND_NULL) && room - at > 1)                               \
                RtlFillMemory(to + at + 1, bytes - (at + 1) * sizeof(T), (int)(flags & 0xff));     \
        } else if (room != 0 && to != NULL) {                                                      \
            if (flags & STRSAFE_FILL_ON_FAILURE) {                                                 \
                RtlFillMemory(to, bytes, (int)(flags & 0xff));                                     \
                at = (flags & 0xff) == 0 ? 0 : room - 1;                                           \
                to[at] = 0;                                                                        \
            }                                                                                      \
            if (flags & (STRSAFE_NULL_ON_FAILURE | STRSAFE_NO_TRUNCATION))                         \
                to[at = 0] = 0;                                                                    \
        }                                                                                          \
        if (NT_SUCCESS(status) || status == STATUS_BUFFER_OVERFLOW) {                              \
            if (end != NULL)                                                                       \
                *end = to + at;                                                                    \
            if (left != NULL)                                                                      \
                *left = room - at;                                                                 \
        }                                                                                          \
        return status;                                                                             \
    }                                                                                              \
    CONDIS_STRSAFE condis_strsafe_copy##X(T *to, size_t bytes, const T *from, size_t most,         \
                                          BOOLEAN append, T **end, size_t *left, ULONG flags)      \
    {                                                                                              \
        size_t room = bytes / sizeof(T), used = 0, at = 0;                                         \
        static const T none[1] = {0};                                                              \
        NTSTATUS status = STATUS_SUCCESS;                                                          \
        if (room == 0 || room > NTSTRSAFE_MAX_CCH || (flags & ~(ULONG)STRSAFE_VALID_FLAGS) != 0 || \
            to == NULL || (from == NULL && (flags & STRSAFE_IGNORE_NULLS) == 0))                   \
            return STATUS_INVALID_PARAMETER;                                                       \
        if (append) {                                                                              \
            status = RtlStringCchLength##X(to, room, &used);                                       \
            if (!NT_SUCCESS(status))                                                               \
                return status;                                                                     \
        }                                                                                          \
        status = condis_strsafe_append##X(to, room, used, from != NULL ? from : none, most, &at);  \
        if (append && status == STATUS_BUFFER_OVERFLOW && (flags & STRSAFE_NO_TRUNCATION)) {       \
            to[at = used] = 0;                                                                     \
            flags &= ~(ULONG)STRSAFE_NO_TRUNCATION;                                                \
        }                                                                                          \
        return condis_strsafe_end##X(status, to, bytes, at, end, left, flags);                     \
    }                                                                                              \
    CONDIS_STRSAFE condis_strsafe_format##X(T *to, size_t bytes, T **end, size_t *left,            \
                                            ULONG flags, const T *format, CONDIS_VA_LIST args)     \
    {                                                                                              \
        size_t room = bytes / sizeof(T), at = 0;                                                   \
        NTSTATUS status;                                                                           \
        if (room == 0 || room > NTSTRSAFE_MAX_CCH || (flags & ~(ULONG)STRSAFE_VALID_FLAGS) != 0 || \
            to == NULL || format == NULL)                                                          \
            return STATUS_INVALID_PARAMETER;                                                       \
        status = condis_strsafe_print##X(to, room, format, args, &at);                             \
        return condis_strsafe_end##X(status, to, bytes, at, end, left, flags);                     \
    }                                                                                              \
    CONDIS_STRSAFE RtlStringCbLength##X(const T *psz, size_t cbMax, size_t *pcbLength)             \
    {                                                                                              \
        size_t n;                                                                                  \
        NTSTATUS status = RtlStringCchLength##X(psz, cbMax / sizeof(T), &n);                       \
        if (pcbLength != NULL)                                                                     \
            *pcbLength = n * sizeof(T);                                                            \
        return status;                                                                             \
    }

/* The documented functions: SIZE turns the given size into bytes, LEFT the rest in characters into
 * the unit, FROM a limit of the source into characters. */
#define CONDIS_STRSAFE_FUNCTIONS(U, X, T, SIZE, FROM)                                              \
    CONDIS_STRSAFE RtlString##U##Copy##X(T *dest, size_t size, const T *src)                       \
    {                                                                                              \
        return condis_strsafe_copy##X(dest, SIZE(size, T), src, CONDIS_STRSAFE_ALL, FALSE, NULL,   \
                                      NULL, 0);                                                    \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##CopyN##X(T *dest, size_t size, const T *src, size_t most)         \
    {                                                                                              \
        return condis_strsafe_copy##X(dest, SIZE(size, T), src, FROM(most, T), FALSE, NULL, NULL,  \
                                      0);                                                          \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##Cat##X(T *dest, size_t size, const T *src)                        \
    {                                                                                              \
        return condis_strsafe_copy##X(dest, SIZE(size, T), src, CONDIS_STRSAFE_ALL, TRUE, NULL,    \
                                      NULL, 0);                                                    \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##CatN##X(T *dest, size_t size, const T *src, size_t most)          \
    {                                                                                              \
        return condis_strsafe_copy##X(dest, SIZE(size, T), src, FROM(most, T), TRUE, NULL, NULL,   \
                                      0);                                                          \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##CopyEx##X(T *dest, size_t size, const T *src, T **end,            \
                                           size_t *left, ULONG flags)                              \
    {                                                                                              \
        NTSTATUS status = condis_strsafe_copy##X(dest, SIZE(size, T), src, CONDIS_STRSAFE_ALL,     \
                                                 FALSE, end, left, flags);                         \
        CONDIS_STRSAFE_LEFT_##U(status, left, size, T);                                            \
        return status;                                                                             \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##CatEx##X(T *dest, size_t size, const T *src, T **end,             \
                                          size_t *left, ULONG flags)                               \
    {                                                                                              \
        NTSTATUS status = condis_strsafe_copy##X(dest, SIZE(size, T), src, CONDIS_STRSAFE_ALL,     \
                                                 TRUE, end, left, flags);                          \
        CONDIS_STRSAFE_LEFT_##U(status, left, size, T);                                            \
        return status;                                                                             \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##VPrintf##X(T *dest, size_t size, const T *format,                 \
                                            CONDIS_VA_LIST args)                                   \
    {                                                                                              \
        return condis_strsafe_format##X(dest, SIZE(size, T), NULL, NULL, 0, format, args);         \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##VPrintfEx##X(T *dest, size_t size, T **end, size_t *left,         \
                                              ULONG flags, const T *format, CONDIS_VA_LIST args)   \
    {                                                                                              \
        NTSTATUS status =                                                                          \
            condis_strsafe_format##X(dest, SIZE(size, T), end, left, flags, format, args);         \
        CONDIS_STRSAFE_LEFT_##U(status, left, size, T);                                            \
        return status;                                                                             \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##Printf##X(T *dest, size_t size, const T *format, ...)             \
    {                                                                                              \
        va_list args;                                                                              \
        NTSTATUS status;                                                                           \
        va_start(args, format);                                                                    \
        status = RtlString##U##VPrintf##X(dest, size, format, args);                               \
        va_end(args);                                                                              \
        return status;                                                                             \
    }                                                                                              \
    CONDIS_STRSAFE RtlString##U##PrintfEx##X(T *dest, size_t size, T **end, size_t *left,          \
                                             ULONG flags, const T *format, ...)                    \
    {                                                                                              \
        va_list args;                                                                              \
        NTSTATUS status;                                                                           \
        va_start(args, format);                                                                    \
        status = RtlString##U##VPrintfEx##X(dest, size, end, left, flags, format, args);           \
        va_end(args);                                                                              \
        return status;                                                                             \
    }

#define CONDIS_STRSAFE_ALL                             NTSTRSAFE_MAX_CCH
#define CONDIS_STRSAFE_BYTES(n, T)                     ((n) > NTSTRSAFE_MAX_CCH ? 0 : (n) * sizeof(T))
#define CONDIS_STRSAFE_CHARS(n, T)                     (n)
#define CONDIS_STRSAFE_SAME(n, T)                      (n)
#define CONDIS_STRSAFE_DIVIDE(n, T)                    ((n) / sizeof(T))
#define CONDIS_STRSAFE_LEFT_Cch(status, left, size, T) ((void)0)
/* Bytes that are no whole character stay in the rest. */
#define CONDIS_STRSAFE_LEFT_Cb(status, left, size, T)                                              \
    do {                                                                                           \
        if ((left) != NULL && (NT_SUCCESS(status) || (status) == STATUS_BUFFER_OVERFLOW))          \
            *(left) = *(left) * sizeof(T) + (size) % sizeof(T);                                    \
    } while (0)

CONDIS_STRSAFE_WIDTH(A, char, _vsnprintf)
CONDIS_STRSAFE_WIDTH(W, WCHAR, _vsnwprintf)
CONDIS_STRSAFE_FUNCTIONS(Cch, A, char, CONDIS_STRSAFE_BYTES, CONDIS_STRSAFE_CHARS)
CONDIS_STRSAFE_FUNCTIONS(Cch, W, WCHAR, CONDIS_STRSAFE_BYTES, CONDIS_STRSAFE_CHARS)
CONDIS_STRSAFE_FUNCTIONS(Cb, A, char, CONDIS_STRSAFE_SAME, CONDIS_STRSAFE_DIVIDE)
CONDIS_STRSAFE_FUNCTIONS(Cb, W, WCHAR, CONDIS_STRSAFE_SAME, CONDIS_STRSAFE_DIVIDE)

/* Counted strings: the text needs no NUL, and a full buffer has none. */
CONDIS_STRSAFE condis_strsafe_unicode(PUNICODE_STRING to, size_t used, const WCHAR *from,
                                      size_t length)
{
    size_t room, n;
    if (to == NULL || (to->Length | to->MaximumLength) % sizeof(WCHAR) != 0 ||
        to->Length > to->MaximumLength || (to->Buffer == NULL && to->MaximumLength != 0))
        return STATUS_INVALID_PARAMETER;
    room = to->MaximumLength / sizeof(WCHAR) - used;
    n = length < room ? length : room;
    RtlMoveMemory(to->Buffer + used, from, n * sizeof(WCHAR));
    to->Length = (USHORT)((used + n) * sizeof(WCHAR));
    return n < length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

CONDIS_STRSAFE RtlUnicodeStringInit(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc)
{
    size_t n = 0;
    if (DestinationString == NULL)
        return STATUS_INVALID_PARAMETER;
    while (pszSrc != NULL && n < NTSTRSAFE_UNICODE_STRING_MAX_CCH && pszSrc[n] != 0)
        n++;
    if (n == NTSTRSAFE_UNICODE_STRING_MAX_CCH)
        return STATUS_INVALID_PARAMETER;
    DestinationString->Buffer = (PWCH)(ULONG_PTR)pszSrc;
    DestinationString->Length = (USHORT)(n * sizeof(WCHAR));
    DestinationString->MaximumLength = (USHORT)(pszSrc != NULL ? (n + 1) * sizeof(WCHAR) : 0);
    return STATUS_SUCCESS;
}

CONDIS_STRSAFE RtlUnicodeStringValidate(PCUNICODE_STRING SourceString)
{
    return SourceString == NULL || SourceString->Length % sizeof(WCHAR) != 0 ||
                   SourceString->MaximumLength % sizeof(WCHAR) != 0 ||
                   SourceString->Length > SourceString->MaximumLength ||
                   (SourceString->Buffer == NULL && SourceString->MaximumLength != 0)
               ? STATUS_INVALID_PARAMETER
               : STATUS_SUCCESS;
}

CONDIS_STRSAFE RtlUnicodeStringCopy(PUNICODE_STRING DestinationString,
                                    PCUNICODE_STRING SourceString)
{
    return condis_strsafe_unicode(DestinationString, 0, SourceString->Buffer,
                                  SourceString->Length / sizeof(WCHAR));
}

CONDIS_STRSAFE RtlUnicodeStringCopyString(PUNICODE_STRING DestinationString,
                                          NTSTRSAFE_PCWSTR pszSrc)
{
    return condis_strsafe_unicode(DestinationString, 0, pszSrc, wcslen(pszSrc));
}

CONDIS_STRSAFE RtlUnicodeStringCat(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
    return condis_strsafe_unicode(DestinationString, DestinationString->Length / sizeof(WCHAR),
                                  SourceString->Buffer, SourceString->Length / sizeof(WCHAR));
}

CONDIS_STRSAFE RtlUnicodeStringCatString(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc)
{
    return condis_strsafe_unicode(DestinationString, DestinationString->Length / sizeof(WCHAR),
                                  pszSrc, wcslen(pszSrc));
}

CONDIS_STRSAFE RtlUnicodeStringVPrintf(PUNICODE_STRING DestinationString,
                                       NTSTRSAFE_PCWSTR pszFormat, CONDIS_VA_LIST argList)
{
    size_t room;
    int n;
    NTSTATUS status = RtlUnicodeStringValidate(DestinationString);
    if (!NT_SUCCESS(status))
        return status;
    room = DestinationString->MaximumLength / sizeof(WCHAR);
    n = _vsnwprintf(DestinationString->Buffer, room, pszFormat, argList);
    DestinationString->Length = (USHORT)((n < 0 ? room : (size_t)n) * sizeof(WCHAR));
    return n < 0 ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

CONDIS_STRSAFE RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszFormat,
                                      ...)
{
    va_list args;
    NTSTATUS status;
    va_start(args, pszFormat);
    status = RtlUnicodeStringVPrintf(DestinationString, pszFormat, args);
    va_end(args);
    return status;
}

EXTERN_C_END

#endif
#endif
