/* probe_test.c - guarded accesses: they fail instead of crashing, and copy exactly what they
 * should. */
#include "load/probe.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "cn_test.h"
#include "load/trap.h"

#define PAGE 4096

static char *pages; /* readable and writable, read-only, none */

static void never(void *arg, const struct cn_fault *fault)
{
    (void)arg;
    (void)fault;
    abort();
}

static void no_stack(void *arg, void **low, void **high)
{
    (void)arg;
    *low = *high = NULL;
}

static void set_up(void)
{
    static const struct cn_trap_env env = {.fault = never, .stack = no_stack};
    if (pages != NULL)
        return;
    pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(pages, 0x5a, 2 * PAGE);
    mprotect(pages + PAGE, PAGE, PROT_READ);
    mprotect(pages + 2 * PAGE, PAGE, PROT_NONE);
    CN_EQ(cn_trap_install(&env), 0);
}

TEST(a_copy_copies_all_bytes_and_no_more)
{
    char to[8] = "........";
    set_up();
    CN_EQ(cn_probe_copy(to + 1, "abcde", 5), 0);
    CN_OK(memcmp(to, ".abcde..", 8) == 0);
}

TEST(a_copy_of_nothing_succeeds_anywhere)
{
    set_up();
    CN_EQ(cn_probe_copy(NULL, NULL, 0), 0);
    CN_EQ(cn_probe_write(NULL, 0), 0);
}

TEST(a_copy_from_where_nothing_is_fails)
{
    char to[16];
    set_up();
    CN_EQ(cn_probe_copy(to, NULL, 1), -EFAULT);
    CN_EQ(cn_probe_copy(to, (void *)8, 8), -EFAULT);
    CN_EQ(cn_probe_copy(to, pages + 2 * PAGE, 1), -EFAULT);
    CN_EQ(cn_probe_copy(to, (void *)0x8000000000000000, 8), -EFAULT);
    CN_EQ(cn_probe_copy(to, (void *)-8, 16), -EFAULT);
    CN_EQ(cn_probe_copy(to, (void *)0xFFFFF78000000014, 8), -EFAULT);
}

TEST(a_copy_to_where_nothing_can_be_written_fails)
{
    set_up();
    CN_EQ(cn_probe_copy(NULL, "x", 1), -EFAULT);
    CN_EQ(cn_probe_copy(pages + PAGE, "x", 1), -EFAULT);
    CN_EQ(pages[PAGE], 0x5a);
    CN_EQ(cn_probe_copy((void *)0x8000000000000000, "x", 1), -EFAULT);
}

TEST(a_copy_that_runs_over_the_edge_fails)
{
    char to[64];
    set_up();
    CN_EQ(cn_probe_copy(to, pages + 2 * PAGE - 32, 32), 0);
    CN_EQ(cn_probe_copy(to, pages + 2 * PAGE - 32, 33), -EFAULT);
}

TEST(a_write_probe_changes_nothing)
{
    set_up();
    CN_EQ(cn_probe_write(pages, PAGE), 0);
    CN_EQ(cn_probe_write(pages + 4095, 1), 0);
    for (size_t i = 0; i < PAGE; i++)
        CN_EQ(pages[i], 0x5a);
}

TEST(a_write_probe_meets_every_page_of_the_range_and_no_other)
{
    set_up();
    CN_EQ(cn_probe_write(pages + PAGE, 1), -EFAULT);
    CN_EQ(cn_probe_write(pages + PAGE - 1, 1), 0);
    CN_EQ(cn_probe_write(pages + PAGE - 1, 2), -EFAULT);
    CN_EQ(cn_probe_write(pages, PAGE + 1), -EFAULT);
    CN_EQ(cn_probe_write(NULL, 1), -EFAULT);
    CN_EQ(cn_probe_write((void *)-1, 1), -EFAULT);
}

TEST(a_range_that_wraps_around_ends)
{
    set_up();
    CN_EQ(cn_probe_write((void *)(uintptr_t)-4096, 8192), -EFAULT);
    CN_EQ(cn_probe_write(pages, SIZE_MAX), -EFAULT);
}

TEST(failures_do_not_wear_out)
{
    char to;
    set_up();
    for (int i = 0; i < 10000; i++)
        CN_EQ(cn_probe_copy(&to, (void *)16, 1), -EFAULT);
    CN_EQ(cn_probe_copy(&to, pages, 1), 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
