/* format.h - printf as Windows does it: the format rules of DbgPrint, _snprintf and _snwprintf. */
#ifndef CN_NT_FORMAT_H
#define CN_NT_FORMAT_H

#include "nt/nt.h"

/* Where characters go. units counts what the whole text needs; only what fits is stored, without a
 * NUL. */
struct cn_nt_out {
    void *buffer;    /* char or WCHAR */
    size_t capacity; /* in units */
    size_t units;
    bool wide;
};

/* The arguments are those of an ms_abi function. A format whose own units are WCHARs is `wide`.
 * False for %n, which is refused, and what follows it is not formatted. */
bool cn_nt_format(struct cn_nt_out *out, const void *format, bool wide, __builtin_ms_va_list args);

#endif
