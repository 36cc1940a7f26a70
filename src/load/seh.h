/* seh.h - structured exceptions of PE drivers: the structures of the x64 ABI, dispatch, raising.
 *
 * An exception travels over the driver's own frames only, found through .pdata (unwind.h). It
 * starts in a driver frame: either where the processor faulted (trap.h hands it over) or at the
 * call of an exported function that raises. Host frames are never unwound: an exception that
 * reaches one has no handler, and the function set by cn_seh_on_unhandled gets it.
 *
 * A host function that may raise on behalf of a driver is exported through CN_RAISING_EXPORT, which
 * gives it the registers its caller had; cn_seh_raise then starts the dispatch in that caller.
 * Before it raises, the function gives back whatever it holds, for nothing of it runs afterwards.
 */
#ifndef CN_LOAD_SEH_H
#define CN_LOAD_SEH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CN_MSABI __attribute__((ms_abi))

/* -- structures whose layout the x64 ABI fixes (names of the documentation in brackets) -------- */

struct cn_xmm {
    uint64_t low, high;
} __attribute__((aligned(16)));

enum cn_reg {
    CN_RAX,
    CN_RCX,
    CN_RDX,
    CN_RBX,
    CN_RSP,
    CN_RBP,
    CN_RSI,
    CN_RDI,
    CN_R8,
    CN_R9,
    CN_R10,
    CN_R11,
    CN_R12,
    CN_R13,
    CN_R14,
    CN_R15
};

/* [CONTEXT] The registers of a driver at one instant; 1232 bytes. */
struct cn_context {
    uint64_t home[6];
    uint32_t flags, mxcsr;
    uint16_t cs, ds, es, fs, gs, ss;
    uint32_t eflags;
    uint64_t debug[6];
    uint64_t reg[16]; /* by enum cn_reg */
    uint64_t rip;
    struct {
        uint8_t control[32]; /* x87 control words; MXCSR at 24 */
        struct cn_xmm st[8];
        struct cn_xmm xmm[16];
        uint8_t reserved[96];
    } fx; /* what fxsave stores */
    struct cn_xmm vector[26];
    uint64_t vector_control, debug_control, branch[4];
};

/* Bits of cn_context.flags; the architecture's bit is part of each. */
enum {
    CN_CONTEXT_CONTROL = 0x100001,
    CN_CONTEXT_INTEGER = 0x100002,
    CN_CONTEXT_SEGMENTS = 0x100004,
    CN_CONTEXT_FLOATING = 0x100008
};

/* [EXCEPTION_RECORD] */
struct cn_exception_record {
    uint32_t code, flags;
    struct cn_exception_record *chain;
    void *address;
    uint32_t count; /* of info[] */
    uint64_t info[15];
};

/* cn_exception_record.flags */
enum {
    CN_EXCEPTION_NONCONTINUABLE = 0x01,
    CN_EXCEPTION_UNWINDING = 0x02,
    CN_EXCEPTION_EXIT_UNWIND = 0x04,
    CN_EXCEPTION_NESTED_CALL = 0x10,
    CN_EXCEPTION_TARGET_UNWIND = 0x20,
    CN_EXCEPTION_COLLIDED_UNWIND = 0x40
};

/* [EXCEPTION_POINTERS] What a filter gets. */
struct cn_exception_pointers {
    struct cn_exception_record *record;
    struct cn_context *context;
};

/* [RUNTIME_FUNCTION] One entry of .pdata, in offsets from the image base. */
struct cn_runtime_function {
    uint32_t begin, end, unwind;
};

/* [DISPATCHER_CONTEXT] What a language handler gets. */
struct cn_dispatcher_context {
    uint64_t control_pc, image_base;
    const struct cn_runtime_function *function;
    uint64_t frame, target_ip;
    struct cn_context *context;
    void *handler;
    const void *handler_data;
    void *history; /* ours: the walk this call belongs to */
    uint32_t scope_index, fill;
};

/* [EXCEPTION_DISPOSITION] */
enum cn_disposition {
    CN_CONTINUE_EXECUTION,
    CN_CONTINUE_SEARCH,
    CN_NESTED_EXCEPTION,
    CN_COLLIDED_UNWIND
};

enum {
    CN_STATUS_DATATYPE_MISALIGNMENT = (int)0x80000002,
    CN_STATUS_BREAKPOINT = (int)0x80000003,
    CN_STATUS_SINGLE_STEP = (int)0x80000004,
    CN_STATUS_ACCESS_VIOLATION = (int)0xC0000005,
    CN_STATUS_ILLEGAL_INSTRUCTION = (int)0xC000001D,
    CN_STATUS_NONCONTINUABLE_EXCEPTION = (int)0xC0000025,
    CN_STATUS_INVALID_DISPOSITION = (int)0xC0000026,
    CN_STATUS_UNWIND = (int)0xC0000027,
    CN_STATUS_BAD_STACK = (int)0xC0000028,
    CN_STATUS_INVALID_UNWIND_TARGET = (int)0xC0000029,
    CN_STATUS_FLOAT_DIVIDE_BY_ZERO = (int)0xC000008E,
    CN_STATUS_FLOAT_INEXACT_RESULT = (int)0xC000008F,
    CN_STATUS_FLOAT_INVALID_OPERATION = (int)0xC0000090,
    CN_STATUS_FLOAT_OVERFLOW = (int)0xC0000091,
    CN_STATUS_FLOAT_UNDERFLOW = (int)0xC0000093,
    CN_STATUS_INTEGER_DIVIDE_BY_ZERO = (int)0xC0000094,
    CN_STATUS_INTEGER_OVERFLOW = (int)0xC0000095,
    CN_STATUS_PRIVILEGED_INSTRUCTION = (int)0xC0000096,
    CN_STATUS_STACK_OVERFLOW = (int)0xC00000FD,
    CN_STATUS_STACK_BUFFER_OVERRUN = (int)0xC0000409,
    CN_STATUS_ASSERTION_FAILURE = (int)0xC0000420
};

