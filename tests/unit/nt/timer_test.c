/* Tests of src/nt/timer.c and src/nt/dpc.c. */
#include "sync_kit.h"

static KTIMER timer;
static KDPC dpc, dpc2;
static PVOID seen[4];
static uint8_t irql;
static uint64_t fired_at[8];
static unsigned fired;
static LONG result[4];

static VOID NTAPI on_dpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    seen[0] = Dpc;
    seen[1] = Context;
    seen[2] = Argument1;
    seen[3] = Argument2;
    irql = cn_irql_get();
    fired_at[fired++ % 8] = cn_engine_now() - START_TIME;
    const struct cn_frame *f = cn_frame_top();
    note(f != NULL && f->driver == driver ? f->name[6] : '?'); /* CustomDpc, CustomTimerDpc */
}

static LARGE_INTEGER in(int64_t ms)
{
    return (LARGE_INTEGER){.QuadPart = -ms * MS};
}

/* -- DPCs -------------------------------------------------------------------- */

static void insert_raised(void *arg)
{
    (void)arg;
    KIRQL old = cn_irql_raise(DISPATCH_LEVEL);
    result[0] = KeInsertQueueDpc(&dpc, (PVOID)1, (PVOID)2);
    result[1] = KeInsertQueueDpc(&dpc, (PVOID)3, (PVOID)4);
    note('-');
    cn_irql_lower(old);
    note('.');
}

static void init_dpc(void)
{
    KeInitializeDpc(&dpc, on_dpc, &timer);
    fired = 0;
}

TEST(a_dpc_gets_its_arguments_at_dispatch_level_once)
{
    kit_start();
    init_dpc();
    RUN(insert_raised);
    CN_STREQ(order, "-D.");
    CN_OK(result[0] && !result[1]);
    CN_OK(seen[0] == &dpc && seen[1] == &timer && seen[2] == (PVOID)1 && seen[3] == (PVOID)2);
    CN_EQ(irql, DISPATCH_LEVEL);
    BROKE_NOTHING();
}

static void insert_and_remove(void *arg)
{
    (void)arg;
    KIRQL old = cn_irql_raise(DISPATCH_LEVEL);
    KeInsertQueueDpc(&dpc, NULL, NULL);
    result[0] = KeRemoveQueueDpc(&dpc);
    result[1] = KeRemoveQueueDpc(&dpc);
    cn_irql_lower(old);
    KeSetImportanceDpc(&dpc, HighImportance);
    KeSetTargetProcessorDpc(&dpc, 0);
    KeFlushQueuedDpcs();
}

TEST(a_removed_dpc_does_not_run)
{
    kit_start();
    init_dpc();
    RUN(insert_and_remove);
    CN_STREQ(order, "");
    CN_OK(result[0] && !result[1]);
    CN_EQ(dpc.Importance, HighImportance);
    BROKE_NOTHING();
}

static VOID NTAPI requeue(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    (void)Context, (void)Argument2;
    note('q');
    if (Argument1 == NULL)
        result[0] = KeInsertQueueDpc(Dpc, (PVOID)1, NULL);
}

static void insert(void *arg)
{
    KeInsertQueueDpc(arg, NULL, NULL);
}

TEST(a_dpc_may_queue_itself_again)
{
    kit_start();
    KeInitializeDpc(&dpc, requeue, NULL);
    CN_EQ(run(insert, &dpc), CN_END_IDLE);
    CN_STREQ(order, "qq");
    CN_OK(result[0]);
}

static VOID NTAPI keeps_lock(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    (void)Dpc, (void)Argument1, (void)Argument2;
    KeAcquireSpinLockAtDpcLevel(Context);
}

TEST(a_dpc_is_checked_like_any_handler)
{
    static KSPIN_LOCK lock;
    kit_start();
    KeInitializeDpc(&dpc, keeps_lock, &lock);
    CN_EQ(run(insert, &dpc), CN_END_IDLE);
    BROKE(CN_LCK_013);
    CN_STREQ(finding_call, "CustomDpc");
}

/* -- timers ------------------------------------------------------------------ */

static void set_once(void *arg)
{
    (void)arg;
    result[0] = KeSetTimer(&timer, in(10), &dpc);
    result[1] = KeSetTimer(&timer, in(5), &dpc);
    result[2] = KeReadStateTimer(&timer);
}

static void init_timer(void)
{
    init_dpc();
    KeInitializeTimer(&timer);
}

TEST(a_timer_fires_once_after_its_last_setting)
{
    kit_start();
    init_timer();
    RUN(set_once);
    CN_STREQ(order, "T");
    CN_EQ(fired_at[0], 5 * MS);
    CN_OK(!result[0] && result[1] && !result[2]);
    CN_OK(KeReadStateTimer(&timer));
    CN_OK(!KeCancelTimer(&timer));
    BROKE_NOTHING();
}

