/* Tests of src/nt/wait.c and src/nt/event.c: events, semaphores, mutexes, waiting for one or
 * several. */
#include "sync_kit.h"

static KEVENT event, second;
static KSEMAPHORE semaphore;
static KMUTEX mutex;
static NTSTATUS status[4];

static NTSTATUS wait(void *object, int64_t timeout)
{
    LARGE_INTEGER t = {.QuadPart = timeout};
    return KeWaitForSingleObject(object, Executive, KernelMode, FALSE, timeout == 1 ? NULL : &t);
}
#define FOR_EVER 1

static void wait_and_note(void *arg)
{
    status[0] = wait(&event, FOR_EVER);
    note(*(char *)arg);
}

static void set_once(void *arg)
{
    (void)arg;
    note(KeSetEvent(&event, 0, FALSE) == 0 ? 's' : 'S');
}

static void init_events(EVENT_TYPE type, BOOLEAN state)
{
    KeInitializeEvent(&event, type, state);
    KeInitializeEvent(&second, type, state);
}

TEST(a_notification_event_releases_all_and_stays_set)
{
    kit_start();
    init_events(NotificationEvent, FALSE);
    CN_EQ(event.Header.Size, 6);
    spawn(wait_and_note, "a");
    spawn(wait_and_note, "b");
    spawn(set_once, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "sab");
    CN_EQ(status[0], STATUS_SUCCESS);
    CN_EQ(KeReadStateEvent(&event), 1);
    CN_EQ(KeResetEvent(&event), 1);
    CN_EQ(KeResetEvent(&event), 0);
    BROKE_NOTHING();
}

TEST(a_synchronization_event_releases_one_and_resets)
{
    kit_start();
    init_events(SynchronizationEvent, FALSE);
    spawn(wait_and_note, "a");
    spawn(wait_and_note, "b");
    spawn(set_once, NULL);
    CN_EQ(cn_engine_run(), CN_END_DEADLOCK);
    CN_STREQ(order, "sa");
    CN_EQ(KeReadStateEvent(&event), 0);
}

static void pulse(void *arg)
{
    (void)arg;
    KeSetEvent(&event, 0, FALSE);
    KeClearEvent(&event);
}

TEST(setting_and_clearing_releases_those_who_wait)
{
    kit_start();
    init_events(NotificationEvent, FALSE);
    spawn(wait_and_note, "a");
    spawn(wait_and_note, "b");
    spawn(pulse, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "ab");
}

static void time_outs(void *arg)
{
    (void)arg;
    status[0] = wait(&event, 0);
    CN_EQ(cn_engine_now(), START_TIME);
    status[1] = wait(&event, -5 * MS);
    status[2] = (NTSTATUS)(cn_engine_now() - START_TIME);
    status[3] = wait(&event, START_TIME + 20 * MS);
}

TEST(timeouts_are_relative_or_absolute)
{
    kit_start();
    init_events(NotificationEvent, FALSE);
    RUN(time_outs);
    CN_EQ(status[0], STATUS_TIMEOUT);
    CN_EQ(status[1], STATUS_TIMEOUT);
    CN_EQ(status[2], 5 * MS);
    CN_EQ(status[3], STATUS_TIMEOUT);
    CN_EQ(cn_engine_now(), START_TIME + 20 * MS);
    BROKE_NOTHING();
}

static void wait_raised(void *arg)
{
    (void)arg;
    KIRQL old = cn_irql_raise(DISPATCH_LEVEL);
    status[0] = wait(&event, 0);
    CN_EQ(cn_verify_broken(), 0);
    status[1] = wait(&event, FOR_EVER);
    cn_irql_lower(old);
}

TEST(at_dispatch_level_one_may_look_but_not_wait)
{
    kit_start();
    init_events(NotificationEvent, FALSE);
    RUN(wait_raised);
    CN_EQ(status[0], STATUS_TIMEOUT);
    CN_EQ(status[1], STATUS_UNSUCCESSFUL);
    BROKE(CN_IRQL_003);
    CN_STREQ(found, "DISPATCH_LEVEL");
    CN_STREQ(finding_call, "KeWaitForSingleObject");
}

