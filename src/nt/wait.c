/* wait.c - waiting for dispatcher objects: one, several, or just for time.
 *
 * The state of an object is in its header in the driver's memory; who waits for it is here, because
 * a list in memory that the driver may free or overwrite would be worth nothing. When an object is
 * signalled its waiters are settled at once, in the order of their coming: so a pulse reaches all
 * who waited, and a synchronization event exactly one.
 */
#include "nt/wait.h"

#include <errno.h>

#include "nt/rows.h"
#include "nt/track.h"

#define BUCKETS 256

struct entry {
    struct cn_list link; /* of those waiting for objects of the same bucket */
    struct waiter *waiter;
    DISPATCHER_HEADER *object;
};

struct waiter {
    struct cn_list link; /* of all waiters */
    void *context, *thread;
    unsigned count;
    bool all, done;
    NTSTATUS status;
    const char *call;
    const struct cn_wait_name *name;
    char what[512]; /* for deadlock reports; worked out only then */
    struct entry *entry;
};

static struct cn_list bucket[BUCKETS], waiters = {&waiters, &waiters};

static struct cn_list *bucket_of(const void *object)
{
    uint64_t h = (uint64_t)(uintptr_t)object * UINT64_C(0x9e3779b97f4a7c15);
    struct cn_list *b = &bucket[h >> 56];
    if (b->next == NULL)
        cn_list_init(b);
    return b;
}

/* -- the state of objects ---------------------------------------------------------------------- */

void cn_wait_init(DISPATCHER_HEADER *header, UCHAR type, size_t size, LONG state)
{
    header->Lock = 0;
    header->Type = type;
    header->Size = (UCHAR)(size / sizeof(LONG));
    header->SignalState = state;
    InitializeListHead(&header->WaitListHead);
}

static const char *type_name(const DISPATCHER_HEADER *object)
{
    switch (object->Type) {
    case CN_OBJECT_NOTIFICATION_EVENT:
    case CN_OBJECT_SYNCHRONIZATION_EVENT:
        return "event";
    case CN_OBJECT_MUTANT:
        return "mutex";
    case CN_OBJECT_SEMAPHORE:
        return "semaphore";
    case CN_OBJECT_THREAD:
        return "end of the thread";
    case CN_OBJECT_NOTIFICATION_TIMER:
    case CN_OBJECT_SYNCHRONIZATION_TIMER:
        return "timer";
    default:
        return NULL;
    }
}

static bool signalled(const DISPATCHER_HEADER *object, const void *thread)
{
    bool mine = object->Type == CN_OBJECT_MUTANT && thread != NULL &&
                ((const KMUTANT *)object)->OwnerThread == thread;
    return mine || object->SignalState > 0;
}

/* What the end of a wait does to the object. */
static void consume(DISPATCHER_HEADER *object, void *thread)
{
    switch (object->Type) {
    case CN_OBJECT_SYNCHRONIZATION_EVENT:
    case CN_OBJECT_SYNCHRONIZATION_TIMER:
        object->SignalState = 0;
        break;
    case CN_OBJECT_MUTANT:
        ((KMUTANT *)object)->OwnerThread = thread;
        object->SignalState--;
        break;
    case CN_OBJECT_SEMAPHORE:
        object->SignalState--;
        break;
    default:
        break;
    }
}

/* Ends the wait if the objects are as wanted. */
static bool settle(struct waiter *w)
{
    unsigned ready = 0, first = 0;
    for (unsigned i = w->count; i-- > 0;)
        if (signalled(w->entry[i].object, w->thread)) {
            ready++;
            first = i;
        }
    if (ready == 0 || (w->all && ready < w->count))
        return false;
    for (unsigned i = w->all ? 0 : first; i < (w->all ? w->count : first + 1); i++)
        consume(w->entry[i].object, w->thread);
    w->status = STATUS_WAIT_0 + (w->all ? 0 : (NTSTATUS)first);
    w->done = true;
    return true;
}

void cn_wait_signal(void *object)
{
    CN_LIST_EACH_SAFE(at, next, bucket_of(object))
    {
        struct entry *e = CN_LIST_ENTRY(at, struct entry, link);
        if (e->object == object && !e->waiter->done && settle(e->waiter))
            cn_engine_wake(e->waiter);
    }
}

/* -- deadlock reports -------------------------------------------------------------------------- */

