/* strings.c - uses the kernel's C library and the safe string functions and checks what they
 * return. In a native module each of these must be the kernel's: with 16-bit characters, a 32-bit
 * long, and formats of Windows. */
#include <ntddk.h>
#include <ntstrsafe.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

DRIVER_INITIALIZE DriverEntry;

static ULONG checks, failures;

static void check(BOOLEAN good, PCSTR what, ULONG line)
{
    checks++;
    failures += !good;
    if (!good)
        DbgPrint("strings.c:%lu: %s is false\n", line, what);
}
#define CHECK(e) check((BOOLEAN)((e) != 0), #e, __LINE__)
#define IS(a, b) CHECK(wcscmp(a, b) == 0)

/* The compiler must not know what a pointer points to, or it answers itself. */
static PCWSTR w(PCWSTR s)
{
    __asm__ volatile("" : "+r"(s));
    return s;
}

static void wide(void)
{
    WCHAR buffer[32];
    CHECK(sizeof(wchar_t) == 2 && sizeof(WCHAR) == 2);
    CHECK(wcslen(w(L"condis")) == 6);
    CHECK(wcsnlen(w(L"condis"), 4) == 4 && wcsnlen(w(L"co"), 4) == 2);
    CHECK(wcscmp(w(L"a"), w(L"b")) < 0 && wcscmp(w(L"b"), w(L"a")) > 0 &&
          wcscmp(w(L"a"), w(L"a")) == 0);
    CHECK(wcscmp(w(L"\x8000"), w(L"a")) > 0);
    CHECK(wcsncmp(w(L"abc"), w(L"abd"), 2) == 0 && wcsncmp(w(L"abc"), w(L"abd"), 3) < 0);
    CHECK(wcscpy(buffer, w(L"call")) == buffer);
    IS(buffer, L"call");
    CHECK(wcscat(buffer, w(L" manager")) == buffer);
    IS(buffer, L"call manager");
    CHECK(wcsncat(buffer, w(L"!?"), 1) == buffer);
    IS(buffer, L"call manager!");
    RtlFillMemory(buffer, sizeof(buffer), 0x55);
    CHECK(wcsncpy(buffer, w(L"vc"), 4) == buffer);
    CHECK(buffer[2] == 0 && buffer[3] == 0 && buffer[4] == 0x5555);
    wcscpy(buffer, w(L"call manager"));
    CHECK(wcschr(buffer, L'm') == buffer + 5 && wcschr(buffer, L'x') == NULL);
    CHECK(wcschr(buffer, 0) == buffer + 12);
    CHECK(wcsrchr(buffer, L'a') == buffer + 8);
    CHECK(wcsstr(buffer, w(L"man")) == buffer + 5 && wcsstr(buffer, w(L"men")) == NULL);
    CHECK(wcsspn(buffer, w(L"acl")) == 4);
    CHECK(_wcsicmp(w(L"CoNDIS"), w(L"condis")) == 0 && _wcsicmp(w(L"a"), w(L"B")) < 0);
    CHECK(_wcsicmp(w(L"\xC4"), w(L"\xE4")) == 0);
    CHECK(_wcsnicmp(w(L"CoNDIS"), w(L"conXXX"), 3) == 0);
    IS(_wcsupr(buffer), L"CALL MANAGER");
    IS(_wcslwr(buffer), L"call manager");
    CHECK(towupper(L'\xE4') == L'\xC4' && towlower(L'A') == L'a');
    CHECK(wcscpy_s(buffer, 4, w(L"abcd")) != 0 && buffer[0] == 0);
    CHECK(wcscpy_s(buffer, 5, w(L"abcd")) == 0 && wcscat_s(buffer, 32, w(L"ef")) == 0);
    IS(buffer, L"abcdef");
    CHECK(wcsncpy_s(buffer, 3, w(L"abcd"), _TRUNCATE) == 80);
    IS(buffer, L"ab");
    CHECK(wcsncat_s(buffer, 32, w(L"cdef"), 2) == 0);
    IS(buffer, L"abcd");
}

/* Only with the kernel's convention can a list of arguments go to the kernel. */
static int __cdecl print_list(WCHAR *to, size_t size, const WCHAR *format, ...)
{
    va_list args, again;
    int n, m;
    WCHAR other[64];
    va_start(args, format);
    va_copy(again, args);
    n = _vsnwprintf(to, size, format, args);
    m = vswprintf_s(other, 64, format, again);
    va_end(again);
    va_end(args);
    return n == m && wcscmp(to, other) == 0 ? n : -2;
}

