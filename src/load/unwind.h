/* unwind.h - one step up the stack of a PE driver, by its .pdata and .xdata.
 *
 * Everything read here may be damaged: the tables come from the driver's file, the stack from its
 * running. Addresses are read with cn_probe_copy, offsets are checked against the image, and every
 * function says so instead of trusting them. All functions are async-signal-safe.
 */
#ifndef CN_LOAD_UNWIND_H
#define CN_LOAD_UNWIND_H

#include "load/seh.h"

/* A loaded PE image, as far as unwinding goes. count is 0 when it has no .pdata. */
struct cn_module {
    uintptr_t base;
    size_t size;
    const struct cn_runtime_function *functions;
    size_t count;
};

/* The PE image that holds pc; false when there is none (host code, a .so, nowhere). */
bool cn_module_find(uintptr_t pc, struct cn_module *out);

/* The function that holds pc, NULL for a leaf function (one that touches neither the stack pointer
 * nor a register that callers want back, and hence has no entry). */
const struct cn_runtime_function *cn_unwind_lookup(const struct cn_module *module, uintptr_t pc);

enum { CN_UNWIND_EXCEPTION = 1, CN_UNWIND_TERMINATION = 2 }; /* which handlers are asked for */

/* [KNONVOLATILE_CONTEXT_POINTERS] Where the caller's registers were found. */
struct cn_saved_at {
    uint64_t *xmm[16];
    uint64_t *reg[16];
};

struct cn_unwound {
    uintptr_t frame;   /* establisher frame: what identifies the frame to its handlers */
    uintptr_t handler; /* language handler of an asked kind, 0 when none applies at this pc */
    const void *handler_data; /* of the handler */
};

/* Turns the registers inside `function` into those of its caller (context->rip is the pc). saved
 * may be NULL. Returns 0, -EFAULT when the stack cannot be read, -EINVAL when the unwind data is
 * damaged; the context is then half changed. */
int cn_unwind_virtual(const struct cn_module *module, const struct cn_runtime_function *function,
                      unsigned handlers, struct cn_context *context, struct cn_saved_at *saved,
                      struct cn_unwound *out);

/* The same for a leaf function. */
int cn_unwind_leaf(struct cn_context *context);

/* The program counters of a context and of its callers, innermost first, through frames of PE
 * drivers, native drivers and the host. pcs[0] is where the context stopped, the others are return
 * addresses. Ends early where the stack is damaged or no unwind data is found. Returns how many. */
size_t cn_unwind_backtrace(const struct cn_context *context, const void **pcs, size_t max);

#endif
