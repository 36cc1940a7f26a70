/* crt.h - the C library that ntoskrnl.exe exports. Names that the host's C library has too are
 * cn_nt_ here (exporting an ms_abi memcpy would break the host); a .so driver uses the host's. */
#ifndef CN_NT_CRT_H
#define CN_NT_CRT_H

#include "nt/nt.h"

/* In line in the headers, and exported all the same. */
#undef RtlCopyMemory
#undef RtlMoveMemory
#undef RtlFillMemory
#undef RtlZeroMemory

typedef __builtin_ms_va_list cn_va;
typedef int(NTAPI cn_nt_compare)(const void *, const void *);

void *NTAPI cn_nt_memcpy(void *to, const void *from, size_t n);
void *NTAPI cn_nt_memmove(void *to, const void *from, size_t n);
void *NTAPI cn_nt_memset(void *to, int c, size_t n);
int NTAPI cn_nt_memcmp(const void *a, const void *b, size_t n);
void *NTAPI cn_nt_memchr(const void *s, int c, size_t n);
int NTAPI memcpy_s(void *to, size_t size, const void *from, size_t n);
int NTAPI memmove_s(void *to, size_t size, const void *from, size_t n);
VOID NTAPI RtlCopyMemory(VOID *to, const VOID *from, SIZE_T n);
VOID NTAPI RtlMoveMemory(VOID *to, const VOID *from, SIZE_T n);
VOID NTAPI RtlFillMemory(VOID *to, SIZE_T n, int byte);
VOID NTAPI RtlZeroMemory(VOID *to, SIZE_T n);

size_t NTAPI cn_nt_strlen(const char *s);
size_t NTAPI cn_nt_strnlen(const char *s, size_t most);
int NTAPI cn_nt_strcmp(const char *a, const char *b);
int NTAPI cn_nt_strncmp(const char *a, const char *b, size_t n);
char *NTAPI cn_nt_strcpy(char *to, const char *from);
char *NTAPI cn_nt_strncpy(char *to, const char *from, size_t n);
char *NTAPI cn_nt_strcat(char *to, const char *from);
char *NTAPI cn_nt_strncat(char *to, const char *from, size_t n);
char *NTAPI cn_nt_strchr(const char *s, int c);
char *NTAPI cn_nt_strrchr(const char *s, int c);
char *NTAPI cn_nt_strstr(const char *s, const char *part);
size_t NTAPI cn_nt_strspn(const char *s, const char *set);
int NTAPI strcpy_s(char *to, size_t size, const char *from);
int NTAPI strncpy_s(char *to, size_t size, const char *from, size_t n);
int NTAPI strcat_s(char *to, size_t size, const char *from);
int NTAPI strncat_s(char *to, size_t size, const char *from, size_t n);
int NTAPI _stricmp(const char *a, const char *b);
int NTAPI _strnicmp(const char *a, const char *b, size_t n);
char *NTAPI _strlwr(char *s);
char *NTAPI _strupr(char *s);

size_t NTAPI cn_nt_wcslen(const WCHAR *s);
size_t NTAPI cn_nt_wcsnlen(const WCHAR *s, size_t most);
int NTAPI cn_nt_wcscmp(const WCHAR *a, const WCHAR *b);
int NTAPI cn_nt_wcsncmp(const WCHAR *a, const WCHAR *b, size_t n);
WCHAR *NTAPI cn_nt_wcscpy(WCHAR *to, const WCHAR *from);
WCHAR *NTAPI cn_nt_wcsncpy(WCHAR *to, const WCHAR *from, size_t n);
WCHAR *NTAPI cn_nt_wcscat(WCHAR *to, const WCHAR *from);
WCHAR *NTAPI cn_nt_wcsncat(WCHAR *to, const WCHAR *from, size_t n);
WCHAR *NTAPI cn_nt_wcschr(const WCHAR *s, WCHAR c);
WCHAR *NTAPI cn_nt_wcsrchr(const WCHAR *s, WCHAR c);
WCHAR *NTAPI cn_nt_wcsstr(const WCHAR *s, const WCHAR *part);
size_t NTAPI cn_nt_wcsspn(const WCHAR *s, const WCHAR *set);
int NTAPI wcscpy_s(WCHAR *to, size_t size, const WCHAR *from);
int NTAPI wcsncpy_s(WCHAR *to, size_t size, const WCHAR *from, size_t n);
int NTAPI wcscat_s(WCHAR *to, size_t size, const WCHAR *from);
int NTAPI wcsncat_s(WCHAR *to, size_t size, const WCHAR *from, size_t n);
int NTAPI _wcsicmp(const WCHAR *a, const WCHAR *b);
int NTAPI _wcsnicmp(const WCHAR *a, const WCHAR *b, size_t n);
WCHAR *NTAPI _wcslwr(WCHAR *s);
WCHAR *NTAPI _wcsupr(WCHAR *s);

int NTAPI cn_nt_sprintf(char *to, const char *format, ...);
int NTAPI cn_nt_vsprintf(char *to, const char *format, cn_va args);
int NTAPI cn_nt_swprintf(WCHAR *to, const WCHAR *format, ...);
int NTAPI _snprintf(char *to, size_t n, const char *format, ...);
int NTAPI _vsnprintf(char *to, size_t n, const char *format, cn_va args);
int NTAPI _snwprintf(WCHAR *to, size_t n, const WCHAR *format, ...);
int NTAPI _vsnwprintf(WCHAR *to, size_t n, const WCHAR *format, cn_va args);
int NTAPI sprintf_s(char *to, size_t size, const char *format, ...);
int NTAPI vsprintf_s(char *to, size_t size, const char *format, cn_va args);
int NTAPI swprintf_s(WCHAR *to, size_t size, const WCHAR *format, ...);
int NTAPI vswprintf_s(WCHAR *to, size_t size, const WCHAR *format, cn_va args);
int NTAPI _snprintf_s(char *to, size_t size, size_t n, const char *format, ...);
int NTAPI _vsnprintf_s(char *to, size_t size, size_t n, const char *format, cn_va args);
int NTAPI _snwprintf_s(WCHAR *to, size_t size, size_t n, const WCHAR *format, ...);
int NTAPI _vsnwprintf_s(WCHAR *to, size_t size, size_t n, const WCHAR *format, cn_va args);

int NTAPI cn_nt_atoi(const char *s);
LONG NTAPI cn_nt_atol(const char *s);
LONGLONG NTAPI _atoi64(const char *s);
LONG NTAPI cn_nt_strtol(const char *s, char **end, int base);
ULONG NTAPI cn_nt_strtoul(const char *s, char **end, int base);
int NTAPI cn_nt_abs(int v);
int NTAPI cn_nt_rand(void);
void NTAPI cn_nt_srand(unsigned seed);
void NTAPI cn_nt_qsort(void *base, size_t count, size_t size, cn_nt_compare *compare);
void *NTAPI cn_nt_bsearch(const void *key, const void *base, size_t count, size_t size,
                          cn_nt_compare *compare);
int NTAPI cn_nt_tolower(int c);
int NTAPI cn_nt_toupper(int c);
WCHAR NTAPI cn_nt_towlower(WCHAR c);
WCHAR NTAPI cn_nt_towupper(WCHAR c);
int NTAPI cn_nt_isalpha(int c);
int NTAPI cn_nt_isalnum(int c);
int NTAPI cn_nt_isdigit(int c);
int NTAPI cn_nt_islower(int c);
int NTAPI cn_nt_isprint(int c);
int NTAPI cn_nt_isspace(int c);
int NTAPI cn_nt_isupper(int c);
int NTAPI cn_nt_isxdigit(int c);

#endif
