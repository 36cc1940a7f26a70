/* timer.c - KTIMERs. One that is set has a record with the engine's timer; while it is set the
 * memory it lies in must not be freed. */
#include <stdlib.h>

#include "nt/rows.h"
#include "nt/track.h"
#include "nt/wait.h"

#define PER_MS UINT64_C(10000)

struct timer {
    struct cn_track track;
    struct cn_timer timer;
    KTIMER *k;
};

/* The KTIMER is no longer set. touch: its memory is still there. */
static void timer_free(struct timer *t, bool touch)
{
    cn_engine_timer_cancel(&t->timer);
    cn_track_remove(&t->track);
    if (touch) {
        t->k->Header.Inserted = 0;
        cn_pool_release(t->k, CN_TMR_001);
    }
    free(t);
}

/* As a DPC. A timer that is due once is free again before anybody is told. */
static void fire(void *arg)
{
    struct timer *t = arg;
    KTIMER *k = t->k;
    struct cn_driver *driver = t->track.driver;
    KDPC *dpc = k->Dpc;
    if (k->Period == 0)
        timer_free(t, true);
    k->Header.SignalState = 1;
    cn_wait_signal(k);
    if (dpc != NULL)
        cn_dpc_queue(dpc, driver, "CustomTimerDpc");
}

static bool cancel(KTIMER *k)
{
    struct timer *t = cn_track_find(CN_TRACK_TIMER, k);
    if (t != NULL)
        timer_free(t, true);
    return t != NULL;
}

static void set(KTIMER *k, LARGE_INTEGER due, uint32_t period_ms, KDPC *dpc)
{
    struct timer *t = calloc(1, sizeof(*t));
    if (t == NULL)
        return;
    uint64_t at = cn_wait_deadline(&due);
    t->k = k;
    cn_timer_init(&t->timer, fire, t, "timer");
    cn_track_add(&t->track, CN_TRACK_TIMER, k,
                 dpc != NULL ? (const void *)dpc->DeferredRoutine : NULL);
    cn_pool_hold(k, CN_TMR_001, "timer");
    k->Header.SignalState = 0;
    k->Header.Inserted = 1;
    k->DueTime.QuadPart = at;
    k->Period = period_ms;
    k->Dpc = dpc;
    /* It may fire at once; t is then gone. */
    cn_engine_timer_set(&t->timer, at, period_ms * PER_MS);
}

void cn_timers_driver_end(struct cn_driver *driver, bool quiet)
{
    CN_LIST_EACH_SAFE(at, next, cn_track_list(CN_TRACK_TIMER))
    {
        struct timer *t = CN_LIST_ENTRY(at, struct timer, track.link);
        char what[400];
        struct cn_text text;
        if (t->track.driver != driver)
            continue;
        cn_text_init(&text, what, sizeof(what));
        cn_track_describe(&text, "timer", t->k);
        if (!quiet)
            CN_CHECK(CN_TMR_004, false, .driver = driver->name, .call = t->track.call,
                     .place = t->track.place, .object = what,
                     .found = t->timer.period_100ns != 0 ? "a periodic timer that is set"
                                                         : "a timer that is set",
                     .allowed = "no timer set after DriverUnload");
        /* Its memory may have gone with the driver. */
        timer_free(t, false);
    }
}

void cn_timers_gone(const void *start, size_t size)
{
    CN_LIST_EACH_SAFE(at, next, cn_track_list(CN_TRACK_TIMER))
    {
        struct timer *t = CN_LIST_ENTRY(at, struct timer, track.link);
        if ((uintptr_t)t->k - (uintptr_t)start < size)
            timer_free(t, false);
    }
}

/* -- exported ---------------------------------------------------------------------------------- */

static void init(KTIMER *k, TIMER_TYPE type)
{
    cn_wait_init(&k->Header,
                 type == SynchronizationTimer ? CN_OBJECT_SYNCHRONIZATION_TIMER
                                              : CN_OBJECT_NOTIFICATION_TIMER,
                 0, 0);
    k->DueTime.QuadPart = 0;
    k->TimerListEntry.Flink = k->TimerListEntry.Blink = NULL;
    k->Dpc = NULL;
    k->Processor = 0;
    k->TimerType = 0;
    k->Period = 0;
}

/* Initialising a timer that is set would leave it in the kernel's queue. */
static void init_checked(KTIMER *k, TIMER_TYPE type)
{
    if (!CN_CHECK(CN_TMR_001, cn_track_find(CN_TRACK_TIMER, k) == NULL,
                  .found = "a timer that is set is initialised",
                  .allowed = "a timer that is not in use"))
        cancel(k);
    init(k, type);
}

VOID NTAPI KeInitializeTimer(PKTIMER Timer)
{
    CN_DDI_ENTER(ddi, KeInitializeTimer);
    init_checked(Timer, NotificationTimer);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI KeInitializeTimerEx(PKTIMER Timer, TIMER_TYPE Type)
{
    CN_DDI_ENTER(ddi, KeInitializeTimerEx);
    init_checked(Timer, Type);
    CN_DDI_LEAVE_VOID(ddi);
}

BOOLEAN NTAPI KeSetTimer(PKTIMER Timer, LARGE_INTEGER DueTime, PKDPC Dpc)
{
    CN_DDI_ENTER(ddi, KeSetTimer);
    bool was = cancel(Timer);
    set(Timer, DueTime, 0, Dpc);
    CN_DDI_LEAVE_VOID(ddi);
    return was;
}

BOOLEAN NTAPI KeSetTimerEx(PKTIMER Timer, LARGE_INTEGER DueTime, LONG Period, PKDPC Dpc)
{
    CN_DDI_ENTER(ddi, KeSetTimerEx);
    bool was = cancel(Timer);
    set(Timer, DueTime, Period > 0 ? (uint32_t)Period : 0, Dpc);
    CN_DDI_LEAVE_VOID(ddi);
    return was;
}

BOOLEAN NTAPI KeSetCoalescableTimer(PKTIMER Timer, LARGE_INTEGER DueTime, ULONG Period,
                                    ULONG TolerableDelay, PKDPC Dpc)
{
    (void)TolerableDelay; /* the clock of a run is exact */
    CN_DDI_ENTER(ddi, KeSetCoalescableTimer);
    bool was = cancel(Timer);
    set(Timer, DueTime, Period, Dpc);
    CN_DDI_LEAVE_VOID(ddi);
    return was;
}

BOOLEAN NTAPI KeCancelTimer(PKTIMER Timer)
{
    CN_DDI_ENTER(ddi, KeCancelTimer);
    bool was = cancel(Timer);
    CN_DDI_LEAVE_VOID(ddi);
    return was;
}

BOOLEAN NTAPI KeReadStateTimer(PKTIMER Timer)
{
    CN_DDI_ENTER(ddi, KeReadStateTimer);
    bool state = Timer->Header.SignalState > 0;
    CN_DDI_LEAVE_VOID(ddi);
    return state;
}
