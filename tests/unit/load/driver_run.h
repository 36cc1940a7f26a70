/* driver_run.h - runs one exported function of a test driver as the engine would: on a stack of its
 * own with a guard page, with traps installed, and with a safe place to land.
 */
#ifndef TESTS_DRIVER_RUN_H
#define TESTS_DRIVER_RUN_H

#include <setjmp.h>
#include <sys/mman.h>
#include <sys/ucontext.h>

#include "../../pe/harness.h"
#include "cn_test.h"
#include "load/image.h"
#include "load/sanitizer.h"
#include "load/seh.h"
#include "load/trap.h"

#define RUN_STACK (64 * 1024)
#define RUN_GUARD (512 * 1024)

static struct {
    struct cn_image *image;
    char *memory; /* guard page, stack */
    volatile bool running, faulted;
    jmp_buf back;
    struct cn_fault fault;
    struct harness harness;
    test_case *fn;
    u64 result;
    char log[256];
    size_t log_len;
    void *main_fake;
    const void *main_low;
    size_t main_size;
    uint8_t irql;
    char notes[512];
    bool pass_breakpoints;
    uint64_t shared[512];
    u64 (*volatile hook)(struct harness *); /* what harness.call does instead of calling */
} run;

static ABI void run_log(struct harness *h, int letter)
{
    (void)h;
    if (letter != '.' || run.log_len < 8)
        run.log[run.log_len] = (char)letter;
    if (run.log_len + 1 < sizeof(run.log) - 1 && (letter != '.' || run.log_len < 8))
        run.log_len++;
}

static ABI u64 run_call(struct harness *h, test_case *fn)
{
    u64 result = run.hook != NULL ? run.hook(h) : fn(h);
    __asm__ volatile("" : "+r"(result)); /* no tail call: this frame has to be there */
    return result;
}

