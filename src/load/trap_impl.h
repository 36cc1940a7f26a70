/* trap_impl.h - between trap.c (signals, stacks, landing) and trap_decode.c (what an instruction
 * meant).
 */
#ifndef CN_LOAD_TRAP_IMPL_H
#define CN_LOAD_TRAP_IMPL_H

#include "load/trap.h"

#define CN_SHARED_USER_DATA UINT64_C(0xFFFFF78000000000)

/* What is to be done about a driver's fault. */
enum cn_trap_op {
    CN_TRAP_RAISE,     /* an exception */
    CN_TRAP_FAST_FAIL, /* the end, whatever handlers there are */
    CN_TRAP_READ_CR8,
    CN_TRAP_WRITE_CR8,
    CN_TRAP_PORT,
    CN_TRAP_PRINT,
    CN_TRAP_BREAK,
    CN_TRAP_SHARED_DATA
};

/* A fault of a driver, from the signal handler to its end. Moves to the driver's stack on the way.
 */
struct cn_trap {
    struct cn_context context;
    struct cn_exception_record record;
    enum cn_trap_op op;
    enum cn_fault_access access;
    bool address_known;
    uint64_t address;
    uint32_t code;  /* fast fail */
    uint8_t length; /* of the instruction */
    uint8_t reg;    /* of mov cr8 */
    bool string;    /* ins, outs */
    bool repeat;    /* with rep */
    struct cn_port_access port;
};

/* What the processor said, beyond the registers. */
struct cn_trap_cause {
    int signo, si_code;
    uint64_t number, error; /* of the processor's exception */
    uint64_t address;
};

/* Fills in all but the context, which is given. Async-signal-safe. */
void cn_trap_decode(struct cn_trap *trap, const struct cn_trap_cause *cause);

/* Does the work of every op but RAISE, FAST_FAIL and SHARED_DATA on the context, and moves it
 * behind the instruction. False: it is an exception after all, and the record says which. */
bool cn_trap_carry_out(struct cn_trap *trap, const struct cn_trap_env *env);

/* A load from shared user data. Either *trap's context has the value and stands behind the
 * instruction (true), or the instruction has to be run once with step's change to a register. */
struct cn_trap_step {
    bool active;
    uint8_t reg;
    uint64_t delta; /* was added to the register */
    uint64_t kept;  /* bits that the instruction sets in that register; all: leave the result */
};
bool cn_trap_shared_load(struct cn_trap *trap, const void *page, struct cn_trap_step *step);

#endif
