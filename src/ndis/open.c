/* open.c - NdisOpenAdapterEx and NdisCloseAdapterEx: the inner half of a binding.
 *
 * With the option `pend` both return NDIS_STATUS_PENDING and are completed by a worker, as drivers
 * must expect; otherwise they are over when they return. Results are written in either case at the
 * very end, so that a driver which looks too early finds nothing.
 *
 * Statuses: ddi/nf-ndis-ndisopenadapterex#returns.
 */
#include "load/probe.h"
#include "ndis/binding.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

/* -- Open -------------------------------------------------------------------------------------- */

static void hold(struct cn_binding *b)
{
    if (b->context != NULL && !b->held)
        cn_pool_hold(b->context, CN_BND_010, b->obj.name);
    b->held = b->context != NULL;
}

static void let_go(struct cn_binding *b)
{
    if (b->held)
        cn_pool_release(b->context, CN_BND_010);
    b->held = false;
}

/* The open succeeds now: the handle comes into being and is written. The memory was good when the
 * call was made; after a pended open it may have gone (BND-002). */
static NDIS_STATUS open_finish(struct cn_binding *b)
{
    bool good = cn_probe_write(b->out_handle, sizeof(*b->out_handle)) == 0 &&
                (b->out_index == NULL || cn_probe_write(b->out_index, sizeof(UINT)) == 0);
    if (!CN_CHECK(CN_BND_002, good, .driver = b->reg->driver->name, .call = "NdisOpenAdapterEx",
                  .object = b->obj.name, .found = "variables that cannot be written any more",
                  .allowed = "storage that lives until ProtocolOpenAdapterCompleteEx"))
        return NDIS_STATUS_FAILURE;
    b->obj.handle = cn_handle_new(CN_KIND_BINDING, &b->obj);
    if (b->obj.handle == NULL)
        return NDIS_STATUS_RESOURCES;
    if (b->out_index != NULL)
        *b->out_index = b->index;
    *b->out_handle = b->obj.handle;
    return NDIS_STATUS_SUCCESS;
}

static void open_item(void *arg)
{
    struct cn_binding *b = arg;
    NDIS_STATUS s = b->result == NDIS_STATUS_SUCCESS ? open_finish(b) : b->result;
    b->open_failed = s != NDIS_STATUS_SUCCESS;
    cn_op_complete(&cn_ndis_ops[CN_OP_OPEN], &b->obj, s);
}

int32_t cn_OPEN_invoke(struct cn_op *op)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    if (!cn_ndis_config.pend)
        return b->result == NDIS_STATUS_SUCCESS ? open_finish(b) : b->result;
    cn_item_init(&b->item, open_item, b, "NdisOpenAdapterEx");
    cn_engine_post(&b->item, CN_LEVEL_WORK);
    return NDIS_STATUS_PENDING;
}

void cn_OPEN_deliver(struct cn_op *op, int32_t status)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    struct cn_frame f;
    if (status != NDIS_STATUS_SUCCESS)
        let_go(b);
    CN_UPCALL_VOID(&f, b->reg->driver, "ProtocolOpenAdapterCompleteEx",
                   b->reg->pr.OpenAdapterCompleteHandlerEx, b->obj.name, b->context, status);
    cn_scopes_add(&b->scopes, &f);
}

/* The binding whose ProtocolBindAdapterEx is running and that the call is for. */
static struct cn_binding *bind_find(NDIS_HANDLE bind)
{
    struct cn_binding *b = cn_handle_get(bind, CN_KIND_BIND);
    bool inside = cn_frame_inside("ProtocolBindAdapterEx") != NULL;
    if (!CN_CHECK(CN_BND_001, inside && b != NULL && b->bind == bind && cn_binding_in_bind(b),
                  .member = inside ? "BindContext" : NULL,
                  .found = !inside     ? "a call outside of ProtocolBindAdapterEx"
                           : b == NULL ? cn_handle_explain(bind, CN_KIND_BIND)
                                       : "the context of another operation",
                  .allowed = "the BindContext of the ProtocolBindAdapterEx that is running"))
        return NULL;
    return b;
}

/* While the registration runs, a driver may look for its handle where it is not yet (REG-040). It
 * is known anyhow whom the bind is for, so the open goes on. */
