/* seh.c - a driver with structured exceptions as C compilers for Windows write them.
 *
 * build: msvc
 * cflags: -Itests/pe -funwind-tables
 */
#include "harness.h"

typedef int filter_result;
#define EXECUTE  1
#define SEARCH   0
#define CONTINUE (-1)

struct record {
    u32 code, flags;
    struct record *chain;
    void *address;
    u32 count;
    u64 info[15];
};

struct context {
    char before[0x78];
    u64 rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15, rip;
};

struct pointers {
    struct record *record;
    struct context *context;
};

__declspec(dllimport) void ExRaiseStatus(int status);
__declspec(dllimport) void ExRaiseAccessViolation(void);
__declspec(dllimport) void ExRaiseDatatypeMisalignment(void);
__declspec(dllimport) void RtlRaiseException(struct record *record);

#define pointers() ((struct pointers *)_exception_info())
#define code()     ((u32)_exception_code())

int DriverEntry(void *driver, void *path);
int DriverEntry(void *driver, void *path)
{
    (void)driver;
    (void)path;
    return 0;
}

__declspec(noinline) static u64 load(const volatile void *address)
{
    u64 value;
    __asm__ volatile("mov (%1), %0" : "=r"(value) : "r"(address) : "memory");
    return value;
}

__declspec(noinline) static void store(struct harness *h)
{
    *(volatile u64 *)h->address = 1;
}

__declspec(noinline) static u32 divide(u32 by)
{
    u32 result = 100;
    __asm__ volatile("xor %%edx, %%edx\n divl %1" : "+a"(result) : "r"(by) : "edx");
    return result;
}

static filter_result look(struct harness *h, struct pointers *p, filter_result result)
{
    h->code = p->record->code;
    h->pc = (u64)p->record->address;
    h->info[0] = p->record->info[0];
    h->info[1] = p->record->info[1];
    h->count = p->record->count;
    return result;
}

EXPORT u64 case_access_violation(struct harness *h)
{
    __try {
        load(h->address);
        h->log(h, 'x');
    } __except (look(h, pointers(), EXECUTE)) {
        h->log(h, 'e');
        return code();
    }
    return 0;
}

EXPORT u64 case_write_violation(struct harness *h)
{
    __try {
        store(h);
    } __except (look(h, pointers(), EXECUTE)) {
        return code();
    }
    return 0;
}

EXPORT u64 case_divide(struct harness *h)
{
    __try {
        h->value = divide((u32)h->value);
    } __except (EXECUTE) {
        return code();
    }
    return h->value;
}

EXPORT u64 case_raise_status(struct harness *h)
{
    __try {
        ExRaiseStatus((int)h->value);
        h->log(h, 'x');
    } __except (look(h, pointers(), EXECUTE)) {
        return code();
    }
    return 0;
}

EXPORT u64 case_raise_others(struct harness *h)
{
    __try {
        ExRaiseAccessViolation();
    } __except (EXECUTE) {
        h->info[0] = code();
    }
    __try {
        ExRaiseDatatypeMisalignment();
    } __except (EXECUTE) {
        h->info[1] = code();
    }
    return 1;
}

EXPORT u64 case_raise_with_parameters(struct harness *h)
{
    struct record r = {.code = 0xE0000001, .count = 2, .info = {11, 22}};
    __try {
        RtlRaiseException(&r);
        h->log(h, 'x');
    } __except (look(h, pointers(), EXECUTE)) {
        h->log(h, 'e');
    }
    return h->code;
}

EXPORT u64 case_raise_and_continue(struct harness *h)
{
    struct record r = {.code = 0xE0000002};
    __try {
        RtlRaiseException(&r);
        h->log(h, 'c');
    } __except (look(h, pointers(), CONTINUE)) {
        h->log(h, 'x');
    }
    return h->code;
}

EXPORT u64 case_continue_noncontinuable(struct harness *h)
{
    __try {
        ExRaiseStatus(0xC0001234);
        h->log(h, 'x');
    } __except (look(h, pointers(), code() == 0xC0001234 ? CONTINUE : EXECUTE)) {
        h->log(h, 'e');
        return code();
    }
    return 0;
}

static filter_result repair(struct harness *h, struct pointers *p)
{
    h->log(h, 'f');
    if (p->context->rcx != (u64)h->address)
        return SEARCH;
    p->context->rcx = (u64)&h->value;
    return CONTINUE;
}

__declspec(noinline) static u64 load_rcx(const void *address)
{
    u64 value;
    __asm__ volatile("mov (%1), %0" : "=r"(value) : "c"(address) : "memory");
    return value;
}

EXPORT u64 case_continue_execution(struct harness *h)
{
    u64 got = 0;
    __try {
        got = load_rcx(h->address);
        h->log(h, 'c');
    } __except (repair(h, pointers())) {
        h->log(h, 'x');
    }
    return got;
}

static filter_result tell(struct harness *h, int letter, filter_result result)
{
    h->log(h, letter);
    return result;
}

/* The search asks inner filters first and runs no termination handler; then these run from inside
 * out. */
EXPORT u64 case_finally_order(struct harness *h)
{
    __try {
        __try {
            __try {
                __try {
                    load(h->address);
                } __finally {
                    h->log(h, 'a');
                    h->log(h, _abnormal_termination() ? '!' : '.');
                }
            } __except (tell(h, '1', SEARCH)) {
                h->log(h, 'x');
            }
        } __finally {
            h->log(h, 'b');
        }
    } __except (tell(h, '2', EXECUTE)) {
        h->log(h, 'e');
    }
    return 7;
}

