/* rtl_string_test.c - counted strings and conversions. */
#include "nt_kit.h"

#include "nt/text.h"

TEST(initialising_counts_without_the_nul)
{
    UNICODE_STRING u;
    ANSI_STRING a;
    RtlInitUnicodeString(&u, L"abc");
    CN_EQ(u.Length, 6);
    CN_EQ(u.MaximumLength, 8);
    RtlInitUnicodeString(&u, NULL);
    CN_OK(u.Length == 0 && u.MaximumLength == 0 && u.Buffer == NULL);
    RtlInitUnicodeString(&u, L"");
    CN_OK(u.Length == 0 && u.MaximumLength == 2);
    RtlInitAnsiString(&a, "abcd");
    CN_OK(a.Length == 4 && a.MaximumLength == 5);
    RtlInitString(&a, NULL);
    CN_OK(a.Length == 0 && a.Buffer == NULL);
}

TEST(a_string_longer_than_a_count_is_cut_or_refused)
{
    static WCHAR big[40000];
    UNICODE_STRING u;
    for (size_t i = 0; i < CN_ARRAY_SIZE(big) - 1; i++)
        big[i] = 'x';
    RtlInitUnicodeString(&u, big);
    CN_EQ(u.Length, 0xFFFC);
    CN_EQ(RtlInitUnicodeStringEx(&u, big), STATUS_NAME_TOO_LONG);
    CN_EQ(RtlInitUnicodeStringEx(&u, L"a"), 0);
}

TEST(copying_cuts_at_the_room)
{
    WCHAR buf[4];
    UNICODE_STRING d = {0, 6, buf};
    RtlCopyUnicodeString(&d, U("abcdef"));
    CN_STREQ(utf8(&d), "abc");
    RtlCopyUnicodeString(&d, U("ab"));
    CN_STREQ(utf8(&d), "ab");
    CN_EQ(buf[2], 0);
    RtlCopyUnicodeString(&d, NULL);
    CN_EQ(d.Length, 0);
    char narrow[3];
    STRING s, n = {0, 3, narrow};
    RtlInitString(&s, "wxyz");
    RtlCopyString(&n, &s);
    CN_EQ(n.Length, 3);
}

TEST(appending_refuses_what_does_not_fit_and_changes_nothing)
{
    WCHAR buf[5];
    UNICODE_STRING d = {0, sizeof(buf), buf};
    CN_EQ(RtlAppendUnicodeToString(&d, L"abc"), 0);
    CN_EQ(RtlAppendUnicodeStringToString(&d, U("xyz")), STATUS_BUFFER_TOO_SMALL);
    CN_STREQ(utf8(&d), "abc");
    CN_EQ(RtlAppendUnicodeStringToString(&d, U("de")), 0);
    CN_STREQ(utf8(&d), "abcde");
    CN_EQ(RtlAppendUnicodeToString(&d, NULL), 0);
    CN_EQ(RtlAppendUnicodeToString(&d, L"f"), STATUS_BUFFER_TOO_SMALL);
}

TEST(comparison_orders_and_folds_case)
{
    CN_OK(RtlEqualUnicodeString(U("Wan"), U("wAN"), TRUE));
    CN_OK(!RtlEqualUnicodeString(U("Wan"), U("wAN"), FALSE));
    CN_OK(!RtlEqualUnicodeString(U("Wan"), U("Wan1"), TRUE));
    CN_OK(RtlCompareUnicodeString(U("a"), U("b"), FALSE) < 0);
    CN_OK(RtlCompareUnicodeString(U("ab"), U("a"), FALSE) > 0);
    CN_EQ(RtlCompareUnicodeString(U(""), U(""), TRUE), 0);
    UNICODE_STRING cut = {2, 4, (WCHAR *)L"ax"};
    CN_OK(RtlCompareUnicodeString(U("ab"), &cut, FALSE) > 0);
    CN_OK(RtlPrefixUnicodeString(U("\\dev"), U("\\Device"), TRUE));
    CN_OK(!RtlPrefixUnicodeString(U("\\dev"), U("\\Device"), FALSE));
    CN_OK(!RtlPrefixUnicodeString(U("abc"), U("ab"), FALSE));
    CN_EQ(RtlCompareUnicodeStrings(L"A", 1, L"a", 1, TRUE), 0);
    STRING a, b;
    RtlInitString(&a, "Abc");
    RtlInitString(&b, "aBCd");
    CN_OK(RtlPrefixString(&a, &b, TRUE));
    CN_OK(!RtlEqualString(&a, &b, TRUE));
    CN_OK(RtlCompareString(&a, &b, TRUE) < 0);
}

