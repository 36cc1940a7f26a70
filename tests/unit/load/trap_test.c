/* trap_test.c - what the processor refuses, and how a driver ends. */
#include "load/trap.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "driver_run.h"

/* Every test runs with both compilers' drivers. */
static const char *const drivers[] = {"faults.sys", "faults.msvc.sys"};
#define BOTH for (size_t i_ = 0; i_ < 2; run_close(), i_++)
#define OPEN run_open(drivers[i_])

static char text[256];

static const char *said(void)
{
    return cn_fault_text(&run.fault, text, sizeof(text));
}

/* The innermost frame in the driver, and after it one of the host. */
static void check_frames(void)
{
    size_t driver = 0, host = 0;
    for (size_t i = 0; i < run.fault.frame_count; i++) {
        if (cn_image_find(run.fault.frames[i]) == run.image)
            driver++;
        else if (driver > 0)
            host++;
    }
    CN_OK(driver > 0);
    CN_OK(host > 0);
    CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
}

static void crashed(const char *name)
{
    CN_OK(!run_case(name));
    CN_EQ(run.fault.kind, CN_FAULT_CRASH);
}

TEST(a_driver_without_faults_runs)
{
    BOTH
    {
        OPEN;
        run.harness.value = 41;
        CN_OK(run_case("case_nothing"));
        CN_EQ(run.result, 42);
    }
}

TEST(a_read_of_nothing_is_described)
{
    BOTH
    {
        OPEN;
        run.harness.address = (void *)0x10;
        crashed("case_read_below");
        CN_EQ(run.fault.where, CN_FAULT_IN_DRIVER);
        CN_EQ(run.fault.status, CN_STATUS_ACCESS_VIOLATION);
        CN_EQ(run.fault.access, CN_ACCESS_READ);
        CN_OK(run.fault.address_known);
        CN_EQ(run.fault.address, 0x10);
        CN_OK(run.fault.pc == run.fault.driver_pc);
        CN_OK(run.fault.pc == run.fault.frames[0]);
        CN_EQ(run.fault.context.rip, (uintptr_t)run.fault.pc);
        CN_OK(!run.fault.stack_overflow && !run.fault.stack_lost);
        CN_OK(run.fault.missing == NULL);
        check_frames();
        CN_STREQ(said(), "read of address 0x10: a NULL pointer and an offset");
        CN_STREQ(run.log, "");
    }
}

TEST(a_write_is_described)
{
    static const char constant[8] __attribute__((aligned(8))) = "const";
    BOTH
    {
        OPEN;
        run.harness.address = NULL;
        crashed("case_write");
        CN_EQ(run.fault.access, CN_ACCESS_WRITE);
        CN_STREQ(said(), "write to address 0x0: a NULL pointer");
        run.harness.address = (void *)(uintptr_t)constant;
        crashed("case_write");
        CN_EQ(run.fault.address, (uintptr_t)constant);
        CN_EQ(run.fault.access, CN_ACCESS_WRITE);
    }
}

TEST(an_address_that_is_none_is_found_in_the_operands)
{
    BOTH
    {
        OPEN;
        run.harness.address = (void *)0xdeadbeefdeadbeef;
        crashed("case_read");
        CN_EQ(run.fault.status, CN_STATUS_ACCESS_VIOLATION);
        CN_EQ(run.fault.access, CN_ACCESS_READ);
        CN_OK(run.fault.address_known);
        CN_EQ(run.fault.address, 0xdeadbeefdeadbeef);
        CN_STREQ(said(), "read of address 0xdeadbeefdeadbeef: no valid address at all");
        crashed("case_write");
        CN_EQ(run.fault.access, CN_ACCESS_WRITE);
        CN_EQ(run.fault.address, 0xdeadbeefdeadbeef);
    }
}

TEST(a_misaligned_vector_access_is_told_as_such)
{
    static char buffer[64] __attribute__((aligned(16)));
    BOTH
    {
        OPEN;
        run.harness.address = buffer;
        CN_OK(run_case("case_aligned_load"));
        run.harness.address = buffer + 4;
        crashed("case_aligned_load");
        CN_EQ(run.fault.address, (uintptr_t)buffer + 4);
        CN_HAS(said(), "not aligned");
    }
}

