/* probe.h - memory accesses that may fail: for addresses a driver gave us or left behind.
 *
 * When cn_trap_install has been called, a fault inside one of these functions makes it return
 * -EFAULT. Async-signal-safe. Without the trap handler a bad address is a plain crash.
 */
#ifndef CN_LOAD_PROBE_H
#define CN_LOAD_PROBE_H

#include <stddef.h>

/* Copies size bytes upwards. 0, or -EFAULT with an unknown part copied. */
int cn_probe_copy(void *to, const void *from, size_t size);
/* Reads and writes back one byte of every 4 KiB page of [at, at + size), without changing it. */
int cn_probe_write(void *at, size_t size);

/* For trap.c: the code in which a fault is answered so, and where it then continues. */
extern const char cn_probe_begin[], cn_probe_end[], cn_probe_failed[];

#endif
