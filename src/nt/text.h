/* text.h - strings that come from drivers, and strings made for them. */
#ifndef CN_NT_TEXT_H
#define CN_NT_TEXT_H

#include "nt/nt.h"

/* A driver's string as UTF-8. False when it cannot be read (which breaks HOST-005; what names the
 * parameter) or does not fit. NULL and empty strings give "". */
bool cn_nt_utf8(PCUNICODE_STRING s, char *out, size_t size, const char *what);
/* The same for a NUL-terminated string. */
bool cn_nt_wide_utf8(const WCHAR *s, char *out, size_t size, const char *what);
/* Fills a UNICODE_STRING with a fresh block that RtlFreeUnicodeString frees. */
NTSTATUS cn_nt_string_new(UNICODE_STRING *s, const char *utf8, const void *place);

/* One character in the other case: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic. */
WCHAR cn_nt_upcase(WCHAR c);
WCHAR cn_nt_downcase(WCHAR c);

#endif
