/* mutex.c - locks to wait for that are no dispatcher objects: fast and guarded mutexes, resources,
 * run-down protection, remove locks. */
#include "nt/rows.h"
#include "nt/wait.h"

/* -- fast mutexes ------------------------------------------------------------------------------ */
/* Count is 1 when free and sinks with each one who wants it; who releases hands it on by the event.
 */

static void fast_take(PFAST_MUTEX m)
{
    if (--m->Count < 0) {
        const struct cn_wait_name name = {"fast mutex", m};
        m->Contention++;
        cn_wait_named(&m->Event, NULL, &name);
    }
    m->Owner = cn_engine_thread();
}

static bool fast_drop(PFAST_MUTEX m)
{
    bool mine = CN_CHECK(CN_LCK_012, m->Count <= 0 && m->Owner == cn_engine_thread(),
                         .found = m->Count <= 0 ? "a mutex that another thread acquired"
                                                : "a mutex that nobody acquired",
                         .allowed = "a mutex that this thread acquired");
    if (!mine)
        return false;
    m->Owner = NULL;
    if (++m->Count <= 0) {
        m->Event.Header.SignalState = 1;
        cn_wait_signal(&m->Event);
    }
    return true;
}

VOID NTAPI ExAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    CN_DDI_ENTER(ddi, ExAcquireFastMutex);
    uint8_t old = cn_irql_get();
    if (old < CN_APC)
        cn_irql_raise(CN_APC);
    fast_take(FastMutex);
    FastMutex->OldIrql = old;
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExReleaseFastMutex(PFAST_MUTEX FastMutex)
{
    CN_DDI_ENTER(ddi, ExReleaseFastMutex);
    uint8_t old = (uint8_t)FastMutex->OldIrql;
    if (fast_drop(FastMutex))
        cn_irql_lower(old);
    CN_DDI_LEAVE_VOID(ddi);
}

BOOLEAN NTAPI ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    CN_DDI_ENTER(ddi, ExTryToAcquireFastMutex);
    bool free = FastMutex->Count == 1;
    if (free) {
        uint8_t old = cn_irql_get();
        if (old < CN_APC)
            cn_irql_raise(CN_APC);
        fast_take(FastMutex);
        FastMutex->OldIrql = old;
    }
    CN_DDI_LEAVE_VOID(ddi);
    return free;
}

