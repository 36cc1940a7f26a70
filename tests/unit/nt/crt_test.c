/* crt_test.c - the C library for drivers: strings, numbers, and the formatter in both widths. */
#include "nt_kit.h"

#include "nt/crt.h"

static const char *wide(const WCHAR *s)
{
    UNICODE_STRING u;
    RtlInitUnicodeString(&u, s);
    return utf8(&u);
}

TEST(memory_functions_work_on_overlap_and_compare_by_sign)
{
    char b[] = "abcdef";
    cn_nt_memcpy(b + 1, b, 4);
    CN_STREQ(b, "aabcdf");
    CN_EQ(cn_nt_memcmp("a", "c", 1), -1);
    CN_EQ(cn_nt_memcmp("c", "a", 1), 1);
    CN_OK(cn_nt_memchr(b, 'c', 6) == b + 3);
    CN_EQ(memcpy_s(b, 3, "xyz!", 4), 34);
    CN_EQ(b[0], 0);
    CN_EQ(memmove_s(b, 3, NULL, 1), 22);
    CN_EQ(memmove_s(b, 3, "xy", 2), 0);
    RtlFillMemory(b, 2, 'q');
    RtlZeroMemory(b + 2, 1);
    CN_STREQ(b, "qq");
}

TEST(strings_of_both_widths)
{
    WCHAR w[16];
    char c[16];
    CN_EQ(cn_nt_wcslen(L"abc"), 3);
    CN_EQ(cn_nt_wcsnlen(L"abc", 2), 2);
    CN_STREQ(wide(cn_nt_wcscpy(w, L"ab")), "ab");
    CN_STREQ(wide(cn_nt_wcscat(w, L"cd")), "abcd");
    CN_STREQ(wide(cn_nt_wcsncat(w, L"efgh", 2)), "abcdef");
    CN_OK(cn_nt_wcsstr(w, L"cde") == w + 2 && cn_nt_wcsstr(w, L"x") == NULL);
    CN_OK(cn_nt_wcschr(w, 'f') == w + 5 && cn_nt_wcschr(w, 0) == w + 6);
    CN_OK(cn_nt_wcsrchr(L"aXa", 'z') == NULL && *cn_nt_wcsrchr(L"aXab", 'a') == 'a');
    CN_EQ(cn_nt_wcscmp(L"a", L"b"), -1);
    CN_EQ(cn_nt_strcmp("\xFF", "a"), 1);
    CN_EQ(_wcsicmp(L"ABC", L"abc"), 0);
    CN_EQ(_stricmp("ABC", "abd"), -1);
    CN_EQ(_strnicmp("ABx", "aby", 2), 0);
    CN_EQ(cn_nt_strspn("aabc", "ba"), 3);
    cn_nt_strncpy(c, "ab", 5);
    CN_EQ(memcmp(c, "ab\0\0\0", 5), 0);
    CN_STREQ(_strupr(c), "AB");
    CN_STREQ(wide(_wcslwr(cn_nt_wcscpy(w, L"AB"))), "ab");
}

TEST(secure_copies_end_and_tell)
{
    char c[4];
    CN_EQ(strcpy_s(c, 4, "abc"), 0);
    CN_EQ(strcpy_s(c, 4, "abcd"), 34);
    CN_STREQ(c, "");
    CN_EQ(strcpy_s(c, 4, NULL), 22);
    CN_EQ(strcpy_s(NULL, 4, "a"), 22);
    CN_EQ(strncpy_s(c, 4, "abcdef", 3), 0);
    CN_STREQ(c, "abc");
    CN_EQ(strncpy_s(c, 4, "abcdef", SIZE_MAX), 80);
    CN_STREQ(c, "abc");
    CN_EQ(strcat_s(c, 4, "d"), 34);
    CN_STREQ(c, "");
    CN_EQ(strcat_s(c, 4, "d"), 0);
    CN_EQ(strncat_s(c, 4, "efgh", SIZE_MAX), 80);
    CN_STREQ(c, "def");
    memset(c, 'x', 4);
    CN_EQ(strcat_s(c, 4, "d"), 22);
    WCHAR w[4];
    CN_EQ(wcscpy_s(w, 4, L"abcd"), 34);
    CN_EQ(wcscpy_s(w, 4, L"abc"), 0);
}

