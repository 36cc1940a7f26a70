/* Tests of src/engine/fibre.c and fibre_asm.S: what survives a switch, also below driver frames. */
#include "cn_test.h"

#include <fenv.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/engine.h"
#include "engine/fibre.h"

static void start(bool unordered)
{
    cn_engine_stop();
    CN_EQ(cn_engine_start(&(struct cn_engine_config){.unordered = unordered}), 0);
}

/* -- what an ms_abi caller wants back ---------------------------------------- */

/* As an exported function that waits. */
__attribute__((ms_abi, noinline)) static void ddi_that_switches(void)
{
    cn_engine_yield();
}

struct kept {
    uint64_t general[8]; /* rbx rbp rdi rsi r12 r13 r14 r15 */
    uint64_t xmm[20];    /* xmm6..xmm15 */
};

/* As a driver: fills every register that it may expect to find again, calls, and says what is in
 * them then. */
void call_with_registers(const struct kept *in, struct kept *out, void (*call)(void));
#define LOAD(n, at)  "movups 64+" #at "(%rax), %xmm" #n "\n"
#define STORE(n, at) "movups %xmm" #n ", 64+" #at "(%rax)\n"
#define ALL_XMM(do)                                                                                \
    do                                                                                             \
    (6, 0) do(7, 16) do(8, 32) do(9, 48) do(10, 64) do(11, 80) do(12, 96) do(13, 112) do(          \
        14, 128) do(15, 144)
__asm__(".text\n"
        ".type call_with_registers, @function\n"
        "call_with_registers:\n"
        "push %rbx\npush %rbp\npush %r12\npush %r13\npush %r14\npush %r15\n"
        "push %rsi\n" /* out */
        "mov %rdi, %rax\nmov %rdx, %r10\n" ALL_XMM(
            LOAD) "mov 0(%rax), %rbx\nmov 8(%rax), %rbp\nmov 16(%rax), %rdi\nmov 24(%rax), %rsi\n"
                  "mov 32(%rax), %r12\nmov 40(%rax), %r13\nmov 48(%rax), %r14\nmov 56(%rax), %r15\n"
                  "sub $32, %rsp\n"
                  "call *%r10\n"
                  "add $32, %rsp\n"
                  "pop %rax\n" ALL_XMM(
                      STORE) "mov %rbx, 0(%rax)\nmov %rbp, 8(%rax)\nmov %rdi, 16(%rax)\nmov %rsi, "
                             "24(%rax)\n"
                             "mov %r12, 32(%rax)\nmov %r13, 40(%rax)\nmov %r14, 48(%rax)\nmov "
                             "%r15, 56(%rax)\n"
                             "pop %r15\npop %r14\npop %r13\npop %r12\npop %rbp\npop %rbx\n"
                             "ret\n"
                             ".size call_with_registers, . - call_with_registers\n");

static int spoiled;

static void driver_frame(void *arg)
{
    struct kept in, out;
    memset(&in, *(char *)arg, sizeof(in));
    for (int i = 0; i < 50; i++) {
        memset(&out, 0, sizeof(out));
        call_with_registers(&in, &out, (void (*)(void))ddi_that_switches);
        spoiled += memcmp(&in, &out, sizeof(in)) != 0;
    }
}

/* Uses the same registers between the switches, as our own code does. */
static void host_frame(void *arg)
{
    (void)arg;
    for (int i = 0; i < 50; i++) {
        __asm__ volatile("pcmpeqb %%xmm6, %%xmm6\npcmpeqb %%xmm11, %%xmm11\n"
                         "pcmpeqb %%xmm15, %%xmm15\nxor %%edi, %%edi\nxor %%esi, %%esi\n"
                         :
                         :
                         : "xmm6", "xmm11", "xmm15", "rdi", "rsi");
        cn_engine_yield();
    }
}

TEST(driver_frames_find_all_their_registers_again)
{
    start(false);
    spoiled = 0;
    cn_engine_spawn(driver_frame, "\x11", "a");
    cn_engine_spawn(driver_frame, "\x22", "b");
    cn_engine_spawn(host_frame, NULL, "host");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(spoiled, 0);
}

/* -- control words ----------------------------------------------------------- */

