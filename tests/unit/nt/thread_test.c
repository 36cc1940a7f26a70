/* Tests of src/nt/thread.c. */
#include "sync_kit.h"

#include "nt/handles.h"

static HANDLE handle;
static PVOID thread_object, seen_thread;
static NTSTATUS status[4];
static KEVENT never;

static VOID NTAPI start(PVOID Context)
{
    seen_thread = KeGetCurrentThread();
    const struct cn_frame *f = cn_frame_top();
    note(f != NULL && f->driver == driver ? 't' : '?');
    if (Context == NULL)
        return;
    PsTerminateSystemThread(STATUS_SUCCESS);
    note('!');
}

static NTSTATUS create(PKSTART_ROUTINE routine, PVOID context)
{
    return PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, routine, context);
}

static void create_and_wait(void *arg)
{
    status[0] = create(start, arg);
    status[1] = ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, NULL, KernelMode,
                                          &thread_object, NULL);
    ZwClose(handle);
    note('c');
    status[2] = KeWaitForSingleObject(thread_object, Executive, KernelMode, FALSE, NULL);
    note('w');
    status[3] = KeWaitForSingleObject(thread_object, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(thread_object);
}

TEST(a_thread_runs_as_the_drivers_code_and_is_waited_for)
{
    kit_start();
    RUN(create_and_wait);
    CN_STREQ(order, "ctw");
    for (int i = 0; i < 4; i++)
        CN_EQ(status[i], STATUS_SUCCESS);
    CN_OK(seen_thread == thread_object);
    BROKE_NOTHING();
}

TEST(a_thread_may_end_itself_from_within)
{
    kit_start();
    CN_EQ(run(create_and_wait, order), CN_END_IDLE);
    CN_STREQ(order, "ctw");
    CN_EQ(driver->in_upcall, 0);
    BROKE_NOTHING();
}

static void terminate(void *arg)
{
    (void)arg;
    status[0] = PsTerminateSystemThread(STATUS_SUCCESS);
}

TEST(only_a_system_thread_ends_itself)
{
    kit_start();
    RUN(terminate);
    CN_EQ(status[0], STATUS_INVALID_PARAMETER);
}

static void create_without_routine(void *arg)
{
    (void)arg;
    status[0] = create(NULL, NULL);
}

TEST(a_thread_needs_a_routine)
{
    kit_start();
    RUN(create_without_routine);
    CN_EQ(status[0], STATUS_INVALID_PARAMETER);
    BROKE(CN_GEN_005);
}

static HANDLE ids[3];

static VOID NTAPI keep_id(PVOID Context)
{
    *(HANDLE *)Context = PsGetCurrentThreadId();
}

static void create_two(void *arg)
{
    (void)arg;
    CLIENT_ID id;
    PsCreateSystemThread(&handle, 0, NULL, NULL, &id, keep_id, &ids[0]);
    ZwClose(handle);
    ids[2] = id.UniqueThread;
    create(keep_id, &ids[1]);
    status[0] = KeSetPriorityThread(KeGetCurrentThread(), 12);
    ObReferenceObjectByHandle(handle, 0, NULL, KernelMode, &thread_object, NULL);
    status[1] = KeSetPriorityThread(thread_object, LOW_REALTIME_PRIORITY);
    status[2] = KeSetPriorityThread(thread_object, 9);
    ObDereferenceObject(thread_object);
    ZwClose(handle);
}

TEST(threads_have_ids_and_priorities)
{
    kit_start();
    RUN(create_two);
    CN_OK(ids[0] != ids[1]);
    CN_OK(ids[0] == ids[2]);
    CN_EQ(status[0], 8);
    CN_EQ(status[1], 8);
    CN_EQ(status[2], LOW_REALTIME_PRIORITY);
    CN_OK(PsGetCurrentProcessId() == (HANDLE)4);
}

static VOID NTAPI waits(PVOID Context)
{
    (void)Context;
    note('t');
    KeWaitForSingleObject(&never, Executive, KernelMode, FALSE, NULL);
    note('!');
}

static void leave_thread(void *arg)
{
    KeInitializeEvent(&never, NotificationEvent, FALSE);
    create(waits, NULL);
    ZwClose(handle);
    if (arg != NULL)
        cn_engine_yield();
    cn_sync_driver_end(driver, false);
    KeSetEvent(&never, 0, FALSE);
}

TEST(the_end_of_a_driver_tells_and_ends_its_threads)
{
    kit_start();
    CN_EQ(run(leave_thread, order), CN_END_IDLE);
    BROKE(CN_WI_006);
    CN_STREQ(finding_call, "PsCreateSystemThread");
    CN_STREQ(order, "t");
    kit_start();
    RUN(leave_thread); /* before it began */
    BROKE(CN_WI_006);
    CN_STREQ(order, "");
}

static void stays_open(void *arg)
{
    (void)arg;
    create(waits, NULL);
}

TEST(stopping_the_runtime_ends_threads_with_open_handles)
{
    kit_start();
    KeInitializeEvent(&never, NotificationEvent, FALSE);
    CN_EQ(run(stays_open, NULL), CN_END_DEADLOCK);
    const char *name, *what;
    void *local;
    CN_OK(cn_engine_stuck(0, &name, &what, &local));
    CN_STREQ(name, "system thread");
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