TEST(a_jump_to_nowhere_names_the_caller)
{
    static char data[16];
    void *const targets[] = {NULL, (void *)0x1234, data};
    BOTH
    {
        OPEN;
        for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
            run.harness.address = targets[i];
            crashed("case_call");
            CN_EQ(run.fault.where, CN_FAULT_IN_DRIVER);
            CN_EQ(run.fault.access, CN_ACCESS_EXECUTE);
            CN_EQ(run.fault.address, (uintptr_t)targets[i]);
            CN_OK(run.fault.frames[0] == targets[i] || targets[i] == NULL);
            CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
        }
        run.harness.address = (void *)0x1234;
        crashed("case_call");
        CN_STREQ(said(), "jump to address 0x1234: a NULL pointer and an offset");
    }
}

TEST(a_jump_to_no_valid_address_lands)
{
    BOTH
    {
        OPEN;
        run.harness.address = (void *)0x8000123456789abc;
        crashed("case_call");
        CN_EQ(run.fault.access, CN_ACCESS_EXECUTE);
        CN_EQ(run.fault.address, 0x8000123456789abc);
        crashed("case_return_nowhere");
        CN_EQ(run.fault.access, CN_ACCESS_EXECUTE);
        CN_EQ(run.fault.address, 0x8000123456789abc);
        run.harness.address = (void *)0x77;
        crashed("case_return_nowhere");
        CN_EQ(run.fault.address, 0x77);
    }
}

TEST(divisions_fail_in_two_ways)
{
    BOTH
    {
        OPEN;
        run.harness.value = UINT64_C(100) << 32;
        crashed("case_divide");
        CN_EQ(run.fault.status, CN_STATUS_INTEGER_DIVIDE_BY_ZERO);
        CN_EQ(run.fault.access, CN_ACCESS_NONE);
        CN_STREQ(said(), "integer division by zero");
        run.harness.value = UINT64_C(0x80000000) << 32 | 0xffffffff;
        crashed("case_divide");
        CN_EQ(run.fault.status, CN_STATUS_INTEGER_OVERFLOW);
        run.harness.value = UINT64_C(100) << 32 | 7;
        CN_OK(run_case("case_divide"));
        CN_EQ(run.result, 14);
        crashed("case_divide_byte");
        CN_EQ(run.fault.status, CN_STATUS_INTEGER_DIVIDE_BY_ZERO);
    }
}

TEST(a_floating_point_exception_is_described_and_not_inherited)
{
    BOTH
    {
        OPEN;
        run.harness.value = 0x1f80 & ~0x200; /* division by zero unmasked */
        crashed("case_float");
        CN_EQ(run.fault.status, CN_STATUS_FLOAT_DIVIDE_BY_ZERO);
        CN_EQ(run.fault.context.mxcsr & 0x200, 0);
        uint32_t mxcsr;
        __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
        CN_EQ(mxcsr & 0x1f80, 0x1f80);
    }
}

TEST(an_undefined_instruction_is_described)
{
    BOTH
    {
        OPEN;
        crashed("case_undefined");
        CN_EQ(run.fault.status, CN_STATUS_ILLEGAL_INSTRUCTION);
        CN_STREQ(said(), "illegal instruction");
        check_frames();
    }
}

TEST(a_breakpoint_is_at_its_instruction_and_may_be_passed)
{
    BOTH
    {
        OPEN;
        crashed("case_breakpoint");
        CN_EQ(run.fault.status, CN_STATUS_BREAKPOINT);
        CN_EQ(*(const uint8_t *)run.fault.pc, 0xcc);
        CN_STREQ(run.log, "");
        run.pass_breakpoints = true;
        CN_OK(run_case("case_breakpoint"));
        CN_EQ(run.result, 5);
        CN_STREQ(run.log, "b");
    }
}

