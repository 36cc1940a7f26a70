/* sync.h - synchronisation as the layers above use it: waiting, spin locks, the end of a driver.
 * The exported functions (KeWaitForSingleObject, KeAcquireSpinLockRaiseToDpc, ...) may be called
 * too. */
#ifndef CN_NT_SYNC_H
#define CN_NT_SYNC_H

#include "nt/nt.h"

/* -- waiting ----------------------------------------------------------------------------------- */
/* Waits for a dispatcher object (KEVENT, KMUTEX, KSEMAPHORE, KTIMER, thread) on behalf of the
 * running call, which is named in reports. timeout as in KeWaitForSingleObject: NULL = for ever,
 * negative = relative, in 100 ns. Where the caller may not wait (IRQL-003) and would have to:
 * STATUS_UNSUCCESSFUL. */
NTSTATUS cn_wait(void *object, const LARGE_INTEGER *timeout);
/* Sleeps. False when the caller may not (IRQL-003). */
bool cn_sleep(uint64_t for_100ns);
/* True when the running code may wait: below DISPATCH_LEVEL, no DPC, no spin lock held. Breaks
 * IRQL-003 otherwise. */
bool cn_wait_allowed(void);
/* The state of the object has changed: those who wait for it look again. */
void cn_wait_signal(void *object);

/* -- spin locks -------------------------------------------------------------------------------- */
/* nt.h has cn_spin_held. The lock is held by some thread or DPC. */
bool cn_spin_is_held(const void *lock);

/* -- the end ----------------------------------------------------------------------------------- */
/* Everything in [start, start + size) is about to be freed: set timers and queued items there are
 * ended (TMR-001, WI-004), so that nothing is written to that memory any more. */
void cn_sync_memory_gone(const void *start, size_t size);
/* cn_sync_start, cn_sync_stop and cn_sync_driver_end are in nt/parts.h. */

#endif
