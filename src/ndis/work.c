/* work.c - NdisAllocateIoWorkItem and its kin, over the engine's work items. */
#include "ndis/timer.h"
#include "ndis/upcall.h"
#include "verify/rule.h"

struct work {
    struct cn_resource resource;
    struct cn_item item;
    NDIS_IO_WORKITEM_ROUTINE routine; /* [E] */
    PVOID context;                    /* [E] */
};

static struct work *work_of(struct cn_resource *r)
{
    return CN_CONTAINER_OF(r, struct work, resource);
}

/* The routine may free the item: nothing of it is touched afterwards. */
static void run(void *arg)
{
    struct work *w = arg;
    struct cn_frame f;
    CN_UPCALL_VOID(&f, w->resource.driver, "NDIS_IO_WORKITEM", w->routine, w->resource.obj.name,
                   w->context, w->resource.obj.handle);
}

static void work_drop(struct cn_resource *r)
{
    cn_engine_unpost(&work_of(r)->item);
}

NDIS_HANDLE cn_work_new(NDIS_HANDLE handle)
{
    struct cn_driver *driver = NULL;
    struct cn_resource *device = cn_handle_get(handle, CN_KIND_DEVICE);
    struct cn_obj *owner = device != NULL ? &device->obj : cn_ndis_owner(handle, &driver);
    if (device != NULL)
        driver = device->driver;
    bool good = owner != NULL && (owner->kind == CN_KIND_ADAPTER ||
                                  owner->kind == CN_KIND_MINIPORT || owner->kind == CN_KIND_DEVICE);
    if (!CN_CHECK(CN_WI_001, good, .member = "NdisObjectHandle",
                  .found = owner != NULL ? cn_fmt("%s handle", cn_kind_name(owner->kind))
                                         : cn_handle_explain(handle, CN_KIND_ADAPTER),
                  .allowed = "the handle of an adapter, a miniport driver or a device"))
        return NULL;
    struct work *w = cn_resource_new(CN_RES_WORK, sizeof(*w), owner, driver, work_drop);
    if (w == NULL)
        return NULL;
    cn_item_init(&w->item, run, w, w->resource.obj.name);
    return w->resource.obj.handle;
}

void cn_work_queue(NDIS_HANDLE handle, NDIS_IO_WORKITEM_ROUTINE routine, PVOID context)
{
    struct work *w = cn_resource_get(handle, CN_RES_WORK);
    if (w == NULL || !CN_CHECK(CN_GEN_005, routine != NULL, .member = "Routine", .found = "NULL",
                               .allowed = "address of a function"))
        return;
    if (!CN_CHECK(CN_WI_002, !w->item.queued, .object = w->resource.obj.name,
                  .found = "a work item that is queued",
                  .allowed = "one whose routine was called since"))
        return;
    w->routine = routine;
    w->context = context;
    cn_engine_post(&w->item, CN_LEVEL_WORK);
}

void cn_work_free(NDIS_HANDLE handle)
{
    struct work *w = cn_resource_get(handle, CN_RES_WORK);
    if (w == NULL)
        return;
    CN_CHECK(CN_WI_004, !w->item.queued, .object = w->resource.obj.name,
             .found = "a work item that is queued", .allowed = "one that has run");
    cn_resource_end(&w->resource);
}

void cn_work_objects_end(struct cn_driver *driver, bool quiet)
{
    for (struct cn_resource *r = cn_resource_next(NULL), *next; r != NULL; r = next) {
        next = cn_resource_next(r);
        if (r->type != CN_RES_WORK || r->driver != driver || !work_of(r)->item.queued)
            continue;
        if (!quiet)
            CN_CHECK(CN_WI_006, false, .driver = driver->name, .call = "DriverUnload",
                     .place = r->place, .found = cn_fmt("%s is queued", r->obj.name),
                     .allowed = "all routines over");
        cn_resource_end(r);
    }
}