static uint32_t mxcsr_of(void)
{
    uint32_t v;
    __asm__ volatile("stmxcsr %0" : "=m"(v));
    return v;
}

static uint16_t x87_of(void)
{
    uint16_t v;
    __asm__ volatile("fnstcw %0" : "=m"(v));
    return v;
}

static uint32_t mxcsr_new, mxcsr_kept;
static uint16_t x87_new, x87_kept;

static void rounds_up(void *arg)
{
    (void)arg;
    uint32_t mxcsr = 0x5f80;
    uint16_t x87 = 0xb7f;
    __asm__ volatile("ldmxcsr %0\nfldcw %1" : : "m"(mxcsr), "m"(x87));
    cn_engine_yield();
    mxcsr_kept = mxcsr_of();
    x87_kept = x87_of();
}

static void rounds_as_usual(void *arg)
{
    (void)arg;
    mxcsr_new = mxcsr_of();
    x87_new = x87_of();
}

TEST(each_context_has_its_own_rounding)
{
    start(false);
    uint32_t mxcsr = mxcsr_of();
    uint16_t x87 = x87_of();
    cn_engine_spawn(rounds_up, NULL, "up");
    cn_engine_spawn(rounds_as_usual, NULL, "usual");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(mxcsr_new & ~0x3fu, 0x1f80);
    CN_EQ(x87_new, 0x37f);
    CN_EQ(mxcsr_kept & ~0x3fu, 0x5f80);
    CN_EQ(x87_kept, 0xb7f);
    CN_EQ(mxcsr_of() & ~0x3fu, mxcsr & ~0x3fu);
    CN_EQ(x87_of(), x87);
}

/* -- stacks ------------------------------------------------------------------ */

static uintptr_t misaligned;

static void look_at_alignment(void *arg)
{
    (void)arg;
    __attribute__((aligned(16))) char local[16];
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    misaligned = (frame | (uintptr_t)local) & 15;
}

TEST(a_context_starts_with_an_aligned_stack)
{
    start(false);
    misaligned = 1;
    cn_engine_spawn(look_at_alignment, NULL, "a");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(misaligned, 0);
}

#ifdef CN_ASAN
static char *volatile seen;

__attribute__((noinline)) static void overflow(volatile int at)
{
    char small[16];
    seen = small;
    cn_engine_yield();
    seen[at] = 1; /* through a pointer, so that UBSan does not see it first */
}

static void overflowing(void *arg)
{
    (void)arg;
    overflow(20);
}

TEST(asan_sees_an_overflow_on_a_contexts_stack)
{
    int pipes[2];
    CN_EQ(pipe(pipes), 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], 2);
        start(false);
        cn_engine_spawn(overflowing, NULL, "a");
        cn_engine_spawn(host_frame, NULL, "b");
        cn_engine_run();
        _exit(0);
    }
    close(pipes[1]);
    static char text[16384];
    size_t len = 0;
    for (ssize_t n; (n = read(pipes[0], text + len, sizeof(text) - 1 - len)) > 0;)
        len += (size_t)n;
    close(pipes[0]);
    int status;
    waitpid(child, &status, 0);
    CN_OK(status != 0);
    text[900] = '\0';
    CN_HAS(text, "stack-buffer-overflow");
}
#endif

#ifdef CN_TSAN
static int shared, lock;

static void unlocked(void *arg)
{
    (void)arg;
    shared++;
    cn_engine_yield();
    shared++;
}

static void locked(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        cn_tsan_acquire(&lock);
        shared++;
        cn_tsan_release(&lock);
        cn_engine_yield();
    }
}

/* Exit status of a process in which two contexts run fn. */
static int races(cn_fn *fn, bool unordered)
{
    cn_engine_stop(); /* TSan goes silent in a child that had several flows of control */
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(3);
        start(unordered);
        cn_engine_spawn(fn, NULL, "a");
        cn_engine_spawn(fn, NULL, "b");
        cn_engine_run();
        exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}

TEST(tsan_sees_a_race_between_contexts_when_switches_order_nothing)
{
    CN_EQ(races(unlocked, true), 66);
    CN_EQ(races(locked, true), 0);
    CN_EQ(races(unlocked, false), 0);
}
#endif

int main(int argc, char **argv)
{
    int status = cn_test_main(argc, argv);
    cn_engine_stop();
    return status;
}
