/* lock.c - read/write locks of NDIS.
 *
 * They are held at DISPATCH_LEVEL, where no other context of the virtual CPU runs. So a lock that
 * is found taken is held by the very code that asks for it: on Windows it would spin for ever
 * (LCK-004). Read locks may be taken again. The handle that drivers hold is the one of the
 * resource.
 */
#include "ndis/lock.h"

#include "load/probe.h"
#include "verify/rule.h"

enum { FREE = 1, READ, WRITE };

struct rw {
    struct cn_resource resource;
    unsigned readers; /* [E] */
    bool writer;      /* [E] */
};

PNDIS_RW_LOCK_EX cn_rw_new(NDIS_HANDLE handle)
{
    struct cn_driver *driver = NULL;
    struct cn_obj *owner = cn_ndis_owner(handle, &driver);
    if (!CN_CHECK(CN_GEN_001, owner != NULL, .member = "NdisHandle",
                  .found = cn_handle_explain(handle, CN_KIND_NONE), .allowed = "a handle of NDIS"))
        return NULL;
    struct rw *rw = cn_resource_new(CN_RES_RW_LOCK, sizeof(*rw), owner, driver, NULL);
    return rw == NULL ? NULL : rw->resource.obj.handle;
}

void cn_rw_free(PNDIS_RW_LOCK_EX lock)
{
    struct rw *rw = cn_resource_get(lock, CN_RES_RW_LOCK);
    if (rw != NULL)
        cn_resource_end(&rw->resource);
}

static bool state_good(PLOCK_STATE_EX state)
{
    return CN_CHECK(CN_GEN_005, state != NULL && cn_probe_write(state, sizeof(*state)) == 0,
                    .member = "LockState", .found = cn_fmt("%p", (void *)state),
                    .allowed = "address of a LOCK_STATE_EX variable");
}

void cn_rw_acquire(PNDIS_RW_LOCK_EX lock, PLOCK_STATE_EX state, UCHAR flags, bool write)
{
    struct rw *rw = cn_resource_get(lock, CN_RES_RW_LOCK);
    if (rw == NULL || !state_good(state))
        return;
    CN_CHECK(CN_LCK_004, !rw->writer && (!write || rw->readers == 0),
             .object = rw->resource.obj.name,
             .found = rw->writer ? "held for writing" : "held for reading",
             .allowed = "a lock that the processor does not hold");
    state->Flags = flags;
    state->LockState = write ? WRITE : READ;
    state->OldIrql = cn_irql_get();
    if ((flags & NDIS_RWL_AT_DISPATCH_LEVEL) == 0)
        state->OldIrql = cn_irql_raise(CN_DISPATCH);
    if (write)
        rw->writer = true;
    else
        rw->readers++;
}

void cn_rw_release(PNDIS_RW_LOCK_EX lock, PLOCK_STATE_EX state)
{
    struct rw *rw = cn_resource_get(lock, CN_RES_RW_LOCK);
    if (rw == NULL || !state_good(state))
        return;
    bool held =
        state->LockState == WRITE ? rw->writer : state->LockState == READ && rw->readers > 0;
    if (!CN_CHECK(CN_LCK_002, held, .object = rw->resource.obj.name,
                  .found = "a lock that is not held by this state",
                  .allowed = "one release for each acquire"))
        return;
    if (state->LockState == WRITE)
        rw->writer = false;
    else
        rw->readers--;
    state->LockState = FREE;
    if ((state->Flags & NDIS_RWL_AT_DISPATCH_LEVEL) == 0)
        cn_irql_lower(state->OldIrql);
}