static void explain(struct waiter *w)
{
    struct cn_text t;
    cn_text_init(&t, w->what, sizeof(w->what));
    cn_text_put(&t, "%s on ", w->call);
    if (w->name != NULL) {
        cn_track_describe(&t, w->name->what, w->name->at);
        return;
    }
    for (unsigned i = 0; i < w->count; i++) {
        if (w->count > 1)
            cn_text_put(&t, "%s", i > 0 ? (w->all ? " and " : " or ") : "");
        cn_track_describe(&t, type_name(w->entry[i].object), w->entry[i].object);
    }
}

void cn_wait_explain(void)
{
    CN_LIST_EACH(at, &waiters)
    explain(CN_LIST_ENTRY(at, struct waiter, link));
}

/* -- waiting ----------------------------------------------------------------------------------- */

static const char *running_call(void)
{
    const struct cn_frame *top = cn_frame_top();
    return top != NULL ? top->name : "a wait of the runtime";
}

static void enlist(struct waiter *w)
{
    w->context = cn_engine_context();
    w->call = running_call();
    cn_text_put(&(struct cn_text){.at = w->what, .size = sizeof(w->what)}, "%s", w->call);
    cn_list_insert(&waiters, &w->link);
    for (unsigned i = 0; i < w->count; i++)
        cn_list_insert(bucket_of(w->entry[i].object), &w->entry[i].link);
}

static void delist(struct waiter *w)
{
    cn_list_remove(&w->link);
    for (unsigned i = 0; i < w->count; i++)
        cn_list_remove(&w->entry[i].link);
}

void cn_wait_forget(const void *context)
{
    CN_LIST_EACH_SAFE(at, next, &waiters)
    {
        struct waiter *w = CN_LIST_ENTRY(at, struct waiter, link);
        if (context == NULL || w->context == context)
            delist(w);
    }
}

static bool pending(void *arg)
{
    return !((const struct waiter *)arg)->done;
}

uint64_t cn_wait_deadline(const LARGE_INTEGER *timeout)
{
    if (timeout == NULL)
        return UINT64_MAX;
    uint64_t now = cn_engine_now();
    if (timeout->QuadPart >= 0)
        return (uint64_t)timeout->QuadPart;
    uint64_t after = 0 - (uint64_t)timeout->QuadPart;
    return after < UINT64_MAX - now ? now + after : UINT64_MAX - 1;
}

static NTSTATUS wait(struct waiter *w, const LARGE_INTEGER *timeout)
{
    w->thread = cn_engine_thread();
    if (settle(w))
        return w->status;
    if (timeout != NULL && timeout->QuadPart == 0)
        return STATUS_TIMEOUT;
    if (!cn_engine_may_park())
        return STATUS_UNSUCCESSFUL;
    enlist(w);
    int err = cn_engine_park(w, pending, w, cn_wait_deadline(timeout), w->what);
    delist(w);
    return err == -ETIMEDOUT ? STATUS_TIMEOUT : w->status;
}

bool cn_wait_allowed(void)
{
    uint32_t locks = cn_spin_held();
    bool can = cn_engine_may_park() || !cn_engine_in_context();
    return CN_CHECK(CN_IRQL_003, can && locks == 0,
                    .found = locks > 0                      ? cn_fmt("%u spin locks held", locks)
                             : cn_irql_get() >= CN_DISPATCH ? cn_irql_name(cn_irql_get())
                                                            : "a DPC that lowered the IRQL",
                    .allowed = "a level below DISPATCH_LEVEL and no spin lock held");
}

/* What is no dispatcher object can never be signalled. */
static bool check_object(const DISPATCHER_HEADER *object)
{
    bool known = object != NULL && type_name(object) != NULL;
    return CN_CHECK(CN_GEN_005, object != NULL, .member = "Object", .found = "NULL",
                    .allowed = "the address of an initialised object") &&
           CN_CHECK(CN_HOST_005, known, .member = "Object",
                    .found = cn_fmt("an object of the unknown type %u", object->Type),
                    .allowed = "an initialised event, mutex, semaphore, timer or thread");
}

NTSTATUS cn_wait_named(void *object, const LARGE_INTEGER *timeout, const struct cn_wait_name *name)
{
    struct entry e = {.object = object};
    struct waiter w = {.count = 1, .entry = &e, .name = name};
    e.waiter = &w;
    cn_list_init(&w.link);
    cn_list_init(&e.link);
    return wait(&w, timeout);
}

