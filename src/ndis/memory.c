/* memory.c - NdisAllocateMemoryXxx over the pool, strings NDIS gives away, generic objects. */
#include "ndis/memory.h"

#include <stdlib.h>

#include "load/probe.h"
#include "ndis/leak.h"
#include "verify/rule.h"

enum {
    TAG_NAME = 0x6D614E63, /* 'cNam' */
};

void *cn_memory_alloc(NDIS_HANDLE handle, UINT length, ULONG tag, const void *place)
{
    struct cn_driver *driver = NULL;
    struct cn_obj *owner = cn_ndis_owner(handle, &driver);
    if (!CN_CHECK(CN_MEM_001, owner != NULL, .member = "NdisHandle",
                  .found = cn_handle_explain(handle, CN_KIND_NONE),
                  .allowed = "a driver, adapter or binding handle, or a generic object"))
        driver = cn_driver_current();
    CN_CHECK(CN_MEM_011, tag != 0, .member = "Tag", .found = "0",
             .allowed = "a tag of four characters");
    return driver == NULL ? NULL : cn_pool_alloc(driver, length, tag, false, place);
}

NDIS_STATUS cn_memory_alloc_plain(PVOID *out, UINT length, ULONG tag, const void *place)
{
    struct cn_driver *driver = cn_driver_current();
    if (!CN_CHECK(CN_GEN_005, out != NULL && cn_probe_write(out, sizeof(*out)) == 0,
                  .member = "VirtualAddress", .found = cn_fmt("%p", (void *)out),
                  .allowed = "address of a pointer variable") ||
        driver == NULL)
        return NDIS_STATUS_FAILURE;
    *out = cn_pool_alloc(driver, length, tag, false, place);
    return *out == NULL ? NDIS_STATUS_FAILURE : NDIS_STATUS_SUCCESS;
}

void cn_memory_free(void *block, const char *call)
{
    cn_pool_free(block, call);
}

void cn_memory_free_tagged(void *block, ULONG tag, const char *call)
{
    struct cn_pool_info info;
    if (cn_pool_find(block, &info) && info.start == block)
        CN_CHECK(CN_MEM_004, info.tag == tag, .member = "Tag",
                 .found = cn_fmt("0x%08x", (unsigned)tag),
                 .allowed = cn_fmt("0x%08x, as allocated", info.tag));
    cn_pool_free(block, call);
}

/* -- Strings ----------------------------------------------------------------------------------- */

NDIS_STATUS cn_name_give(PNDIS_STRING out, const char *utf8, const void *place)
{
    uint16_t text[256];
    size_t units = cn_utf8_to_utf16(utf8, text, CN_ARRAY_SIZE(text));
    size_t size = (units + 1) * sizeof(text[0]);
    if (!CN_CHECK(CN_GEN_005, out != NULL && cn_probe_write(out, sizeof(*out)) == 0,
                  .member = "AdapterInstanceName", .found = cn_fmt("%p", (void *)out),
                  .allowed = "address of an NDIS_STRING variable"))
        return NDIS_STATUS_FAILURE;
    void *buffer = cn_pool_alloc(cn_driver_current(), size, TAG_NAME, false, place);
    if (buffer == NULL)
        return NDIS_STATUS_RESOURCES;
    text[units] = 0;
    memcpy(buffer, text, size);
    out->Buffer = buffer;
    out->Length = (USHORT)(units * sizeof(text[0]));
    out->MaximumLength = (USHORT)size;
    return NDIS_STATUS_SUCCESS;
}

struct names {
    unsigned count;
    void *first;
    const void *place;
};

static void name_look(void *arg, const struct cn_pool_info *info)
{
    struct names *n = arg;
    if (info->tag != TAG_NAME)
        return;
    if (n->count++ == 0) {
        n->first = info->start;
        n->place = info->place;
    }
}

void cn_names_judge(struct cn_driver *driver)
{
    struct names n = {0};
    cn_pool_each(driver, name_look, &n);
    CN_CHECK(CN_BND_025, n.count == 0, .driver = driver->name,
             .call = "NdisQueryAdapterInstanceName", .place = n.place,
             .found = cn_fmt("%u strings not freed when the driver was unloaded", n.count),
             .allowed = "NdisFreeMemory for the Buffer of each");
    for (; n.count != 0; n = (struct names){0}, cn_pool_each(driver, name_look, &n))
        cn_pool_free(n.first, "the end of the driver");
}

/* -- Generic objects --------------------------------------------------------------------------- */

struct generic {
    struct cn_resource resource; /* directly before the object: resource.c relies on it */
    NDIS_GENERIC_OBJECT object;
};

PNDIS_GENERIC_OBJECT cn_generic_new(PDRIVER_OBJECT driver, ULONG tag, USHORT size,
                                    const void *place)
{
    (void)tag;
    struct cn_driver *d = driver == NULL ? cn_driver_current() : cn_nt_driver_of(driver);
    struct generic *g = cn_resource_new(CN_RES_OBJECT, sizeof(*g) + size, NULL, d, NULL);
    if (g == NULL)
        return NULL;
    g->object.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    g->object.Header.Revision = NDIS_OBJECT_REVISION_1;
    g->object.Header.Size = sizeof(g->object);
    g->object.Caller = (PVOID)place;
    g->object.DriverObject = driver;
    return &g->object;
}

/* MEM-008: nothing may be left that was made with the object as its handle. */
static unsigned children(const struct cn_resource *object)
{
    unsigned count = 0;
    for (const struct cn_resource *r = NULL; (r = cn_resource_next(r)) != NULL;)
        count += r->owner == &object->obj;
    return count;
}

void cn_generic_free(PNDIS_GENERIC_OBJECT object)
{
    struct cn_driver *driver;
    struct cn_obj *o = cn_ndis_owner(object, &driver);
    struct cn_resource *r = NULL;
    if (o != NULL && o->kind == CN_KIND_GENERIC)
        r = CN_CONTAINER_OF(o, struct cn_resource, obj);
    if (!CN_CHECK(CN_MEM_008, r != NULL, .member = "NdisObject",
                  .found = cn_fmt("%p, which is no live generic object", (void *)object),
                  .allowed = "an object from NdisAllocateGenericObject, once"))
        return;
    CN_CHECK(CN_MEM_008, children(r) == 0, .object = r->obj.name,
             .found = cn_fmt("%u resources made with it are left", children(r)),
             .allowed = "all that was allocated under it freed before");
    cn_resource_end(r);
}
