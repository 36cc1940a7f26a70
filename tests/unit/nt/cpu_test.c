/* Tests of src/nt/cpu.c and src/nt/interlocked.c. */
#include "sync_kit.h"

static uint8_t irql[6];

static void raise_and_lower(void *arg)
{
    (void)arg;
    KIRQL old;
    KeRaiseIrql(APC_LEVEL, &old);
    irql[0] = old;
    irql[1] = KeGetCurrentIrql();
    irql[2] = KeRaiseIrqlToDpcLevel();
    irql[3] = KeGetCurrentIrql();
    KeLowerIrql(old);
    irql[4] = KeGetCurrentIrql();
}

TEST(raising_returns_the_old_level)
{
    kit_start();
    RUN(raise_and_lower);
    CN_EQ(irql[0], PASSIVE_LEVEL);
    CN_EQ(irql[1], APC_LEVEL);
    CN_EQ(irql[2], APC_LEVEL);
    CN_EQ(irql[3], DISPATCH_LEVEL);
    CN_EQ(irql[4], PASSIVE_LEVEL);
    BROKE_NOTHING();
}

static void raise_downwards(void *arg)
{
    (void)arg;
    KIRQL old = KfRaiseIrql(DISPATCH_LEVEL);
    KfRaiseIrql(APC_LEVEL);
    KeLowerIrql(old);
}

static void lower_upwards(void *arg)
{
    (void)arg;
    KeLowerIrql(DISPATCH_LEVEL);
    KeLowerIrql(PASSIVE_LEVEL);
}

TEST(raising_goes_up_and_lowering_down)
{
    kit_start();
    RUN(raise_downwards);
    BROKE(CN_IRQL_001);
    CN_STREQ(found, "APC_LEVEL at DISPATCH_LEVEL");
    kit_start();
    RUN(lower_upwards);
    BROKE(CN_IRQL_001);
}

static void leave_raised(void *arg)
{
    (void)arg;
    KfRaiseIrql(DISPATCH_LEVEL);
}

TEST(a_handler_returns_at_the_level_of_its_call)
{
    kit_start();
    RUN(leave_raised);
    BROKE(CN_IRQL_002);
    CN_EQ(cn_irql_get(), PASSIVE_LEVEL);
}

static BOOLEAN in_region[6];

static void enter_regions(void *arg)
{
    (void)arg;
    in_region[0] = KeAreApcsDisabled();
    KeEnterCriticalRegion();
    KeEnterCriticalRegion();
    cn_engine_yield();
    KeLeaveCriticalRegion();
    in_region[1] = KeAreApcsDisabled();
    in_region[2] = KeAreAllApcsDisabled();
    KeLeaveCriticalRegion();
    in_region[3] = KeAreApcsDisabled();
    KeEnterGuardedRegion();
    in_region[4] = KeAreAllApcsDisabled() && KeAreApcsDisabled();
    KeLeaveGuardedRegion();
    KeLeaveGuardedRegion(); /* once too often: harmless */
}

static void look_from_outside(void *arg)
{
    (void)arg;
    in_region[5] = KeAreApcsDisabled();
}

