/* parts.h - how the files of synchronisation (timers, DPCs, work items, threads) take part in
 * start, stop and the end of a driver. Weak, so that a test can link without them. */
#ifndef CN_NT_PARTS_H
#define CN_NT_PARTS_H

#include "nt/nt.h"

int cn_sync_start(void) __attribute__((weak));
void cn_sync_stop(void) __attribute__((weak));
void cn_sync_driver_end(struct cn_driver *driver, bool quiet) __attribute__((weak));
/* Writes the clock's value into the shared user data page. */
void cn_nt_clock(uint64_t now_100ns);

#endif
