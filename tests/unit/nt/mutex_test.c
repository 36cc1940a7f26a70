/* Tests of src/nt/mutex.c: fast and guarded mutexes, resources, run-down protection, remove locks.
 */
#include "sync_kit.h"

static FAST_MUTEX fast;
static ERESOURCE resource;
static EX_RUNDOWN_REF rundown;
static IO_REMOVE_LOCK remove_lock;
static uint8_t irql[4];
static LONG result[6];

/* -- fast mutexes ------------------------------------------------------------ */

static void hold_fast(void *arg)
{
    ExAcquireFastMutex(&fast);
    irql[0] = cn_irql_get();
    note(*(char *)arg);
    cn_engine_yield();
    note(*(char *)arg);
    ExReleaseFastMutex(&fast);
    irql[1] = cn_irql_get();
}

TEST(a_fast_mutex_is_held_at_apc_level_and_handed_on_in_order)
{
    kit_start();
    ExInitializeFastMutex(&fast);
    spawn(hold_fast, "a");
    spawn(hold_fast, "b");
    spawn(hold_fast, "c");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "aabbcc");
    CN_EQ(irql[0], APC_LEVEL);
    CN_EQ(irql[1], PASSIVE_LEVEL);
    CN_EQ(fast.Count, 1);
    BROKE_NOTHING();
}

static void try_fast(void *arg)
{
    (void)arg;
    result[0] = ExTryToAcquireFastMutex(&fast);
    result[1] = ExTryToAcquireFastMutex(&fast);
    ExReleaseFastMutex(&fast);
    irql[0] = cn_irql_get();
}

TEST(trying_a_fast_mutex_does_not_wait)
{
    kit_start();
    ExInitializeFastMutex(&fast);
    RUN(try_fast);
    CN_EQ(result[0], TRUE);
    CN_EQ(result[1], FALSE);
    CN_EQ(irql[0], PASSIVE_LEVEL);
    BROKE_NOTHING();
}

static void release_fast(void *arg)
{
    (void)arg;
    ExReleaseFastMutexUnsafe(&fast);
}

TEST(a_fast_mutex_is_released_by_its_owner_only)
{
    kit_start();
    ExInitializeFastMutex(&fast);
    RUN(release_fast);
    BROKE(CN_LCK_012);
    CN_EQ(fast.Count, 1);
}

static void take_twice(void *arg)
{
    (void)arg;
    ExAcquireFastMutexUnsafe(&fast);
    ExAcquireFastMutexUnsafe(&fast);
}

TEST(taking_a_fast_mutex_twice_is_a_deadlock_with_its_name)
{
    kit_start();
    ExInitializeFastMutex(&fast);
    CN_EQ(run(take_twice, NULL), CN_END_DEADLOCK);
    const char *name, *what;
    void *local;
    CN_OK(cn_engine_stuck(0, &name, &what, &local));
    CN_HAS(what, "ExAcquireFastMutexUnsafe on fast mutex");
}

static void hold_guarded(void *arg)
{
    KeAcquireGuardedMutex(&fast);
    note(*(char *)arg);
    cn_engine_yield();
    note(*(char *)arg);
    KeReleaseGuardedMutex(&fast);
}

TEST(a_guarded_mutex_excludes)
{
    kit_start();
    KeInitializeGuardedMutex(&fast);
    spawn(hold_guarded, "a");
    spawn(hold_guarded, "b");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "aabb");
    BROKE_NOTHING();
}

/* -- resources --------------------------------------------------------------- */

static void read_resource(void *arg)
{
    ExAcquireResourceSharedLite(&resource, TRUE);
    note(*(char *)arg);
    cn_engine_yield();
    note(*(char *)arg);
    ExReleaseResourceLite(&resource);
}

static void write_resource(void *arg)
{
    ExAcquireResourceExclusiveLite(&resource, TRUE);
    ExAcquireResourceExclusiveLite(&resource, TRUE);
    ExAcquireResourceSharedLite(&resource, TRUE);
    note(*(char *)arg);
    cn_engine_yield();
    note(*(char *)arg);
    ExReleaseResourceLite(&resource);
    ExReleaseResourceLite(&resource);
    ExReleaseResourceLite(&resource);
}