static void wait_for_rubbish(void *arg)
{
    (void)arg;
    status[0] = wait(&event, FOR_EVER);
    status[1] = wait(NULL, FOR_EVER);
}

TEST(only_dispatcher_objects_are_waited_for)
{
    kit_start();
    memset(&event, 0xcd, sizeof(event));
    RUN(wait_for_rubbish);
    CN_EQ(status[0], STATUS_INVALID_PARAMETER);
    CN_EQ(status[1], STATUS_INVALID_PARAMETER);
    CN_EQ(cn_verify_broken_rule(CN_HOST_005), 1);
    CN_EQ(cn_verify_broken_rule(CN_GEN_005), 1);
}

/* -- several ----------------------------------------------------------------- */

static void wait_for_both(void *arg)
{
    PVOID objects[] = {&event, &second};
    LARGE_INTEGER ms = {.QuadPart = -MS};
    status[0] =
        KeWaitForMultipleObjects(2, objects, *(char *)arg == 'a' ? WaitAll : WaitAny, Executive,
                                 KernelMode, FALSE, *(char *)arg == 't' ? &ms : NULL, NULL);
    note(*(char *)arg);
}

static void set_second(void *arg)
{
    (void)arg;
    note('2');
    KeSetEvent(&second, 0, FALSE);
    cn_engine_yield();
    note('1');
    KeSetEvent(&event, 0, FALSE);
}

TEST(waiting_for_any_tells_which)
{
    kit_start();
    init_events(SynchronizationEvent, FALSE);
    spawn(wait_for_both, "o");
    spawn(set_second, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "2o1");
    CN_EQ(status[0], STATUS_WAIT_0 + 1);
    CN_EQ(KeReadStateEvent(&second), 0);
    CN_EQ(KeReadStateEvent(&event), 1);
}

TEST(waiting_for_all_takes_nothing_until_all_are_there)
{
    kit_start();
    init_events(SynchronizationEvent, FALSE);
    spawn(wait_for_both, "a");
    spawn(set_second, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "21a");
    CN_EQ(status[0], STATUS_WAIT_0);
    CN_EQ(KeReadStateEvent(&second), 0);
    CN_EQ(KeReadStateEvent(&event), 0);
}

TEST(waiting_for_several_times_out_and_leaves_no_trace)
{
    kit_start();
    init_events(SynchronizationEvent, FALSE);
    CN_EQ(run(wait_for_both, "t"), CN_END_IDLE);
    CN_EQ(status[0], STATUS_TIMEOUT);
    KeSetEvent(&event, 0, FALSE);
    CN_EQ(KeReadStateEvent(&event), 1);
}

