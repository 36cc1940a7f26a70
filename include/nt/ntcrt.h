/* ntcrt.h - what of the C library the kernel provides. string.h, wchar.h, stdio.h, stdlib.h,
 * ctype.h and memory.h of this folder are this file, because those of the system a driver is built
 * on describe another library: its wide characters have 32 bits, its `long` has 64, and its printf
 * does not know %I64d and %wZ.
 *
 * Images and msvc-elf objects refer to the names as they stand. In a native build a name that the
 * host's C library has too becomes the runtime's symbol, cn_nt_NAME; only the functions on bytes
 * stay the host's, because the compiler knows them and sanitizers check them.
 */
#ifndef CONDIS_NT_NTCRT_H
#define CONDIS_NT_NTCRT_H

#include "ntdef.h"

#ifndef CONDIS_RUNTIME

typedef int errno_t;
#define _TRUNCATE ((size_t)-1)
#define RAND_MAX  0x7fff

#if !defined(_WIN32)
#define wcslen   cn_nt_wcslen
#define wcsnlen  cn_nt_wcsnlen
#define wcscmp   cn_nt_wcscmp
#define wcsncmp  cn_nt_wcsncmp
#define wcscpy   cn_nt_wcscpy
#define wcsncpy  cn_nt_wcsncpy
#define wcscat   cn_nt_wcscat
#define wcsncat  cn_nt_wcsncat
#define wcschr   cn_nt_wcschr
#define wcsrchr  cn_nt_wcsrchr
#define wcsstr   cn_nt_wcsstr
#define wcsspn   cn_nt_wcsspn
#define towlower cn_nt_towlower
#define towupper cn_nt_towupper
#define tolower  cn_nt_tolower
#define toupper  cn_nt_toupper
#define isalpha  cn_nt_isalpha
#define isalnum  cn_nt_isalnum
#define isdigit  cn_nt_isdigit
#define islower  cn_nt_islower
#define isprint  cn_nt_isprint
#define isspace  cn_nt_isspace
#define isupper  cn_nt_isupper
#define isxdigit cn_nt_isxdigit
#define sprintf  cn_nt_sprintf
#define vsprintf cn_nt_vsprintf
#define swprintf cn_nt_swprintf
#define atoi     cn_nt_atoi
#define atol     cn_nt_atol
#define strtol   cn_nt_strtol
#define strtoul  cn_nt_strtoul
#define rand     cn_nt_rand
#define srand    cn_nt_srand
#define qsort    cn_nt_qsort
#define bsearch  cn_nt_bsearch
#endif

EXTERN_C_START

/* Bytes. C++ compares exception specifications with the compiler's own declarations. */
#if defined(__cplusplus) && !defined(_WIN32)
#define CONDIS_NOEXCEPT noexcept
#else
#define CONDIS_NOEXCEPT
#endif
void *memcpy(void *to, const void *from, size_t n) CONDIS_NOEXCEPT;
void *memmove(void *to, const void *from, size_t n) CONDIS_NOEXCEPT;
void *memset(void *to, int byte, size_t n) CONDIS_NOEXCEPT;
int memcmp(const void *a, const void *b, size_t n) CONDIS_NOEXCEPT;
void *memchr(const void *s, int byte, size_t n) CONDIS_NOEXCEPT;
size_t strlen(const char *s) CONDIS_NOEXCEPT;
size_t strnlen(const char *s, size_t most) CONDIS_NOEXCEPT;
int strcmp(const char *a, const char *b) CONDIS_NOEXCEPT;
int strncmp(const char *a, const char *b, size_t n) CONDIS_NOEXCEPT;
char *strcpy(char *to, const char *from) CONDIS_NOEXCEPT;
char *strncpy(char *to, const char *from, size_t n) CONDIS_NOEXCEPT;
char *strcat(char *to, const char *from) CONDIS_NOEXCEPT;
char *strncat(char *to, const char *from, size_t n) CONDIS_NOEXCEPT;
char *strchr(const char *s, int c) CONDIS_NOEXCEPT;
char *strrchr(const char *s, int c) CONDIS_NOEXCEPT;
char *strstr(const char *s, const char *part) CONDIS_NOEXCEPT;
size_t strspn(const char *s, const char *set) CONDIS_NOEXCEPT;
int abs(int value) CONDIS_NOEXCEPT;

