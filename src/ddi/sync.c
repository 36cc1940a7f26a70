/* sync.c - the exported functions of events and locks. Events and spin locks are the kernel's under
 * other names: the call is passed on, and what is wrong with it is found there. */
#include "nt/sync.h"

#include "ddi/old_names.h"
#include "ddi/rows.h"
#include "load/probe.h"
#include "ndis/lock.h"

/* -- Events ------------------------------------------------------------------------------------ */

VOID NTAPI NdisInitializeEvent(PNDIS_EVENT Event)
{
    CN_DDI_ENTER(ddi, NdisInitializeEvent);
    KeInitializeEvent(&Event->Event, NotificationEvent, FALSE);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisSetEvent(PNDIS_EVENT Event)
{
    CN_DDI_ENTER(ddi, NdisSetEvent);
    KeSetEvent(&Event->Event, 0, FALSE);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisResetEvent(PNDIS_EVENT Event)
{
    CN_DDI_ENTER(ddi, NdisResetEvent);
    KeClearEvent(&Event->Event);
    CN_DDI_LEAVE_VOID(ddi);
}

/* Zero milliseconds are for ever. */
BOOLEAN NTAPI NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait)
{
    CN_DDI_ENTER(ddi, NdisWaitEvent);
    LARGE_INTEGER timeout = {.QuadPart = -10000 * (LONGLONG)MsToWait};
    NTSTATUS s = cn_wait(&Event->Event, MsToWait == 0 ? NULL : &timeout);
    CN_DDI_LEAVE_VOID(ddi);
    return s == STATUS_SUCCESS;
}

VOID NTAPI NdisMSleep(ULONG MicrosecondsToSleep)
{
    CN_DDI_ENTER(ddi, NdisMSleep);
    cn_sleep((uint64_t)MicrosecondsToSleep * 10);
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- Read/write locks -------------------------------------------------------------------------- */

PNDIS_RW_LOCK_EX NTAPI NdisAllocateRWLock(NDIS_HANDLE NdisHandle)
{
    CN_DDI_ENTER(ddi, NdisAllocateRWLock);
    PNDIS_RW_LOCK_EX lock = cn_rw_new(NdisHandle);
    CN_DDI_LEAVE_VOID(ddi);
    return lock;
}

VOID NTAPI NdisFreeRWLock(PNDIS_RW_LOCK_EX Lock)
{
    CN_DDI_ENTER(ddi, NdisFreeRWLock);
    cn_rw_free(Lock);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags)
{
    CN_DDI_ENTER(ddi, NdisAcquireRWLockRead);
    cn_rw_acquire(Lock, LockState, Flags, false);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags)
{
    CN_DDI_ENTER(ddi, NdisAcquireRWLockWrite);
    cn_rw_acquire(Lock, LockState, Flags, true);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState)
{
    CN_DDI_ENTER(ddi, NdisReleaseRWLock);
    cn_rw_release(Lock, LockState);
    CN_DDI_LEAVE_VOID(ddi);
}

/* The older form lies in the driver's memory and is only a raised IRQL here: with one virtual CPU
 * that keeps everybody else out. */
VOID NTAPI NdisInitializeReadWriteLock(PNDIS_RW_LOCK Lock)
{
    CN_DDI_ENTER(ddi, NdisInitializeReadWriteLock);
    memset(Lock, 0, sizeof(*Lock));
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState)
{
    (void)Lock;
    CN_DDI_ENTER(ddi, NdisAcquireReadWriteLock);
    LockState->LockState = fWrite ? 2 : 1;
    LockState->OldIrql = cn_irql_raise(CN_DISPATCH);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState)
{
    (void)Lock;
    CN_DDI_ENTER(ddi, NdisReleaseReadWriteLock);
    cn_irql_lower(LockState->OldIrql);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisDprAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState)
{
    (void)Lock;
    CN_DDI_ENTER(ddi, NdisDprAcquireReadWriteLock);
    LockState->LockState = fWrite ? 2 : 1;
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisDprReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState)
{
    (void)Lock, (void)LockState;
    CN_DDI_ENTER(ddi, NdisDprReleaseReadWriteLock);
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- Spin locks -------------------------------------------------------------------------------- */

VOID NTAPI cn_ndis_allocate_spin_lock(PNDIS_SPIN_LOCK SpinLock)
{
    CN_DDI_ENTER(ddi, NdisAllocateSpinLock);
    KeInitializeSpinLock(&SpinLock->SpinLock);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI cn_ndis_free_spin_lock(PNDIS_SPIN_LOCK SpinLock)
{
    (void)SpinLock;
    CN_DDI_ENTER(ddi, NdisFreeSpinLock);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI cn_ndis_acquire_spin_lock(PNDIS_SPIN_LOCK SpinLock)
{
    CN_DDI_ENTER(ddi, NdisAcquireSpinLock);
    SpinLock->OldIrql = KeAcquireSpinLockRaiseToDpc(&SpinLock->SpinLock);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI cn_ndis_release_spin_lock(PNDIS_SPIN_LOCK SpinLock)
{
    CN_DDI_ENTER(ddi, NdisReleaseSpinLock);
    KeReleaseSpinLock(&SpinLock->SpinLock, SpinLock->OldIrql);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI cn_ndis_dpr_acquire_spin_lock(PNDIS_SPIN_LOCK SpinLock)
{
    CN_DDI_ENTER(ddi, NdisDprAcquireSpinLock);
    KeAcquireSpinLockAtDpcLevel(&SpinLock->SpinLock);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI cn_ndis_dpr_release_spin_lock(PNDIS_SPIN_LOCK SpinLock)
{
    CN_DDI_ENTER(ddi, NdisDprReleaseSpinLock);
    KeReleaseSpinLockFromDpcLevel(&SpinLock->SpinLock);
    CN_DDI_LEAVE_VOID(ddi);
}
