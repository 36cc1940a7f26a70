/* status.c - a miniport driver indicates a status: the bindings above are told at once.
 *
 * Page: ddi/nf-ndis-ndismindicatestatusex#remarks. Statuses of a single VC come with VCs. */
#include "ndis/status.h"

#include "load/probe.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

static void tell(struct cn_binding *b, PNDIS_STATUS_INDICATION status, bool co)
{
    struct cn_frame f;
    uint8_t state = b->obj.lane[CN_LANE_CTL].state;
    if (state < BINDING_PAUSED || state > BINDING_PAUSING)
        return;
    if (co && b->optional.pco.CoStatusHandlerEx != NULL)
        CN_UPCALL_VOID(&f, b->reg->driver, "ProtocolCoStatusEx", b->optional.pco.CoStatusHandlerEx,
                       b->obj.name, b->context, NULL, status);
    else if (!co && b->reg->pr.StatusHandlerEx != NULL)
        CN_UPCALL_VOID(&f, b->reg->driver, "ProtocolStatusEx", b->reg->pr.StatusHandlerEx,
                       b->obj.name, b->context, status);
}

/* A protocol may unbind while it is told, so each is looked for anew by its place in the list. */
void cn_status_indicate(NDIS_HANDLE handle, PNDIS_STATUS_INDICATION status, bool co)
{
    NDIS_STATUS_INDICATION copy;
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a == NULL || !cn_adapter_registered(a))
        return;
    if (!CN_CHECK(CN_HOST_005,
                  status != NULL &&
                      cn_probe_copy(&copy, status, NDIS_SIZEOF_STATUS_INDICATION_REVISION_1) == 0,
                  .member = "StatusIndication",
                  .found = status == NULL ? "NULL" : "memory that cannot be read",
                  .allowed = "address of a filled NDIS_STATUS_INDICATION"))
        return;
    for (struct cn_binding *b = cn_binding_next(a, NULL), *next; b != NULL; b = next) {
        cn_obj_get(&b->obj);
        tell(b, status, co);
        next = b->obj.ended ? NULL : cn_binding_next(a, b);
        cn_obj_put(&b->obj);
    }
}
