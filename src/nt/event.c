/* event.c - events, semaphores and mutexes: the objects that wait.c waits for. */
#include "load/seh.h"
#include "nt/rows.h"
#include "nt/wait.h"

/* -- events ------------------------------------------------------------------------------------ */

VOID NTAPI KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State)
{
    CN_DDI_ENTER(ddi, KeInitializeEvent);
    cn_wait_init(&Event->Header,
                 Type == SynchronizationEvent ? CN_OBJECT_SYNCHRONIZATION_EVENT
                                              : CN_OBJECT_NOTIFICATION_EVENT,
                 sizeof(*Event), State != 0);
    CN_DDI_LEAVE_VOID(ddi);
}

LONG NTAPI KeSetEvent(PRKEVENT Event, LONG Increment, BOOLEAN Wait)
{
    (void)Increment, (void)Wait;
    CN_DDI_ENTER(ddi, KeSetEvent);
    LONG old = Event->Header.SignalState;
    Event->Header.SignalState = 1;
    cn_wait_signal(Event);
    CN_DDI_LEAVE_VOID(ddi);
    return old;
}

LONG NTAPI KeResetEvent(PRKEVENT Event)
{
    CN_DDI_ENTER(ddi, KeResetEvent);
    LONG old = Event->Header.SignalState;
    Event->Header.SignalState = 0;
    CN_DDI_LEAVE_VOID(ddi);
    return old;
}

VOID NTAPI KeClearEvent(PRKEVENT Event)
{
    CN_DDI_ENTER(ddi, KeClearEvent);
    Event->Header.SignalState = 0;
    CN_DDI_LEAVE_VOID(ddi);
}

LONG NTAPI KeReadStateEvent(PRKEVENT Event)
{
    CN_DDI_ENTER(ddi, KeReadStateEvent);
    LONG state = Event->Header.SignalState;
    CN_DDI_LEAVE_VOID(ddi);
    return state;
}

/* -- semaphores -------------------------------------------------------------------------------- */

VOID NTAPI KeInitializeSemaphore(PRKSEMAPHORE Semaphore, LONG Count, LONG Limit)
{
    CN_DDI_ENTER(ddi, KeInitializeSemaphore);
    cn_wait_init(&Semaphore->Header, CN_OBJECT_SEMAPHORE, sizeof(*Semaphore), Count);
    Semaphore->Limit = Limit;
    CN_DDI_LEAVE_VOID(ddi);
}

/* Beyond the limit the function raises an exception in the driver, hence the odd form. */
LONG NTAPI cn_nt_release_semaphore(PRKSEMAPHORE semaphore, LONG increment, LONG adjustment,
                                   BOOLEAN wait, const struct cn_caller *caller);

LONG NTAPI cn_nt_release_semaphore(PRKSEMAPHORE semaphore, LONG increment, LONG adjustment,
                                   BOOLEAN wait, const struct cn_caller *caller)
{
    (void)increment, (void)wait;
    struct cn_frame ddi;
    cn_ddi_enter(&ddi, &cn_nt_rows[CN_DDI_ROW_KeReleaseSemaphore],
                 (const void *)(uintptr_t)caller->rip, NULL, 0);
    LONG old = semaphore->Header.SignalState;
    bool fits = adjustment > 0 && adjustment <= semaphore->Limit - old;
    if (fits) {
        semaphore->Header.SignalState = old + adjustment;
        cn_wait_signal(semaphore);
    }
    cn_ddi_leave(&ddi, NULL);
    if (!fits)
        cn_seh_raise(caller, STATUS_SEMAPHORE_LIMIT_EXCEEDED, 0, NULL);
    return old;
}
CN_RAISING_EXPORT(KeReleaseSemaphore, cn_nt_release_semaphore, 4)

LONG NTAPI KeReadStateSemaphore(PRKSEMAPHORE Semaphore)
{
    CN_DDI_ENTER(ddi, KeReadStateSemaphore);
    LONG state = Semaphore->Header.SignalState;
    CN_DDI_LEAVE_VOID(ddi);
    return state;
}

/* -- mutexes ----------------------------------------------------------------------------------- */

VOID NTAPI KeInitializeMutex(PRKMUTEX Mutex, ULONG Level)
{
    (void)Level;
    CN_DDI_ENTER(ddi, KeInitializeMutex);
    cn_wait_init(&Mutex->Header, CN_OBJECT_MUTANT, sizeof(*Mutex), 1);
    InitializeListHead(&Mutex->MutantListEntry);
    Mutex->OwnerThread = NULL;
    Mutex->MutantFlags = 0;
    Mutex->ApcDisable = 1;
    CN_DDI_LEAVE_VOID(ddi);
}

LONG NTAPI KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait)
{
    (void)Wait;
    CN_DDI_ENTER(ddi, KeReleaseMutex);
    LONG old = Mutex->Header.SignalState;
    bool mine = old <= 0 && Mutex->OwnerThread == cn_engine_thread();
    CN_CHECK(CN_LCK_012, mine && cn_irql_get() < CN_DISPATCH,
             .found = mine       ? cn_irql_name(cn_irql_get())
                      : old <= 0 ? "a mutex that another thread acquired"
                                 : "a mutex that nobody acquired",
             .allowed = "a mutex that this thread acquired, below DISPATCH_LEVEL");
    if (mine) {
        Mutex->Header.SignalState = old + 1;
        if (old == 0) {
            Mutex->OwnerThread = NULL;
            cn_wait_signal(Mutex);
        }
    }
    CN_DDI_LEAVE_VOID(ddi);
    return old;
}

LONG NTAPI KeReadStateMutex(PRKMUTEX Mutex)
{
    CN_DDI_ENTER(ddi, KeReadStateMutex);
    LONG state = Mutex->Header.SignalState;
    CN_DDI_LEAVE_VOID(ddi);
    return state;
}
