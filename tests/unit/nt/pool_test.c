/* pool_test.c - the pool: live blocks, bad frees, holds, guarded blocks, leaks by place. */
#include "nt_kit.h"

#include <sys/wait.h>
#include <unistd.h>

static const char place_a[] = "a", place_b[] = "b";

TEST(a_block_is_found_by_its_start_and_its_middle)
{
    struct cn_pool_info info;
    kit_start();
    char *p = cn_pool_alloc(driver, 100, TAG('A', 'b', 'c', 'd'), true, place_a);
    CN_OK(cn_pool_find(p, &info) && info.start == p);
    CN_OK(cn_pool_find(p + 99, &info) && info.start == p);
    CN_EQ(info.size, 100);
    CN_OK(info.driver == driver && info.place == place_a);
    CN_STREQ(info.scope_name, "TestHandler");
    CN_OK(info.scope != 0);
    CN_OK(!cn_pool_find(p + 100, NULL));
    CN_OK(!cn_pool_find(p - 1, NULL));
    cn_pool_free(p, "ExFreePool");
    CN_OK(!cn_pool_find(p, NULL));
    BROKE_NOTHING();
}

TEST(many_blocks_are_found_whatever_the_order_of_freeing)
{
    enum { N = 2000 };
    static char *p[N];
    kit_start();
    for (size_t i = 0; i < N; i++)
        p[i] = cn_pool_alloc(driver, 1 + i % 70, 1, false, place_a);
    CN_EQ(cn_pool_live(driver), N);
    for (size_t i = 0; i < N; i++) {
        size_t k = i * 7 % N;
        CN_OK(cn_pool_find(p[k] + k % 70, NULL));
        cn_pool_free(p[k], "ExFreePool");
        CN_OK(!cn_pool_find(p[k], NULL));
    }
    CN_EQ(cn_pool_live(driver), 0);
    BROKE_NOTHING();
}

TEST(blocks_are_visited_oldest_first_and_may_be_empty)
{
    struct cn_pool_info info;
    kit_start();
    void *p = cn_pool_alloc(driver, 0, 1, true, place_a);
    CN_OK(p != NULL && cn_pool_find(p, &info) && info.size == 0);
    cn_pool_free(p, "ExFreePool");
    BROKE_NOTHING();
}

TEST(a_size_beyond_reason_is_refused)
{
    kit_start();
    CN_OK(cn_pool_alloc(driver, SIZE_MAX, 1, false, place_a) == NULL);
    CN_OK(cn_pool_alloc(driver, SIZE_MAX - 4096, 1, false, place_a) == NULL);
}

TEST(a_page_or_more_starts_at_a_page_and_all_else_at_16_bytes)
{
    kit_start();
    for (int g = 0; g < 2; g++) {
        cn_pool_guarded(g);
        void *big = cn_pool_alloc(driver, 5000, 1, false, place_a);
        void *small = cn_pool_alloc(driver, 40, 1, false, place_a);
        CN_EQ((uintptr_t)big % 4096, 0);
        CN_EQ((uintptr_t)small % 16, 0);
    }
}

TEST(freeing_twice_breaks_MEM_003_and_says_who_freed_first)
{
    kit_start();
    void *p = cn_pool_alloc(driver, 24, TAG('T', 'w', 'i', 'c'), false, place_a);
    cn_pool_free(p, "ExFreePool");
    cn_pool_free(p, "ExFreePoolWithTag");
    BROKE(CN_MEM_003);
    CN_HAS(found, "'Twic'");
    CN_HAS(found, "freed before by ExFreePool");
    CN_STREQ(call, "ExFreePoolWithTag");
}

TEST(freeing_the_middle_of_a_block_breaks_MEM_003_and_frees_nothing)
{
    kit_start();
    char *p = cn_pool_alloc(driver, 24, 1, false, place_a);
    cn_pool_free(p + 8, "ExFreePool");
    BROKE(CN_MEM_003);
    CN_HAS(found, "8 bytes into a block of 24 bytes");
    CN_OK(cn_pool_find(p, NULL));
}

TEST(freeing_null_or_a_foreign_pointer_breaks_MEM_003)
{
    int local;
    kit_start();
    cn_pool_free(NULL, "ExFreePool");
    CN_STREQ(found, "NULL");
    cn_pool_free(&local, "ExFreePoolWithTag");
    CN_HAS(found, "no allocation returned");
    CN_EQ(cn_verify_broken_rule(CN_MEM_003), 2);
}

