/* oid.c - OID requests to an adapter.
 *
 * A request is an object of its own with one lane, because several may be on their way. It goes to
 * MiniportOidRequest, or in a CoNDIS driver that has none to MiniportCoOidRequest without a VC
 * (guide/condis-miniport-driver-oid-requests); each is completed through its own function. What
 * NDIS asks itself lies in lent memory that is gone when the request has ended.
 */
#include "ndis/oid.h"

#include <stdlib.h>

#include "load/probe.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

struct request {
    struct cn_obj obj; /* CN_KIND_GENERIC, no handle */
    struct cn_list link;
    struct cn_adapter *adapter;
    struct cn_binding *binding; /* who asks, referenced; NULL: NDIS itself */
    struct cn_op op;
    PNDIS_OID_REQUEST request;
};

static struct cn_list requests = {&requests, &requests};

int32_t cn_OID_invoke(struct cn_op *op)
{
    struct request *r = CN_CONTAINER_OF(op->subject, struct request, obj);
    struct cn_registration *reg = r->adapter->reg;
    NDIS_STATUS s = NDIS_STATUS_NOT_SUPPORTED;
    struct cn_frame f;
    if (reg->mp.OidRequestHandler != NULL)
        CN_UPCALL(&f, s, reg->driver, "MiniportOidRequest", reg->mp.OidRequestHandler,
                  r->adapter->obj.name, r->adapter->context, r->request);
    else if (reg->optional.mco.CoOidRequestHandler != NULL)
        CN_UPCALL(&f, s, reg->driver, "MiniportCoOidRequest", reg->optional.mco.CoOidRequestHandler,
                  r->adapter->obj.name, r->adapter->context, NULL, r->request);
    else
        return s;
    cn_scopes_add(&r->adapter->scopes, &f);
    return s;
}

static void request_free(struct cn_obj *o)
{
    struct request *r = CN_CONTAINER_OF(o, struct request, obj);
    if (r->binding != NULL)
        cn_obj_put(&r->binding->obj);
    else
        cn_guard_free(r->request);
    free(r);
}

static void request_end(struct request *r)
{
    cn_list_remove(&r->link);
    cn_obj_end(&r->obj);
}

static struct request *request_new(struct cn_adapter *a, struct cn_binding *b,
                                   PNDIS_OID_REQUEST request)
{
    struct request *r = calloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    if (!cn_obj_init(&r->obj, CN_KIND_GENERIC, NULL, false, request_free, "OID 0x%08x of %s",
                     (unsigned)request->DATA.Oid, a->obj.name)) {
        free(r);
        return NULL;
    }
    r->obj.quiet = true;
    r->adapter = a;
    r->binding = b;
    r->request = request;
    if (b != NULL)
        cn_obj_get(&b->obj);
    cn_list_insert(&requests, &r->link);
    return r;
}

/* -- NDIS's own -------------------------------------------------------------------------------- */

static struct request *query_new(struct cn_adapter *a, uint32_t oid, void *buffer, uint32_t size)
{
    NDIS_OID_REQUEST q = {.RequestType = NdisRequestQueryInformation};
    q.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    q.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    q.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    q.DATA.QUERY_INFORMATION.Oid = oid;
    q.DATA.QUERY_INFORMATION.InformationBuffer = buffer;
    q.DATA.QUERY_INFORMATION.InformationBufferLength = size;
    PNDIS_OID_REQUEST lent = cn_guard_copy(&q, sizeof(q)); /* aligned, hence with its padding */
    if (lent == NULL)
        return NULL;
    struct request *r = request_new(a, NULL, lent);
    if (r == NULL)
        cn_guard_free(lent);
    return r;
}

