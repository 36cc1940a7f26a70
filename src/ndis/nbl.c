/* nbl.c - NET_BUFFER_LIST and NET_BUFFER structures from pools.
 *
 * Each structure is one block of the driver's pool memory, so that leaks, overruns and frees of the
 * wrong thing are found like those of any other memory. A NET_BUFFER_LIST of a pool with
 * fAllocateNetBuffer carries its NET_BUFFER behind it; memory of the pool's DataSize lies behind
 * the NET_BUFFER.
 *
 * Page: guide/net-buffer-list-structure (network buffer list pools)
 */
#include "ndis/nbl.h"

#include "load/probe.h"
#include "verify/rule.h"

struct pool {
    struct cn_resource resource;
    ULONG tag;
    ULONG data_size;
    USHORT context_size;
    UCHAR protocol;
    bool with_buffer;
};

#define ROUND(x) CN_ALIGN_UP((size_t)(x), (size_t)16)

/* -- Pools ------------------------------------------------------------------------------------- */

static struct pool *pool_new(enum cn_resource_type type, NDIS_HANDLE handle)
{
    struct cn_driver *driver = NULL;
    struct cn_obj *owner = cn_ndis_owner(handle, &driver);
    /* A protocol without any handle may pass NULL: the pool is then the driver's. */
    if (owner == NULL && handle == NULL)
        driver = cn_driver_current();
    if (!CN_CHECK(CN_GEN_001, driver != NULL, .member = "NdisHandle",
                  .found = cn_handle_explain(handle, CN_KIND_NONE), .allowed = "a handle of NDIS"))
        return NULL;
    return cn_resource_new(type, sizeof(struct pool), owner, driver, NULL);
}

/* The parameters are judged by their header alone: Type DEFAULT, a revision, and its size. */
static bool parameters_take(void *copy, size_t size, const void *given, size_t least)
{
    struct cn_header h;
    bool good = cn_structure_header(given, &h) && h.type == NDIS_OBJECT_TYPE_DEFAULT &&
                h.revision >= 1 && h.size >= least;
    memset(copy, 0, size);
    good = good && cn_probe_copy(copy, given, CN_MIN((size_t)h.size, size)) == 0;
    return CN_CHECK(CN_REG_006, good, .structure = "NET_BUFFER_LIST_POOL_PARAMETERS",
                    .member = "Header",
                    .found = given == NULL ? "NULL" : "another type, revision or size",
                    .allowed = "NDIS_OBJECT_TYPE_DEFAULT with the revision and size constants");
}

NDIS_HANDLE cn_nbl_pool_new(NDIS_HANDLE handle, const NET_BUFFER_LIST_POOL_PARAMETERS *given)
{
    NET_BUFFER_LIST_POOL_PARAMETERS p;
    if (!parameters_take(&p, sizeof(p), given,
                         NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1))
        return NULL;
    struct pool *pool = pool_new(CN_RES_NBL_POOL, handle);
    if (pool == NULL)
        return NULL;
    pool->tag = p.PoolTag;
    pool->data_size = p.fAllocateNetBuffer ? p.DataSize : 0;
    pool->context_size = p.ContextSize;
    pool->protocol = p.ProtocolId;
    pool->with_buffer = p.fAllocateNetBuffer != FALSE;
    return pool->resource.obj.handle;
}

NDIS_HANDLE cn_nb_pool_new(NDIS_HANDLE handle, const NET_BUFFER_POOL_PARAMETERS *given)
{
    NET_BUFFER_POOL_PARAMETERS p;
    if (!parameters_take(&p, sizeof(p), given, NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1))
        return NULL;
    struct pool *pool = pool_new(CN_RES_NB_POOL, handle);
    if (pool == NULL)
        return NULL;
    pool->tag = p.PoolTag;
    pool->data_size = p.DataSize;
    return pool->resource.obj.handle;
}

void cn_nbl_pool_free(NDIS_HANDLE handle)
{
    struct cn_resource *r = cn_resource_get(handle, CN_RES_NBL_POOL);
    if (r != NULL)
        cn_resource_end(r);
}

void cn_nb_pool_free(NDIS_HANDLE handle)
{
    struct cn_resource *r = cn_resource_get(handle, CN_RES_NB_POOL);
    if (r != NULL)
        cn_resource_end(r);
}

/* -- NET_BUFFER -------------------------------------------------------------------------------- */

/* Describes the pool's memory behind the structure with an MDL of its own. */
static bool own_data(NET_BUFFER *nb, void *memory, ULONG size)
{
    MDL *mdl = IoAllocateMdl(memory, size, FALSE, FALSE, NULL);
    if (mdl == NULL)
        return false;
    MmBuildMdlForNonPagedPool(mdl);
    nb->MdlChain = nb->CurrentMdl = mdl;
    nb->NdisReserved[0] = mdl; /* the one to free again */
    nb->DataOffset = size;     /* all of it is room to retreat into */
    nb->CurrentMdlOffset = size;
    return true;
}