TEST(memory_that_is_held_breaks_the_holders_rule_when_freed)
{
    kit_start();
    char *p = cn_pool_alloc(driver, 64, 1, false, place_a);
    cn_pool_hold(p + 16, CN_GEN_006, "adapter 0");
    cn_pool_free(p, "ExFreePool");
    BROKE(CN_GEN_006);
    p = cn_pool_alloc(driver, 64, 1, false, place_a);
    cn_pool_hold(p, CN_GEN_006, "adapter 0");
    cn_pool_hold(p, CN_GEN_006, "adapter 1");
    cn_pool_release(p, CN_GEN_006);
    cn_pool_release(p, CN_GEN_006);
    cn_pool_release(p, CN_GEN_006);
    cn_pool_free(p, "ExFreePool");
    CN_EQ(cn_verify_broken(), 1);
    cn_pool_hold(&p, CN_GEN_006, "the stack");
    cn_pool_release(&p, CN_GEN_006);
}

/* True when reading the byte kills a child. */
static bool faults(const volatile char *p)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(2);
        (void)*p;
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(a_guarded_block_ends_at_a_page_that_faults)
{
    char text[300];
    kit_start();
    cn_pool_guarded(true);
    char *p = cn_pool_alloc(driver, 48, TAG('G', 'r', 'd', '1'), false, place_a);
    CN_EQ((uintptr_t)(p + 48) % 4096, 0);
    CN_OK(!faults(p + 47));
    CN_OK(faults(p + 48));
    CN_OK(cn_pool_explain(p + 52, text, sizeof(text)));
    CN_HAS(text, "4 bytes past the end of a block of 48 bytes with tag 'Grd1'");
    cn_pool_free(p, "ExFreePool");
    CN_OK(faults(p));
    CN_OK(cn_pool_explain(p + 3, text, sizeof(text)));
    CN_HAS(text, "freed by ExFreePool");
    CN_OK(!cn_pool_explain(text, text, sizeof(text)));
}

TEST(a_write_into_the_slack_of_a_guarded_block_breaks_MEM_006)
{
    kit_start();
    cn_pool_guarded(true);
    char *p = cn_pool_alloc(driver, 13, 1, false, place_a);
    p[14] = 'x';
    cn_pool_free(p, "ExFreePool");
    BROKE(CN_MEM_006);
    CN_HAS(found, "0x78 written 2 bytes past its end");
    p = cn_pool_alloc(driver, 13, 1, false, place_a);
    p[-3] = 'y';
    cn_pool_free(p, "ExFreePoolWithTag");
    CN_EQ(cn_verify_broken_rule(CN_MEM_006), 2);
    CN_HAS(found, "3 bytes before its start");
}

TEST(the_quarantine_is_bounded)
{
    kit_start();
    cn_pool_guarded(true);
    for (int i = 0; i < 5000; i++)
        cn_pool_free(cn_pool_alloc(driver, 20, 1, false, place_a), "ExFreePool");
    BROKE_NOTHING();
}

TEST(fresh_guarded_memory_is_filled_or_zero)
{
    kit_start();
    cn_pool_guarded(true);
    unsigned char *p = cn_pool_alloc(driver, 10, 1, false, place_a);
    CN_EQ(p[0], 0xCD);
    p = cn_pool_alloc(driver, 10, 1, true, place_a);
    CN_EQ(p[9], 0);
}

TEST(leaks_are_told_by_place_and_tag)
{
    kit_start();
    cn_pool_alloc(driver, 10, TAG('L', 'e', 'k', '1'), false, place_a);
    cn_pool_alloc(driver, 20, TAG('L', 'e', 'k', '1'), false, place_a);
    cn_pool_alloc(driver, 30, TAG('L', 'e', 'k', '2'), false, place_b);
    kit_unload(false);
    CN_EQ(cn_verify_broken_rule(CN_MEM_005), 2);
    CN_HAS(events, "Lek1");
    CN_HAS(events, "Lek2");
    CN_STREQ(found, "1 block, 30 bytes");
    CN_EQ(cn_pool_live(driver), 0);
}

TEST(a_quiet_end_frees_and_says_nothing)
{
    kit_start();
    cn_pool_alloc(driver, 10, 1, false, place_a);
    kit_unload(true);
    CN_EQ(cn_verify_broken(), 0);
    CN_STREQ(events, "");
    CN_EQ(cn_pool_live(driver), 0);
}

TEST(a_tag_is_written_first_character_first)
{
    char out[5];
    CN_STREQ(cn_pool_tag(TAG('a', 'B', '3', '\x01'), out), "aB3.");
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
