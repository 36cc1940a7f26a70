/* seh_test.c - structured exceptions of drivers compiled for Windows. */
#include "load/seh.h"

#include <errno.h>

#include "driver_run.h"

static const char *const handlers[] = {"handler.sys", "handler.msvc.sys"};
/* Runs the block with both compilers' drivers. */
#define BOTH_HANDLERS for (size_t i_ = 0; i_ < 2 && (run_open(handlers[i_]), 1); run_close(), i_++)

static void open_c(void)
{
    run_open("seh.msvc.sys");
}

TEST(an_access_violation_reaches_the_except_block)
{
    open_c();
    run.harness.address = (void *)0x10;
    CN_OK(run_case("case_access_violation"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_STREQ(run.log, "e");
    CN_EQ(run.harness.code, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_EQ(run.harness.count, 2);
    CN_EQ(run.harness.info[0], 0);
    CN_EQ(run.harness.info[1], 0x10);
    CN_OK(cn_image_find((void *)run.harness.pc) == run.image);
    run_close();
}

TEST(a_write_is_told_apart_from_a_read)
{
    open_c();
    run.harness.address = (void *)0x20;
    CN_OK(run_case("case_write_violation"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_EQ(run.harness.info[0], 1);
    CN_EQ(run.harness.info[1], 0x20);
    run_close();
}

TEST(an_address_that_is_none_is_an_access_violation_without_address)
{
    open_c();
    run.harness.address = (void *)0xdeadbeefdeadbeef;
    CN_OK(run_case("case_access_violation"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_EQ(run.harness.info[1], UINT64_MAX);
    run_close();
}

TEST(a_division_by_zero_is_caught)
{
    open_c();
    run.harness.value = 0;
    CN_OK(run_case("case_divide"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_INTEGER_DIVIDE_BY_ZERO);
    run.harness.value = 7;
    CN_OK(run_case("case_divide"));
    CN_EQ(run.result, 14);
    run_close();
}

TEST(a_raised_status_is_the_code_in_the_except_block)
{
    open_c();
    run.harness.value = 0xC000009A;
    CN_OK(run_case("case_raise_status"));
    CN_EQ(run.result, 0xC000009A);
    CN_STREQ(run.log, "");
    CN_EQ(run.harness.count, 0);
    CN_OK(cn_image_find((void *)run.harness.pc) == run.image);
    run_close();
}

TEST(the_other_raising_exports_raise_their_status)
{
    open_c();
    CN_OK(run_case("case_raise_others"));
    CN_EQ(run.harness.info[0], (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_EQ(run.harness.info[1], (uint32_t)CN_STATUS_DATATYPE_MISALIGNMENT);
    run_close();
}

TEST(a_raised_record_arrives_with_its_parameters)
{
    open_c();
    CN_OK(run_case("case_raise_with_parameters"));
    CN_EQ(run.result, 0xE0000001);
    CN_EQ(run.harness.count, 2);
    CN_EQ(run.harness.info[0], 11);
    CN_EQ(run.harness.info[1], 22);
    CN_STREQ(run.log, "e");
    run_close();
}

TEST(a_filter_may_continue_a_raised_exception)
{
    open_c();
    CN_OK(run_case("case_raise_and_continue"));
    CN_EQ(run.result, 0xE0000002);
    CN_STREQ(run.log, "c");
    run_close();
}

TEST(continuing_a_noncontinuable_exception_raises_another)
{
    open_c();
    CN_OK(run_case("case_continue_noncontinuable"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_NONCONTINUABLE_EXCEPTION);
    CN_STREQ(run.log, "e");
    run_close();
}

TEST(a_filter_may_repair_a_register_and_continue)
{
    open_c();
    run.harness.address = (void *)0x30;
    run.harness.value = 4711;
    CN_OK(run_case("case_continue_execution"));
    CN_EQ(run.result, 4711);
    CN_STREQ(run.log, "fc");
    run_close();
}

TEST(filters_are_asked_before_termination_handlers_run_from_inside_out)
{
    open_c();
    CN_OK(run_case("case_finally_order"));
    CN_STREQ(run.log, "12a!be");
    CN_EQ(run.result, 7);
    run_close();
}

TEST(a_termination_handler_knows_that_nothing_went_wrong)
{
    open_c();
    CN_OK(run_case("case_finally_without_exception"));
    CN_STREQ(run.log, "t.");
    run_close();
}

TEST(every_frame_between_is_unwound)
{
    open_c();
    run.harness.value = 100;
    CN_OK(run_case("case_many_frames"));
    CN_EQ(run.result, 101);
    run_close();
}

TEST(an_except_block_may_raise_again)
{
    open_c();
    CN_OK(run_case("case_nested"));
    CN_EQ(run.result, 0xC0000001);
    CN_STREQ(run.log, "12");
    run_close();
}

/* The new exception is searched from the filter on, so every filter further out is asked again, the
 * one that raised it as well; up to its frame the search is marked as nested. */
TEST(an_exception_in_a_filter_is_handled_further_out)
{
    BOTH_HANDLERS
    {
        CN_OK(run_case("case_exception_in_filter"));
        CN_EQ(run.result, 0xC0000002);
        CN_STREQ(run.log, "lffn!");
    }
}

TEST(a_filter_may_handle_an_exception_of_its_own)
{
    open_c();
    CN_OK(run_case("case_filter_handles_its_own"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_STREQ(run.log, "c");
    run_close();
}

TEST(an_exception_in_a_termination_handler_replaces_the_unwinding)
{
    open_c();
    CN_OK(run_case("case_exception_in_finally"));
    CN_EQ(run.result, 0xC0000004);
    CN_STREQ(run.log, "oabnce");
    run_close();
}

TEST(a_termination_handler_may_handle_an_exception_of_its_own)
{
    open_c();
    CN_OK(run_case("case_finally_handles_its_own"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_STREQ(run.log, "iae");
    run_close();
}

TEST(an_exception_that_nobody_wants_ends_the_driver_before_anything_is_unwound)
{
    open_c();
    run.harness.address = (void *)0x40;
    CN_OK(!run_case("case_unhandled"));
    CN_STREQ(run.log, "");
    CN_EQ(run.harness.code, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_EQ(run.fault.kind, CN_FAULT_CRASH);
    CN_EQ(run.fault.where, CN_FAULT_IN_DRIVER);
    CN_EQ(run.fault.status, CN_STATUS_ACCESS_VIOLATION);
    CN_EQ(run.fault.access, CN_ACCESS_READ);
    CN_EQ(run.fault.address, 0x40);
    CN_OK(run.fault.pc == (void *)run.harness.pc);
    run_close();
}

TEST(a_raised_status_that_nobody_wants_is_told_with_its_place)
{
    char text[200];
    open_c();
    run.harness.value = 0xC000009A;
    CN_OK(!run_case("case_unhandled_raise"));
    CN_EQ(run.fault.where, CN_FAULT_RAISED);
    CN_EQ((uint32_t)run.fault.status, 0xC000009A);
    CN_OK(cn_image_find(run.fault.driver_pc) == run.image);
    CN_STREQ(cn_fault_text(&run.fault, text, sizeof(text)),
             "exception 0xc000009a, raised and not handled");
    run_close();
}

TEST(an_exception_does_not_pass_host_frames)
{
    open_c();
    CN_OK(!run_case("case_through_host"));
    CN_STREQ(run.log, "");
    CN_EQ(run.fault.status, CN_STATUS_ACCESS_VIOLATION);
    run_close();
}

TEST(an_exception_below_host_frames_is_handled_there)
{
    open_c();
    CN_OK(run_case("case_below_host"));
    CN_EQ(run.result, 3);
    CN_STREQ(run.log, "i");
    run_close();
}

TEST(a_jump_to_nowhere_can_be_caught_by_the_caller)
{
    open_c();
    run.harness.address = (void *)0x1234;
    CN_OK(run_case("case_call_nowhere"));
    CN_EQ(run.result, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
    CN_EQ(run.harness.info[0], 8);
    CN_EQ(run.harness.info[1], 0x1234);
    CN_EQ(run.harness.pc, 0x1234);
    run_close();
}

TEST(traps_of_the_processor_are_exceptions_of_their_own)
{
    static const int32_t want[] = {CN_STATUS_ASSERTION_FAILURE, CN_STATUS_BREAKPOINT,
                                   CN_STATUS_PRIVILEGED_INSTRUCTION, CN_STATUS_ILLEGAL_INSTRUCTION};
    open_c();
    for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
        run.harness.value = i;
        CN_OK(run_case("case_trap"));
        CN_EQ(run.result, (uint32_t)want[i]);
        CN_STREQ(run.log, "");
    }
    run_close();
}

TEST(a_fast_fail_asks_no_handler)
{
    open_c();
    run.harness.value = 4;
    run.harness.code = 0;
    CN_OK(!run_case("case_trap"));
    CN_EQ(run.harness.code, 0);
    CN_EQ(run.fault.status, CN_STATUS_STACK_BUFFER_OVERRUN);
    CN_EQ(run.fault.code, 3);
    run_close();
}

TEST(variables_survive_into_the_except_block)
{
    uint64_t s = 1000;
    open_c();
    run.harness.value = s;
    CN_OK(run_case("case_keeps_variables"));
    CN_EQ(run.result, (s + 1) + s * 3 + (s ^ 5) + (s << 2) + (s - 7) + (s | 9));
    CN_STREQ(run.log, "e");
    run_close();
}

/* Neither stacks nor what sanitizers keep about them may grow with each exception. */
TEST(exceptions_can_be_handled_any_number_of_times)
{
    open_c();
    run.harness.value = 5000;
    CN_OK(run_case("case_repeat"));
    CN_EQ(run.result, 5000);
    run_close();
}

TEST(a_handler_of_the_driver_may_pass_on_to_that_of_c)
{
    BOTH_HANDLERS
    {
        CN_OK(run_case("case_wrapped"));
        CN_EQ(run.result, (uint32_t)CN_STATUS_ACCESS_VIOLATION);
        CN_STREQ(run.log, "lww");
    }
}

TEST(a_handler_of_the_driver_may_unwind_to_where_it_wants)
{
    BOTH_HANDLERS
    {
        CN_OK(run_case("case_unwinder"));
        CN_EQ(run.result, 77);
        CN_STREQ(run.log, "lsu");
    }
}

TEST(a_handler_that_answers_nonsense_ends_the_driver)
{
    BOTH_HANDLERS
    {
        CN_OK(!run_case("case_confused"));
        CN_EQ(run.fault.status, CN_STATUS_INVALID_DISPOSITION);
        CN_EQ(run.fault.record.chain != NULL, 1);
    }
}

TEST(leaving_a_try_block_runs_its_termination_handler)
{
    BOTH_HANDLERS
    {
        CN_OK(run_case("case_leaver"));
        CN_EQ(run.result, 42);
        CN_STREQ(run.log, "!");
    }
}

TEST(a_program_counter_is_traced_to_its_image_and_function)
{
    unsigned long long base = 0;
    void *header = NULL;
    run_open("frames.sys");
    char *entry = cn_image_export(run.image, "case_frames", -1);
    struct _RUNTIME_FUNCTION *found = RtlLookupFunctionEntry((uintptr_t)entry + 1, &base, NULL);
    CN_OK(found != NULL);
    CN_EQ(base, (uintptr_t)cn_image_base(run.image));
    CN_EQ(((struct cn_runtime_function *)found)->begin, (uintptr_t)entry - base);
    CN_OK(RtlPcToFileHeader(entry, &header) == cn_image_base(run.image));
    CN_OK(header == cn_image_base(run.image));
    CN_OK(RtlPcToFileHeader(&base, &header) == NULL);
    CN_OK(header == NULL);
    CN_OK(RtlLookupFunctionEntry((uintptr_t)&base, &base, NULL) == NULL);
    run_close();
}

TEST(a_capture_has_the_registers_after_the_call)
{
    struct cn_context context;
    memset(&context, 0xee, sizeof(context));
    RtlCaptureContext((struct _CONTEXT *)&context);
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    CN_EQ(context.flags,
          CN_CONTEXT_CONTROL | CN_CONTEXT_INTEGER | CN_CONTEXT_SEGMENTS | CN_CONTEXT_FLOATING);
    CN_EQ(context.reg[CN_RCX], (uintptr_t)&context);
    CN_OK(context.reg[CN_RSP] <= here && here - context.reg[CN_RSP] < 4096);
    CN_EQ(context.reg[CN_RBP], here);
    CN_EQ(context.mxcsr, 0x1f80);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
