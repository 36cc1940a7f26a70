/* Tests of src/nt/spin.c: spin locks used rightly and wrongly. */
#include "sync_kit.h"

static KSPIN_LOCK lock, other;
static uint8_t irql[8];

static void use_rightly(void *arg)
{
    (void)arg;
    KIRQL old;
    KeInitializeSpinLock(&lock);
    KeAcquireSpinLock(&lock, &old);
    irql[0] = cn_irql_get();
    irql[1] = (uint8_t)cn_spin_held();
    irql[2] = KeTestSpinLock(&lock);
    irql[3] = cn_spin_is_held(&lock);
    KeReleaseSpinLock(&lock, old);
    irql[4] = cn_irql_get();
    irql[5] = (uint8_t)cn_spin_held();
    irql[6] = KeTestSpinLock(&lock);
}

TEST(a_spin_lock_raises_and_restores_the_irql)
{
    kit_start();
    RUN(use_rightly);
    BROKE_NOTHING();
    CN_EQ(irql[0], DISPATCH_LEVEL);
    CN_EQ(irql[1], 1);
    CN_OK(!irql[2] && irql[3]);
    CN_EQ(irql[4], PASSIVE_LEVEL);
    CN_EQ(irql[5], 0);
    CN_OK(irql[6]);
}

static void use_every_form(void *arg)
{
    (void)arg;
    KLOCK_QUEUE_HANDLE handle, inner;
    KeInitializeSpinLock(&lock);
    KeInitializeSpinLock(&other);
    KeAcquireInStackQueuedSpinLock(&lock, &handle);
    KeAcquireSpinLockAtDpcLevel(&other);
    irql[0] = (uint8_t)cn_spin_held();
    KeReleaseSpinLockFromDpcLevel(&other);
    KeAcquireInStackQueuedSpinLockAtDpcLevel(&other, &inner);
    irql[1] = KeTryToAcquireSpinLockAtDpcLevel(&other);
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&inner);
    irql[2] = KeTryToAcquireSpinLockAtDpcLevel(&other);
    KeReleaseSpinLockFromDpcLevel(&other);
    KeReleaseInStackQueuedSpinLock(&handle);
    irql[3] = cn_irql_get();
}

TEST(every_form_pairs_with_its_release)
{
    kit_start();
    RUN(use_every_form);
    BROKE_NOTHING();
    CN_EQ(irql[0], 2);
    CN_OK(!irql[1] && irql[2]);
    CN_EQ(irql[3], PASSIVE_LEVEL);
}

static void hand_over_hand(void *arg)
{
    (void)arg;
    KIRQL first, second;
    KeAcquireSpinLock(&lock, &first);
    KeAcquireSpinLock(&other, &second);
    KeReleaseSpinLock(&lock, second);
    KeReleaseSpinLock(&other, first);
    irql[0] = cn_irql_get();
}

TEST(locks_may_be_released_in_any_order_with_the_levels_exchanged)
{
    kit_start();
    lock = other = 0;
    RUN(hand_over_hand);
    BROKE_NOTHING();
    CN_EQ(irql[0], PASSIVE_LEVEL);
}

static void lower_too_early(void *arg)
{
    (void)arg;
    KIRQL first, second;
    KeAcquireSpinLock(&lock, &first);
    KeAcquireSpinLock(&other, &second);
    KeReleaseSpinLock(&other, first);
    cn_irql_raise(DISPATCH_LEVEL);
    KeReleaseSpinLock(&lock, first);
}

TEST(the_level_stays_while_another_lock_is_held)
{
    kit_start();
    lock = other = 0;
    RUN(lower_too_early);
    BROKE(CN_LCK_002);
    CN_HAS(found, "1 other spin locks are held");
}

static void use_uninitialised(void *arg)
{
    (void)arg;
    KIRQL old;
    KeAcquireSpinLock(&lock, &old);
    KeReleaseSpinLock(&lock, old);
}

TEST(a_lock_with_a_random_value_is_not_initialised)
{
    kit_start();
    lock = 0xcdcdcdcd;
    RUN(use_uninitialised);
    BROKE(CN_LCK_001);
    CN_HAS(found, "0xcdcdcdcd");
    CN_EQ(lock, 0);
}

static void initialise_held(void *arg)
{
    (void)arg;
    KIRQL old;
    KeAcquireSpinLock(&lock, &old);
    KeInitializeSpinLock(&lock);
    KeLowerIrql(old);
}