static int NTAPI by_value(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

TEST(numbers_have_32_bits_and_sorting_calls_back)
{
    int v[] = {5, 1, 4, 2, 3}, key = 4, none = 9;
    CN_EQ(cn_nt_atoi(" -42x"), -42);
    CN_EQ(cn_nt_atol("99999999999"), INT32_MAX);
    CN_EQ(cn_nt_strtol("-99999999999", NULL, 10), INT32_MIN);
    CN_EQ(cn_nt_strtoul("0xFFFFFFFF", NULL, 16), UINT32_MAX);
    CN_EQ(_atoi64("99999999999"), 99999999999);
    cn_nt_qsort(v, 5, sizeof(v[0]), by_value);
    for (int i = 0; i < 5; i++)
        CN_EQ(v[i], i + 1);
    CN_OK(cn_nt_bsearch(&key, v, 5, sizeof(v[0]), by_value) == &v[3]);
    CN_OK(cn_nt_bsearch(&none, v, 5, sizeof(v[0]), by_value) == NULL);
    cn_nt_qsort(v, 0, sizeof(v[0]), by_value);
    cn_nt_srand(1);
    int first = cn_nt_rand();
    cn_nt_srand(1);
    CN_EQ(cn_nt_rand(), first);
    CN_OK(cn_nt_isspace('\t') && !cn_nt_isspace(300) && cn_nt_isxdigit('f') && !cn_nt_isalpha(-1));
}

#define FORMAT(want, ...)                                                                          \
    do {                                                                                           \
        char out_[200];                                                                            \
        CN_EQ(_snprintf(out_, sizeof(out_), __VA_ARGS__), sizeof(want) - 1);                       \
        CN_STREQ(out_, want);                                                                      \
    } while (0)

TEST(integers_are_formatted_with_every_flag)
{
    FORMAT("42 -42 42", "%d %i %u", 42, -42, 42);
    FORMAT("   42|42   |00042|+42| 42", "%5d|%-5d|%05d|%+d|% d", 42, 42, 42, 42, 42);
    FORMAT("ff FF 0xff 0XFF 010", "%x %X %#x %#X %#o", 255, 255, 255, 255, 8);
    FORMAT("-1 4294967295 ffffffff", "%ld %lu %lx", -1LL, -1LL, -1LL);
    FORMAT("-5000000000 12a05f200", "%I64d %I64x", -5000000000, 5000000000);
    FORMAT("18446744073709551615 1 -2", "%llu %I32d %Id", UINT64_MAX, 1, -2LL);
    FORMAT("-1 255 -1 65535", "%hhd %hhu %hd %hu", 255, 255, 65535, 65535);
    FORMAT("  007|7  |", "%5.3d|%-3.0d|%.0d", 7, 7, 0);
    FORMAT("000000000000ABCD", "%p", (void *)0xABCD);
    FORMAT("0 -2147483648", "%d %d", 0, INT32_MIN);
    FORMAT("  3|3  |02", "%*d|%*d|%.*d", 3, 3, -3, 3, 2, 2);
}

TEST(strings_are_formatted_in_both_widths_and_counted)
{
    ANSI_STRING a;
    RtlInitAnsiString(&a, "ansi");
    FORMAT("n W w h", "%s %S %ws %hs", "n", L"W", L"w", "h");
    FORMAT("ansi unicode an", "%Z %wZ %.2Z", &a, U("unicode"), &a);
    FORMAT("(null) (null) (null)", "%s %ws %wZ", (char *)NULL, (WCHAR *)NULL, (void *)NULL);
    FORMAT("   ab|ab   |a", "%5s|%-5s|%.1s", "ab", "ab", "ab");
    FORMAT("c W %", "%c %C %%", 'c', L'W');
    FORMAT("?", "%ws", L"\x4E2D");
    FORMAT("y", "%y", 1);
    FORMAT("1.500000 2.50 1e+10", "%f %.2f %g", 1.5, 2.5, 1e10);
    WCHAR w[64];
    CN_EQ(_snwprintf(w, 64, L"%s %S %hs %ls %wZ %d", L"w", "n", "h", L"l", U("u"), 5), 11);
    CN_STREQ(wide(w), "w n h l u 5");
    CN_EQ(cn_nt_swprintf(w, L"%c%C", L'a', 'b'), 2);
}

TEST(each_family_ends_in_its_own_way)
{
    char c[4];
    CN_EQ(_snprintf(c, 4, "abc"), 3);
    CN_EQ(c[3], 0);
    memset(c, 'z', 4);
    CN_EQ(_snprintf(c, 3, "abc"), 3);
    CN_EQ(c[3], 'z');
    CN_EQ(_snprintf(c, 3, "abcd"), -1);
    CN_EQ(c[3], 'z');
    CN_EQ(_snprintf(NULL, 0, "abcd"), 4);
    CN_EQ(sprintf_s(c, 4, "abc"), 3);
    CN_EQ(sprintf_s(c, 4, "abcd"), -1);
    CN_STREQ(c, "");
    CN_EQ(_snprintf_s(c, 4, SIZE_MAX, "abcd"), -1);
    CN_STREQ(c, "abc");
    CN_EQ(_snprintf_s(c, 4, 2, "abcd"), -1);
    CN_STREQ(c, "ab");
    CN_EQ(sprintf_s(NULL, 4, "a"), -1);
    CN_EQ(_snprintf(c, 4, "%n", (int *)c), -1);
    CN_EQ(cn_nt_sprintf(c, "%s", "ab"), 2);
    WCHAR w[3];
    CN_EQ(swprintf_s(w, 3, L"abc"), -1);
    CN_EQ(w[0], 0);
}

TEST(hostile_formats_end)
{
    char c[16];
    CN_EQ(_snprintf(c, 16, "%"), 0);
    CN_EQ(_snprintf(c, 16, "%-+ #0"), 0);
    CN_EQ(_snprintf(c, 16, "%999999999d", 1), -1);
    CN_EQ(_snprintf(c, 16, "%.999999999d", 1), -1);
    CN_EQ(_snprintf(c, 16, "%*d", INT32_MIN, 1), 1);
    CN_EQ(_snprintf(c, 16, "%.99999f", 1.0), -1);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