int32_t cn_adapter_query(struct cn_adapter *a, uint32_t oid, void *buffer, uint32_t size,
                         uint32_t *written)
{
    uint8_t state = a->obj.lane[CN_LANE_CTL].state;
    *written = 0;
    if (state < ADAPTER_PAUSED || state == ADAPTER_SHUTDOWN)
        return NDIS_STATUS_FAILURE;
    void *lent = cn_guard_copy(buffer, size);
    struct request *r = lent == NULL ? NULL : query_new(a, oid, lent, size);
    NDIS_STATUS s = NDIS_STATUS_RESOURCES;
    if (r != NULL) {
        s = cn_op_begin(&cn_ndis_ops[CN_OP_OID], &r->obj, &r->op, NULL, NDIS_STATUS_FAILURE);
        if (s == NDIS_STATUS_PENDING)
            s = cn_op_wait(&r->op);
        if (s == NDIS_STATUS_SUCCESS) {
            *written = CN_MIN(r->request->DATA.QUERY_INFORMATION.BytesWritten, size);
            memcpy(buffer, lent, *written);
        }
        request_end(r);
    }
    if (lent != NULL)
        cn_guard_free(lent);
    return s;
}

void cn_adapter_ask(struct cn_adapter *a)
{
    char text[128] = "";
    uint32_t written;
    NDIS_STATUS s =
        cn_adapter_query(a, OID_GEN_VENDOR_DESCRIPTION, text, sizeof(text) - 1, &written);
    if (s != NDIS_STATUS_SUCCESS || written == 0)
        return;
    text[written] = '\0';
    CN_TRACE(FACT, "vendor", CN_STR("object", a->obj.name), CN_STR("value", text));
}

/* -- A protocol driver's ----------------------------------------------------------------------- */

void cn_OID_deliver(struct cn_op *op, int32_t status)
{
    struct request *r = CN_CONTAINER_OF(op->subject, struct request, obj);
    struct cn_frame f;
    if (r->binding == NULL)
        return;
    CN_UPCALL_VOID(&f, r->binding->reg->driver, "ProtocolOidRequestComplete",
                   r->binding->reg->pr.OidRequestCompleteHandler, r->binding->obj.name,
                   r->binding->context, r->request, status);
    request_end(r);
}

bool cn_oid_read(PNDIS_OID_REQUEST request, NDIS_OID_REQUEST *copy)
{
    return CN_CHECK(
        CN_HOST_005,
        request != NULL && cn_probe_copy(copy, request, NDIS_SIZEOF_OID_REQUEST_REVISION_1) == 0,
        .member = "OidRequest", .found = request == NULL ? "NULL" : "memory that cannot be read",
        .allowed = "address of a filled NDIS_OID_REQUEST");
}

NDIS_STATUS cn_oid_request(NDIS_HANDLE handle, PNDIS_OID_REQUEST request)
{
    struct cn_binding *b = cn_binding_get(handle);
    if (b == NULL)
        return NDIS_STATUS_FAILURE;
    NDIS_OID_REQUEST copy;
    if (!cn_oid_read(request, &copy))
        return NDIS_STATUS_FAILURE;
    struct request *r = request_new(b->adapter, b, request);
    if (r == NULL)
        return NDIS_STATUS_RESOURCES;
    NDIS_STATUS s =
        cn_op_begin(&cn_ndis_ops[CN_OP_OID], &r->obj, &r->op, NULL, NDIS_STATUS_FAILURE);
    if (s != NDIS_STATUS_PENDING)
        request_end(r);
    return s;
}

/* -- Completion -------------------------------------------------------------------------------- */

void cn_adapter_oid_complete(NDIS_HANDLE handle, PNDIS_OID_REQUEST request, NDIS_STATUS status)
{
    struct cn_adapter *a = cn_adapter_get(handle);
    if (a == NULL)
        return;
    CN_LIST_EACH(pos, &requests)
    {
        struct request *r = CN_LIST_ENTRY(pos, struct request, link);
        if (r->adapter == a && r->request == request) {
            cn_op_complete(&cn_ndis_ops[CN_OP_OID], &r->obj, status);
            return;
        }
    }
    CN_CHECK(CN_GEN_002, false, .object = a->obj.name, .member = "OidRequest",
             .found = "no request that is pending at this adapter",
             .allowed = "a request whose handler returned NDIS_STATUS_PENDING, once");
}

void cn_oids_drop(void)
{
    for (struct cn_list *e; (e = requests.next) != &requests;) {
        struct request *r = CN_LIST_ENTRY(e, struct request, link);
        cn_obj_abandon(&r->obj);
        request_end(r);
    }
}
