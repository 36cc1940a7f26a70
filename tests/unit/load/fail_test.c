/* fail_test.c - texts of refusals, and names as files spell them. */
#include "cn_test.h"

#include "load/fail.h"

#include <errno.h>

TEST(a_refusal_is_a_code_and_a_text)
{
    struct cn_image_error err;
    CN_EQ(cn_load_fail(&err, -ENOEXEC, "field: %d: fix it", 3), -ENOEXEC);
    CN_STREQ(err.text, "field: 3: fix it");
}

TEST(a_long_text_is_cut)
{
    struct cn_image_error err;
    cn_load_fail(&err, -1, "%01000d", 5);
    CN_EQ(strlen(err.text), sizeof(err.text) - 1);
}

TEST(quoted_text_is_printable)
{
    char buf[32];
    CN_STREQ(cn_load_quote("a\n\x7f\xff z", 6, buf, sizeof(buf)), "a\\x0a\\x7f\\xff z");
    CN_STREQ(cn_load_quote("", 0, buf, sizeof(buf)), "");
    char small[4];
    CN_STREQ(cn_load_quote("abcdef", 6, small, sizeof(small)), "abc");
}

TEST(modules_compare_without_case_and_extension)
{
    CN_OK(cn_load_same_module("NDIS.SYS", "ndis"));
    CN_OK(cn_load_same_module("hal.dll", "HAL.DLL"));
    CN_OK(cn_load_same_module("ntoskrnl.exe", "ntoskrnl.sys"));
    CN_OK(cn_load_same_module("x.so", "X"));
    CN_OK(!cn_load_same_module("ndis", "ndi"));
    CN_OK(!cn_load_same_module("ndis.txt", "ndis"));
    CN_OK(!cn_load_same_module(".sys", ""));
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
