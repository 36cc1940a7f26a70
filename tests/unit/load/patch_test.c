/* patch_test.c - privileged instructions that were replaced do what the originals would, and so do
 * their neighbours. */
#include "cn_test.h"

#include "base/base.h"
#include "load/pe2elf.h"
#include "open_image.h"

#include <errno.h>

typedef NTAPI uint64_t function(uint64_t argument);

enum {
    READ_ONLY,
    READ_R9,
    RAISE,
    FLAGS,
    BRANCH,
    RELATIVE,
    CALLER,
    CALLER_RETURN,
    CALLER_THROUGH,
    TARGET,
    TARGET_READ,
    OVERFLOW
};

static void **functions;

static void open_cr8(const struct cn_image_env *env)
{
    if (cn_image_open(PE("cr8.sys"), env, &opened.image, &opened.err) != 0)
        CN_FAIL("%s", opened.err.text);
    CN_EQ(run_entry(opened.image), 0);
    functions = cn_image_export(opened.image, "Functions", -1);
}

static uint64_t call(int which, uint64_t argument)
{
    return ((function *)functions[which])(argument);
}

TEST(the_irql_is_read_and_written_through_the_environment)
{
    open_cr8(&open_env);
    opened.irql = 5;
    CN_EQ(call(READ_ONLY, 0), 5);
    CN_EQ(call(READ_R9, 0), 5);
    CN_EQ(call(RAISE, 9), 5);
    CN_EQ(opened.irql, 9);
    cn_image_close(opened.image);
}

TEST(neighbours_of_an_access_still_work)
{
    open_cr8(&open_env);
    CN_EQ(call(FLAGS, 0), 42);
    CN_EQ((uint32_t)call(OVERFLOW, 0), 3);
    CN_EQ((uint32_t)call(BRANCH, 0), 1);
    CN_EQ((uint32_t)call(BRANCH, 1), 2);
    CN_EQ((uint32_t)call(RELATIVE, 0), 7);
    CN_EQ((uint32_t)call(CALLER, 0), 9);
    CN_EQ((uint32_t)call(CALLER_THROUGH, 0), 9);
    CN_EQ((uint32_t)call(TARGET, 0), 5);
    cn_image_close(opened.image);
}

TEST(a_call_behind_an_access_returns_to_the_drivers_code)
{
    open_cr8(&open_env);
    CN_EQ(call(CALLER, 1), (uintptr_t)functions[CALLER_RETURN]);
    cn_image_close(opened.image);
}

TEST(an_access_that_is_jumped_behind_is_left_alone)
{
    open_cr8(&open_env);
    CN_EQ(memcmp(functions[TARGET_READ], "\x44\x0f\x20\xc0", 4), 0);
    CN_EQ(*(uint8_t *)functions[READ_ONLY], 0xe9);
    cn_image_close(opened.image);
}

TEST(a_place_in_a_patch_stands_for_one_in_the_driver)
{
    open_cr8(&open_env);
    uint8_t *at = functions[READ_ONLY];
    int32_t distance;
    memcpy(&distance, at + 1, sizeof(distance));
    uint8_t *piece = at + 5 + distance;
    CN_OK(cn_image_find(piece) == opened.image);
    CN_OK(cn_image_is_code(opened.image, piece));
    CN_OK(cn_image_origin(piece) == at);
    CN_OK(cn_image_origin(piece + 5) == at + 4); /* the ret behind it */
    char where[128];
    CN_STREQ(cn_image_describe(piece, where, sizeof(where)), "cr8.sys!ReadOnly");
    cn_image_close(opened.image);
    CN_OK(strchr(rights_of(piece), 'x') == NULL);
    CN_OK(cn_image_origin(piece) == piece);
}

/* Fills every register that a C function may change. */
static uint8_t read_and_clobber(void)
{
    __asm__ volatile(
        "xor %%eax, %%eax\n\t"
        "mov %%rax, %%rcx\n\tmov %%rax, %%rdx\n\tmov %%rax, %%rsi\n\tmov %%rax, %%rdi\n\t"
        "mov %%rax, %%r8\n\tmov %%rax, %%r9\n\tmov %%rax, %%r10\n\tmov %%rax, %%r11\n\t"
        "pcmpeqb %%xmm0, %%xmm0\n\tpcmpeqb %%xmm6, %%xmm6\n\tpcmpeqb %%xmm15, %%xmm15\n\t"
        "cmp $1, %%eax"
        :
        :
        : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm6", "xmm15",
          "cc");
    return 3;
}