TEST(a_resource_has_many_readers_or_one_writer)
{
    kit_start();
    ExInitializeResourceLite(&resource);
    spawn(read_resource, "a");
    spawn(read_resource, "b");
    spawn(write_resource, "w");
    spawn(write_resource, "x");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "ababwwxx");
    CN_EQ(ExDeleteResourceLite(&resource), STATUS_SUCCESS);
    BROKE_NOTHING();
}

static void try_resource(void *arg)
{
    (void)arg;
    result[0] = ExAcquireResourceSharedLite(&resource, FALSE);
    cn_engine_yield();
    ExReleaseResourceLite(&resource);
}

static void try_exclusive(void *arg)
{
    (void)arg;
    result[1] = ExAcquireResourceExclusiveLite(&resource, FALSE);
    cn_engine_yield();
    result[2] = ExAcquireResourceExclusiveLite(&resource, FALSE);
}

TEST(without_wait_a_resource_is_got_at_once_or_not_at_all)
{
    kit_start();
    ExInitializeResourceLite(&resource);
    spawn(try_resource, NULL);
    spawn(try_exclusive, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(result[0], TRUE);
    CN_EQ(result[1], FALSE);
    CN_EQ(result[2], TRUE);
    BROKE_NOTHING();
    ExDeleteResourceLite(&resource);
    BROKE(CN_LCK_012);
}

static void release_resource(void *arg)
{
    (void)arg;
    ExReleaseResourceLite(&resource);
}

TEST(a_resource_that_is_not_held_is_not_released)
{
    kit_start();
    ExInitializeResourceLite(&resource);
    RUN(release_resource);
    BROKE(CN_LCK_012);
    CN_EQ(resource.ActiveCount, 0);
}

/* -- run-down protection ----------------------------------------------------- */

static void protect(void *arg)
{
    (void)arg;
    result[0] = ExAcquireRundownProtection(&rundown);
    note('a');
    cn_engine_yield();
    result[1] = ExAcquireRundownProtection(&rundown);
    note('r');
    ExReleaseRundownProtection(&rundown);
}

static void run_down(void *arg)
{
    (void)arg;
    note('w');
    ExWaitForRundownProtectionRelease(&rundown);
    note('W');
    ExRundownCompleted(&rundown);
    result[2] = ExAcquireRundownProtection(&rundown);
    ExReInitializeRundownProtection(&rundown);
    result[3] = ExAcquireRundownProtection(&rundown);
    ExReleaseRundownProtection(&rundown);
}

TEST(run_down_waits_for_users_and_lets_no_more_in)
{
    kit_start();
    ExInitializeRundownProtection(&rundown);
    spawn(protect, NULL);
    spawn(run_down, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "awrW");
    CN_OK(result[0] && !result[1] && !result[2] && result[3]);
    BROKE_NOTHING();
    ExReleaseRundownProtection(&rundown);
    BROKE(CN_LCK_012);
    CN_EQ(rundown.Count, 0);
}

/* -- remove locks ------------------------------------------------------------ */

static void use_device(void *arg)
{
    (void)arg;
    result[0] = IoAcquireRemoveLock(&remove_lock, NULL);
    cn_engine_yield();
    result[1] = IoAcquireRemoveLock(&remove_lock, NULL);
    note('r');
    IoReleaseRemoveLock(&remove_lock, NULL);
}

static void remove_device(void *arg)
{
    (void)arg;
    IoAcquireRemoveLock(&remove_lock, NULL);
    note('w');
    IoReleaseRemoveLockAndWait(&remove_lock, NULL);
    note('W');
}

TEST(a_remove_lock_waits_for_users_and_lets_no_more_in)
{
    kit_start();
    IoInitializeRemoveLock(&remove_lock, 0, 0, 0);
    spawn(use_device, NULL);
    spawn(remove_device, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "wrW");
    CN_EQ(result[0], STATUS_SUCCESS);
    CN_EQ(result[1], (LONG)0xC0000056);
    BROKE_NOTHING();
}

TEST(a_remove_lock_that_is_not_acquired_is_not_released)
{
    kit_start();
    IoInitializeRemoveLock(&remove_lock, 0, 0, 0);
    IoReleaseRemoveLock(&remove_lock, NULL);
    BROKE(CN_LCK_012);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
