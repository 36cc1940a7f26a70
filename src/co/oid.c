/* oid.c - OID requests between CoNDIS drivers: to the other side of an address family, or to the
 * miniport driver below.
 *
 * Without an address family handle the request is for MiniportCoOidRequest; with one it goes to the
 * other side's ProtocolCoOidRequest. Requests about a VC or party come with those objects.
 *
 * Pages: guide/condis-protocol-driver-oid-requests, guide/condis-mcm-oid-requests
 */
#include <stdlib.h>

#include "co/family.h"
#include "ndis/oid.h"
#include "ndis/upcall.h"
#include "verify/rule.h"

struct request {
    struct cn_obj obj; /* CN_KIND_GENERIC, no handle */
    struct cn_list link;
    struct cn_af *af;           /* referenced; NULL: for the miniport */
    bool to_client;             /* of the two sides of af */
    struct cn_binding *binding; /* of the requester, referenced; NULL: an MCM */
    struct cn_op op;
    PNDIS_OID_REQUEST request;
};

static struct cn_list requests = {&requests, &requests};

static NDIS_STATUS to_miniport(struct request *r)
{
    struct cn_adapter *a = r->binding->adapter;
    W_CO_OID_REQUEST_HANDLER handler = a->reg->optional.mco.CoOidRequestHandler;
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_NOT_SUPPORTED;
    if (handler != NULL)
        CN_UPCALL(&f, s, a->reg->driver, "MiniportCoOidRequest", handler, a->obj.name, a->context,
                  NULL, r->request);
    return s;
}

int32_t cn_OID_REQUEST_invoke(struct cn_op *op)
{
    struct request *r = CN_CONTAINER_OF(op->subject, struct request, obj);
    struct cn_af *af = r->af;
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    if (af == NULL)
        return to_miniport(r);
    if (r->to_client)
        CN_UPCALL(&f, s, af->client->reg->driver, "ProtocolCoOidRequest",
                  af->client->optional.cl.ClOidRequestHandler, af->obj.name, af->context, NULL,
                  NULL, r->request);
    else if (af->family != NULL)
        CN_UPCALL(&f, s, cn_family_driver(af->family), "ProtocolCoOidRequest",
                  cn_family_handlers(af->family)->CmOidRequestHandler, af->obj.name, af->cm_context,
                  NULL, NULL, r->request);
    return s;
}

static void request_free(struct cn_obj *o)
{
    struct request *r = CN_CONTAINER_OF(o, struct request, obj);
    if (r->af != NULL)
        cn_obj_put(&r->af->obj);
    if (r->binding != NULL)
        cn_obj_put(&r->binding->obj);
    free(r);
}

static void request_end(struct request *r)
{
    cn_list_remove(&r->link);
    cn_obj_end(&r->obj);
}

/* The requester is the side that the request does not go to; without a family, whatever it is. */
static CO_OID_REQUEST_COMPLETE_HANDLER completion(const struct request *r)
{
    if (r->af != NULL && r->to_client)
        return r->af->family == NULL
                   ? NULL
                   : cn_family_handlers(r->af->family)->CmOidRequestCompleteHandler;
    const struct cn_handlers *h = &r->binding->optional;
    if (cn_handlers_have(h, CN_S_NDIS_CO_CLIENT_OPTIONAL_HANDLERS))
        return h->cl.ClOidRequestCompleteHandler;
    return h->cm.CmOidRequestCompleteHandler;
}

void cn_OID_REQUEST_deliver(struct cn_op *op, int32_t status)
{
    struct request *r = CN_CONTAINER_OF(op->subject, struct request, obj);
    CO_OID_REQUEST_COMPLETE_HANDLER handler = completion(r);
    struct cn_driver *driver = r->to_client && r->af->family != NULL
                                   ? cn_family_driver(r->af->family)
                               : r->binding != NULL ? r->binding->reg->driver
                                                    : NULL;
    NDIS_HANDLE context = r->af == NULL ? NULL : r->to_client ? r->af->cm_context : r->af->context;
    struct cn_frame f;
    if (handler != NULL && driver != NULL)
        CN_UPCALL_VOID(&f, driver, "ProtocolCoOidRequestComplete", handler,
                       r->af != NULL ? r->af->obj.name : r->binding->obj.name, context, NULL, NULL,
                       r->request, status);
    request_end(r);
}

static NDIS_STATUS send(struct cn_binding *b, struct cn_af *af, bool to_client,
                        PNDIS_OID_REQUEST request)
{
    NDIS_OID_REQUEST copy;
    if (!cn_oid_read(request, &copy))
        return NDIS_STATUS_FAILURE;
    struct request *r = calloc(1, sizeof(*r));
    if (r == NULL)
        return NDIS_STATUS_RESOURCES;
    cn_obj_init(&r->obj, CN_KIND_GENERIC, NULL, false, request_free, "OID 0x%08x",
                (unsigned)copy.DATA.Oid);
    r->obj.quiet = true;
    r->af = af;
    r->binding = b;
    r->to_client = to_client;
    r->request = request;
    if (af != NULL)
        cn_obj_get(&af->obj);
    if (b != NULL)
        cn_obj_get(&b->obj);
    cn_list_insert(&requests, &r->link);
    NDIS_STATUS s =
        cn_op_begin(&cn_co_ops[CN_CO_OID_REQUEST], &r->obj, &r->op, NULL, NDIS_STATUS_FAILURE);
    if (s != NDIS_STATUS_PENDING)
        request_end(r);
    return s;
}

