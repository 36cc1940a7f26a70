/* cfi.h - one step up through a frame of host code or of a native driver, by its .eh_frame.
 *
 * libgcc's unwinder starts only from where it is called and trusts the stack; this one starts from
 * any set of registers and reads with cn_probe_copy. Async-signal-safe.
 */
#ifndef CN_LOAD_CFI_H
#define CN_LOAD_CFI_H

#include <stdbool.h>

#include "load/seh.h"

/* Turns the registers of a function into those of its caller; vector registers are left alone.
 * *exact: rip is the instruction that comes next, not a return address; on success it says so for
 * the new rip (true after the frame of a signal handler). Returns 0, -ENOENT when nothing is known
 * of that rip, -EFAULT when the stack cannot be read, -EINVAL for data that is damaged or beyond
 * us. */
int cn_cfi_step(struct cn_context *context, bool *exact);

#endif
