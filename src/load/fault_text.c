/* fault_text.c - says in one line what a driver did. */
#include "load/trap.h"

#include <inttypes.h>

#include "base/base.h"

static const struct {
    int32_t status;
    const char *text;
} statuses[] = {
    {CN_STATUS_DATATYPE_MISALIGNMENT, "access to a misaligned address"},
    {CN_STATUS_BREAKPOINT, "breakpoint (int 3) without a debugger"},
    {CN_STATUS_SINGLE_STEP, "single step without a debugger"},
    {CN_STATUS_ACCESS_VIOLATION, "access violation"},
    {CN_STATUS_ILLEGAL_INSTRUCTION, "illegal instruction"},
    {CN_STATUS_NONCONTINUABLE_EXCEPTION,
     "a filter continued an exception that cannot be continued"},
    {CN_STATUS_INVALID_DISPOSITION, "an exception handler gave back no valid disposition"},
    {CN_STATUS_BAD_STACK, "unwinding met a stack that cannot be read"},
    {CN_STATUS_INVALID_UNWIND_TARGET, "unwinding to a frame that does not exist"},
    {CN_STATUS_FLOAT_DIVIDE_BY_ZERO, "floating point division by zero"},
    {CN_STATUS_FLOAT_INEXACT_RESULT, "inexact floating point result"},
    {CN_STATUS_FLOAT_INVALID_OPERATION, "invalid floating point operation"},
    {CN_STATUS_FLOAT_OVERFLOW, "floating point overflow"},
    {CN_STATUS_FLOAT_UNDERFLOW, "floating point underflow"},
    {CN_STATUS_INTEGER_DIVIDE_BY_ZERO, "integer division by zero"},
    {CN_STATUS_INTEGER_OVERFLOW, "integer overflow in a division"},
    {CN_STATUS_PRIVILEGED_INSTRUCTION, "privileged instruction, which only a real kernel may use"},
    {CN_STATUS_STACK_OVERFLOW, "stack overflow"},
    {CN_STATUS_ASSERTION_FAILURE, "assertion failed (NT_ASSERT)"},
};

/* Codes that compilers and headers put into drivers by themselves (winnt.h names all of them). */
static const struct {
    uint32_t code;
    const char *text;
} fast_fails[] = {
    {2, "the stack cookie of a function was overwritten: a buffer on the stack overran"},
    {3, "a list entry is corrupt: it was freed, removed twice or overwritten"},
    {4, "incorrect stack"},
    {5, "invalid argument"},
    {6, "the security cookie was not initialised"},
    {7, "the driver asked for it (FAST_FAIL_FATAL_APP_EXIT)"},
    {10, "a call through a pointer that is no function's address (guard check)"},
};

static const char *status_text(int32_t status)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].text;
    return NULL;
}

static void put_fast_fail(struct cn_text *t, uint32_t code)
{
    cn_text_put(t, "fast fail %" PRIu32, code);
    for (size_t i = 0; i < CN_ARRAY_SIZE(fast_fails); i++)
        if (fast_fails[i].code == code)
            cn_text_put(t, ": %s", fast_fails[i].text);
}

static void put_import(struct cn_text *t, const struct cn_import *import)
{
    if (import->dll[0] != '\0')
        cn_text_put(t, "%s!", import->dll);
    if (import->name != NULL)
        cn_text_put(t, "%s", import->name);
    else
        cn_text_put(t, "#%d", import->ordinal);
}

/* Why an address is bad, where its value shows it. */
static void put_reason(struct cn_text *t, const struct cn_fault *fault)
{
    bool canonical = (int64_t)(fault->address << 16) >> 16 == (int64_t)fault->address;
    if (fault->missing != NULL) {
        cn_text_put(t, ": the placeholder of ");
        put_import(t, fault->missing);
        cn_text_put(t, ", which is not provided");
    } else if (fault->address == 0) {
        cn_text_put(t, ": a NULL pointer");
    } else if (fault->address < 65536) {
        cn_text_put(t, ": a NULL pointer and an offset");
    } else if (!canonical) {
        cn_text_put(t, ": no valid address at all");
    } else if (fault->record.count == 2 && fault->record.info[1] == UINT64_MAX &&
               fault->access != CN_ACCESS_EXECUTE && (fault->address & 15) != 0) {
        cn_text_put(t, ": not aligned as the instruction needs it");
    }
}

static void put_access(struct cn_text *t, const struct cn_fault *fault)
{
    static const char *const words[] = {[CN_ACCESS_READ] = "read of",
                                        [CN_ACCESS_WRITE] = "write to",
                                        [CN_ACCESS_EXECUTE] = "jump to"};
    if (!fault->address_known) {
        cn_text_put(t, "%s an address that is none", words[fault->access]);
        return;
    }
    cn_text_put(t, "%s address 0x%" PRIx64, words[fault->access], fault->address);
    put_reason(t, fault);
}

char *cn_fault_text(const struct cn_fault *fault, char *buf, size_t size)
{
    struct cn_text t;
    const char *text = status_text(fault->status);
    cn_text_init(&t, buf, size);
    if (fault->kind == CN_FAULT_HANG)
        cn_text_put(&t, "does not return");
    else if (fault->status == CN_STATUS_STACK_BUFFER_OVERRUN)
        put_fast_fail(&t, fault->code);
    else if (fault->access != CN_ACCESS_NONE && !fault->stack_overflow)
        put_access(&t, fault);
    else if (text != NULL)
        cn_text_put(&t, "%s", text);
    else
        cn_text_put(&t, "exception 0x%08" PRIx32, (uint32_t)fault->status);
    if (fault->where == CN_FAULT_RAISED)
        cn_text_put(&t, ", raised and not handled");
    if (fault->stack_lost && !fault->stack_overflow)
        cn_text_put(&t, "; the stack pointer is 0x%" PRIx64 ", outside the stack",
                    fault->context.reg[CN_RSP]);
    return buf;
}
