/* thread.c - system threads. The thread object outlives its context: it stays as long as a handle
 * or a reference to it, and is signalled when the thread ends. */
#include <stdlib.h>

#include "nt/handles.h"
#include "nt/object.h"
#include "nt/rows.h"
#include "nt/track.h"
#include "nt/wait.h"

#define DEFAULT_PRIORITY 8
/* Of the system process, and of whatever is no thread of a driver's making. */
#define SYSTEM_ID 4

/* The head is what a wait looks at; what follows reads as zero, as KTHREAD is opaque. */
struct thread {
    DISPATCHER_HEADER header;
    uint8_t opaque[2048 - sizeof(DISPATCHER_HEADER)];
    struct cn_track track; /* while it has not ended */
    PKSTART_ROUTINE start;
    PVOID parameter;
    struct cn_frame frame; /* of its start routine */
    void *context;
    LONG priority;
    uintptr_t id;
};

static uintptr_t last_id = SYSTEM_ID;

static void thread_gone(void *object)
{
    free(object);
}

static struct thread *find(const void *kthread)
{
    struct cn_track *t = cn_track_find(CN_TRACK_THREAD, kthread);
    return t != NULL ? CN_CONTAINER_OF(t, struct thread, track) : NULL;
}

static void end(struct thread *t)
{
    cn_track_remove(&t->track);
    t->header.SignalState = 1;
    cn_wait_signal(t);
    cn_object_put(t);
}

static void run(void *arg)
{
    struct thread *t = arg;
    struct cn_driver *driver = t->track.driver;
    t->context = cn_engine_context();
    cn_engine_set_thread(t);
    if (t->start != NULL &&
        cn_track_call_begin(&t->frame, driver, "ThreadStart", (const void *)t->start)) {
        t->start(t->parameter);
        cn_track_call_end(&t->frame, driver);
    }
    end(t);
}

static void close_handle(void *object)
{
    cn_object_put(object);
}

static struct thread *thread_new(PKSTART_ROUTINE start, PVOID parameter)
{
    struct thread *t = calloc(1, sizeof(*t));
    if (t == NULL || !cn_object_new(t, thread_gone)) {
        free(t);
        return NULL;
    }
    cn_wait_init(&t->header, CN_OBJECT_THREAD, 0, 0);
    t->start = start;
    t->parameter = parameter;
    t->priority = DEFAULT_PRIORITY;
    t->id = last_id += 4;
    cn_track_add(&t->track, CN_TRACK_THREAD, t, (const void *)start);
    return t;
}

static NTSTATUS create(PHANDLE handle, PKSTART_ROUTINE start, PVOID parameter, const void *place)
{
    struct thread *t = thread_new(start, parameter);
    if (t == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    *handle = cn_nt_handle_new(CN_NT_HANDLE_THREAD, t, close_handle, place);
    if (*handle != NULL && cn_engine_spawn(run, t, "system thread") == 0) {
        cn_object_get(t); /* one reference for the handle, one for the thread itself */
        return STATUS_SUCCESS;
    }
    cn_track_remove(&t->track);
    if (*handle != NULL)
        cn_nt_handle_close(*handle);
    else
        cn_object_put(t);
    *handle = NULL;
    return STATUS_INSUFFICIENT_RESOURCES;
}

void cn_threads_driver_end(struct cn_driver *driver, bool quiet)
{
    CN_LIST_EACH_SAFE(at, next, cn_track_list(CN_TRACK_THREAD))
    {
        struct thread *t = CN_LIST_ENTRY(at, struct thread, track.link);
        if (t->track.driver != driver || (t->context != NULL && t->context == cn_engine_context()))
            continue;
        if (!quiet)
            CN_CHECK(CN_WI_006, false, .driver = driver->name, .call = t->track.call,
                     .place = t->track.place, .object = "system thread",
                     .found = "a thread that has not ended",
                     .allowed = "no thread of the driver after DriverUnload");
        if (t->context == NULL) {
            t->start = NULL; /* it ends as soon as it begins */
            t->track.driver = NULL;
            continue;
        }
        cn_wait_forget(t->context);
        cn_engine_discard(t->context);
        end(t);
    }
}

void cn_threads_reset(void)
{
    CN_LIST_EACH_SAFE(at, next, cn_track_list(CN_TRACK_THREAD))
    {
        struct thread *t = CN_LIST_ENTRY(at, struct thread, track.link);
        cn_track_remove(&t->track);
        cn_object_put(t);
    }
    last_id = SYSTEM_ID;
}

/* -- exported ---------------------------------------------------------------------------------- */

NTSTATUS NTAPI PsCreateSystemThread(PHANDLE ThreadHandle, ULONG DesiredAccess,
                                    POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle,
                                    PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine,
                                    PVOID StartContext)
{
    (void)DesiredAccess, (void)ObjectAttributes, (void)ProcessHandle;
    CN_DDI_ENTER(ddi, PsCreateSystemThread);
    NTSTATUS s = STATUS_INVALID_PARAMETER;
    if (CN_CHECK(CN_GEN_005, StartRoutine != NULL, .member = "StartRoutine", .found = "NULL",
                 .allowed = "a function"))
        s = create(ThreadHandle, StartRoutine, StartContext, CN_CALLER);
    if (s == STATUS_SUCCESS && ClientId != NULL) {
        ClientId->UniqueProcess = (HANDLE)(uintptr_t)SYSTEM_ID;
        ClientId->UniqueThread = (HANDLE)last_id;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* Returns only when the caller is no such thread. */
NTSTATUS NTAPI PsTerminateSystemThread(NTSTATUS ExitStatus)
{
    (void)ExitStatus;
    CN_DDI_ENTER(ddi, PsTerminateSystemThread);
    struct thread *t = find(cn_engine_thread());
    bool own = t != NULL && (t->track.driver == NULL || ddi.up == &t->frame);
    CN_DDI_LEAVE(ddi, own ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
    if (!own)
        return STATUS_INVALID_PARAMETER;
    cn_track_call_end(&t->frame, t->track.driver);
    end(t);
    cn_engine_exit();
}

PKTHREAD NTAPI KeGetCurrentThread(VOID)
{
    return cn_engine_thread();
}

HANDLE NTAPI PsGetCurrentThreadId(VOID)
{
    const struct thread *t = find(cn_engine_thread());
    return (HANDLE)(t != NULL ? t->id : SYSTEM_ID);
}

HANDLE NTAPI PsGetCurrentProcessId(VOID)
{
    return (HANDLE)(uintptr_t)SYSTEM_ID;
}

/* Contexts run in the order the engine chooses; the priority is only kept. */
LONG NTAPI KeSetPriorityThread(PKTHREAD Thread, LONG Priority)
{
    CN_DDI_ENTER(ddi, KeSetPriorityThread);
    struct thread *t = find(Thread);
    LONG old = t != NULL ? t->priority : DEFAULT_PRIORITY;
    if (t != NULL)
        t->priority = Priority;
    CN_DDI_LEAVE_VOID(ddi);
    return old;
}