EXPORT u64 case_finally_without_exception(struct harness *h)
{
    __try {
        h->log(h, 't');
    } __finally {
        h->log(h, _abnormal_termination() ? '!' : '.');
    }
    return 0;
}

__declspec(noinline) static u64 deep(struct harness *h, u64 depth)
{
    u64 result = 0;
    __try {
        result = depth == 0 ? load(h->address) : deep(h, depth - 1) + 1;
    } __finally {
        h->count++;
    }
    return result;
}

EXPORT u64 case_many_frames(struct harness *h)
{
    h->count = 0;
    __try {
        deep(h, h->value);
    } __except (EXECUTE) {
        return h->count;
    }
    return 0;
}

EXPORT u64 case_nested(struct harness *h)
{
    __try {
        __try {
            load(h->address);
        } __except (EXECUTE) {
            h->log(h, '1');
            ExRaiseStatus(0xC0000001);
            h->log(h, 'x');
        }
    } __except (code() == 0xC0000001 ? EXECUTE : SEARCH) {
        h->log(h, '2');
        return code();
    }
    return 0;
}

/* A filter that handles its own trouble decides about the first exception as if nothing had been.
 */
static filter_result careful(struct harness *h)
{
    __try {
        ExRaiseStatus(0xC0000003);
    } __except (EXECUTE) {
        h->log(h, 'c');
    }
    return EXECUTE;
}

EXPORT u64 case_filter_handles_its_own(struct harness *h)
{
    __try {
        load(h->address);
    } __except (careful(h)) {
        return code();
    }
    return 0;
}

/* The unwinding that a termination handler interrupts is replaced by the new one: each runs once.
 */
EXPORT u64 case_exception_in_finally(struct harness *h)
{
    __try {
        __try {
            __try {
                __try {
                    load(h->address);
                } __finally {
                    h->log(h, 'a');
                }
            } __finally {
                h->log(h, 'b');
                ExRaiseStatus(0xC0000004);
            }
        } __finally {
            h->log(h, 'c');
        }
    } __except (tell(h, code() == 0xC0000004 ? 'n' : 'o', EXECUTE)) {
        h->log(h, 'e');
        return code();
    }
    return 0;
}

EXPORT u64 case_finally_handles_its_own(struct harness *h)
{
    __try {
        __try {
            load(h->address);
        } __finally {
            __try {
                ExRaiseStatus(0xC0000005);
            } __except (EXECUTE) {
                h->log(h, 'i');
            }
            h->log(h, 'a');
        }
    } __except (EXECUTE) {
        h->log(h, 'e');
        return code();
    }
    return 0;
}

EXPORT u64 case_unhandled(struct harness *h)
{
    __try {
        __try {
            load(h->address);
        } __finally {
            h->log(h, 'a');
        }
    } __except (look(h, pointers(), SEARCH)) {
        h->log(h, 'x');
    }
    return 0;
}

EXPORT u64 case_unhandled_raise(struct harness *h)
{
    ExRaiseStatus((int)h->value);
    h->log(h, 'x');
    return 0;
}

static u64 fault_inside(struct harness *h)
{
    return load(h->address);
}

/* The driver's outer frame would handle it, but a host frame lies between. */
EXPORT u64 case_through_host(struct harness *h)
{
    __try {
        h->call(h, fault_inside);
    } __except (EXECUTE) {
        h->log(h, 'x');
    }
    return 0;
}

static u64 handle_inside(struct harness *h)
{
    __try {
        load(h->address);
    } __except (EXECUTE) {
        h->log(h, 'i');
    }
    return 3;
}

EXPORT u64 case_below_host(struct harness *h)
{
    return h->call(h, handle_inside);
}

EXPORT u64 case_call_nowhere(struct harness *h)
{
    __try {
        ((test_case *)h->address)(h);
    } __except (look(h, pointers(), EXECUTE)) {
        return code();
    }
    return 0;
}

EXPORT u64 case_assert(struct harness *h)
{
    __try {
        h->call(h, (test_case *)0);
    } __except (EXECUTE) {
        return code();
    }
    return 0;
}

__declspec(noinline) static void trap(int kind)
{
    if (kind == 0)
        __asm__ volatile("int $0x2c");
    else if (kind == 1)
        __asm__ volatile("int3");
    else if (kind == 2)
        __asm__ volatile("cli");
    else if (kind == 3)
        __asm__ volatile("ud2");
    else
        __asm__ volatile("int $0x29" : : "c"(3));
}

/* h->value chooses the instruction. */
EXPORT u64 case_trap(struct harness *h)
{
    __try {
        trap((int)h->value);
        h->log(h, 'x');
    } __except (look(h, pointers(), EXECUTE)) {
        return code();
    }
    return 0;
}

/* Values that live in registers across the call are there again in the handler. */
EXPORT u64 case_keeps_variables(struct harness *h)
{
    volatile u64 seed = h->value;
    u64 a = seed + 1, b = seed * 3, c = seed ^ 5, d = seed << 2, e = seed - 7, f = seed | 9;
    __try {
        load(h->address);
    } __except (a + b != 0) {
        h->log(h, 'e');
    }
    return a + b + c + d + e + f;
}

EXPORT u64 case_repeat(struct harness *h)
{
    u64 handled = 0;
    for (u64 i = 0; i < h->value; i++) {
        __try {
            if (i & 1)
                ExRaiseStatus(0xC0000001);
            else
                load(h->address);
        } __except (EXECUTE) {
            handled++;
        }
    }
    return handled;
}
