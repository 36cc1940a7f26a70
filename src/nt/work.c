/* work.c - work items: WORK_QUEUE_ITEMs of the executive and IO_WORKITEMs of the I/O manager.
 *
 * Each queueing makes a job, which lives until the routine has returned. The routine may free the
 * item it runs for, or queue it again, so a job has all it needs and touches the item no more once
 * it runs. An IO_WORKITEM has a record besides, from its making to its end.
 */
#include <stdlib.h>

#include "nt/rows.h"
#include "nt/track.h"
#include "nt/wait.h"

/* What a driver gets to see of an IO_WORKITEM. */
struct _IO_WORKITEM {
    PVOID IoObject;
    ULONG_PTR Reserved[7];
};

struct io_work {
    struct cn_track track;
    bool allocated; /* by IoAllocateWorkItem */
};

enum form { EXECUTIVE, IO, IO_EX };

static const char *const routine_names[] = {"WorkerRoutine", "WorkItem", "WorkItemEx"};

struct job {
    struct cn_list link; /* of all jobs, oldest first */
    struct cn_item item;
    enum form form;
    void *object; /* the WORK_QUEUE_ITEM or IO_WORKITEM */
    PVOID io_object, parameter;
    const void *routine;
    struct cn_driver *driver;
    const char *call;
    const void *place;
    void *context; /* while it runs */
};

static struct cn_list jobs = {&jobs, &jobs};

/* -- jobs -------------------------------------------------------------------------------------- */

static void job_free(struct job *j)
{
    cn_engine_unpost(&j->item);
    cn_list_remove(&j->link);
    free(j);
}

static struct job *queued(const void *object)
{
    CN_LIST_EACH(at, &jobs)
    {
        struct job *j = CN_LIST_ENTRY(at, struct job, link);
        if (j->object == object && j->context == NULL)
            return j;
    }
    return NULL;
}

static void call_routine(const struct job *j)
{
    uintptr_t routine = (uintptr_t)j->routine;
    if (j->form == EXECUTIVE)
        ((PWORKER_THREAD_ROUTINE)routine)(j->parameter);
    else if (j->form == IO)
        ((PIO_WORKITEM_ROUTINE)routine)(j->io_object, j->parameter);
    else
        ((PIO_WORKITEM_ROUTINE_EX)routine)(j->io_object, j->parameter, j->object);
}

static void run(void *arg)
{
    struct job *j = arg;
    struct cn_frame f;
    j->context = cn_engine_context();
    if (cn_track_call_begin(&f, j->driver, routine_names[j->form], j->routine)) {
        call_routine(j);
        cn_track_call_end(&f, j->driver);
    }
    job_free(j);
}

static void queue(struct job job)
{
    if (!CN_CHECK(CN_WI_002, queued(job.object) == NULL, .found = "a work item that is queued",
                  .allowed = "a work item whose routine was called since it was queued"))
        return;
    struct job *j = calloc(1, sizeof(*j));
    if (j == NULL)
        return;
    const struct cn_frame *top = cn_frame_top();
    *j = job;
    j->call = top != NULL ? top->name : NULL;
    j->place = top != NULL ? top->place : NULL;
    j->driver = cn_track_owner(j->routine);
    cn_item_init(&j->item, run, j, routine_names[j->form]);
    cn_list_insert(&jobs, &j->link);
    cn_engine_post(&j->item, CN_LEVEL_WORK);
}

/* -- the end ----------------------------------------------------------------------------------- */

static void end_jobs(struct cn_driver *driver, bool quiet)
{
    CN_LIST_EACH_SAFE(at, next, &jobs)
    {
        struct job *j = CN_LIST_ENTRY(at, struct job, link);
        if (j->driver != driver || (j->context != NULL && j->context == cn_engine_context()))
            continue;
        if (!quiet)
            CN_CHECK(CN_WI_006, false, .driver = driver->name, .call = j->call, .place = j->place,
                     .object = routine_names[j->form],
                     .found = j->context != NULL ? "a work item whose routine has not returned"
                                                 : "a work item that is queued",
                     .allowed = "no work item after DriverUnload");
        if (j->context != NULL) {
            cn_wait_forget(j->context);
            cn_engine_discard(j->context);
        }
        job_free(j);
    }
}

void cn_work_driver_end(struct cn_driver *driver, bool quiet)
{
    end_jobs(driver, quiet);
    CN_LIST_EACH_SAFE(at, next, cn_track_list(CN_TRACK_IOWORK))
    {
        struct io_work *w = CN_LIST_ENTRY(at, struct io_work, track.link);
        if (w->track.driver != driver)
            continue;
        if (!quiet && w->allocated)
            CN_CHECK(CN_WI_003, false, .driver = driver->name, .call = w->track.call,
                     .place = w->track.place, .found = "a work item that was not freed",
                     .allowed = "IoFreeWorkItem before DriverUnload returns");
        if (w->allocated)
            free((void *)(uintptr_t)w->track.key);
        cn_track_remove(&w->track);
        free(w);
    }
}

/* The memory of items is freed: the driver's mistake when one is queued. */
void cn_work_gone(const void *start, size_t size)
{
    CN_LIST_EACH_SAFE(at, next, &jobs)
    {
        struct job *j = CN_LIST_ENTRY(at, struct job, link);
        if (j->context != NULL || (uintptr_t)j->object - (uintptr_t)start >= size)
            continue;
        CN_CHECK(CN_WI_004, false, .found = "the memory of a queued work item is freed",
                 .allowed = "a work item that is not queued");
        job_free(j);
    }
    CN_LIST_EACH_SAFE(at, next, cn_track_list(CN_TRACK_IOWORK))
    {
        struct io_work *w = CN_LIST_ENTRY(at, struct io_work, track.link);
        if (w->allocated || (uintptr_t)w->track.key - (uintptr_t)start >= size)
            continue;
        cn_track_remove(&w->track);
        free(w);
    }
}