TEST(every_letter_with_two_cases_goes_there_and_back)
{
    for (unsigned c = 0; c < 0x10000; c++) {
        WCHAR up = cn_nt_upcase((WCHAR)c), down = cn_nt_downcase((WCHAR)c);
        CN_EQ(cn_nt_upcase(up), up);
        if (up != c)
            CN_EQ(cn_nt_downcase(up), c);
        if (down != c)
            CN_EQ(cn_nt_upcase(down), c);
    }
    CN_EQ(RtlUpcaseUnicodeChar(0xE9), 0xC9);
    CN_EQ(RtlUpcaseUnicodeChar(0xF7), 0xF7);
    CN_EQ(RtlUpcaseUnicodeChar(0x444), 0x424);
    CN_EQ(RtlDowncaseUnicodeChar('Z'), 'z');
    CN_EQ(RtlUpperChar('q'), 'Q');
}

TEST(case_changes_into_place_or_a_fresh_block)
{
    WCHAR buf[4];
    UNICODE_STRING d = {0, 6, buf};
    kit_start();
    CN_EQ(RtlUpcaseUnicodeString(&d, U("aBc"), FALSE), 0);
    CN_STREQ(utf8(&d), "ABC");
    CN_EQ(RtlUpcaseUnicodeString(&d, U("aBcd"), FALSE), STATUS_BUFFER_OVERFLOW);
    CN_EQ(RtlDowncaseUnicodeString(&d, U("ABCD"), TRUE), 0);
    CN_STREQ(utf8(&d), "abcd");
    RtlFreeUnicodeString(&d);
    CN_OK(d.Buffer == NULL);
    RtlFreeUnicodeString(&d);
    CN_EQ(cn_pool_live(driver), 0);
    BROKE_NOTHING();
}

TEST(ansi_and_unicode_convert_both_ways)
{
    UNICODE_STRING u;
    ANSI_STRING a, back;
    kit_start();
    RtlInitAnsiString(&a, "a\xE9z");
    CN_EQ(RtlAnsiStringToUnicodeString(&u, &a, TRUE), 0);
    CN_EQ(u.Buffer[1], 0xE9);
    CN_EQ(u.Buffer[3], 0);
    CN_EQ(RtlUnicodeStringToAnsiString(&back, &u, TRUE), 0);
    CN_STREQ(back.Buffer, "a\xE9z");
    RtlFreeAnsiString(&back);
    char small[2];
    back = (ANSI_STRING){0, 2, small};
    CN_EQ(RtlUnicodeStringToAnsiString(&back, &u, FALSE), STATUS_BUFFER_OVERFLOW);
    RtlFreeUnicodeString(&u);
    CN_EQ(RtlUnicodeStringToAnsiString(&back, U("\x4E2D"), FALSE), 0);
    CN_EQ(small[0], '?');
    ULONG n;
    WCHAR wide[2];
    CN_EQ(RtlMultiByteToUnicodeN(wide, sizeof(wide), &n, "xyz", 3), 0);
    CN_EQ(n, 4);
    CN_EQ(RtlUnicodeToMultiByteN(small, 1, &n, L"xyz", 6), 0);
    CN_EQ(n, 1);
    CN_EQ(RtlUnicodeToMultiByteSize(&n, L"xyz", 6), 0);
    CN_EQ(n, 3);
    CN_EQ(cn_pool_live(driver), 0);
    BROKE_NOTHING();
}

TEST(conversion_is_for_PASSIVE_LEVEL)
{
    ANSI_STRING a;
    UNICODE_STRING u;
    kit_start();
    RtlInitAnsiString(&a, "a");
    uint8_t old = cn_irql_raise(DISPATCH_LEVEL);
    RtlAnsiStringToUnicodeString(&u, &a, TRUE);
    cn_irql_lower(old);
    BROKE(CN_IRQL_001);
    RtlFreeUnicodeString(&u);
}