TEST(a_fast_fail_tells_its_code)
{
    BOTH
    {
        OPEN;
        run.harness.value = 3;
        crashed("case_fast_fail");
        CN_EQ(run.fault.status, CN_STATUS_STACK_BUFFER_OVERRUN);
        CN_EQ(run.fault.code, 3);
        CN_EQ(run.fault.record.info[0], 3);
        CN_HAS(said(), "fast fail 3: a list entry is corrupt");
        run.harness.value = 12345;
        crashed("case_fast_fail");
        CN_STREQ(said(), "fast fail 12345");
        check_frames();
    }
}

TEST(a_failed_assertion_is_described)
{
    BOTH
    {
        OPEN;
        crashed("case_assert");
        CN_EQ(run.fault.status, CN_STATUS_ASSERTION_FAILURE);
        CN_STREQ(said(), "assertion failed (NT_ASSERT)");
    }
}

TEST(the_debug_service_prints_and_goes_on)
{
    BOTH
    {
        OPEN;
        CN_OK(run_case("case_print"));
        CN_STREQ(run.notes, "hello from the driver");
        CN_STREQ(run.log, "p");
        CN_EQ(run.result, 0);
    }
}

TEST(other_software_interrupts_are_access_violations)
{
    BOTH
    {
        OPEN;
        crashed("case_interrupt");
        CN_EQ(run.fault.status, CN_STATUS_ACCESS_VIOLATION);
    }
}

TEST(privileged_instructions_are_refused_by_name)
{
    static const char *const cases[] = {"case_cli",   "case_sti",    "case_hlt",
                                        "case_rdmsr", "case_wrmsr",  "case_cr0",
                                        "case_cr3",   "case_wbinvd", "case_lgdt"};
    BOTH
    {
        OPEN;
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
            crashed(cases[i]);
            if (run.fault.status != CN_STATUS_PRIVILEGED_INSTRUCTION)
                CN_FAIL("%s: status %x", cases[i], (unsigned)run.fault.status);
            CN_EQ(run.fault.access, CN_ACCESS_NONE);
        }
        CN_HAS(said(), "privileged instruction");
    }
}

TEST(ports_read_as_all_ones_and_are_reported)
{
    BOTH
    {
        OPEN;
        CN_OK(run_case("case_in"));
        CN_EQ(run.harness.info[0], 0x112233ff);
        CN_EQ(run.harness.info[1], 0x1122ffff);
        CN_EQ(run.result, 0xffffffff);
        CN_STREQ(run.notes, "in 60.1 x1 ff;in 1f0.2 x1 ffff;in cf.4 x1 ffffffff;");
        CN_OK(run_case("case_out"));
        CN_STREQ(run.notes, "out 80.1 x1 42;out cf8.4 x1 80001234;");
        CN_STREQ(run.log, "o");
    }
}

TEST(string_instructions_on_ports_move_their_registers)
{
    uint8_t buffer[2002];
    BOTH
    {
        OPEN;
        memset(buffer, 0, sizeof(buffer));
        run.harness.address = buffer;
        run.harness.value = 1000;
        CN_OK(run_case("case_in_string"));
        CN_EQ(run.result, 2000);
        CN_EQ(run.harness.info[0], 0);
        CN_EQ(buffer[0], 0xff);
        CN_EQ(buffer[1999], 0xff);
        CN_EQ(buffer[2000], 0);
        CN_STREQ(run.notes, "in 1f0.2 x1000 ffff;");
        CN_OK(run_case("case_out_string"));
        CN_EQ(run.result, 1);
        CN_STREQ(run.notes, "out 3f8.1 x1 ff;");
        run.harness.value = 0;
        CN_OK(run_case("case_in_string"));
        CN_EQ(run.result, 0);
        CN_STREQ(run.notes, "");
        run.harness.address = (void *)0x10; /* no memory: nothing is filled, nobody dies */
        run.harness.value = 10;
        CN_OK(run_case("case_in_string"));
    }
}

