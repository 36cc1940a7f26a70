/* guard_test.c - copies that end at an unmapped page. */
#include "nt_kit.h"

#include <errno.h>
#include <unistd.h>

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

TEST(a_freed_copy_is_overwritten_and_its_page_used_again)
{
    const char bytes[] = "secret";
    char *p = cn_guard_copy(bytes, sizeof(bytes));
    cn_guard_free(p);
    CN_OK(memcmp(p, "secret", 6) != 0);
    char *q = cn_guard_copy(bytes, 3);
    CN_OK(q + 3 == p + sizeof(bytes));
    CN_OK(memcmp(q, "sec", 3) == 0);
    cn_guard_free(q);
    cn_guard_drop();
}

TEST(in_guarded_mode_a_freed_copy_is_unmapped)
{
    char byte = 0;
    cn_pool_guarded(true);
    char *p = cn_guard_copy("x", 1);
    cn_guard_free(p);
    cn_pool_guarded(false);
    /* What is mapped can be read through a pipe, what is not makes the write fail. */
    int fd[2];
    CN_EQ(pipe(fd), 0);
    CN_EQ(write(fd[1], p, 1), -1);
    CN_EQ(errno, EFAULT);
    CN_EQ(write(fd[1], &byte, 1), 1);
    close(fd[0]);
    close(fd[1]);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
