/* print_test.c - DbgPrint, the error log, bug checks and what is left at the end. */
#include "nt_kit.h"

static void NTAPI print_v(const char *format, ...)
{
    __builtin_ms_va_list args;
    __builtin_ms_va_start(args, format);
    vDbgPrintExWithPrefix("pre: ", 0, 0, format, args);
    __builtin_ms_va_end(args);
    __builtin_ms_va_start(args, format);
    vDbgPrintEx(0, 0, format, args);
    __builtin_ms_va_end(args);
}

TEST(a_print_is_an_event_without_its_newline)
{
    kit_start();
    DbgPrint("hello %wZ %d\n", U("wan"), 7);
    DbgPrintEx(80, 3, "%s\r\n", "ex");
    print_v("%d", 5);
    CN_HAS(events, "hello wan 7");
    CN_HAS(events, "pre: 5");
    DbgPrint("caf\xE9\n");
    CN_HAS(events, "caf\xC3\xA9");
    BROKE_NOTHING();
}

TEST(a_long_print_is_cut)
{
    char text[600];
    kit_start();
    memset(text, 'a', sizeof(text));
    text[599] = '\0';
    DbgPrint("%s", text);
    const char *a = strchr(events, 'a');
    CN_OK(a != NULL && strspn(strstr(events, "aaaa"), "a") <= 512);
}

TEST(an_error_log_entry_is_told_and_gone)
{
    kit_start();
    IO_ERROR_LOG_PACKET *p = IoAllocateErrorLogEntry(cn_nt_driver_object(driver), 60);
    p->ErrorCode = STATUS_INSUFFICIENT_RESOURCES;
    p->DumpDataSize = 400; /* more than there is room for */
    p->DumpData[0] = 0xABCD;
    IoWriteErrorLogEntry(p);
    CN_HAS(events, "0x0000ABCD");
    CN_OK(IoAllocateErrorLogEntry(NULL, 8) == NULL);
    CN_OK(IoAllocateErrorLogEntry(NULL, 255) == NULL);
    IoFreeErrorLogEntry(IoAllocateErrorLogEntry(NULL, 64));
    CN_EQ(cn_pool_live(driver), 0);
    BROKE_NOTHING();
    IoWriteErrorLogEntry(p);
    BROKE(CN_MEM_003);
}

TEST(bug_checks_are_named_with_their_parameters)
{
    char text[400];
    const uint64_t p[4] = {0x1000, 2, 1, 0x2000};
    CN_STREQ(cn_bugcheck_name(0xD1), "DRIVER_IRQL_NOT_LESS_OR_EQUAL");
    CN_STREQ(cn_bugcheck_name(0x1000007E), "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED");
    CN_OK(cn_bugcheck_name(0x12345) == NULL);
    cn_bugcheck_text(0xD1, p, text, sizeof(text));
    CN_HAS(text, "DRIVER_IRQL_NOT_LESS_OR_EQUAL (0xD1)");
    CN_HAS(text, "address 0x1000; IRQL 0x2");
    cn_bugcheck_text(0xABC, p, text, sizeof(text));
    CN_HAS(text, "0xABC (a code of the driver's own): 0x1000 0x2 0x1 0x2000");
}

static void check_in_context(void *arg)
{
    struct cn_frame f;
    if (!cn_upcall_begin(&f, driver, "Crash", (const void *)check_in_context, "test"))
        return;
    if (arg != NULL)
        RtlAssert((void *)"x == 1", (void *)"wan.c", 12, NULL);
    KeBugCheckEx(MULTIPLE_IRP_COMPLETE_REQUESTS, 1, 2, 3, 4);
}

TEST(a_bug_check_stops_the_driver_only)
{
    for (int i = 0; i < 2; i++) {
        kit_start();
        cn_upcall_end(&handler, NULL);
        cn_engine_spawn(check_in_context, i == 1 ? driver : NULL, "crash");
        CN_EQ(cn_engine_run(), CN_END_STOPPED);
        CN_OK(driver->stopped);
        BROKE(CN_HOST_003);
        CN_HAS(found,
               i == 0 ? "MULTIPLE_IRP_COMPLETE_REQUESTS" : "assertion x == 1 failed (wan.c:12)");
    }
}

static VOID NTAPI bug_callback(PVOID buffer, ULONG length)
{
    (void)buffer, (void)length;
}

TEST(a_bug_check_callback_left_at_unload_is_told)
{
    static KBUGCHECK_CALLBACK_RECORD r;
    static KBUGCHECK_REASON_CALLBACK_RECORD reason;
    kit_start();
    CN_OK(KeRegisterBugCheckCallback(&r, bug_callback, NULL, 0, (PUCHAR) "c"));
    CN_OK(!KeRegisterBugCheckCallback(&r, bug_callback, NULL, 0, (PUCHAR) "c"));
    CN_OK(KeDeregisterBugCheckCallback(&r));
    CN_OK(!KeDeregisterBugCheckCallback(&r));
    CN_OK(KeRegisterBugCheckReasonCallback(&reason, NULL, KbCallbackDumpIo, (PUCHAR) "c"));
    kit_unload(false);
    CN_HAS(events, "bug check callback");
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