TEST(an_access_changes_no_other_register)
{
    struct cn_image_env env = open_env;
    env.read_irql = read_and_clobber;
    open_cr8(&env);
    register void *target __asm__("r11") =
        functions[READ_R9]; /* mov %cr8, %r9; mov %r9, %rax; ret */
    uint64_t rax, differences;
    __asm__ volatile("mov $11, %%ecx\n\tmov $12, %%edx\n\tmov $13, %%esi\n\tmov $14, %%edi\n\t"
                     "mov $15, %%r8d\n\tmov $16, %%r10d\n\t"
                     "movq %%rcx, %%xmm0\n\tmovq %%rdx, %%xmm6\n\tmovq %%rsi, %%xmm15\n\t"
                     "call *%%r11\n\t"
                     "sub $11, %%rcx\n\tsub $12, %%rdx\n\tsub $13, %%rsi\n\tsub $14, %%rdi\n\t"
                     "sub $15, %%r8\n\tsub $16, %%r10\n\t"
                     "or %%rdx, %%rcx\n\tor %%rsi, %%rcx\n\tor %%rdi, %%rcx\n\tor %%r8, %%rcx\n\t"
                     "or %%r10, %%rcx\n\t"
                     "movq %%xmm0, %%rdx\n\tsub $11, %%rdx\n\tor %%rdx, %%rcx\n\t"
                     "movq %%xmm6, %%rdx\n\tsub $12, %%rdx\n\tor %%rdx, %%rcx\n\t"
                     "movq %%xmm15, %%rdx\n\tsub $13, %%rdx\n\tor %%rdx, %%rcx"
                     : "=a"(rax), "=&c"(differences), "+r"(target)
                     :
                     : "rdx", "rsi", "rdi", "r8", "r9", "r10", "xmm0", "xmm6", "xmm15", "cc",
                       "memory");
    CN_EQ(rax, 3);
    CN_EQ(differences, 0);
    cn_image_close(opened.image);
}

TEST(without_an_environment_a_driver_reads_what_it_wrote)
{
    struct cn_image_env env = open_env;
    env.read_irql = NULL;
    env.write_irql = NULL;
    open_cr8(&env);
    CN_EQ(call(RAISE, 6), 0);
    CN_EQ(call(RAISE, 0), 6);
    cn_image_close(opened.image);
}

TEST(loads_from_shared_user_data_are_redirected)
{
    static const char *const files[] = {PE("shared.sys"), PE("shared.msvc.sys")};
    for (int i = 0; i < 2; i++) {
        for (uint32_t k = 1; k < 3; k++) { /* the second time it wakes up */
            ((uint32_t *)opened_shared)[0x14 / 4] = k;
            ((uint32_t *)opened_shared)[0x320 / 4] = 50 + k;
            OPEN(files[i]);
            CN_EQ(run_entry(opened.image), 1000 * k + 50 + k);
            cn_image_close(opened.image);
        }
    }
}

TEST(the_redirection_follows_the_environment)
{
    static uint64_t other[512] __attribute__((aligned(16))); /* not even aligned to a page */
    struct cn_image_env env = open_env;
    ((uint32_t *)other)[0x14 / 4] = 4;
    env.shared_user_data = other;
    CN_EQ(cn_image_open(PE("shared.sys"), &env, &opened.image, &opened.err), 0);
    CN_EQ(run_entry(opened.image), 4000);
    cn_image_close(opened.image);
    OPEN(PE("shared.sys"));
    CN_OK(run_entry(opened.image) != 4000);
    cn_image_close(opened.image);
}

TEST(a_sweep_counts_what_it_leaves)
{
    struct cn_pe *pe;
    struct cn_elf elf;
    CN_EQ(cn_pe_read(PE("cr8.sys"), &pe, &opened.err), 0);
    CN_EQ(cn_pe2elf(pe, &elf, &opened.err), 0);
    CN_EQ(elf.patches.left, 1);
    CN_EQ(elf.patches.shared_count, 0);
    uint32_t end = 0;
    for (size_t i = 0; i < elf.patches.piece_count; i++) {
        CN_OK(elf.patches.pieces[i].begin >= end && elf.patches.pieces[i].end <= elf.code_size);
        end = elf.patches.pieces[i].end;
    }
    cn_elf_free(&elf);
    cn_pe_free(pe);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
