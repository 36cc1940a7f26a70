/* guard_test.c - copies that end at an unmapped page. */
#include "nt_kit.h"

TEST(a_copy_ends_exactly_at_a_page_that_is_known)
{
    const char bytes[] = "0123456789";
    char *p = cn_guard_copy(bytes, sizeof(bytes));
    CN_STREQ(p, bytes);
    CN_EQ((uintptr_t)(p + sizeof(bytes)) % 4096, 0);
    CN_OK(cn_guard_is(p + sizeof(bytes)));
    CN_OK(cn_guard_is(p + sizeof(bytes) + 4095));
    CN_OK(!cn_guard_is(p));
    CN_OK(!cn_guard_is(p + sizeof(bytes) + 4096));
    p[0] = 'x';
    cn_guard_free(p);
    CN_OK(!cn_guard_is(p + sizeof(bytes)));
}

TEST(every_size_works)
{
    static const char big[10000];
    for (size_t n = 0; n <= sizeof(big); n += 1237) {
        char *p = cn_guard_copy(big, n);
        CN_OK(p != NULL && cn_guard_is(p + n));
        cn_guard_free(p);
    }
    CN_OK(cn_guard_copy(big, SIZE_MAX) == NULL);
    cn_guard_free(NULL);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
