/* trap.h - what happens when a driver does something the processor refuses, or never comes back.
 *
 * Signal handlers on a stack of their own decide by the program counter who did it:
 *   - a guarded access of ours (probe.h): it returns -EFAULT;
 *   - a driver: what its kernel would have done for the instruction is done here (`mov cr8`, loads
 * from shared user data, port I/O, the debug service), or the fault becomes a structured exception
 *     (seh.h) that runs on the driver's stack, outside the handler;
 *   - host code that a driver called: the driver is to blame, if driver_runs says so;
 *   - anything else is our own crash, and goes to whoever handled the signal before us.
 * What no driver frame handles ends as a struct cn_fault: the fault callback gets it on a landing
 * stack, where the state of the driver's stack does not matter any more (overflow, smashed stack
 * pointer, jump to nowhere). A driver that does not return to the engine for too long ends there as
 * well.
 *
 * This layer knows no engine and no objects: they come in through struct cn_trap_env.
 */
#ifndef CN_LOAD_TRAP_H
#define CN_LOAD_TRAP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "load/image.h"
#include "load/seh.h"

enum cn_fault_kind { CN_FAULT_CRASH, CN_FAULT_HANG };

enum cn_fault_access { CN_ACCESS_NONE, CN_ACCESS_READ, CN_ACCESS_WRITE, CN_ACCESS_EXECUTE };

enum cn_fault_where {
    CN_FAULT_IN_DRIVER, /* at an instruction of a driver, or at a wild jump out of one */
    CN_FAULT_IN_CALL,   /* in host code that a driver called */
    CN_FAULT_RAISED     /* a DDI raised an exception that the calling driver does not handle */
};

#define CN_FAULT_FRAMES 32

/* How a driver ended. Lives until the next fault of the same OS thread. */
struct cn_fault {
    enum cn_fault_kind kind;
    enum cn_fault_where where;
    int32_t status;                  /* CN_STATUS_...; 0 for a hang */
    uint32_t code;                   /* of a fast fail (ecx of int 29h) */
    enum cn_fault_access access;     /* NONE when the fault is no access to memory */
    bool address_known;              /* false when the processor did not say and no operand tells */
    uint64_t address;                /* what was accessed */
    bool stack_overflow;             /* the access hit the end of the driver's stack */
    bool stack_lost;                 /* the stack pointer was not in the driver's stack */
    const struct cn_import *missing; /* the import whose placeholder was accessed */
    const void *pc;        /* as in the driver's file (cn_image_origin); host pc IN_CALL */
    const void *driver_pc; /* innermost place in a driver; NULL when the stack does not tell */
    struct cn_exception_record record;
    struct cn_context context;
    const void *frames[CN_FAULT_FRAMES]; /* pc first, then return addresses; driver and host ones */
    size_t frame_count;
};

struct cn_port_access {
    const void *pc;
    uint16_t port;
    uint8_t bytes; /* 1, 2 or 4 */
    bool write;
    uint32_t value; /* what was written; what a read gives (all ones) */
    uint64_t count; /* of a string instruction; else 1 */
};

/* fault and stack are needed, the others may be NULL. [S] runs inside a signal handler: it may only
 * read memory. The others run outside of it, and need not return. */
struct cn_trap_env {
    void *arg;
    /* The end of a driver; runs on the landing stack; must not return. */
    void (*fault)(void *arg, const struct cn_fault *fault);
    /* [S] Bounds of the stack that the running context has. */
    void (*stack)(void *arg, void **low, void **high);
    /* [S] A driver is on the running context: its code or code that it called runs. */
    bool (*driver_runs)(void *arg);
    /* [S] The address lies in the guard page of some context's stack. */
    bool (*guard)(void *arg, const void *address);
    /* `mov cr8`, as in struct cn_image_env. Without them it is a privileged instruction. */
    uint8_t (*read_irql)(void);
    void (*write_irql)(uint8_t irql);
    const void *shared_user_data; /* 4 KiB */
    /* in, out, ins, outs: there is no device, reads give all ones. */
    void (*port)(void *arg, const struct cn_port_access *access);
    /* int 2Dh with a text, not NUL-terminated. */
    void (*debug_print)(void *arg, const void *pc, const char *text, size_t len);
    /* int 3: true to go on after it; false, or NULL: it is an exception. */
    bool (*breakpoint)(void *arg, const void *pc);
};

/* Installs the handlers and prepares the calling OS thread; env is copied. 0 or -errno. */
int cn_trap_install(const struct cn_trap_env *env);
/* Gives the signals back to whom they belonged and ends the watch. */
void cn_trap_remove(void);

/* For every further OS thread that runs drivers: its signal stack and landing stack. 0 or -errno.
 */
int cn_trap_thread_begin(void);
void cn_trap_thread_end(void);

/* Starts to watch the calling OS thread: a driver that runs for `seconds` of real time without a
 * beat has hung and is interrupted at its next instruction of its own. One that stays in host code
 * as long again is interrupted there. Time that the process does not run (stopped, under a
 * debugger) counts little. 0 seconds: ends the watch. Returns 0 or -errno. */
int cn_trap_watch(unsigned seconds);

extern _Atomic uint32_t cn_trap_beats;
extern atomic_bool cn_trap_hang_due;

/* The running context has returned to the engine. */
static inline void cn_trap_beat(void)
{
    atomic_store_explicit(&cn_trap_beats,
                          atomic_load_explicit(&cn_trap_beats, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

/* Ends a driver that has hung and is just passing the border: call it where no host lock is held.
 * It does not return when there is a hang. */
void cn_trap_hang_now(void);
static inline void cn_trap_poll(void)
{
    if (atomic_load_explicit(&cn_trap_hang_due, memory_order_relaxed))
        cn_trap_hang_now();
}

/* "read of address 0x10: a NULL pointer with an offset", "integer division by zero", ... Without
 * the place. Always NUL-terminated; returns buf. */
char *cn_fault_text(const struct cn_fault *fault, char *buf, size_t size);

#endif