NTSTATUS cn_wait(void *object, const LARGE_INTEGER *timeout)
{
    if (!check_object(object))
        return STATUS_INVALID_PARAMETER;
    if (timeout == NULL || timeout->QuadPart != 0)
        cn_wait_allowed();
    return cn_wait_named(object, timeout, NULL);
}

bool cn_wait_until(bool (*blocked)(void *arg), void *arg, const struct cn_wait_name *name)
{
    if (!cn_engine_may_park())
        return !blocked(arg);
    struct waiter w = {.name = name};
    cn_list_init(&w.link);
    enlist(&w);
    cn_engine_park(name->at, blocked, arg, UINT64_MAX, w.what);
    delist(&w);
    return true;
}

static bool always(void *arg)
{
    (void)arg;
    return true;
}

bool cn_sleep(uint64_t for_100ns)
{
    if (!cn_wait_allowed() && !cn_engine_may_park())
        return false;
    if (!cn_engine_in_context())
        return false;
    LARGE_INTEGER interval = {.QuadPart = -(LONGLONG)CN_MIN(for_100ns, (uint64_t)INT64_MAX)};
    if (for_100ns == 0)
        cn_engine_yield();
    else
        cn_engine_park(&interval, always, NULL, cn_wait_deadline(&interval), running_call());
    return true;
}

/* -- exported ---------------------------------------------------------------------------------- */

NTSTATUS NTAPI KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason,
                                     KPROCESSOR_MODE WaitMode, BOOLEAN Alertable,
                                     PLARGE_INTEGER Timeout)
{
    (void)WaitReason, (void)WaitMode, (void)Alertable;
    CN_DDI_ENTER(ddi, KeWaitForSingleObject);
    NTSTATUS s = cn_wait(Object, Timeout);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

static NTSTATUS wait_for_many(ULONG count, PVOID *objects, bool all, const LARGE_INTEGER *timeout)
{
    struct entry entry[MAXIMUM_WAIT_OBJECTS];
    struct waiter w = {.count = count, .all = all, .entry = entry};
    if (count == 0 || count > MAXIMUM_WAIT_OBJECTS)
        return STATUS_INVALID_PARAMETER;
    cn_list_init(&w.link);
    for (ULONG i = 0; i < count; i++) {
        if (!check_object(objects[i]))
            return STATUS_INVALID_PARAMETER;
        entry[i] = (struct entry){.waiter = &w, .object = objects[i]};
        cn_list_init(&entry[i].link);
    }
    if (timeout == NULL || timeout->QuadPart != 0)
        cn_wait_allowed();
    return wait(&w, timeout);
}

NTSTATUS NTAPI KeWaitForMultipleObjects(ULONG Count, PVOID Object[], WAIT_TYPE WaitType,
                                        KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
                                        BOOLEAN Alertable, PLARGE_INTEGER Timeout,
                                        PKWAIT_BLOCK WaitBlockArray)
{
    (void)WaitReason, (void)WaitMode, (void)Alertable;
    CN_DDI_ENTER(ddi, KeWaitForMultipleObjects);
    ULONG most = WaitBlockArray != NULL ? MAXIMUM_WAIT_OBJECTS : THREAD_WAIT_OBJECTS;
    NTSTATUS s = STATUS_INVALID_PARAMETER;
    if (CN_CHECK(CN_GEN_005, Count <= most, .member = "WaitBlockArray",
                 .found =
                     cn_fmt("%s, for %u objects", WaitBlockArray != NULL ? "set" : "NULL", Count),
                 .allowed = cn_fmt("at most %u objects%s", most,
                                   WaitBlockArray != NULL ? "" : " without wait blocks")))
        s = wait_for_many(Count, Object, WaitType == WaitAll, Timeout);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI KeDelayExecutionThread(KPROCESSOR_MODE WaitMode, BOOLEAN Alertable,
                                      PLARGE_INTEGER Interval)
{
    (void)WaitMode, (void)Alertable;
    CN_DDI_ENTER(ddi, KeDelayExecutionThread);
    uint64_t until = cn_wait_deadline(Interval), now = cn_engine_now();
    NTSTATUS s = cn_sleep(until > now ? until - now : 0) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
    CN_DDI_LEAVE(ddi, s);
    return s;
}