/* Wide strings. */
size_t NTAPI wcslen(const WCHAR *s);
size_t NTAPI wcsnlen(const WCHAR *s, size_t most);
int NTAPI wcscmp(const WCHAR *a, const WCHAR *b);
int NTAPI wcsncmp(const WCHAR *a, const WCHAR *b, size_t n);
WCHAR *NTAPI wcscpy(WCHAR *to, const WCHAR *from);
WCHAR *NTAPI wcsncpy(WCHAR *to, const WCHAR *from, size_t n);
WCHAR *NTAPI wcscat(WCHAR *to, const WCHAR *from);
WCHAR *NTAPI wcsncat(WCHAR *to, const WCHAR *from, size_t n);
WCHAR *NTAPI wcschr(const WCHAR *s, WCHAR c);
WCHAR *NTAPI wcsrchr(const WCHAR *s, WCHAR c);
WCHAR *NTAPI wcsstr(const WCHAR *s, const WCHAR *part);
size_t NTAPI wcsspn(const WCHAR *s, const WCHAR *set);
WCHAR NTAPI towlower(WCHAR c);
WCHAR NTAPI towupper(WCHAR c);

/* Characters. */
int NTAPI tolower(int c);
int NTAPI toupper(int c);
int NTAPI isalpha(int c);
int NTAPI isalnum(int c);
int NTAPI isdigit(int c);
int NTAPI islower(int c);
int NTAPI isprint(int c);
int NTAPI isspace(int c);
int NTAPI isupper(int c);
int NTAPI isxdigit(int c);

/* Formatted output. swprintf has no size, as in the kernel. */
int NTAPI sprintf(char *to, const char *format, ...);
int NTAPI vsprintf(char *to, const char *format, CONDIS_VA_LIST args);
int NTAPI swprintf(WCHAR *to, const WCHAR *format, ...);

/* Numbers, searching, sorting. What is compared with is a function of the kernel's convention. */
int NTAPI atoi(const char *s);
LONG NTAPI atol(const char *s);
LONG NTAPI strtol(const char *s, char **end, int base);
ULONG NTAPI strtoul(const char *s, char **end, int base);
int NTAPI rand(void);
void NTAPI srand(unsigned seed);
void NTAPI qsort(void *base, size_t count, size_t size,
                 int(NTAPI *compare)(const void *, const void *));
void *NTAPI bsearch(const void *key, const void *base, size_t count, size_t size,
                    int(NTAPI *compare)(const void *, const void *));

/* Names of Microsoft's library. */
errno_t NTAPI memcpy_s(void *to, size_t size, const void *from, size_t n);
errno_t NTAPI memmove_s(void *to, size_t size, const void *from, size_t n);
errno_t NTAPI strcpy_s(char *to, size_t size, const char *from);
errno_t NTAPI strncpy_s(char *to, size_t size, const char *from, size_t n);
errno_t NTAPI strcat_s(char *to, size_t size, const char *from);
errno_t NTAPI strncat_s(char *to, size_t size, const char *from, size_t n);
errno_t NTAPI wcscpy_s(WCHAR *to, size_t size, const WCHAR *from);
errno_t NTAPI wcsncpy_s(WCHAR *to, size_t size, const WCHAR *from, size_t n);
errno_t NTAPI wcscat_s(WCHAR *to, size_t size, const WCHAR *from);
errno_t NTAPI wcsncat_s(WCHAR *to, size_t size, const WCHAR *from, size_t n);
int NTAPI _stricmp(const char *a, const char *b);
int NTAPI _strnicmp(const char *a, const char *b, size_t n);
char *NTAPI _strlwr(char *s);
char *NTAPI _strupr(char *s);
int NTAPI _wcsicmp(const WCHAR *a, const WCHAR *b);
int NTAPI _wcsnicmp(const WCHAR *a, const WCHAR *b, size_t n);
WCHAR *NTAPI _wcslwr(WCHAR *s);
WCHAR *NTAPI _wcsupr(WCHAR *s);
int NTAPI _snprintf(char *to, size_t n, const char *format, ...);
int NTAPI _vsnprintf(char *to, size_t n, const char *format, CONDIS_VA_LIST args);
int NTAPI _snwprintf(WCHAR *to, size_t n, const WCHAR *format, ...);
int NTAPI _vsnwprintf(WCHAR *to, size_t n, const WCHAR *format, CONDIS_VA_LIST args);
int NTAPI sprintf_s(char *to, size_t size, const char *format, ...);
int NTAPI vsprintf_s(char *to, size_t size, const char *format, CONDIS_VA_LIST args);
int NTAPI swprintf_s(WCHAR *to, size_t size, const WCHAR *format, ...);
int NTAPI vswprintf_s(WCHAR *to, size_t size, const WCHAR *format, CONDIS_VA_LIST args);
int NTAPI _snprintf_s(char *to, size_t size, size_t n, const char *format, ...);
int NTAPI _vsnprintf_s(char *to, size_t size, size_t n, const char *format, CONDIS_VA_LIST args);
int NTAPI _snwprintf_s(WCHAR *to, size_t size, size_t n, const WCHAR *format, ...);
int NTAPI _vsnwprintf_s(WCHAR *to, size_t size, size_t n, const WCHAR *format, CONDIS_VA_LIST args);
LONGLONG NTAPI _atoi64(const char *s);

EXTERN_C_END

#endif
#endif
