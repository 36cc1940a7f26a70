/* lock.h - read/write locks of NDIS. Spin locks, events and mutexes are the kernel's (nt). */
#ifndef CN_NDIS_LOCK_H
#define CN_NDIS_LOCK_H

#include "ndis/resource.h"

PNDIS_RW_LOCK_EX cn_rw_new(NDIS_HANDLE handle);
void cn_rw_free(PNDIS_RW_LOCK_EX lock);
void cn_rw_acquire(PNDIS_RW_LOCK_EX lock, PLOCK_STATE_EX state, UCHAR flags, bool write);
void cn_rw_release(PNDIS_RW_LOCK_EX lock, PLOCK_STATE_EX state);

#endif
