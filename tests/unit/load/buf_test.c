/* buf_test.c - a byte array that grows. */
#include "cn_test.h"

#include "load/buf.h"

TEST(appends_tell_where_they_are)
{
    struct cn_buf b = {0};
    CN_EQ(cn_buf_u8(&b, 1), 0);
    CN_EQ(cn_buf_u32(&b, 0x04030201), 1);
    CN_EQ(cn_buf_text(&b, "ab"), 5);
    CN_EQ(b.size, 8);
    CN_EQ(memcmp(b.data, "\1\1\2\3\4ab", 8), 0);
    cn_buf_free(&b);
    CN_EQ(b.size, 0);
    CN_OK(b.data == NULL);
}

TEST(no_data_appends_zeroes_and_alignment_too)
{
    struct cn_buf b = {0};
    cn_buf_u8(&b, 0xff);
    cn_buf_align(&b, 16);
    CN_EQ(b.size, 16);
    cn_buf_align(&b, 16);
    CN_EQ(b.size, 16);
    CN_EQ(cn_buf_put(&b, NULL, 1000), 16);
    for (size_t i = 1; i < b.size; i++)
        CN_EQ(b.data[i], 0);
    CN_EQ(cn_buf_put(&b, NULL, 0), b.size);
    cn_buf_free(&b);
}

TEST(what_was_appended_can_be_overwritten)
{
    struct cn_buf b = {0};
    cn_buf_put(&b, "123456", 6);
    cn_buf_set_u32(&b, 2, 0x64636261);
    CN_EQ(memcmp(b.data, "12abcd", 6), 0);
    cn_buf_free(&b);
}

TEST(a_lost_append_is_remembered)
{
    struct cn_buf b = {0};
    cn_buf_u8(&b, 7);
    cn_buf_put(&b, NULL, SIZE_MAX / 2);
    CN_OK(b.failed);
    CN_EQ(b.size, 1);
    cn_buf_u8(&b, 8);
    cn_buf_set_u32(&b, 100, 0); /* does nothing */
    CN_EQ(b.size, 1);
    cn_buf_free(&b);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