/* A dead handle: whose rule it is follows from what the driver is. */
static enum cn_rule_id stale_rule(NDIS_HANDLE handle)
{
    const struct cn_driver *driver = cn_driver_current();
    if (cn_handle_why(handle, CN_KIND_AF, NULL, NULL) != CN_HANDLE_STALE)
        return CN_AF_017;
    return driver != NULL && (driver->roles & CN_ROLE_CLIENT) != 0 ? CN_AF_037 : CN_AF_028;
}

/* Whether that side may use the handle still, or already. */
static bool side_good(const struct cn_af *af, bool client)
{
    return CN_CHECK(CN_AF_014, af->obj.lane[CN_LANE_CTL].state != AF_OPENING || !client,
                    .object = af->obj.name, .found = "a use before the open is complete",
                    .allowed = "a use after ProtocolClOpenAfCompleteEx with success") &&
           CN_CHECK(client ? CN_AF_023 : CN_AF_028, client ? af->client_has : af->cm_has,
                    .object = af->obj.name,
                    .found = client ? "a use after NdisClCloseAddressFamily"
                                    : "a use after the close was completed",
                    .allowed = client ? "none but NdisClNotifyCloseAddressFamilyComplete" : "none");
}

/* The open and the side of it that the running driver is on. */
static struct cn_af *side_get(NDIS_HANDLE handle, bool *client)
{
    struct cn_af *af = cn_handle_get(handle, CN_KIND_AF);
    struct cn_driver *driver = cn_driver_current();
    bool is_client = af != NULL && af->client->reg->driver == driver;
    bool is_cm = af != NULL && af->family != NULL && cn_family_driver(af->family) == driver;
    if (!CN_CHECK(af == NULL ? stale_rule(handle) : CN_AF_017, is_client || is_cm,
                  .member = "NdisAfHandle",
                  .found = af != NULL ? "the handle of other drivers' open"
                                      : cn_handle_explain(handle, CN_KIND_AF),
                  .allowed = "the handle of an open address family"))
        return NULL;
    *client = is_client;
    return side_good(af, is_client) ? af : NULL;
}

NDIS_STATUS cn_co_oid_request(NDIS_HANDLE binding, NDIS_HANDLE handle, PNDIS_OID_REQUEST request)
{
    bool client;
    struct cn_binding *b = cn_binding_get(binding);
    if (b == NULL)
        return NDIS_STATUS_FAILURE;
    if (handle == NULL)
        return send(b, NULL, false, request);
    struct cn_af *af = side_get(handle, &client);
    return af == NULL ? NDIS_STATUS_FAILURE : send(b, af, !client, request);
}

NDIS_STATUS cn_mcm_oid_request(NDIS_HANDLE handle, PNDIS_OID_REQUEST request)
{
    bool client;
    struct cn_af *af = side_get(handle, &client);
    return af == NULL ? NDIS_STATUS_FAILURE : send(NULL, af, true, request);
}

static bool complete(PNDIS_OID_REQUEST request, bool at_miniport, NDIS_STATUS status)
{
    CN_LIST_EACH(pos, &requests)
    {
        struct request *r = CN_LIST_ENTRY(pos, struct request, link);
        if (r->request != request || (r->af == NULL) != at_miniport)
            continue;
        cn_op_complete(&cn_co_ops[CN_CO_OID_REQUEST], &r->obj, status);
        return true;
    }
    return false;
}

void cn_co_oid_complete(NDIS_HANDLE handle, PNDIS_OID_REQUEST request, NDIS_STATUS status)
{
    bool client;
    if (side_get(handle, &client) == NULL || complete(request, false, status))
        return;
    CN_CHECK(CN_GEN_002, false, .member = "OidRequest", .found = "no request that is pending here",
             .allowed = "a request whose handler returned NDIS_STATUS_PENDING, once");
}

void cn_mco_oid_complete(NDIS_HANDLE handle, PNDIS_OID_REQUEST request, NDIS_STATUS status)
{
    if (cn_handle_get(handle, CN_KIND_ADAPTER) == NULL || !complete(request, true, status))
        cn_adapter_oid_complete(handle, request, status);
}

void cn_co_oids_drop(void)
{
    for (struct cn_list *e; (e = requests.next) != &requests;) {
        struct request *r = CN_LIST_ENTRY(e, struct request, link);
        cn_obj_abandon(&r->obj);
        request_end(r);
    }
}