static bool nb_init(NET_BUFFER *nb, const struct pool *pool, const struct cn_nb_data *data)
{
    memset(nb, 0, sizeof(*nb));
    nb->NdisPoolHandle = pool->resource.obj.handle;
    if (data == NULL || (data->chain == NULL && pool->data_size != 0))
        return pool->data_size == 0 ||
               own_data(nb, (char *)nb + ROUND(sizeof(*nb)), pool->data_size);
    nb->MdlChain = nb->CurrentMdl = data->chain;
    nb->DataOffset = data->offset;
    nb->stDataLength = data->length;
    ULONG offset = data->offset;
    while (nb->CurrentMdl != NULL && nb->CurrentMdl->Next != NULL &&
           offset >= nb->CurrentMdl->ByteCount) {
        offset -= nb->CurrentMdl->ByteCount;
        nb->CurrentMdl = nb->CurrentMdl->Next;
    }
    nb->CurrentMdlOffset = offset;
    return true;
}

static void nb_drop(NET_BUFFER *nb)
{
    if (nb->NdisReserved[0] != NULL)
        IoFreeMdl(nb->NdisReserved[0]);
    nb->NdisReserved[0] = NULL;
}

NET_BUFFER *cn_nb_new(NDIS_HANDLE handle, const struct cn_nb_data *data, const void *place)
{
    struct pool *pool = cn_resource_get(handle, CN_RES_NB_POOL);
    if (pool == NULL)
        return NULL;
    NET_BUFFER *nb = cn_pool_alloc(pool->resource.driver, ROUND(sizeof(*nb)) + pool->data_size,
                                   pool->tag, true, place);
    if (nb != NULL && !nb_init(nb, pool, data)) {
        cn_pool_free(nb, "NdisAllocateNetBuffer");
        nb = NULL;
    }
    return nb;
}

/* The structure must be a live block before anything in it is believed. */
static bool live(const void *block, const char *call)
{
    struct cn_pool_info info;
    if (block != NULL && cn_pool_find(block, &info) && info.start == block)
        return true;
    cn_pool_free((void *)block, call); /* breaks the rule of wrong pointers */
    return false;
}

void cn_nb_free(NET_BUFFER *nb, const char *call)
{
    if (!live(nb, call))
        return;
    nb_drop(nb);
    cn_pool_free(nb, call);
}

/* -- NET_BUFFER_LIST --------------------------------------------------------------------------- */

/* Behind the list: the context, then the NET_BUFFER and its data. */
static void nbl_init(NET_BUFFER_LIST *nbl, const struct pool *pool, size_t context, USHORT fill)
{
    nbl->NdisPoolHandle = pool->resource.obj.handle;
    nbl->NetBufferListInfo[NetBufferListProtocolId] = (PVOID)(uintptr_t)pool->protocol;
    if (context == 0)
        return;
    nbl->Context = (NET_BUFFER_LIST_CONTEXT *)(void *)((char *)nbl + ROUND(sizeof(*nbl)));
    nbl->Context->Size = (USHORT)context;
    nbl->Context->Offset = fill;
}

NET_BUFFER_LIST *cn_nbl_new(NDIS_HANDLE handle, USHORT context, USHORT back_fill,
                            const struct cn_nb_data *data, const void *place)
{
    struct pool *pool = cn_resource_get(handle, CN_RES_NBL_POOL);
    if (pool == NULL)
        return NULL;
    size_t room = CN_MAX((size_t)context + back_fill, (size_t)pool->context_size);
    size_t head = ROUND(sizeof(NET_BUFFER_LIST)) +
                  (room == 0 ? 0 : ROUND(sizeof(NET_BUFFER_LIST_CONTEXT) + room));
    size_t tail = data == NULL ? 0 : ROUND(sizeof(NET_BUFFER)) + pool->data_size;
    if (!CN_CHECK(CN_GEN_001, data == NULL || pool->with_buffer, .object = pool->resource.obj.name,
                  .member = "PoolHandle", .found = "a pool without fAllocateNetBuffer",
                  .allowed = "a pool whose fAllocateNetBuffer is TRUE"))
        return NULL;
    NET_BUFFER_LIST *nbl =
        cn_pool_alloc(pool->resource.driver, head + tail, pool->tag, true, place);
    if (nbl == NULL)
        return NULL;
    nbl_init(nbl, pool, room, (USHORT)(room - context));
    if (data == NULL)
        return nbl;
    NET_BUFFER *nb = (NET_BUFFER *)(void *)((char *)nbl + head);
    if (!nb_init(nb, pool, data)) {
        cn_pool_free(nbl, "NdisAllocateNetBufferAndNetBufferList");
        return NULL;
    }
    nbl->FirstNetBuffer = nb;
    nbl->NdisReserved[0] = nb;
    return nbl;
}

void cn_nbl_free(NET_BUFFER_LIST *nbl, const char *call)
{
    if (!live(nbl, call))
        return;
    if (nbl->NdisReserved[0] != NULL)
        nb_drop(nbl->NdisReserved[0]);
    cn_pool_free(nbl, call);
}

void cn_nbl_returned(NET_BUFFER_LIST *nbl)
{
    CN_CHECK(CN_GEN_002, nbl == NULL, .member = "NetBufferLists",
             .found = "a NET_BUFFER_LIST that NDIS has not handed over",
             .allowed = "one that was sent or received, once");
}