TEST(regions_nest_and_belong_to_a_thread)
{
    kit_start();
    spawn(enter_regions, NULL);
    spawn(look_from_outside, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_OK(!in_region[0] && in_region[1] && !in_region[2] && !in_region[3] && in_region[4]);
    CN_OK(!in_region[5]);
    CN_EQ(ExGetPreviousMode(), KernelMode);
}

TEST(there_is_one_processor)
{
    KAFFINITY active;
    PROCESSOR_NUMBER number = {.Group = 7, .Number = 7};
    CN_EQ(KeQueryActiveProcessorCount(&active), 1);
    CN_EQ(active, 1);
    CN_EQ(KeQueryActiveProcessorCount(NULL), 1);
    CN_EQ(KeQueryActiveProcessorCountEx(ALL_PROCESSOR_GROUPS), 1);
    CN_EQ(KeQueryActiveProcessorCountEx(1), 0);
    CN_EQ(KeQueryMaximumProcessorCount(), 1);
    CN_EQ(KeQueryMaximumProcessorCountEx(0), 1);
    CN_EQ(KeQueryActiveGroupCount(), 1);
    CN_EQ(KeQueryActiveProcessors(), 1);
    CN_EQ(KeGetCurrentProcessorIndex(), 0);
    CN_EQ(KeGetProcessorIndexFromNumber(&number), 0xffffffff);
    CN_EQ(KeGetCurrentProcessorNumberEx(&number), 0);
    CN_EQ(number.Group + number.Number, 0);
    CN_EQ(KeGetProcessorIndexFromNumber(&number), 0);
    CN_EQ(KeGetProcessorNumberFromIndex(0, &number), STATUS_SUCCESS);
    CN_EQ(KeGetProcessorNumberFromIndex(1, &number), STATUS_INVALID_PARAMETER);
}

/* -- interlocked ------------------------------------------------------------- */

TEST(an_slist_is_a_stack_that_knows_its_depth)
{
    static SLIST_HEADER head;
    static SLIST_ENTRY entry[3];
    InitializeSListHead(&head);
    CN_OK(ExpInterlockedPopEntrySList(&head) == NULL);
    CN_OK(ExpInterlockedPushEntrySList(&head, &entry[0]) == NULL);
    CN_OK(ExpInterlockedPushEntrySList(&head, &entry[1]) == &entry[0]);
    CN_OK(ExpInterlockedPushEntrySList(&head, &entry[2]) == &entry[1]);
    CN_EQ(ExQueryDepthSList(&head), 3);
    CN_OK(ExpInterlockedPopEntrySList(&head) == &entry[2]);
    CN_EQ(ExQueryDepthSList(&head), 2);
    CN_OK(ExpInterlockedFlushSList(&head) == &entry[1]);
    CN_OK(entry[1].Next == &entry[0]);
    CN_EQ(ExQueryDepthSList(&head), 0);
    CN_OK(ExpInterlockedPopEntrySList(&head) == NULL);
}

TEST(interlocked_lists_return_the_former_end)
{
    KSPIN_LOCK lock = 0;
    LIST_ENTRY head, a, b, c;
    InitializeListHead(&head);
    CN_OK(ExInterlockedRemoveHeadList(&head, &lock) == NULL);
    CN_OK(ExInterlockedInsertHeadList(&head, &a, &lock) == NULL);
    CN_OK(ExInterlockedInsertHeadList(&head, &b, &lock) == &a);
    CN_OK(ExInterlockedInsertTailList(&head, &c, &lock) == &a);
    CN_OK(ExInterlockedRemoveHeadList(&head, &lock) == &b);
    CN_OK(ExInterlockedRemoveHeadList(&head, &lock) == &a);
    CN_OK(ExInterlockedRemoveHeadList(&head, &lock) == &c);
    CN_OK(IsListEmpty(&head));
    SINGLE_LIST_ENTRY single = {NULL}, one, two;
    CN_OK(ExInterlockedPopEntryList(&single, &lock) == NULL);
    CN_OK(ExInterlockedPushEntryList(&single, &one, &lock) == NULL);
    CN_OK(ExInterlockedPushEntryList(&single, &two, &lock) == &one);
    CN_OK(ExInterlockedPopEntryList(&single, &lock) == &two);
    CN_OK(ExInterlockedPopEntryList(&single, &lock) == &one);
}

TEST(interlocked_additions_return_the_old_value_and_wrap)
{
    KSPIN_LOCK lock = 0;
    ULONG n = 0xffffffff;
    LARGE_INTEGER large = {.QuadPart = INT64_MAX};
    CN_EQ(ExInterlockedAddUlong(&n, 2, &lock), 0xffffffff);
    CN_EQ(n, 1);
    LARGE_INTEGER one = {.QuadPart = 1};
    CN_EQ(ExInterlockedAddLargeInteger(&large, one, &lock).QuadPart, INT64_MAX);
    CN_EQ(large.QuadPart, INT64_MIN);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