static void formatted(void)
{
    WCHAR buffer[64];
    char bytes[64];
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\x");
    ANSI_STRING narrow = RTL_CONSTANT_STRING("abc");
    LARGE_INTEGER big;
    big.QuadPart = -5000000000;
    CHECK(swprintf(buffer, L"%d %s %S", 7, L"wide", "narrow") == 13);
    IS(buffer, L"7 wide narrow");
    CHECK(_snwprintf(buffer, 64, L"%wZ %Z", &name, &narrow) == 13);
    IS(buffer, L"\\Device\\x abc");
    CHECK(_snwprintf(buffer, 3, L"%s", L"abcd") == -1);
    CHECK(swprintf_s(buffer, 64, L"%I64d %x", big.QuadPart, 255) == 14);
    IS(buffer, L"-5000000000 ff");
    CHECK(print_list(buffer, 64, L"%ls|%hs|%c|%5.2lu|%p", L"w", "n", 'c', (ULONG)3, (PVOID)16) ==
          28);
    IS(buffer, L"w|n|c|   03|0000000000000010");
    CHECK(sprintf(bytes, "%lu %ws %I64u", (ULONG)4294967295u, L"wide", (ULONG64)1 << 40) == 29);
    CHECK(strcmp(bytes, "4294967295 wide 1099511627776") == 0);
    CHECK(_snprintf(bytes, 4, "%s", "abcd") == 4 && bytes[3] == 'd');
    CHECK(sprintf_s(bytes, sizeof(bytes), "%wZ", &name) == 9);
    CHECK(strcmp(bytes, "\\Device\\x") == 0);
    CHECK(_snprintf_s(bytes, 8, _TRUNCATE, "%s", "abcdefghij") == -1);
    CHECK(strcmp(bytes, "abcdefg") == 0);
    CHECK(_snwprintf_s(buffer, 64, 2, L"%s", L"abc") == -1);
    IS(buffer, L"ab");
}

static int __cdecl by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void narrow(void)
{
    char bytes[32];
    int numbers[] = {5, 3, 9, 1}, key = 9;
    CHECK(_stricmp("CoNDIS", "condis") == 0 && _strnicmp("abX", "ABy", 2) == 0);
    CHECK(strcpy_s(bytes, sizeof(bytes), "Abc") == 0 && strcat_s(bytes, sizeof(bytes), "d") == 0);
    CHECK(strcmp(_strupr(bytes), "ABCD") == 0 && strcmp(_strlwr(bytes), "abcd") == 0);
    CHECK(strncpy_s(bytes, 3, "abcd", _TRUNCATE) == 80 && strcmp(bytes, "ab") == 0);
    CHECK(strncat_s(bytes, sizeof(bytes), "cde", 1) == 0 && strlen(bytes) == 3);
    CHECK(memcpy_s(bytes, 2, "abc", 3) != 0 && memmove_s(bytes, 3, "xyz", 3) == 0);
    CHECK(memcmp(bytes, "xyz", 3) == 0 && memchr(bytes, 'z', 3) == bytes + 2);
    CHECK(strnlen("abc", 2) == 2 && strspn("aab", "a") == 2 && strstr("abc", "bc") != NULL);
    CHECK(atoi("-12") == -12 && atol("34") == 34);
    qsort(numbers, 4, sizeof(int), by_number);
    CHECK(numbers[0] == 1 && numbers[1] == 3 && numbers[2] == 5 && numbers[3] == 9);
    CHECK(bsearch(&key, numbers, 4, sizeof(int), by_number) == &numbers[3]);
    srand(1);
    CHECK(rand() == 16838);
    CHECK(tolower('A') == 'a' && toupper('z') == 'Z' && isdigit('5') && isspace('\t'));
    CHECK(isxdigit('f') && isupper('F') && islower('f') && isprint(' '));
#if CONDIS_ELF
    /* On Windows these come from a library that is linked to the driver. */
    char *end;
    CHECK(strtol("99999999999", &end, 10) == 0x7FFFFFFF && *end == 0);
    CHECK(strtoul("0xFFFFFFFFF", NULL, 16) == 0xFFFFFFFF && _atoi64("5000000000") == 5000000000);
    CHECK(isalpha('a') && !isalpha('5') && isalnum('0') && abs(-3) == 3);
#endif
}