/* Everything of everybody, when the runtime stops. */
void cn_work_reset(void)
{
    struct cn_list *at;
    while ((at = cn_list_pop(&jobs)) != NULL)
        free(CN_LIST_ENTRY(at, struct job, link));
    CN_LIST_EACH(pos, cn_track_list(CN_TRACK_IOWORK))
    {
        struct io_work *w = CN_LIST_ENTRY(pos, struct io_work, track.link);
        if (w->allocated)
            free((void *)(uintptr_t)w->track.key);
    }
}

/* -- exported: the executive's ----------------------------------------------------------------- */

VOID NTAPI ExQueueWorkItem(PWORK_QUEUE_ITEM WorkItem, WORK_QUEUE_TYPE QueueType)
{
    (void)QueueType;
    CN_DDI_ENTER(ddi, ExQueueWorkItem);
    queue((struct job){.form = EXECUTIVE,
                       .object = WorkItem,
                       .parameter = WorkItem->Parameter,
                       .routine = (const void *)WorkItem->WorkerRoutine});
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- exported: the I/O manager's --------------------------------------------------------------- */

static bool io_work_new(PIO_WORKITEM item, PVOID object, bool allocated)
{
    struct io_work *w = calloc(1, sizeof(*w));
    if (w == NULL)
        return false;
    memset(item, 0, sizeof(*item));
    item->IoObject = object;
    w->allocated = allocated;
    cn_track_add(&w->track, CN_TRACK_IOWORK, item, NULL);
    return true;
}

static struct io_work *io_work_find(PIO_WORKITEM item, enum cn_rule_id rule)
{
    struct io_work *w = cn_track_find(CN_TRACK_IOWORK, item);
    CN_CHECK(rule, w != NULL, .member = "IoWorkItem",
             .found = item == NULL ? "NULL" : "memory that is no work item (any more)",
             .allowed = "a work item that was made and not freed since");
    return w;
}

PIO_WORKITEM NTAPI IoAllocateWorkItem(struct _DEVICE_OBJECT *DeviceObject)
{
    CN_DDI_ENTER(ddi, IoAllocateWorkItem);
    PIO_WORKITEM item = malloc(sizeof(*item));
    if (item != NULL && !io_work_new(item, DeviceObject, true)) {
        free(item);
        item = NULL;
    }
    CN_DDI_LEAVE_VOID(ddi);
    return item;
}

static void io_work_end(PIO_WORKITEM item)
{
    struct io_work *w = io_work_find(item, CN_WI_003);
    if (w == NULL)
        return;
    struct job *j = queued(item);
    if (!CN_CHECK(CN_WI_004, j == NULL, .found = "a work item that is queued",
                  .allowed = "a work item that is not queued"))
        job_free(j);
    if (w->allocated)
        free(item);
    cn_track_remove(&w->track);
    free(w);
}

VOID NTAPI IoFreeWorkItem(PIO_WORKITEM IoWorkItem)
{
    CN_DDI_ENTER(ddi, IoFreeWorkItem);
    io_work_end(IoWorkItem);
    CN_DDI_LEAVE_VOID(ddi);
}

ULONG NTAPI IoSizeofWorkItem(VOID)
{
    return sizeof(struct _IO_WORKITEM);
}

VOID NTAPI IoInitializeWorkItem(PVOID IoObject, PIO_WORKITEM IoWorkItem)
{
    CN_DDI_ENTER(ddi, IoInitializeWorkItem);
    if (CN_CHECK(CN_WI_002, cn_track_find(CN_TRACK_IOWORK, IoWorkItem) == NULL,
                 .found = "a work item that is in use is initialised",
                 .allowed = "memory that is no work item yet"))
        io_work_new(IoWorkItem, IoObject, false);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI IoUninitializeWorkItem(PIO_WORKITEM IoWorkItem)
{
    CN_DDI_ENTER(ddi, IoUninitializeWorkItem);
    io_work_end(IoWorkItem);
    CN_DDI_LEAVE_VOID(ddi);
}

static void io_queue(PIO_WORKITEM item, enum form form, const void *routine, PVOID context)
{
    if (io_work_find(item, CN_WI_003) != NULL)
        queue((struct job){.form = form,
                           .object = item,
                           .io_object = item->IoObject,
                           .parameter = context,
                           .routine = routine});
}

VOID NTAPI IoQueueWorkItem(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE WorkerRoutine,
                           WORK_QUEUE_TYPE QueueType, PVOID Context)
{
    (void)QueueType;
    CN_DDI_ENTER(ddi, IoQueueWorkItem);
    io_queue(IoWorkItem, IO, (const void *)WorkerRoutine, Context);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI IoQueueWorkItemEx(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine,
                             WORK_QUEUE_TYPE QueueType, PVOID Context)
{
    (void)QueueType;
    CN_DDI_ENTER(ddi, IoQueueWorkItemEx);
    io_queue(IoWorkItem, IO_EX, (const void *)WorkerRoutine, Context);
    CN_DDI_LEAVE_VOID(ddi);
}