static bool protocol_good(const struct cn_binding *b, NDIS_HANDLE protocol)
{
    bool good = cn_handle_get(protocol, CN_KIND_PROTOCOL) == b->reg;
    bool early = cn_frame_inside("DriverEntry") != NULL;
    const char *found = cn_handle_get(protocol, CN_KIND_PROTOCOL) != NULL
                            ? "the handle of another driver"
                            : cn_handle_explain(protocol, CN_KIND_PROTOCOL);
    CN_CHECK(CN_REG_040, !early || good, .object = b->obj.name, .member = "NdisProtocolHandle",
             .found = found, .allowed = "the NdisDriverHandle that ProtocolSetOptions got");
    return early ||
           CN_CHECK(CN_GEN_001, good, .object = b->obj.name, .member = "NdisProtocolHandle",
                    .found = found, .allowed = "the handle of the driver's own registration");
}

/* Same name, letters in any case. Both strings are probed first. */
static bool name_same(const UNICODE_STRING *a, const NDIS_STRING *given)
{
    NDIS_STRING s;
    uint16_t text[128];
    if (given == NULL || cn_probe_copy(&s, given, sizeof(s)) != 0 || s.Length != a->Length ||
        s.Length > sizeof(text) || cn_probe_copy(text, s.Buffer, s.Length) != 0)
        return false;
    for (size_t i = 0; i < s.Length / sizeof(text[0]); i++) {
        uint16_t x = (uint16_t)a->Buffer[i], y = text[i];
        x = x >= 'a' && x <= 'z' ? (uint16_t)(x - 32) : x;
        y = y >= 'a' && y <= 'z' ? (uint16_t)(y - 32) : y;
        if (x != y)
            return false;
    }
    return true;
}

#define OPEN_PARAMETER(binding, which)                                                             \
    .object = (binding)->obj.name, .structure = "NDIS_OPEN_PARAMETERS", .member = (which)

static NDIS_STATUS medium_find(struct cn_binding *b, const NDIS_OPEN_PARAMETERS *p)
{
    NDIS_MEDIUM medium = NdisMediumMax;
    UINT count = CN_MIN(p->MediumArraySize, 64u), i;
    for (i = 0; i < count; i++) {
        if (cn_probe_copy(&medium, p->MediumArray + i, sizeof(medium)) != 0)
            break;
        if (medium == b->adapter->ga.MediaType) {
            b->index = i;
            return NDIS_STATUS_SUCCESS;
        }
    }
    CN_CHECK(CN_BND_021, false, OPEN_PARAMETER(b, "MediumArray"),
             .found = i < count ? "an array that cannot be read"
                                : cn_fmt("%u media without that of the adapter",
                                         (unsigned)p->MediumArraySize),
             .allowed = cn_fmt("an array with NDIS_MEDIUM %u (the adapter's)",
                               (unsigned)b->adapter->ga.MediaType));
    return NDIS_STATUS_UNSUPPORTED_MEDIA;
}