static ABI __attribute__((noinline)) u64 run_read(struct harness *h, const void *address)
{
    (void)h;
    u64 value;
    /* Not a C load: sanitizers would look at their own memory first. */
    __asm__ volatile("mov (%1), %0" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static void run_stack(void *arg, void **low, void **high)
{
    (void)arg;
    *low = run.memory + RUN_GUARD;
    *high = run.memory + RUN_GUARD + RUN_STACK;
}

static bool run_guard(void *arg, const void *address)
{
    (void)arg;
    return (uintptr_t)address - (uintptr_t)run.memory < RUN_GUARD;
}

static bool run_runs(void *arg)
{
    (void)arg;
    return run.running;
}

static void run_to_main(void)
{
    if (__sanitizer_start_switch_fiber != NULL)
        __sanitizer_start_switch_fiber(NULL, run.main_low, run.main_size);
}

static void run_fault(void *arg, const struct cn_fault *fault)
{
    (void)arg;
    run.fault = *fault;
    run.faulted = true;
    run_to_main();
    longjmp(run.back, 1);
}

static uint8_t run_read_irql(void)
{
    return run.irql;
}

static void run_write_irql(uint8_t irql)
{
    run.irql = irql;
}

static void run_port(void *arg, const struct cn_port_access *a)
{
    (void)arg;
    size_t len = strlen(run.notes);
    snprintf(run.notes + len, sizeof(run.notes) - len, "%s %x.%u x%llu %x;",
             a->write ? "out" : "in", a->port, a->bytes, (unsigned long long)a->count, a->value);
}

static void run_print(void *arg, const void *pc, const char *text, size_t len)
{
    (void)arg;
    (void)pc;
    snprintf(run.notes, sizeof(run.notes), "%.*s", (int)len, text);
}

static bool run_breakpoint(void *arg, const void *pc)
{
    (void)arg;
    (void)pc;
    return run.pass_breakpoints;
}

static void *run_resolve(void *arg, const char *dll, const char *name, int ordinal)
{
    static const struct {
        const char *name;
        void *address;
    } exports[] = {
        {"__C_specific_handler", (void *)__C_specific_handler},
        {"ExRaiseStatus", (void *)ExRaiseStatus},
        {"ExRaiseAccessViolation", (void *)ExRaiseAccessViolation},
        {"ExRaiseDatatypeMisalignment", (void *)ExRaiseDatatypeMisalignment},
        {"RtlRaiseException", (void *)RtlRaiseException},
        {"RtlUnwindEx", (void *)RtlUnwindEx},
        {"RtlUnwind", (void *)RtlUnwind},
        {"_local_unwind", (void *)_local_unwind},
    };
    (void)arg;
    (void)dll;
    (void)ordinal;
    for (size_t i = 0; name != NULL && i < sizeof(exports) / sizeof(exports[0]); i++)
        if (strcmp(exports[i].name, name) == 0)
            return exports[i].address;
    return NULL;
}

static void run_missing(void *arg, const char *image, const char *dll, const char *name,
                        void *caller)
{
    (void)arg;
    (void)caller;
    printf("# %s calls %s!%s\n", image, dll, name);
    abort();
}

/* Loads build/tests/pe/<name> and installs the traps; skips the test when it has not been built. */
static void run_open(const char *name)
{
    char path[256];
    struct cn_image_error err;
    struct cn_image_env env = {.resolve = run_resolve, .missing = run_missing};
    struct cn_trap_env traps = {.fault = run_fault,
                                .stack = run_stack,
                                .guard = run_guard,
                                .driver_runs = run_runs,
                                .read_irql = run_read_irql,
                                .write_irql = run_write_irql,
                                .shared_user_data = run.shared,
                                .port = run_port,
                                .debug_print = run_print,
                                .breakpoint = run_breakpoint};
    snprintf(path, sizeof(path), "%s/tests/pe/%s", CN_BUILD, name);
    int open = cn_image_open(path, &env, &run.image, &err);
    if (open == -ENOENT)
        CN_SKIP("%s has not been built: make pe", path);
    if (open != 0)
        CN_FAIL("%s: %s", path, err.text);
    if (run.memory == NULL) {
        run.memory = mmap(NULL, RUN_GUARD + RUN_STACK, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        mprotect(run.memory, RUN_GUARD, PROT_NONE);
    }
    cn_trap_remove(); /* a test that failed has left it */
    CN_EQ(cn_trap_install(&traps), 0);
    run.harness = (struct harness){.log = run_log, .call = run_call, .read = run_read};
    run.hook = NULL;
    run.pass_breakpoints = false;
    run.irql = 0;
}

static void run_close(void)
{
    cn_trap_remove();
    cn_image_close(run.image);
}

static void run_on_stack(void)
{
    if (__sanitizer_finish_switch_fiber != NULL)
        __sanitizer_finish_switch_fiber(NULL, &run.main_low, &run.main_size);
    run.result = run.fn(&run.harness);
    run_to_main();
}

/* Calls the exported function. True when it returned (run.result), false when it faulted
 * (run.fault). run.log has the letters, either way. */
static inline bool run_case(const char *name)
{
    run.fn = (test_case *)cn_image_export(run.image, name, -1);
    if (run.fn == NULL)
        CN_FAIL("the driver exports no %s", name);
    memset(run.log, 0, sizeof(run.log));
    memset(run.notes, 0, sizeof(run.notes));
    run.log_len = 0;
    run.result = 0;
    run.faulted = false;
    if (setjmp(run.back) == 0) {
        run.running = true;
        if (__sanitizer_start_switch_fiber != NULL)
            __sanitizer_start_switch_fiber(&run.main_fake, run.memory + RUN_GUARD, RUN_STACK);
        __asm__ volatile("mov %%rsp, %%rbx\n\t"
                         "mov %0, %%rsp\n\t"
                         "call *%1\n\t"
                         "mov %%rbx, %%rsp"
                         :
                         : "r"(run.memory + RUN_GUARD + RUN_STACK), "r"(run_on_stack)
                         : "rbx", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
                           "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
                           "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "memory",
                           "cc");
    }
    run.running = false;
    if (__sanitizer_finish_switch_fiber != NULL)
        __sanitizer_finish_switch_fiber(run.main_fake, NULL, NULL);
    return !run.faulted;
}

#endif