static void wait_for_none_and_too_many(void *arg)
{
    (void)arg;
    PVOID objects[] = {&event, &event, &event, &event};
    status[0] =
        KeWaitForMultipleObjects(0, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
    CN_EQ(cn_verify_broken(), 0);
    status[1] =
        KeWaitForMultipleObjects(4, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
}

TEST(more_than_three_objects_need_wait_blocks)
{
    kit_start();
    init_events(NotificationEvent, TRUE);
    RUN(wait_for_none_and_too_many);
    CN_EQ(status[0], STATUS_INVALID_PARAMETER);
    CN_EQ(status[1], STATUS_INVALID_PARAMETER);
    BROKE(CN_GEN_005);
}

/* -- semaphores and mutexes -------------------------------------------------- */

static void want_semaphore(void *arg)
{
    wait(&semaphore, FOR_EVER);
    note(*(char *)arg);
}

static void release_two(void *arg)
{
    (void)arg;
    note((char)('0' + KeReleaseSemaphore(&semaphore, 0, 2, FALSE)));
}

TEST(a_semaphore_lets_in_as_many_as_it_counts)
{
    kit_start();
    KeInitializeSemaphore(&semaphore, 1, 5);
    spawn(want_semaphore, "a");
    spawn(want_semaphore, "b");
    spawn(want_semaphore, "c");
    spawn(release_two, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "a0bc");
    CN_EQ(KeReadStateSemaphore(&semaphore), 0);
}

static void own_mutex(void *arg)
{
    wait(&mutex, FOR_EVER);
    wait(&mutex, FOR_EVER); /* its owner may */
    note(*(char *)arg);
    cn_engine_yield();
    note(*(char *)arg);
    KeReleaseMutex(&mutex, FALSE);
    cn_engine_yield();
    note(*(char *)arg);
    KeReleaseMutex(&mutex, FALSE);
}

TEST(a_mutex_has_one_owner_who_may_take_it_again)
{
    kit_start();
    KeInitializeMutex(&mutex, 0);
    CN_EQ(KeReadStateMutex(&mutex), 1);
    spawn(own_mutex, "a");
    spawn(own_mutex, "b");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_STREQ(order, "aaabbb");
    CN_EQ(KeReadStateMutex(&mutex), 1);
    BROKE_NOTHING();
}

static void take_mutex(void *arg)
{
    (void)arg;
    wait(&mutex, FOR_EVER);
}

static void release_mutex(void *arg)
{
    (void)arg;
    status[0] = KeReleaseMutex(&mutex, FALSE);
}

TEST(only_its_owner_releases_a_mutex)
{
    kit_start();
    KeInitializeMutex(&mutex, 0);
    RUN(release_mutex);
    BROKE(CN_LCK_012);
    CN_HAS(found, "nobody acquired");
    cn_verify_reset();
    spawn(take_mutex, NULL);
    spawn(release_mutex, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    BROKE(CN_LCK_012);
    CN_EQ(KeReadStateMutex(&mutex), 0);
}

/* -- deadlocks --------------------------------------------------------------- */

TEST(a_deadlock_names_the_call_and_the_object)
{
    kit_start();
    PKEVENT pooled = cn_pool_alloc(driver, sizeof(*pooled), 0x41414141, true, NULL);
    KeInitializeMutex(&mutex, 0);
    KeInitializeEvent(pooled, NotificationEvent, FALSE);
    event = *pooled;
    spawn(take_mutex, NULL);
    spawn(take_mutex, NULL);
    spawn(wait_and_note, "a");
    spawn(wait_for_both, "o");
    KeInitializeEvent(&second, NotificationEvent, FALSE);
    CN_EQ(cn_engine_run(), CN_END_DEADLOCK);
    const char *name, *what;
    void *local;
    CN_OK(cn_engine_stuck(0, &name, &what, &local));
    CN_HAS(what, "KeWaitForSingleObject on mutex");
    CN_OK(local != NULL);
    CN_OK(cn_engine_stuck(1, &name, &what, &local));
    CN_HAS(what, "KeWaitForSingleObject on event");
    CN_OK(cn_engine_stuck(2, &name, &what, &local));
    CN_HAS(what, "KeWaitForMultipleObjects on event");
    CN_HAS(what, " or event");
    CN_OK(strstr(what, "0x") == NULL);
}

static void wait_for_pooled(void *arg)
{
    wait(arg, FOR_EVER);
}

TEST(an_object_in_pool_is_named_by_its_block)
{
    kit_start();
    char *pooled = cn_pool_alloc(driver, 64, 0x41616157, true, NULL);
    KeInitializeEvent((PKEVENT)(void *)(pooled + 16), NotificationEvent, FALSE);
    CN_EQ(run(wait_for_pooled, pooled + 16), CN_END_DEADLOCK);
    const char *name, *what;
    void *local;
    CN_OK(cn_engine_stuck(0, &name, &what, &local));
    CN_HAS(what, "event 16 bytes into a block of 64 bytes with tag 'WaaA'");
}

static void sleep_a_while(void *arg)
{
    (void)arg;
    LARGE_INTEGER interval = {.QuadPart = -30 * MS}, absolute = {.QuadPart = START_TIME + 40 * MS};
    status[0] = KeDelayExecutionThread(KernelMode, FALSE, &interval);
    status[1] = (NTSTATUS)(cn_engine_now() - START_TIME);
    KeDelayExecutionThread(KernelMode, FALSE, &absolute);
}

TEST(a_delay_takes_virtual_time)
{
    kit_start();
    RUN(sleep_a_while);
    CN_EQ(status[0], STATUS_SUCCESS);
    CN_EQ(status[1], 30 * MS);
    CN_EQ(cn_engine_now(), START_TIME + 40 * MS);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