static void safe(void)
{
    WCHAR buffer[16], storage[8];
    char bytes[16], *end;
    size_t length, left;
    UNICODE_STRING string = {0, sizeof(storage), storage}, source = {0, 0, NULL};
    CHECK(RtlStringCbCopyW(buffer, sizeof(buffer), w(L"condis")) == STATUS_SUCCESS);
    CHECK(RtlStringCbCatW(buffer, sizeof(buffer), w(L" wan")) == STATUS_SUCCESS);
    IS(buffer, L"condis wan");
    CHECK(RtlStringCchCatW(buffer, 16, w(L" miniport")) == STATUS_BUFFER_OVERFLOW);
    IS(buffer, L"condis wan mini");
    CHECK(RtlStringCchLengthW(buffer, 16, &length) == STATUS_SUCCESS && length == 15);
    CHECK(RtlStringCbLengthW(buffer, 30, &length) == STATUS_INVALID_PARAMETER && length == 0);
    CHECK(RtlStringCbPrintfW(buffer, sizeof(buffer), L"%s %u", L"vc", 12) == STATUS_SUCCESS);
    IS(buffer, L"vc 12");
    CHECK(RtlStringCchPrintfW(buffer, 4, L"%s %u", L"vc", 12) == STATUS_BUFFER_OVERFLOW);
    IS(buffer, L"vc ");
    CHECK(RtlStringCchCopyNW(buffer, 16, w(L"abcdef"), 3) == STATUS_SUCCESS);
    IS(buffer, L"abc");
    CHECK(RtlStringCbCatNW(buffer, sizeof(buffer), w(L"defg"), 4) == STATUS_SUCCESS);
    IS(buffer, L"abcde");
    CHECK(RtlStringCchCopyW(buffer, 0, w(L"")) == STATUS_INVALID_PARAMETER);
    CHECK(RtlStringCbCopyA(bytes, sizeof(bytes), "abc") == STATUS_SUCCESS &&
          strcmp(bytes, "abc") == 0);
    CHECK(RtlStringCchPrintfA(bytes, 16, "%ws-%d", L"af", 3) == STATUS_SUCCESS &&
          strcmp(bytes, "af-3") == 0);
    CHECK(RtlStringCbPrintfExA(bytes, 16, &end, &left, 0, "%d", 42) == STATUS_SUCCESS);
    CHECK(end == bytes + 2 && left == 14);
    CHECK(RtlStringCbCopyExA(bytes, 4, "abcd", &end, &left, STRSAFE_NO_TRUNCATION) ==
          STATUS_BUFFER_OVERFLOW);
    CHECK(bytes[0] == 0 && end == bytes && left == 4);
    CHECK(RtlStringCchCopyExA(bytes, 16, NULL, NULL, NULL, STRSAFE_IGNORE_NULLS) == STATUS_SUCCESS);
    CHECK(RtlStringCbCopyExA(bytes, 16, "a", NULL, NULL, STRSAFE_FILL_BYTE(7)) == STATUS_SUCCESS);
    CHECK(bytes[1] == 0 && bytes[2] == 7 && bytes[15] == 7);
    CHECK(RtlStringCbCatExA(bytes, 4, "bcde", &end, NULL, STRSAFE_NO_TRUNCATION) ==
          STATUS_BUFFER_OVERFLOW);
    CHECK(strcmp(bytes, "a") == 0 && end == bytes + 1);
    CHECK(RtlUnicodeStringCopyString(&string, w(L"abc")) == STATUS_SUCCESS && string.Length == 6);
    CHECK(RtlUnicodeStringInit(&source, w(L"defghi")) == STATUS_SUCCESS && source.Length == 12);
    CHECK(RtlUnicodeStringCat(&string, &source) == STATUS_BUFFER_OVERFLOW && string.Length == 16);
    CHECK(storage[7] == L'h');
    CHECK(RtlUnicodeStringPrintf(&string, L"%u", 77) == STATUS_SUCCESS && string.Length == 4);
    CHECK(RtlUnicodeStringPrintf(&string, L"%s", L"123456789") == STATUS_BUFFER_OVERFLOW);
    CHECK(string.Length == 16 && RtlUnicodeStringValidate(&string) == STATUS_SUCCESS);
}

static VOID NTAPI unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    driver->DriverUnload = unload;
    wide();
    formatted();
    narrow();
    safe();
    DbgPrint("%lu checks, %lu failed\n", checks, failures);
    return STATUS_SUCCESS;
}