TEST(cr8_is_the_irql)
{
    BOTH
    {
        OPEN;
        run.irql = 2;
        CN_OK(run_case("case_read_cr8"));
        CN_EQ(run.result, 2);
        CN_STREQ(run.log, "r");
        run.harness.value = 11;
        CN_OK(run_case("case_write_cr8"));
        CN_EQ(run.irql, 11);
        CN_STREQ(run.log, "w");
        run.harness.value = 0;
        CN_OK(run_case("case_cr8_keeps_registers"));
        CN_EQ(run.result, 0);
    }
}

TEST(shared_user_data_can_be_read)
{
    BOTH
    {
        OPEN;
        memset(run.shared, 0, sizeof(run.shared));
        memcpy((char *)run.shared + 0x14, "\x14\x82\xf3\x44\x55\x66\x77\x88", 8);
        run.harness.address = (void *)0xFFFFF78000000014;
        CN_OK(run_case("case_shared_wide"));
        CN_EQ(run.result, 0x8877665544f38214);
        CN_OK(run_case("case_shared_into_itself"));
        CN_EQ(run.result, 0x8877665544f38214);
        CN_OK(run_case("case_shared_narrow"));
        CN_EQ(run.result, 0x8214);
        CN_EQ(run.harness.info[0], (int8_t)0xf3);
        CN_EQ(run.harness.info[1], 0xffffffffffffff82);
        CN_OK(run_case("case_shared_absolute"));
        CN_EQ(run.result, 0x8877665544f38214 + run.harness.value);
    }
}

/* These are run by the processor itself, with the address register changed for one instruction. */
TEST(shared_user_data_can_be_read_in_unusual_ways)
{
    BOTH
    {
        OPEN;
        memset(run.shared, 0, sizeof(run.shared));
        memcpy((char *)run.shared + 0x14, "\x14\x82\xf3\x44\x55\x66\x77\x88", 8);
        run.harness.address = (void *)0xFFFFF78000000014;
        CN_OK(run_case("case_shared_odd"));
        CN_EQ(run.result, 0x8877665544f38214);
        CN_EQ(run.harness.info[0], 1);
        CN_EQ(run.harness.info[1], 8);
        CN_EQ(run.harness.count, 0x8877665544f38214);
        CN_EQ(run.harness.pc, 0x8877665544f38214); /* into the address register itself */
        CN_OK(run.harness.address == (void *)0xFFFFF78000000014);
    }
}

TEST(shared_user_data_cannot_be_written_nor_read_past_its_page)
{
    BOTH
    {
        OPEN;
        run.harness.address = (void *)0xFFFFF78000000014;
        crashed("case_write");
        CN_EQ(run.fault.access, CN_ACCESS_WRITE);
        CN_EQ(run.fault.address, 0xFFFFF78000000014);
        run.harness.address = (void *)0xFFFFF78000000ffc; /* the last four bytes and four more */
        crashed("case_read");
        run.harness.address = (void *)0xFFFFF78000001000;
        crashed("case_read");
        CN_EQ(run.fault.address, 0xFFFFF78000001000);
    }
}

TEST(a_stack_that_runs_over_is_told_as_that)
{
    BOTH
    {
        OPEN;
        crashed("case_recurse");
        CN_EQ(run.fault.status, CN_STATUS_STACK_OVERFLOW);
        CN_OK(run.fault.stack_overflow);
        CN_EQ(run.fault.frame_count, CN_FAULT_FRAMES);
        CN_STREQ(said(), "stack overflow");
        CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
    }
}

TEST(one_frame_larger_than_the_stack_lands_too)
{
    BOTH
    {
        OPEN;
        run.harness.value = 1;
        crashed("case_large_frame");
        CN_OK(run.fault.stack_overflow);
    }
}

TEST(a_smashed_stack_pointer_lands)
{
    static char elsewhere[4096];
    void *const places[] = {NULL, (void *)0x1000, (void *)0xdeadbeefdeadbee0, (void *)-16};
    BOTH
    {
        OPEN;
        for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
            run.harness.address = places[i];
            crashed("case_smash");
            CN_OK(run.fault.stack_lost);
            CN_EQ(run.fault.context.reg[CN_RSP], (uintptr_t)places[i]);
            CN_HAS(said(), "outside the stack");
            CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
        }
        /* A stack pointer into other memory: nothing may be written there. */
        memset(elsewhere, 0x5a, sizeof(elsewhere));
        run.harness.address = elsewhere + 4096;
        crashed("case_smash_then_read");
        CN_OK(run.fault.stack_lost);
        for (size_t i = 0; i < sizeof(elsewhere); i++)
            CN_EQ(elsewhere[i], 0x5a);
    }
}