/* -- dispatch ---------------------------------------------------------------------------------- */

/* Gets every exception that no frame of the driver handles, on the driver's stack, at the point
 * where it was raised; never returns. trap is what cn_seh_dispatch was given, NULL for a raised
 * exception. */
typedef void cn_seh_unhandled_fn(struct cn_exception_record *record, struct cn_context *context,
                                 void *trap);
void cn_seh_on_unhandled(cn_seh_unhandled_fn *unhandled);

/* Finds and runs the handlers for an exception at `context`, whose rip lies in a driver (or is the
 * target of a wild jump out of one). Runs below the driver's stack pointer, outside any signal
 * handler. Both structures stay in use until the handler has been entered. */
void cn_seh_dispatch(struct cn_exception_record *record, struct cn_context *context, void *trap)
    __attribute__((noreturn));

/* Registers a caller expects to find unchanged, and where it continues. */
struct cn_caller {
    uint64_t rbx, rbp, rsi, rdi, r12, r13, r14, r15, rsp, rip;
    struct cn_xmm xmm[10]; /* xmm6..xmm15 */
};

/* Raises a noncontinuable exception in the driver that called a CN_RAISING_EXPORT function, at most
 * 15 parameters. */
void cn_seh_raise(const struct cn_caller *caller, int32_t status, uint32_t count,
                  const uint64_t *info) __attribute__((noreturn, cold));

/* Defines the exported function `name` with `nargs` (0..8) integer or pointer arguments. It calls
 *     CN_MSABI T impl(arguments..., const struct cn_caller *caller);
 * and returns what that returns. impl must not be static. Write no semicolon after it. */
#define CN_RAISING_EXPORT(name, impl, nargs)                                                       \
    __asm__(".text\n"                                                                              \
            ".p2align 4\n"                                                                         \
            ".globl " #name "\n"                                                                   \
            ".type " #name ", @function\n" #name ":\n"                                             \
            ".cfi_startproc\n"                                                                     \
            "    lea " #impl "(%rip), %rax\n"                                                      \
            "    mov $" #nargs ", %r11d\n"                                                         \
            "    jmp cn_seh_enter\n"                                                               \
            ".cfi_endproc\n"                                                                       \
            ".size " #name ", .-" #name "\n");

/* Loads every register from the context. What it holds is below the new stack pointer afterwards.
 */
void cn_context_restore(const struct cn_context *context) __attribute__((noreturn));

/* The same for a driver's context, on the way back from host frames that are abandoned by it: the
 * flags and control words are first reduced to what a driver may set. */
void cn_context_resume(struct cn_context *context) __attribute__((noreturn));

/* -- exported to drivers ----------------------------------------------------------------------- */
/* The tags are those of the documentation, so that these prototypes agree with include/nt. */

struct _CONTEXT;
struct _EXCEPTION_RECORD;
struct _RUNTIME_FUNCTION;
struct _DISPATCHER_CONTEXT;
struct _UNWIND_HISTORY_TABLE;
struct _KNONVOLATILE_CONTEXT_POINTERS;

/* The language handler of C's __try: filters in the search, __finally blocks in the unwind. */
CN_MSABI int __C_specific_handler(struct _EXCEPTION_RECORD *record, void *frame,
                                  struct _CONTEXT *context, struct _DISPATCHER_CONTEXT *dispatcher);

/* Run the termination handlers up to target_frame (or to the last frame, when NULL) and continue at
 * target_ip with return_value in rax. */
CN_MSABI void RtlUnwindEx(void *target_frame, void *target_ip, struct _EXCEPTION_RECORD *record,
                          void *return_value, struct _CONTEXT *context,
                          struct _UNWIND_HISTORY_TABLE *history);
CN_MSABI void RtlUnwind(void *target_frame, void *target_ip, struct _EXCEPTION_RECORD *record,
                        void *return_value);
CN_MSABI void _local_unwind(void *target_frame, void *target_ip);

CN_MSABI void *RtlVirtualUnwind(uint32_t handler_type, unsigned long long image_base,
                                unsigned long long control_pc, struct _RUNTIME_FUNCTION *function,
                                struct _CONTEXT *context, void **handler_data,
                                unsigned long long *frame,
                                struct _KNONVOLATILE_CONTEXT_POINTERS *pointers);
CN_MSABI struct _RUNTIME_FUNCTION *RtlLookupFunctionEntry(unsigned long long control_pc,
                                                          unsigned long long *image_base,
                                                          struct _UNWIND_HISTORY_TABLE *history);
CN_MSABI void *RtlPcToFileHeader(void *pc, void **base);

CN_MSABI void RtlCaptureContext(struct _CONTEXT *context);
CN_MSABI void RtlRestoreContext(struct _CONTEXT *context, struct _EXCEPTION_RECORD *record);

CN_MSABI void RtlRaiseException(struct _EXCEPTION_RECORD *record);
CN_MSABI void ExRaiseStatus(int32_t status);
CN_MSABI void ExRaiseAccessViolation(void);
CN_MSABI void ExRaiseDatatypeMisalignment(void);

/* Stack probes with their own calling convention: only their address is of use to C. */
void __chkstk(void);
void ___chkstk_ms(void);

#endif
