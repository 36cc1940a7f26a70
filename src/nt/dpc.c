/* dpc.c - deferred procedure calls. A queued KDPC has a record; the KDPC itself only shows it. */
#include <stdlib.h>

#include "nt/rows.h"
#include "nt/track.h"
#include "nt/wait.h"

#define DPC_OBJECT 19 /* KDPC.Type */

struct dpc {
    struct cn_track track;
    struct cn_item item;
    KDPC *dpc;
    const char *name;
};

static void dpc_free(struct dpc *d)
{
    cn_engine_unpost(&d->item);
    cn_track_remove(&d->track);
    free(d);
}

/* From here on the driver may queue the KDPC again, or free it. */
static void run(void *arg)
{
    struct dpc *d = arg;
    KDPC *dpc = d->dpc;
    struct cn_driver *driver = d->track.driver;
    const char *name = d->name;
    PKDEFERRED_ROUTINE routine = dpc->DeferredRoutine;
    PVOID context = dpc->DeferredContext, a = dpc->SystemArgument1, b = dpc->SystemArgument2;
    dpc->DpcData = NULL;
    dpc_free(d);
    struct cn_frame f;
    if (!cn_track_call_begin(&f, driver, name, (const void *)routine))
        return;
    routine(dpc, context, a, b);
    cn_track_call_end(&f, driver);
}

static bool queue(KDPC *dpc, struct cn_driver *driver, const char *name)
{
    if (cn_track_find(CN_TRACK_DPC, dpc) != NULL)
        return false;
    struct dpc *d = calloc(1, sizeof(*d));
    if (d == NULL)
        return false;
    d->dpc = dpc;
    d->name = name;
    cn_item_init(&d->item, run, d, name);
    cn_track_add(&d->track, CN_TRACK_DPC, dpc, (const void *)dpc->DeferredRoutine);
    if (d->track.driver == NULL)
        d->track.driver = driver;
    dpc->DpcData = dpc;
    return cn_engine_post(&d->item, CN_LEVEL_DPC);
}

void cn_dpc_queue(KDPC *dpc, struct cn_driver *driver, const char *name)
{
    queue(dpc, driver, name);
}

/* Those that `ends` says yes to. */
static void end_those(bool (*ends)(const struct dpc *d, const void *a, size_t b), const void *a,
                      size_t b)
{
    CN_LIST_EACH_SAFE(at, next, cn_track_list(CN_TRACK_DPC))
    {
        struct dpc *d = CN_LIST_ENTRY(at, struct dpc, track.link);
        if (ends(d, a, b))
            dpc_free(d);
    }
}

static bool is_of(const struct dpc *d, const void *driver, size_t unused)
{
    (void)unused;
    return d->track.driver == driver;
}

static bool is_in(const struct dpc *d, const void *start, size_t size)
{
    return (uintptr_t)d->dpc - (uintptr_t)start < size;
}

void cn_dpcs_driver_end(struct cn_driver *driver)
{
    end_those(is_of, driver, 0);
}

void cn_dpcs_gone(const void *start, size_t size)
{
    end_those(is_in, start, size);
}

/* -- exported ---------------------------------------------------------------------------------- */

VOID NTAPI KeInitializeDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine, PVOID DeferredContext)
{
    CN_DDI_ENTER(ddi, KeInitializeDpc);
    memset(Dpc, 0, sizeof(*Dpc));
    Dpc->Type = DPC_OBJECT;
    Dpc->Importance = MediumImportance;
    Dpc->DeferredRoutine = DeferredRoutine;
    Dpc->DeferredContext = DeferredContext;
    CN_DDI_LEAVE_VOID(ddi);
}

BOOLEAN NTAPI KeInsertQueueDpc(PRKDPC Dpc, PVOID SystemArgument1, PVOID SystemArgument2)
{
    CN_DDI_ENTER(ddi, KeInsertQueueDpc);
    bool queued = cn_track_find(CN_TRACK_DPC, Dpc) == NULL;
    if (queued) {
        Dpc->SystemArgument1 = SystemArgument1;
        Dpc->SystemArgument2 = SystemArgument2;
        queued = queue(Dpc, NULL, "CustomDpc");
    }
    CN_DDI_LEAVE_VOID(ddi);
    return queued;
}

BOOLEAN NTAPI KeRemoveQueueDpc(PRKDPC Dpc)
{
    CN_DDI_ENTER(ddi, KeRemoveQueueDpc);
    struct dpc *d = cn_track_find(CN_TRACK_DPC, Dpc);
    if (d != NULL) {
        Dpc->DpcData = NULL;
        dpc_free(d);
    }
    CN_DDI_LEAVE_VOID(ddi);
    return d != NULL;
}

VOID NTAPI KeSetImportanceDpc(PRKDPC Dpc, KDPC_IMPORTANCE Importance)
{
    CN_DDI_ENTER(ddi, KeSetImportanceDpc);
    Dpc->Importance = (UCHAR)Importance;
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI KeSetTargetProcessorDpc(PRKDPC Dpc, CCHAR Number)
{
    CN_DDI_ENTER(ddi, KeSetTargetProcessorDpc);
    Dpc->Number = (USHORT)Number;
    CN_DDI_LEAVE_VOID(ddi);
}

/* Below DISPATCH_LEVEL, where this may be called, the queue is empty always. */
VOID NTAPI KeFlushQueuedDpcs(VOID)
{
    CN_DDI_ENTER(ddi, KeFlushQueuedDpcs);
    CN_DDI_LEAVE_VOID(ddi);
}