TEST(a_fault_in_host_code_is_the_callers)
{
    BOTH
    {
        OPEN;
        run.harness.address = (void *)0x18;
        crashed("case_host_reads");
        CN_EQ(run.fault.where, CN_FAULT_IN_CALL);
        CN_EQ(run.fault.address, 0x18);
        CN_EQ(run.fault.access, CN_ACCESS_READ);
        CN_OK(cn_image_find(run.fault.pc) == NULL);
        CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
        CN_STREQ(run.log, "");
    }
}

TEST(faults_can_follow_each_other)
{
    BOTH
    {
        OPEN;
        for (uintptr_t i = 0; i < 200; i++) {
            run.harness.address = (void *)(i * 8);
            crashed(i & 1 ? "case_read" : "case_host_reads");
            CN_EQ(run.fault.address, i * 8);
        }
    }
}

/* -- hangs ------------------------------------------------------------------------------------- */

TEST(a_driver_that_loops_is_interrupted)
{
    run_open(drivers[0]);
    CN_EQ(cn_trap_watch(1), 0);
    run.harness.value = 0;
    CN_OK(!run_case("case_loop"));
    CN_EQ(run.fault.kind, CN_FAULT_HANG);
    CN_EQ(run.fault.where, CN_FAULT_IN_DRIVER);
    CN_EQ(run.fault.status, 0);
    CN_OK(cn_image_find(run.fault.pc) == run.image);
    check_frames();
    CN_STREQ(said(), "does not return");
    run_close();
}

TEST(a_driver_that_loops_over_calls_is_interrupted_in_its_own_code)
{
    run_open(drivers[0]);
    CN_EQ(cn_trap_watch(1), 0);
    CN_OK(!run_case("case_loop_in_host"));
    CN_EQ(run.fault.kind, CN_FAULT_HANG);
    CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
    CN_STREQ(run.log, "........");
    run_close();
}

static u64 poll_for_ever(struct harness *h)
{
    for (h->count = 1; h->count != 0; h->count++)
        cn_trap_poll();
    return 0;
}

TEST(a_driver_that_hangs_in_a_call_is_ended_where_that_call_polls)
{
    run_open(drivers[0]);
    CN_EQ(cn_trap_watch(1), 0);
    run.hook = poll_for_ever;
    CN_OK(!run_case("case_stay_in_host"));
    CN_EQ(run.fault.kind, CN_FAULT_HANG);
    CN_EQ(run.fault.where, CN_FAULT_IN_CALL);
    CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
    run_close();
}

static u64 wait_for_ever(struct harness *h)
{
    for (*(volatile u64 *)&h->count = 1; *(volatile u64 *)&h->count != 0; h->count++)
        __asm__ volatile("" : : : "memory");
    return 0;
}

TEST(a_call_that_does_not_poll_is_interrupted_as_well)
{
    run_open(drivers[0]);
    CN_EQ(cn_trap_watch(1), 0);
    run.hook = wait_for_ever;
    CN_OK(!run_case("case_stay_in_host"));
    CN_EQ(run.fault.kind, CN_FAULT_HANG);
    CN_EQ(run.fault.where, CN_FAULT_IN_CALL);
    CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
    run_close();
}

static u64 beat_for_a_while(struct harness *h)
{
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        h->count++;
        cn_trap_beat();
        cn_trap_poll();
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec - start.tv_sec < 3);
    return 9;
}

TEST(a_driver_that_returns_to_the_engine_does_not_hang)
{
    run_open(drivers[0]);
    CN_EQ(cn_trap_watch(1), 0);
    run.hook = beat_for_a_while;
    CN_OK(run_case("case_stay_in_host"));
    CN_EQ(run.result, 9);
    run_close();
}