static NDIS_STATUS parameters_take(struct cn_binding *b, PNDIS_OPEN_PARAMETERS given)
{
    NDIS_OPEN_PARAMETERS p;
    struct cn_taking t = {.id = CN_S_NDIS_OPEN_PARAMETERS,
                          .given = given,
                          .call = "NdisOpenAdapterEx",
                          .major = b->reg->major,
                          .minor = b->reg->minor,
                          .copy = &p,
                          .copy_size = sizeof(p)};
    if (cn_structure_take(&t) != CN_TAKEN_GOOD)
        return NDIS_STATUS_FAILURE;
    if (!CN_CHECK(CN_BND_021, name_same(&b->adapter->device_name, p.AdapterName),
                  OPEN_PARAMETER(b, "AdapterName"),
                  .found = p.AdapterName == NULL ? "NULL" : "another name",
                  .allowed = "the AdapterName of NDIS_BIND_PARAMETERS"))
        return NDIS_STATUS_ADAPTER_NOT_FOUND;
    if (!CN_CHECK(CN_BND_021,
                  p.SelectedMediumIndex != NULL &&
                      cn_probe_write(p.SelectedMediumIndex, sizeof(UINT)) == 0,
                  OPEN_PARAMETER(b, "SelectedMediumIndex"),
                  .found = cn_fmt("%p", (void *)p.SelectedMediumIndex),
                  .allowed = "address of a UINT variable"))
        return NDIS_STATUS_FAILURE;
    b->out_index = p.SelectedMediumIndex;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS cn_adapter_open(NDIS_HANDLE protocol, NDIS_HANDLE context,
                            PNDIS_OPEN_PARAMETERS parameters, NDIS_HANDLE bind, PNDIS_HANDLE handle)
{
    struct cn_binding *b = bind_find(bind);
    if (b == NULL || !protocol_good(b, protocol))
        return NDIS_STATUS_FAILURE;
    if (!CN_CHECK(CN_GEN_005, handle != NULL, .member = "NdisBindingHandle", .found = "NULL",
                  .allowed = "address of an NDIS_HANDLE variable") ||
        !CN_CHECK(CN_HOST_005, cn_probe_write(handle, sizeof(*handle)) == 0,
                  .member = "NdisBindingHandle",
                  .found = cn_fmt("%p, which cannot be written", (void *)handle),
                  .allowed = "address of an NDIS_HANDLE variable"))
        return NDIS_STATUS_FAILURE;
    NDIS_STATUS s = parameters_take(b, parameters);
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    NDIS_OPEN_PARAMETERS p;
    cn_probe_copy(&p, parameters, sizeof(p));
    b->result = medium_find(b, &p);
    b->out_handle = handle;
    b->context = context;
    b->open_failed = false;
    hold(b);
    s = cn_op_begin(&cn_ndis_ops[CN_OP_OPEN], &b->obj, &b->open, NULL, NDIS_STATUS_FAILURE);
    if (s != NDIS_STATUS_SUCCESS && s != NDIS_STATUS_PENDING &&
        b->obj.lane[CN_LANE_NOTE].state == OPEN_CLOSED)
        let_go(b);
    return s;
}

/* -- Close ------------------------------------------------------------------------------------- */

static void close_item(void *arg)
{
    struct cn_binding *b = arg;
    cn_op_complete(&cn_ndis_ops[CN_OP_CLOSE], &b->obj, NDIS_STATUS_SUCCESS);
}

int32_t cn_CLOSE_invoke(struct cn_op *op)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    if (!cn_ndis_config.pend)
        return NDIS_STATUS_SUCCESS;
    cn_item_init(&b->item, close_item, b, "NdisCloseAdapterEx");
    cn_engine_post(&b->item, CN_LEVEL_WORK);
    return NDIS_STATUS_PENDING;
}

/* A driver may free its context in the completion, except when its unbind is pending still. */
void cn_CLOSE_deliver(struct cn_op *op, int32_t status)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    struct cn_frame f;
    (void)status;
    if (!b->unbind_pended)
        let_go(b);
    CN_UPCALL_VOID(&f, b->reg->driver, "ProtocolCloseAdapterCompleteEx",
                   b->reg->pr.CloseAdapterCompleteHandlerEx, b->obj.name, b->context);
}

static struct cn_binding *close_find(NDIS_HANDLE handle)
{
    const struct cn_epitaph *e = NULL;
    enum cn_handle_fault why = cn_handle_why(handle, CN_KIND_BINDING, NULL, &e);
    if (!CN_CHECK(CN_BND_005, why != CN_HANDLE_STALE,
                  .found = cn_handle_explain(handle, CN_KIND_BINDING),
                  .allowed = "one NdisCloseAdapterEx for each open"))
        return NULL;
    return cn_binding_get(handle);
}

NDIS_STATUS cn_adapter_close(NDIS_HANDLE handle)
{
    struct cn_binding *b = close_find(handle);
    if (b == NULL)
        return NDIS_STATUS_FAILURE;
    if (!CN_CHECK(CN_BND_005, cn_binding_in_bind(b) || cn_binding_in_unbind(b),
                  .object = b->obj.name,
                  .found = cn_fmt("a call in state %s", cn_obj_state_name(&b->obj, CN_LANE_CTL)),
                  .allowed = "a call from ProtocolUnbindAdapterEx or ProtocolBindAdapterEx"))
        return NDIS_STATUS_FAILURE;
    if (cn_co_hooks.closing != NULL)
        cn_co_hooks.closing(b);
    cn_handle_end(b->obj.handle, b->obj.name, "NdisCloseAdapterEx", b->reg->driver->name);
    b->obj.handle = NULL;
    NDIS_STATUS s =
        cn_op_begin(&cn_ndis_ops[CN_OP_CLOSE], &b->obj, &b->open, NULL, NDIS_STATUS_FAILURE);
    if (s == NDIS_STATUS_SUCCESS && !b->unbind_pended)
        let_go(b);
    return s;
}