TEST(a_held_lock_is_not_initialised)
{
    kit_start();
    lock = 0;
    RUN(initialise_held);
    BROKE(CN_LCK_001);
    CN_HAS(found, "initialised while held");
}

static void release_free(void *arg)
{
    (void)arg;
    KIRQL old = cn_irql_raise(DISPATCH_LEVEL);
    KeReleaseSpinLock(&lock, old);
}

TEST(a_lock_that_is_free_is_not_released)
{
    kit_start();
    lock = 0;
    RUN(release_free);
    BROKE(CN_LCK_002);
    CN_HAS(found, "not held");
}

static void mix_forms(void *arg)
{
    (void)arg;
    KIRQL old;
    KeAcquireSpinLock(&lock, &old);
    KeReleaseSpinLockFromDpcLevel(&lock);
    cn_irql_lower(old);
}

TEST(acquisition_and_release_have_the_same_form)
{
    kit_start();
    lock = 0;
    RUN(mix_forms);
    BROKE(CN_LCK_002);
    CN_STREQ(found, "acquired with KeAcquireSpinLock");
}

static void at_dpc_below(void *arg)
{
    (void)arg;
    KeAcquireSpinLockAtDpcLevel(&lock);
    KeReleaseSpinLockFromDpcLevel(&lock);
}

TEST(the_dpc_forms_are_for_dispatch_level)
{
    kit_start();
    lock = 0;
    RUN(at_dpc_below);
    BROKE(CN_LCK_003);
    CN_STREQ(found, "PASSIVE_LEVEL");
}

static void above_dispatch(void *arg)
{
    (void)arg;
    KIRQL old, level = cn_irql_raise(CN_DEVICE);
    KeAcquireSpinLock(&lock, &old);
    irql[0] = cn_irql_get();
    KeReleaseSpinLock(&lock, old);
    cn_irql_lower(level);
}

TEST(an_ordinary_lock_is_not_for_device_level)
{
    kit_start();
    lock = 0;
    RUN(above_dispatch);
    BROKE(CN_IRQL_001);
    CN_EQ(irql[0], CN_DEVICE);
}

static void acquire_twice(void *arg)
{
    (void)arg;
    KIRQL old, inner;
    KeAcquireSpinLock(&lock, &old);
    KeAcquireSpinLock(&lock, &inner);
    KeReleaseSpinLock(&lock, inner);
    KeReleaseSpinLock(&lock, old);
}

TEST(a_held_lock_is_not_acquired_again)
{
    kit_start();
    lock = 0;
    RUN(acquire_twice);
    BROKE(CN_LCK_004);
    CN_HAS(found, "held since");
    CN_EQ(lock, 0);
}

static void keep(void *arg)
{
    (void)arg;
    KIRQL old;
    KeAcquireSpinLock(&lock, &old);
}

TEST(a_handler_releases_what_it_acquired)
{
    kit_start();
    lock = 0;
    RUN(keep);
    BROKE(CN_LCK_013);
    CN_EQ(cn_irql_get(), PASSIVE_LEVEL);
}

TEST(a_lock_held_by_a_stopped_driver_is_free)
{
    kit_start();
    lock = 0;
    RUN(keep);
    struct cn_driver *dead = driver;
    dead->stopped = true;
    driver = cn_driver_new("other.sys", NULL);
    cn_verify_reset();
    RUN(use_uninitialised);
    BROKE_NOTHING();
    cn_driver_free(dead);
}

static void holds_and_sleeps(void *arg)
{
    (void)arg;
    KIRQL old;
    LARGE_INTEGER ms = {.QuadPart = -MS};
    KeAcquireSpinLock(&lock, &old);
    KeLowerIrql(old);
    irql[0] = (uint8_t)cn_spin_held();
    KeDelayExecutionThread(KernelMode, FALSE, &ms);
    cn_irql_raise(DISPATCH_LEVEL);
    KeReleaseSpinLock(&lock, old);
}

static void looks_meanwhile(void *arg)
{
    (void)arg;
    irql[1] = (uint8_t)cn_spin_held();
}

TEST(locks_held_are_counted_per_thread_and_forbid_waiting)
{
    kit_start();
    lock = 0;
    spawn(holds_and_sleeps, NULL);
    spawn(looks_meanwhile, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(irql[0], 1);
    CN_EQ(irql[1], 0);
    BROKE(CN_IRQL_003);
    CN_STREQ(found, "1 spin locks held");
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