TEST(a_string_is_duplicated_with_or_without_its_end)
{
    UNICODE_STRING d;
    kit_start();
    CN_EQ(RtlDuplicateUnicodeString(1, U("ab"), &d), 0);
    CN_OK(d.MaximumLength == 6 && d.Buffer[2] == 0);
    RtlFreeUnicodeString(&d);
    CN_EQ(RtlDuplicateUnicodeString(0, U(""), &d), 0);
    CN_OK(d.Buffer == NULL);
    CN_EQ(RtlDuplicateUnicodeString(3, U(""), &d), 0);
    RtlFreeUnicodeString(&d);
    CN_EQ(RtlDuplicateUnicodeString(2, U("a"), &d), STATUS_INVALID_PARAMETER);
    CN_EQ(RtlDuplicateUnicodeString(4, U("a"), &d), STATUS_INVALID_PARAMETER);
}

TEST(integers_convert_in_every_base)
{
    WCHAR buf[34];
    UNICODE_STRING s = {0, sizeof(buf), buf};
    ULONG v;
    kit_start();
    CN_EQ(RtlIntegerToUnicodeString(0, 0, &s), 0);
    CN_STREQ(utf8(&s), "0");
    CN_EQ(RtlIntegerToUnicodeString(0xDEADBEEF, 16, &s), 0);
    CN_STREQ(utf8(&s), "DEADBEEF");
    CN_EQ(RtlIntegerToUnicodeString(UINT32_MAX, 2, &s), 0);
    CN_EQ(s.Length, 64);
    CN_EQ(RtlInt64ToUnicodeString(UINT64_MAX, 10, &s), 0);
    CN_STREQ(utf8(&s), "18446744073709551615");
    CN_EQ(RtlIntegerToUnicodeString(1, 7, &s), STATUS_INVALID_PARAMETER);
    s.MaximumLength = 2;
    CN_EQ(RtlIntegerToUnicodeString(10, 10, &s), STATUS_BUFFER_OVERFLOW);
    const struct {
        const char *text;
        ULONG base, value;
    } good[] = {{"42", 0, 42},   {" -7", 10, (ULONG)-7}, {"0x1fG", 0, 0x1F},
                {"0b101", 0, 5}, {"0o17", 0, 15},        {"", 10, 0},
                {"ff", 16, 255}, {"12ab", 10, 12},       {"+3", 0, 3}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(good); i++) {
        CN_EQ(RtlCharToInteger(good[i].text, good[i].base, &v), 0);
        CN_EQ(v, good[i].value);
    }
    CN_EQ(RtlUnicodeStringToInteger(U("1F"), 16, &v), 0);
    CN_EQ(v, 0x1F);
    CN_EQ(RtlUnicodeStringToInteger(U("1"), 3, &v), STATUS_INVALID_PARAMETER);
}

TEST(guids_convert_both_ways_and_bad_ones_are_refused)
{
    static const GUID g = {0x01234567, 0x89AB, 0xCDEF, {1, 2, 3, 4, 5, 6, 7, 0xFE}};
    GUID back;
    UNICODE_STRING s;
    kit_start();
    CN_EQ(RtlStringFromGUID(&g, &s), 0);
    CN_STREQ(utf8(&s), "{01234567-89AB-CDEF-0102-0304050607FE}");
    CN_EQ(RtlGUIDFromString(&s, &back), 0);
    CN_EQ(memcmp(&g, &back, sizeof(g)), 0);
    for (size_t i = 0; i < 38; i++) {
        WCHAR was = s.Buffer[i];
        s.Buffer[i] = 'z';
        CN_EQ(RtlGUIDFromString(&s, &back), STATUS_INVALID_PARAMETER);
        s.Buffer[i] = was;
    }
    s.Length -= 2;
    CN_EQ(RtlGUIDFromString(&s, &back), STATUS_INVALID_PARAMETER);
    RtlFreeUnicodeString(&s);
}

TEST(a_hash_ignores_case_when_asked)
{
    ULONG a, b;
    CN_EQ(RtlHashUnicodeString(U("Wan"), TRUE, 0, &a), 0);
    CN_EQ(RtlHashUnicodeString(U("wAN"), TRUE, 1, &b), 0);
    CN_EQ(a, b);
    CN_EQ(RtlHashUnicodeString(U("wAN"), FALSE, 1, &b), 0);
    CN_OK(a != b);
    CN_EQ(RtlHashUnicodeString(U("a"), TRUE, 2, &a), STATUS_INVALID_PARAMETER);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
