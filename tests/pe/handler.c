/* handler.c - a driver with language handlers of its own, on functions written by hand.
 *
 * cflags: -Itests/pe -funwind-tables
 */
#include "harness.h"

struct record;
struct context;
struct dispatcher;

__declspec(dllimport) int __C_specific_handler(struct record *, void *frame, struct context *,
                                               struct dispatcher *);
__declspec(dllimport) void RtlUnwindEx(void *frame, void *ip, struct record *, void *value,
                                       struct context *, void *history);
__declspec(dllimport) void RtlUnwind(void *frame, void *ip, struct record *, void *value);
__declspec(dllimport) void ExRaiseStatus(int status);
__declspec(dllimport) void _local_unwind(void *frame, void *ip);

static struct harness *volatile current;

int DriverEntry(void *driver, void *path);
int DriverEntry(void *driver, void *path)
{
    (void)driver;
    (void)path;
    return 0;
}

/* As the security check of MSVC does it: look first, then leave the rest to C's handler. */
int wrapping_handler(struct record *record, void *frame, struct context *context,
                     struct dispatcher *dispatcher);
int wrapping_handler(struct record *record, void *frame, struct context *context,
                     struct dispatcher *dispatcher)
{
    current->log(current, 'w');
    return __C_specific_handler(record, frame, context, dispatcher);
}

struct head {
    u32 code, flags;
};

extern char unwound_here[];

/* Unwinds by itself, in the search. */
int unwinding_handler(struct record *record, void *frame, struct context *context,
                      struct dispatcher *dispatcher);
int unwinding_handler(struct record *record, void *frame, struct context *context,
                      struct dispatcher *dispatcher)
{
    (void)context;
    (void)dispatcher;
    if (((struct head *)record)->flags & 6) {
        current->log(current, 'u');
        return 1;
    }
    current->log(current, 's');
    RtlUnwind(frame, unwound_here, record, (void *)77);
    return 1;
}

int confused_handler(struct record *record, void *frame, struct context *context,
                     struct dispatcher *dispatcher);
int confused_handler(struct record *record, void *frame, struct context *context,
                     struct dispatcher *dispatcher)
{
    (void)record;
    (void)frame;
    (void)context;
    (void)dispatcher;
    return 99;
}

u64 faulting_load(struct harness *h);
u64 faulting_load(struct harness *h)
{
    u64 value;
    current = h;
    h->log(h, 'l');
    __asm__ volatile("mov (%1), %0" : "=r"(value) : "r"(h->address) : "memory");
    return value;
}

u64 log_finally(int abnormal, void *frame);
u64 log_finally(int abnormal, void *frame)
{
    (void)frame;
    current->log(current, abnormal ? '!' : '.');
    return 0;
}

struct pointers {
    struct head *record;
    struct context *context;
};

/* Raises, unless it is asked about what it has raised. */
int raising_filter(struct pointers *p, void *frame);
int raising_filter(struct pointers *p, void *frame)
{
    (void)frame;
    current->log(current, 'f');
    if (p->record->code != 0xC0000002)
        ExRaiseStatus((int)0xC0000002);
    return 0;
}

int outer_filter(struct pointers *p, void *frame);
int outer_filter(struct pointers *p, void *frame)
{
    (void)frame;
    current->log(current, (p->record->flags & 0x10) ? 'n' : 'o');
    return p->record->code == 0xC0000002;
}

void leave_try(void *frame);
void leave_try(void *frame)
{
    extern char left_here[];
    _local_unwind(frame, left_here);
}

#define FUNCTION(name) ".globl " #name "\n .p2align 4\n" #name ":\n .seh_proc " #name "\n"

/* A frame with a frame register, saved registers and vector registers, and C's handler behind ours.
 */
