/* Tests of src/engine/context.c: guards, stacks that are used again, the watermark. */
#include "cn_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/engine.h"
#include "engine/fibre.h"

static void start(size_t stack_bytes)
{
    cn_engine_stop();
    CN_EQ(cn_engine_start(&(struct cn_engine_config){.stack_bytes = stack_bytes}), 0);
}

static void *low, *high;

static void note_stack(void *arg)
{
    cn_engine_stack(&low, &high);
    if (arg != NULL)
        cn_engine_yield();
}

static void run_one(cn_fn *fn)
{
    cn_engine_spawn(fn, NULL, "one");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
}

TEST(the_running_stack_is_known_and_has_guards_on_both_sides)
{
    start(64 * 1024);
    run_one(note_stack);
    CN_EQ((char *)high - (char *)low, 64 * 1024);
    CN_OK(cn_engine_is_guard((char *)low - 1));
    CN_OK(cn_engine_is_guard((char *)low - 4096));
    CN_OK(cn_engine_is_guard(high));
    CN_OK(!cn_engine_is_guard(low));
    CN_OK(!cn_engine_is_guard((char *)high - 1));
    CN_OK(!cn_engine_is_guard(NULL));
    CN_OK(!cn_engine_is_guard(&low));
    void *here;
    cn_engine_stack(&here, &high);
    CN_OK(here == NULL && high == NULL);
}

TEST(a_size_is_rounded_up_to_pages_and_never_tiny)
{
    start(100001);
    run_one(note_stack);
    CN_EQ((char *)high - (char *)low, 102400);
    start(1);
    run_one(note_stack);
    CN_EQ((char *)high - (char *)low, 16384);
}

TEST(stacks_are_used_again_also_by_the_next_engine)
{
    start(64 * 1024);
    run_one(note_stack);
    void *first = low;
    run_one(note_stack);
    CN_OK(low == first);
    start(64 * 1024);
    run_one(note_stack);
    CN_OK(low == first);
    cn_engine_spawn(note_stack, "stay", "a");
    cn_engine_spawn(note_stack, NULL, "b");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_OK(low != first);
}

static void give_up(void *arg)
{
    note_stack(arg);
    cn_engine_abandon();
}

TEST(an_abandoned_stack_is_left_alone_until_the_stop)
{
    start(64 * 1024);
    cn_engine_spawn(give_up, NULL, "a");
    CN_EQ(cn_engine_run(), CN_END_STOPPED);
    void *abandoned = low;
    for (int i = 0; i < 40; i++) {
        run_one(note_stack);
        CN_OK(low != abandoned);
    }
}

__attribute__((noinline)) static void use(volatile char *to, size_t size)
{
    for (size_t i = 0; i < size; i += 64)
        to[i] = 1;
}

__attribute__((noinline)) static void use_30_kib(void *arg)
{
    (void)arg;
    char buf[30 * 1024];
    use(buf, sizeof(buf));
}

TEST(the_watermark_is_the_deepest_use_since_the_start)
{
    start(256 * 1024);
    CN_EQ(cn_engine_stack_used(), 0);
    run_one(note_stack);
    size_t little = cn_engine_stack_used();
    CN_OK(little > 0 && little < 20000);
    run_one(use_30_kib);
    size_t deep = cn_engine_stack_used();
    CN_OK(deep >= 30 * 1024);
    CN_OK(deep < 60 * 1024);
    run_one(note_stack);
    CN_EQ(cn_engine_stack_used(), deep);
    start(256 * 1024);
    run_one(note_stack);
    CN_OK(cn_engine_stack_used() < deep);
}

#if !defined(CN_ASAN) && !defined(CN_TSAN)
static char alternate[64 * 1024];

static void on_fault(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    (void)context;
    void *lowest, *highest;
    cn_engine_stack(&lowest, &highest);
    bool below = (char *)info->si_addr < (char *)lowest;
    _exit(cn_engine_is_guard(info->si_addr) && below ? 42 : 43);
}

__attribute__((noinline)) static int recurse(volatile int n)
{
    volatile char frame[512];
    frame[0] = (char)n;
    return n < 0 ? 0 : recurse(n + 1) + frame[0];
}

static void overflow(void *arg)
{
    (void)arg;
    recurse(0);
}

TEST(an_overflowing_stack_faults_in_its_guard)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        stack_t stack = {.ss_sp = alternate, .ss_size = sizeof(alternate)};
        sigaltstack(&stack, NULL);
        struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
        sigaction(SIGSEGV, &action, NULL);
        start(64 * 1024);
        cn_engine_spawn(overflow, NULL, "deep");
        cn_engine_run();
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    CN_OK(WIFEXITED(status));
    CN_EQ(WEXITSTATUS(status), 42);
}
#endif

int main(int argc, char **argv)
{
    int status = cn_test_main(argc, argv);
    cn_engine_stop();
    return status;
}