VOID NTAPI ExAcquireFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
    CN_DDI_ENTER(ddi, ExAcquireFastMutexUnsafe);
    fast_take(FastMutex);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExReleaseFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
    CN_DDI_ENTER(ddi, ExReleaseFastMutexUnsafe);
    fast_drop(FastMutex);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI KeInitializeGuardedMutex(PKGUARDED_MUTEX Mutex)
{
    CN_DDI_ENTER(ddi, KeInitializeGuardedMutex);
    Mutex->Count = 1;
    Mutex->Owner = NULL;
    Mutex->Contention = 0;
    cn_wait_init(&Mutex->Event.Header, CN_OBJECT_SYNCHRONIZATION_EVENT, sizeof(KEVENT), 0);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI KeAcquireGuardedMutex(PKGUARDED_MUTEX Mutex)
{
    CN_DDI_ENTER(ddi, KeAcquireGuardedMutex);
    fast_take(Mutex);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI KeReleaseGuardedMutex(PKGUARDED_MUTEX Mutex)
{
    CN_DDI_ENTER(ddi, KeReleaseGuardedMutex);
    fast_drop(Mutex);
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- resources --------------------------------------------------------------------------------- */
/* ActiveCount is the number of acquisitions, OwnerThread the exclusive owner. */

static bool shared_blocked(void *arg)
{
    PERESOURCE r = arg;
    ERESOURCE_THREAD owner = r->OwnerEntry.OwnerThread;
    if (owner != 0 && owner != (ERESOURCE_THREAD)cn_engine_thread())
        return true;
    r->ActiveCount++;
    return false;
}

struct exclusive {
    PERESOURCE resource;
    ERESOURCE_THREAD thread;
};

static bool exclusive_blocked(void *arg)
{
    const struct exclusive *e = arg;
    PERESOURCE r = e->resource;
    if (r->ActiveCount > 0 && r->OwnerEntry.OwnerThread != e->thread)
        return true;
    r->OwnerEntry.OwnerThread = e->thread;
    r->ActiveCount++;
    return false;
}

NTSTATUS NTAPI ExInitializeResourceLite(PERESOURCE Resource)
{
    CN_DDI_ENTER(ddi, ExInitializeResourceLite);
    memset(Resource, 0, sizeof(*Resource));
    InitializeListHead(&Resource->SystemResourcesList);
    CN_DDI_LEAVE(ddi, STATUS_SUCCESS);
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI ExDeleteResourceLite(PERESOURCE Resource)
{
    CN_DDI_ENTER(ddi, ExDeleteResourceLite);
    CN_CHECK(CN_LCK_012, Resource->ActiveCount == 0, .found = "a resource that is still acquired",
             .allowed = "a resource that nobody holds");
    CN_DDI_LEAVE(ddi, STATUS_SUCCESS);
    return STATUS_SUCCESS;
}

static BOOLEAN resource_take(bool (*blocked)(void *), void *arg, PERESOURCE r, bool wait)
{
    const struct cn_wait_name name = {"resource", r};
    if (!blocked(arg))
        return TRUE;
    if (!wait)
        return FALSE;
    r->ContentionCount++;
    return cn_wait_until(blocked, arg, &name);
}

BOOLEAN NTAPI ExAcquireResourceSharedLite(PERESOURCE Resource, BOOLEAN Wait)
{
    CN_DDI_ENTER(ddi, ExAcquireResourceSharedLite);
    BOOLEAN got = resource_take(shared_blocked, Resource, Resource, Wait);
    CN_DDI_LEAVE_VOID(ddi);
    return got;
}

BOOLEAN NTAPI ExAcquireResourceExclusiveLite(PERESOURCE Resource, BOOLEAN Wait)
{
    CN_DDI_ENTER(ddi, ExAcquireResourceExclusiveLite);
    struct exclusive e = {Resource, (ERESOURCE_THREAD)cn_engine_thread()};
    BOOLEAN got = resource_take(exclusive_blocked, &e, Resource, Wait);
    CN_DDI_LEAVE_VOID(ddi);
    return got;
}

VOID NTAPI ExReleaseResourceLite(PERESOURCE Resource)
{
    CN_DDI_ENTER(ddi, ExReleaseResourceLite);
    ERESOURCE_THREAD owner = Resource->OwnerEntry.OwnerThread;
    bool held =
        Resource->ActiveCount > 0 && (owner == 0 || owner == (ERESOURCE_THREAD)cn_engine_thread());
    if (CN_CHECK(CN_LCK_012, held, .found = "a resource that this thread has not acquired",
                 .allowed = "a resource that this thread acquired") &&
        --Resource->ActiveCount == 0) {
        Resource->OwnerEntry.OwnerThread = 0;
        cn_engine_wake(Resource);
    }
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- run-down protection ----------------------------------------------------------------------- */
/* Bit 0 of Count: no more; the rest counts acquisitions in steps of two. */

static bool rundown_busy(void *arg)
{
    return ((PEX_RUNDOWN_REF)arg)->Count > 1;
}

VOID NTAPI ExInitializeRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    RunRef->Count = 0;
}

VOID NTAPI ExReInitializeRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    RunRef->Count = 0;
}

BOOLEAN NTAPI ExAcquireRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    if (RunRef->Count & 1)
        return FALSE;
    RunRef->Count += 2;
    return TRUE;
}

VOID NTAPI ExReleaseRundownProtection(PEX_RUNDOWN_REF RunRef)
{
    CN_DDI_ENTER(ddi, ExReleaseRundownProtection);
    if (CN_CHECK(CN_LCK_012, RunRef->Count > 1, .found = "protection that is not held",
                 .allowed = "protection that was acquired")) {
        RunRef->Count -= 2;
        cn_engine_wake(RunRef);
    }
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExWaitForRundownProtectionRelease(PEX_RUNDOWN_REF RunRef)
{
    CN_DDI_ENTER(ddi, ExWaitForRundownProtectionRelease);
    const struct cn_wait_name name = {"run-down protection", RunRef};
    RunRef->Count |= 1;
    cn_wait_until(rundown_busy, RunRef, &name);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExRundownCompleted(PEX_RUNDOWN_REF RunRef)
{
    RunRef->Count = 1;
}

/* -- remove locks ------------------------------------------------------------------------------ */
/* IoCount is one for the lock itself and one for each acquisition; at zero RemoveEvent is set. */

static void remove_lock_drop(PIO_REMOVE_LOCK lock)
{
    if (--lock->Common.IoCount == 0) {
        lock->Common.RemoveEvent.Header.SignalState = 1;
        cn_wait_signal(&lock->Common.RemoveEvent);
    }
}

VOID NTAPI IoInitializeRemoveLockEx(PIO_REMOVE_LOCK Lock, ULONG AllocateTag, ULONG MaxLockedMinutes,
                                    ULONG HighWatermark, ULONG RemlockSize)
{
    (void)AllocateTag, (void)MaxLockedMinutes, (void)HighWatermark, (void)RemlockSize;
    CN_DDI_ENTER(ddi, IoInitializeRemoveLockEx);
    memset(Lock, 0, sizeof(*Lock));
    Lock->Common.IoCount = 1;
    cn_wait_init(&Lock->Common.RemoveEvent.Header, CN_OBJECT_NOTIFICATION_EVENT, sizeof(KEVENT), 0);
    CN_DDI_LEAVE_VOID(ddi);
}

NTSTATUS NTAPI IoAcquireRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, PCSTR File, ULONG Line,
                                     ULONG RemlockSize)
{
    (void)Tag, (void)File, (void)Line, (void)RemlockSize;
    CN_DDI_ENTER(ddi, IoAcquireRemoveLockEx);
    NTSTATUS s = RemoveLock->Common.Removed ? STATUS_DELETE_PENDING : STATUS_SUCCESS;
    if (s == STATUS_SUCCESS)
        RemoveLock->Common.IoCount++;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI IoReleaseRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize)
{
    (void)Tag, (void)RemlockSize;
    CN_DDI_ENTER(ddi, IoReleaseRemoveLockEx);
    LONG own = RemoveLock->Common.Removed ? 0 : 1;
    if (CN_CHECK(CN_LCK_012, RemoveLock->Common.IoCount > own,
                 .found = "a remove lock that is not acquired",
                 .allowed = "a remove lock that was acquired"))
        remove_lock_drop(RemoveLock);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI IoReleaseRemoveLockAndWaitEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize)
{
    (void)Tag, (void)RemlockSize;
    CN_DDI_ENTER(ddi, IoReleaseRemoveLockAndWaitEx);
    const struct cn_wait_name name = {"remove lock", RemoveLock};
    RemoveLock->Common.Removed = TRUE;
    remove_lock_drop(RemoveLock);
    remove_lock_drop(RemoveLock);
    cn_wait_named(&RemoveLock->Common.RemoveEvent, NULL, &name);
    CN_DDI_LEAVE_VOID(ddi);
}