__asm__(".text\n" FUNCTION(wrapped) //
        " push %rbp\n .seh_pushreg %rbp\n"
        " push %rbx\n .seh_pushreg %rbx\n"
        " sub $0x58, %rsp\n .seh_stackalloc 0x58\n"
        " lea 0x30(%rsp), %rbp\n .seh_setframe %rbp, 0x30\n"
        " movaps %xmm6, 0x30(%rsp)\n .seh_savexmm %xmm6, 0x30\n"
        " mov %rsi, 0x48(%rsp)\n .seh_savereg %rsi, 0x48\n"
        " .seh_endprologue\n"
        " xorps %xmm6, %xmm6\n mov $0x5555, %ebx\n mov $0x6666, %esi\n"
        " sub $0x100, %rsp\n"
        "try_begin:\n call faulting_load\n nop\n"
        "try_end:\n mov $1, %eax\n jmp 2f\n"
        "except_here:\n mov %rbx, %rcx\n add %rsi, %rcx\n"
        "2: movaps (%rbp), %xmm6\n mov 0x18(%rbp), %rsi\n"
        " lea 0x28(%rbp), %rsp\n pop %rbx\n pop %rbp\n ret\n"
        " .seh_handler wrapping_handler, @except, @unwind\n"
        " .seh_handlerdata\n"
        " .long 1\n .rva try_begin\n .rva try_end\n .long 1\n .rva except_here\n"
        " .text\n .seh_endproc\n");

__asm__(".text\n" FUNCTION(unwinder) //
        " sub $0x28, %rsp\n .seh_stackalloc 0x28\n .seh_endprologue\n"
        " call faulting_load\n nop\n"
        ".globl unwound_here\nunwound_here:\n"
        " add $0x28, %rsp\n ret\n"
        " .seh_handler unwinding_handler, @except, @unwind\n"
        " .seh_handlerdata\n .text\n .seh_endproc\n");

__asm__(".text\n" FUNCTION(confused) //
        " sub $0x28, %rsp\n .seh_stackalloc 0x28\n .seh_endprologue\n"
        " call faulting_load\n nop\n add $0x28, %rsp\n ret\n"
        " .seh_handler confused_handler, @except\n"
        " .seh_handlerdata\n .text\n .seh_endproc\n");

/* Three scopes from inside out: a termination handler, a filter that raises, one that takes it. */
__asm__(".text\n" FUNCTION(filtered) //
        " sub $0x28, %rsp\n .seh_stackalloc 0x28\n .seh_endprologue\n"
        "filtered_begin:\n call faulting_load\n nop\n"
        "filtered_end:\n"
        "not_here: xor %eax, %eax\n"
        "filtered_here:\n add $0x28, %rsp\n ret\n"
        " .seh_handler __C_specific_handler, @except, @unwind\n"
        " .seh_handlerdata\n"
        " .long 3\n"
        " .rva filtered_begin\n .rva filtered_end\n .rva log_finally\n .long 0\n"
        " .rva filtered_begin\n .rva filtered_end\n .rva raising_filter\n .rva not_here\n"
        " .rva filtered_begin\n .rva filtered_end\n .rva outer_filter\n .rva filtered_here\n"
        " .text\n .seh_endproc\n");

/* Leaves a __try with a termination handler by a jump, as `return` inside of it compiles. */
__asm__(".text\n" FUNCTION(leaver) //
        " push %rbp\n .seh_pushreg %rbp\n"
        " sub $0x20, %rsp\n .seh_stackalloc 0x20\n"
        " lea 0x20(%rsp), %rbp\n .seh_setframe %rbp, 0x20\n .seh_endprologue\n"
        "leave_begin:\n mov %rsp, %rcx\n call leave_try\n nop\n"
        "leave_end:\n"
        ".globl left_here\nleft_here:\n mov $42, %eax\n add $0x20, %rsp\n pop %rbp\n ret\n"
        " .seh_handler __C_specific_handler, @except, @unwind\n"
        " .seh_handlerdata\n"
        " .long 1\n .rva leave_begin\n .rva leave_end\n .rva log_finally\n .long 0\n"
        " .text\n .seh_endproc\n");

u64 wrapped(struct harness *h);
u64 unwinder(struct harness *h);
u64 confused(struct harness *h);
u64 leaver(struct harness *h);
u64 filtered(struct harness *h);

EXPORT u64 case_wrapped(struct harness *h)
{
    return wrapped(h);
}

EXPORT u64 case_unwinder(struct harness *h)
{
    return unwinder(h);
}

EXPORT u64 case_confused(struct harness *h)
{
    return confused(h);
}

EXPORT u64 case_leaver(struct harness *h)
{
    current = h;
    return leaver(h);
}

EXPORT u64 case_exception_in_filter(struct harness *h)
{
    return filtered(h);
}