static void set_periodic(void *arg)
{
    (void)arg;
    KeSetTimerEx(&timer, in(10), 3, &dpc);
    LARGE_INTEGER interval = in(17);
    KeDelayExecutionThread(KernelMode, FALSE, &interval);
    result[0] = KeCancelTimer(&timer);
}

TEST(a_periodic_timer_fires_until_cancelled)
{
    kit_start();
    init_timer();
    RUN(set_periodic);
    CN_EQ(fired, 3);
    CN_EQ(fired_at[0], 10 * MS);
    CN_EQ(fired_at[1], 13 * MS);
    CN_EQ(fired_at[2], 16 * MS);
    CN_OK(result[0]);
    BROKE_NOTHING();
}

static void set_absolute_and_past(void *arg)
{
    (void)arg;
    note('<');
    KeSetTimer(&timer, (LARGE_INTEGER){.QuadPart = START_TIME - 1}, &dpc);
    note('>');
    KeSetCoalescableTimer(&timer, (LARGE_INTEGER){.QuadPart = START_TIME + 7 * MS}, 0, 50, &dpc);
}

TEST(absolute_times_count_and_past_ones_fire_at_once)
{
    kit_start();
    init_timer();
    RUN(set_absolute_and_past);
    CN_STREQ(order, "<T>T");
    CN_EQ(fired_at[1], 7 * MS);
}

static void wait_for_timer(void *arg)
{
    note(KeWaitForSingleObject(&timer, Executive, KernelMode, FALSE, NULL) == STATUS_SUCCESS
             ? *(char *)arg
             : '!');
}

static void set_without_dpc(void *arg)
{
    (void)arg;
    KeSetTimer(&timer, in(4), NULL);
}

TEST(a_notification_timer_releases_all_waiters)
{
    kit_start();
    init_timer();
    spawn(set_without_dpc, NULL);
    spawn(wait_for_timer, "a");
    spawn(wait_for_timer, "b");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "ab");
    CN_EQ(cn_engine_now(), START_TIME + 4 * MS);
}

TEST(a_synchronization_timer_releases_one)
{
    kit_start();
    KeInitializeTimerEx(&timer, SynchronizationTimer);
    spawn(set_without_dpc, NULL);
    spawn(wait_for_timer, "a");
    spawn(wait_for_timer, "b");
    CN_EQ(cn_engine_run(), CN_END_DEADLOCK);
    CN_STREQ(order, "a");
}

static void set_and_initialise(void *arg)
{
    (void)arg;
    KeSetTimer(&timer, in(4), NULL);
    KeInitializeTimer(&timer);
}

TEST(a_timer_that_is_set_is_not_initialised)
{
    kit_start();
    init_timer();
    RUN(set_and_initialise);
    BROKE(CN_TMR_001);
    CN_EQ(cn_engine_now(), START_TIME);
}

static void set_and_free(void *arg)
{
    (void)arg;
    struct {
        KTIMER timer;
        KDPC dpc;
    } *pooled = cn_pool_alloc(driver, sizeof(*pooled), 0x41616157, true, NULL);
    KeInitializeTimer(&pooled->timer);
    KeInitializeDpc(&pooled->dpc, on_dpc, NULL);
    KeSetTimer(&pooled->timer, in(4), &pooled->dpc);
    cn_sync_memory_gone(pooled, sizeof(*pooled));
    cn_pool_free(pooled, "ExFreePool");
}

TEST(a_timer_in_freed_memory_is_told_and_does_not_fire)
{
    kit_start();
    fired = 0;
    RUN(set_and_free);
    CN_EQ(cn_verify_broken_rule(CN_TMR_001), 1);
    CN_EQ(fired, 0);
}

static void leave_set(void *arg)
{
    (void)arg;
    KeSetTimerEx(&timer, in(10), 3, &dpc);
    KIRQL old = cn_irql_raise(DISPATCH_LEVEL);
    KeInitializeDpc(&dpc2, on_dpc, NULL);
    KeInsertQueueDpc(&dpc2, NULL, NULL);
    cn_sync_driver_end(driver, false);
    cn_irql_lower(old);
}

TEST(the_end_of_a_driver_tells_and_ends_its_timers)
{
    kit_start();
    init_timer();
    RUN(leave_set);
    BROKE(CN_TMR_004);
    CN_STREQ(found, "a periodic timer that is set");
    CN_STREQ(finding_call, "KeSetTimerEx");
    CN_EQ(fired, 0);
    CN_EQ(cn_engine_now(), START_TIME);
}

TEST(a_stopped_driver_is_not_called)
{
    kit_start();
    init_timer();
    spawn(set_once, NULL);
    driver->stopped = true;
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    driver->stopped = false;
    CN_EQ(fired, 0);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
