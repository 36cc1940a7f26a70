/* Tests of src/nt/work.c. */
#include "sync_kit.h"

static WORK_QUEUE_ITEM item;
static PIO_WORKITEM io_item;
static PVOID seen[3];
static uint8_t irql;

static VOID NTAPI worker(PVOID Parameter)
{
    seen[0] = Parameter;
    irql = cn_irql_get();
    const struct cn_frame *f = cn_frame_top();
    note(f != NULL && f->driver == driver ? 'w' : '?');
}

static void queue_executive(void *arg)
{
    ExInitializeWorkItem(&item, worker, &item);
    ExQueueWorkItem(&item, DelayedWorkQueue);
    if (arg != NULL)
        ExQueueWorkItem(&item, DelayedWorkQueue);
    note('.');
}

TEST(a_work_item_runs_at_passive_level_as_the_drivers_code)
{
    kit_start();
    RUN(queue_executive);
    CN_STREQ(order, ".w");
    CN_OK(seen[0] == &item);
    CN_EQ(irql, PASSIVE_LEVEL);
    BROKE_NOTHING();
}

TEST(a_queued_item_is_not_queued_again)
{
    kit_start();
    CN_EQ(run(queue_executive, &item), CN_END_IDLE);
    CN_STREQ(order, ".w");
    BROKE(CN_WI_002);
}

static VOID NTAPI io_worker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    seen[0] = DeviceObject;
    seen[1] = Context;
    irql = cn_irql_get();
    note('i');
}

static VOID NTAPI io_worker_ex(PVOID IoObject, PVOID Context, PIO_WORKITEM IoWorkItem)
{
    seen[0] = IoObject;
    seen[1] = Context;
    seen[2] = IoWorkItem;
    note('x');
    if (Context != NULL)
        IoQueueWorkItemEx(IoWorkItem, io_worker_ex, DelayedWorkQueue, NULL);
    else
        IoFreeWorkItem(IoWorkItem);
}

static void queue_io(void *arg)
{
    (void)arg;
    io_item = IoAllocateWorkItem((PDEVICE_OBJECT)&item);
    IoQueueWorkItem(io_item, io_worker, DelayedWorkQueue, order);
}

TEST(an_io_work_item_gets_its_device_and_context)
{
    kit_start();
    RUN(queue_io);
    CN_STREQ(order, "i");
    CN_OK(seen[0] == &item && seen[1] == order);
    CN_EQ(irql, PASSIVE_LEVEL);
    IoFreeWorkItem(io_item);
    BROKE_NOTHING();
}

static void queue_ex(void *arg)
{
    io_item = IoAllocateWorkItem(arg);
    IoQueueWorkItemEx(io_item, io_worker_ex, DelayedWorkQueue, order);
}

TEST(a_work_item_may_queue_and_free_itself)
{
    kit_start();
    CN_EQ(run(queue_ex, &item), CN_END_IDLE);
    CN_STREQ(order, "xx");
    CN_OK(seen[2] == io_item && seen[0] == &item);
    BROKE_NOTHING();
}

static void use_own_memory(void *arg)
{
    (void)arg;
    PIO_WORKITEM own = cn_pool_alloc(driver, IoSizeofWorkItem(), 0x41616157, false, NULL);
    IoInitializeWorkItem(&item, own);
    IoQueueWorkItem(own, io_worker, DelayedWorkQueue, NULL);
    cn_engine_yield();
    IoUninitializeWorkItem(own);
    cn_pool_free(own, "ExFreePool");
}

TEST(a_work_item_may_lie_in_the_drivers_memory)
{
    kit_start();
    RUN(use_own_memory);
    CN_STREQ(order, "i");
    CN_OK(seen[0] == &item);
    BROKE_NOTHING();
}

static void free_queued(void *arg)
{
    queue_io(arg);
    IoFreeWorkItem(io_item);
}

TEST(a_queued_item_is_not_freed)
{
    kit_start();
    RUN(free_queued);
    BROKE(CN_WI_004);
    CN_STREQ(order, "");
}

static void free_twice(void *arg)
{
    io_item = IoAllocateWorkItem(arg);
    IoFreeWorkItem(io_item);
    IoFreeWorkItem(io_item);
}

TEST(an_item_is_freed_once)
{
    kit_start();
    RUN(free_twice);
    BROKE(CN_WI_003);
}

static void initialise_twice(void *arg)
{
    (void)arg;
    static char memory[64] __attribute__((aligned(16)));
    PIO_WORKITEM own = (PIO_WORKITEM)(void *)memory;
    IoInitializeWorkItem(&item, own);
    IoInitializeWorkItem(&item, own);
    IoUninitializeWorkItem(own);
}

TEST(an_item_in_use_is_not_initialised)
{
    kit_start();
    CN_OK(IoSizeofWorkItem() <= 64);
    RUN(initialise_twice);
    BROKE(CN_WI_002);
}

static void free_memory_of_queued(void *arg)
{
    (void)arg;
    PWORK_QUEUE_ITEM own = cn_pool_alloc(driver, sizeof(*own), 0x41616157, false, NULL);
    ExInitializeWorkItem(own, worker, own);
    ExQueueWorkItem(own, DelayedWorkQueue);
    cn_sync_memory_gone(own, sizeof(*own));
    cn_pool_free(own, "ExFreePool");
}

TEST(the_memory_of_a_queued_item_is_not_freed)
{
    kit_start();
    RUN(free_memory_of_queued);
    BROKE(CN_WI_004);
    CN_STREQ(order, "");
}

static void leave_queued(void *arg)
{
    queue_executive(arg);
    cn_sync_driver_end(driver, false);
}

TEST(the_end_of_a_driver_tells_and_ends_its_queued_items)
{
    kit_start();
    RUN(leave_queued);
    BROKE(CN_WI_006);
    CN_STREQ(found, "a work item that is queued");
    CN_STREQ(finding_call, "ExQueueWorkItem");
    CN_STREQ(order, ".");
}

static KEVENT never;

static VOID NTAPI waits(PVOID Parameter)
{
    (void)Parameter;
    note('w');
    KeWaitForSingleObject(&never, Executive, KernelMode, FALSE, NULL);
    note('!');
}

static void leave_running(void *arg)
{
    (void)arg;
    KeInitializeEvent(&never, NotificationEvent, FALSE);
    ExInitializeWorkItem(&item, waits, NULL);
    ExQueueWorkItem(&item, DelayedWorkQueue);
    cn_engine_yield();
    cn_sync_driver_end(driver, false);
    KeSetEvent(&never, 0, FALSE);
}

TEST(the_end_of_a_driver_ends_a_routine_that_waits)
{
    kit_start();
    RUN(leave_running);
    BROKE(CN_WI_006);
    CN_HAS(found, "has not returned");
    CN_STREQ(order, "w");
}

static void leave_allocated(void *arg)
{
    IoAllocateWorkItem(arg);
    cn_sync_driver_end(driver, false);
}

TEST(the_end_of_a_driver_tells_items_that_were_not_freed)
{
    kit_start();
    RUN(leave_allocated);
    BROKE(CN_WI_003);
    CN_STREQ(finding_call, "IoAllocateWorkItem");
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