/* -- ours and others' -------------------------------------------------------------------------- */

/* Runs fn in a child; the signal that ended it, or 0. */
static int dies_of(void (*fn)(void))
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(2);
        signal(SIGSEGV, SIG_DFL);
        signal(SIGTRAP, SIG_DFL);
        fn();
        _exit(99);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void crash_ourselves(void)
{
    run_open(drivers[0]);
    __asm__ volatile("mov (%0), %0" : : "r"(8L) : "memory");
}

static void break_ourselves(void)
{
    run_open(drivers[0]);
    __asm__ volatile("int3");
}

static void fault_on_landing(void *arg, const struct cn_fault *fault)
{
    (void)arg;
    (void)fault;
    __asm__ volatile("mov (%0), %0" : : "r"(8L) : "memory");
}

static void crash_while_landing(void)
{
    run_open(drivers[0]);
    struct cn_trap_env env = {
        .fault = fault_on_landing, .stack = run_stack, .driver_runs = run_runs};
    cn_trap_remove();
    cn_trap_install(&env);
    run.harness.address = NULL;
    run_case("case_read");
}

static void get_a_signal(void)
{
    run_open(drivers[0]);
    run.running = true;
    raise(SIGSEGV);
}

TEST(our_own_faults_stay_ours)
{
    CN_EQ(dies_of(crash_ourselves), SIGSEGV);
    CN_EQ(dies_of(break_ourselves), SIGTRAP);
    CN_EQ(dies_of(crash_while_landing), SIGSEGV);
    CN_EQ(dies_of(get_a_signal), SIGSEGV);
}

TEST(removing_gives_the_signals_back)
{
    struct sigaction before, after;
    sigaction(SIGSEGV, NULL, &before);
    run_open(drivers[0]);
    run_close();
    sigaction(SIGSEGV, NULL, &after);
    CN_OK(before.sa_handler == after.sa_handler);
}

static void *other_thread(void *arg)
{
    int *result = arg;
    result[0] = cn_trap_thread_begin();
    char to;
    extern int cn_probe_copy(void *, const void *, size_t);
    result[1] = cn_probe_copy(&to, (void *)8, 1);
    cn_trap_thread_end();
    cn_trap_thread_end(); /* harmless */
    return NULL;
}

TEST(another_thread_can_be_prepared)
{
    pthread_t thread;
    int result[2] = {1, 1};
    run_open(drivers[0]);
    pthread_create(&thread, NULL, other_thread, result);
    pthread_join(thread, NULL);
    CN_EQ(result[0], 0);
    CN_EQ(result[1], -EFAULT);
    run_close();
}

/* -- texts ------------------------------------------------------------------------------------- */

TEST(a_text_is_cut_to_its_buffer)
{
    char small[12];
    struct cn_fault fault = {.status = CN_STATUS_INTEGER_DIVIDE_BY_ZERO};
    cn_fault_text(&fault, small, sizeof(small));
    CN_STREQ(small, "integer div");
}

TEST(a_text_names_the_missing_import)
{
    struct cn_import import = {.dll = "ntoskrnl.exe", .name = "MmFoo", .ordinal = -1};
    struct cn_fault fault = {.status = CN_STATUS_ACCESS_VIOLATION,
                             .access = CN_ACCESS_READ,
                             .address_known = true,
                             .address = 0x7f0000001000,
                             .missing = &import};
    cn_fault_text(&fault, text, sizeof(text));
    CN_HAS(text, "the placeholder of ntoskrnl.exe!MmFoo, which is not provided");
    import = (struct cn_import){.dll = "ndis.sys", .ordinal = 12};
    cn_fault_text(&fault, text, sizeof(text));
    CN_HAS(text, "ndis.sys!#12");
}

TEST(a_text_for_an_access_without_address)
{
    struct cn_fault fault = {.status = CN_STATUS_ACCESS_VIOLATION, .access = CN_ACCESS_WRITE};
    CN_STREQ(cn_fault_text(&fault, text, sizeof(text)), "write to an address that is none");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
