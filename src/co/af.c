/* af.c - address families are opened and closed by clients, and called back by call managers.
 *
 * Both sides name an open by the same handle. Each side's right to it ends on its own: the client's
 * with NdisClCloseAddressFamily (except to complete a notification), the call manager's with the
 * end of the close. So a bad handle is explained by which side uses it, and the handle itself dies
 * with the last of the three: open, close, notification.
 *
 * Pages: ddi/nf-ndis-ndisclopenaddressfamilyex, ddi/nf-ndis-ndisclcloseaddressfamily,
 * ddi/nf-ndis-ndiscmnotifycloseaddressfamily and the completions they name.
 */
#include <stdlib.h>

#include "co/family.h"
#include "load/probe.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

const struct cn_op_desc cn_co_ops[CN_CO_OP_COUNT] = {
#define OP(id, ...) [CN_CO_##id] = CN_OP_DESC(id, __VA_ARGS__),
#include "co/ops.def"
#undef OP
};

static uint8_t state(const struct cn_af *af)
{
    return af->obj.lane[CN_LANE_CTL].state;
}

static struct cn_driver *client_driver(const struct cn_af *af)
{
    return af->client->reg->driver;
}

/* -- The life of an open ----------------------------------------------------------------------- */

static void af_free(struct cn_obj *o)
{
    struct cn_af *af = CN_CONTAINER_OF(o, struct cn_af, obj);
    cn_obj_put(&af->client->obj);
    free(af);
}

/* Whose freeing of the context breaks which rule changes with the close. */
static void hold(struct cn_af *af, int rule)
{
    if (af->held)
        cn_pool_release(af->context, af->holder);
    af->held = rule != 0 && af->context != NULL;
    af->holder = rule;
    if (af->held)
        cn_pool_hold(af->context, rule, af->obj.name);
}

/* The open is over when it is closed and no notification waits for the client any more. */
static void end_if_over(struct cn_af *af)
{
    if (af->obj.ended || (state(af) != AF_CLOSED && state(af) != AF_NEW) ||
        af->obj.lane[CN_LANE_NOTE].pending != NULL)
        return;
    hold(af, 0);
    cn_list_remove(&af->link);
    cn_list_remove(&af->client_link);
    if (af->family != NULL && af->obj.lane[CN_LANE_NOTE].state != NOTE_IDLE) {
        cn_obj_get(&af->obj);
        cn_list_insert(&af->family->ended, &af->link);
    }
    cn_obj_end(&af->obj);
}

static struct cn_af *af_new(struct cn_family *f, struct cn_binding *b, NDIS_HANDLE context)
{
    struct cn_co_binding *co = cn_co_binding(b);
    struct cn_af *af = co == NULL ? NULL : calloc(1, sizeof(*af));
    if (af == NULL)
        return NULL;
    if (!cn_obj_init(&af->obj, CN_KIND_AF, NULL, true, af_free, "address family %u",
                     cn_obj_number(CN_KIND_AF))) {
        free(af);
        return NULL;
    }
    af->family = f;
    af->client = b;
    af->context = context;
    af->client_has = af->cm_has = true;
    cn_obj_get(&b->obj);
    cn_list_insert(&f->opens, &af->link);
    cn_list_insert(&co->opens, &af->client_link);
    return af;
}

void cn_af_lose_family(struct cn_af *af)
{
    cn_obj_get(&af->obj);
    cn_list_remove(&af->link);
    af->family = NULL;
    af->cm_has = false;
    /* What the call manager owes the client NDIS makes good, so that only the one mistake is told.
     */
    if (cn_engine_in_context() && !client_driver(af)->stopped) {
        if (cn_op_pending(&cn_co_ops[CN_CO_CLOSE_AF], &af->obj) != NULL)
            cn_op_complete(&cn_co_ops[CN_CO_CLOSE_AF], &af->obj, NDIS_STATUS_SUCCESS);
        else if (cn_op_pending(&cn_co_ops[CN_CO_OPEN_AF], &af->obj) != NULL)
            cn_op_complete(&cn_co_ops[CN_CO_OPEN_AF], &af->obj, NDIS_STATUS_FAILURE);
    }
    if (!af->obj.ended)
        cn_obj_abandon(&af->obj);
    cn_obj_put(&af->obj);
}

void cn_af_judge_ended(struct cn_af *af, const char *call)
{
    struct cn_driver *driver = cn_family_driver(af->family);
    if (!driver->stopped)
        cn_leaks_check(driver, CN_AF_029, &af->cm_scopes, call, af->obj.name);
    cn_obj_put(&af->obj);
}

void cn_af_lose_client(struct cn_af *af)
{
    cn_obj_get(&af->obj);
    cn_obj_abandon(&af->obj);
    cn_obj_set_state(&af->obj, CN_LANE_CTL, AF_CLOSED);
    end_if_over(af);
    cn_obj_put(&af->obj);
}

/* -- Handles ----------------------------------------------------------------------------------- */

static struct cn_af *af_of(NDIS_HANDLE handle, const char **why)
{
    struct cn_af *af = cn_handle_get(handle, CN_KIND_AF);
    *why = af == NULL ? cn_handle_explain(handle, CN_KIND_AF) : NULL;
    return af;
}

static bool is_stale(NDIS_HANDLE handle)
{
    return cn_handle_why(handle, CN_KIND_AF, NULL, NULL) == CN_HANDLE_STALE;
}

/* For the client's functions. after: the rule of a use after the close began; dead: of one when all
 * is over. */
static struct cn_af *client_get(NDIS_HANDLE handle, enum cn_rule_id after, enum cn_rule_id dead)
{
    const char *why;
    struct cn_af *af = af_of(handle, &why);
    struct cn_driver *driver = cn_driver_current();
    if (af == NULL) {
        CN_CHECK(is_stale(handle) ? dead : CN_AF_017, false, .member = "NdisAfHandle", .found = why,
                 .allowed = "the handle of an open address family");
        return NULL;
    }
    cn_rule_checked(after);
    cn_rule_checked(dead);
    if (!CN_CHECK(CN_AF_017, driver == NULL || client_driver(af) == driver, .object = af->obj.name,
                  .member = "NdisAfHandle", .found = "the handle of another client's open",
                  .allowed = "the handle of the driver's own open"))
        return NULL;
    if (!CN_CHECK(CN_AF_014, state(af) != AF_OPENING, .object = af->obj.name,
                  .found = "a use before the open is complete",
                  .allowed = "a use after ProtocolClOpenAfCompleteEx with success") ||
        !CN_CHECK(after, af->client_has, .object = af->obj.name,
                  .found = "a use after NdisClCloseAddressFamily",
                  .allowed = "none but NdisClNotifyCloseAddressFamilyComplete"))
        return NULL;
    return af;
}

/* For the call manager's functions. wrong: the rule of a handle that is none of its own. */
static struct cn_af *cm_get(NDIS_HANDLE handle, enum cn_rule_id wrong)
{
    const char *why;
    struct cn_af *af = af_of(handle, &why);
    struct cn_driver *driver = cn_driver_current();
    if (af == NULL) {
        CN_CHECK(is_stale(handle) ? CN_AF_028 : wrong, false, .member = "NdisAfHandle",
                 .found = why, .allowed = "the handle that ProtocolCmOpenAf got");
        return NULL;
    }
    bool own = af->family != NULL && (driver == NULL || cn_family_driver(af->family) == driver);
    if (!CN_CHECK(wrong, own, .object = af->obj.name, .member = "NdisAfHandle",
                  .found = "the handle of another call manager's open",
                  .allowed = "the handle that ProtocolCmOpenAf got") ||
        !CN_CHECK(CN_AF_028, af->cm_has, .object = af->obj.name,
                  .found = "a use after the close was completed", .allowed = "none"))
        return NULL;
    return af;
}

/* -- Open -------------------------------------------------------------------------------------- */

/* The outcome is known: AF-020 for a success, AF-021 for a failure. */
static NDIS_STATUS open_judge(struct cn_af *af, NDIS_STATUS s, const char *call)
{
    if (af->family == NULL)
        return s;
    struct cn_driver *driver = cn_family_driver(af->family);
    if (s == NDIS_STATUS_SUCCESS) {
        CN_CHECK(CN_AF_020, af->cm_context != NULL, .driver = driver->name, .call = call,
                 .object = af->obj.name, .member = "CallMgrAfContext", .found = "NULL",
                 .allowed = "the state of this open");
        return s;
    }
    cn_leaks_check(driver, CN_AF_021, &af->cm_scopes, call, af->obj.name);
    return s;
}

int32_t cn_OPEN_AF_invoke(struct cn_op *op)
{
    struct cn_af *af = CN_CONTAINER_OF(op->subject, struct cn_af, obj);
    struct cn_family *f = af->family;
    struct cn_frame frame;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    PCO_ADDRESS_FAMILY copy = cn_guard_copy(&f->af, sizeof(f->af));
    if (copy == NULL)
        return NDIS_STATUS_RESOURCES;
    NDIS_HANDLE context = NULL;
    CN_UPCALL(&frame, s, cn_family_driver(f), "ProtocolCmOpenAf",
              cn_family_handlers(f)->CmOpenAfHandler, af->obj.name, cn_family_context(f), copy,
              af->obj.handle, &context);
    cn_guard_free(copy);
    cn_scopes_add(&af->cm_scopes, &frame);
    /* A completion that came first has told the context already. */
    if (context != NULL)
        af->cm_context = context;
    return s == NDIS_STATUS_PENDING ? s : open_judge(af, s, "ProtocolCmOpenAf");
}

void cn_OPEN_AF_deliver(struct cn_op *op, int32_t status)
{
    struct cn_af *af = CN_CONTAINER_OF(op->subject, struct cn_af, obj);
    struct cn_frame frame;
    NDIS_HANDLE handle = af->obj.handle;
    open_judge(af, status, "NdisCmOpenAddressFamilyComplete");
    if (status != NDIS_STATUS_SUCCESS) {
        handle = NULL;
        hold(af, 0);
    }
    CN_UPCALL_VOID(&frame, client_driver(af), "ProtocolClOpenAfCompleteEx",
                   af->client->optional.cl.ClOpenAfCompleteHandlerEx, af->obj.name, af->context,
                   handle, status);
    end_if_over(af);
}

static bool client_roles_good(const struct cn_binding *b)
{
    const struct cn_handlers *h = &b->optional;
    bool co = cn_handlers_have(h, CN_S_NDIS_PROTOCOL_CO_CHARACTERISTICS);
    bool cl = cn_handlers_have(h, CN_S_NDIS_CO_CLIENT_OPTIONAL_HANDLERS);
    bool cm = cn_handlers_have(h, CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS);
    return CN_CHECK(CN_REG_046, co || cl || cm, .object = b->obj.name,
                    .found = "a driver without CoNDIS functions",
                    .allowed = "a driver that registered as a client") &&
           CN_CHECK(CN_AF_048, cl || !cm, .object = b->obj.name,
                    .found = "a driver that is only a call manager",
                    .allowed = "a driver that registered NDIS_CO_CLIENT_OPTIONAL_HANDLERS too") &&
           CN_CHECK(CN_REG_035, co && cl, .object = b->obj.name,
                    .structure = co ? "NDIS_CO_CLIENT_OPTIONAL_HANDLERS"
                                    : "NDIS_PROTOCOL_CO_CHARACTERISTICS",
                    .found = "not registered", .allowed = "registered in ProtocolSetOptions");
}

/* The family that the call names, offered to this binding. */
static struct cn_family *family_get(const struct cn_binding *b, const CO_ADDRESS_FAMILY *given)
{
    CO_ADDRESS_FAMILY af;
    if (!CN_CHECK(CN_HOST_005, given != NULL && cn_probe_copy(&af, given, sizeof(af)) == 0,
                  .member = "AddressFamily",
                  .found = given == NULL ? "NULL" : cn_fmt("unreadable address %p", (void *)given),
                  .allowed = "the pointer that ProtocolCoAfRegisterNotify got"))
        return NULL;
    struct cn_family *f = cn_family_find(b->adapter, af.AddressFamily);
    bool same = f != NULL && memcmp(&f->af, &af, sizeof(af)) == 0;
    if (!CN_CHECK(CN_AF_012, same, .object = b->obj.name, .member = "AddressFamily",
                  .found = cn_family_text(&af),
                  .allowed = f != NULL ? cn_family_text(&f->af)
                                       : "a family that is registered on the adapter") ||
        !CN_CHECK(CN_AF_011, cn_family_offered(b, f), .object = b->obj.name,
                  .member = "AddressFamily", .found = "a family that was not offered yet",
                  .allowed = "a call from ProtocolCoAfRegisterNotify"))
        return NULL;
    return f;
}

static bool context_good(const void *context)
{
    char byte;
    return CN_CHECK(CN_AF_013, context != NULL && cn_probe_copy(&byte, context, 1) == 0,
                    .member = "ClientAfContext",
                    .found = context == NULL ? "NULL" : cn_fmt("%p, which is no memory", context),
                    .allowed = "address of memory that lives until the family is closed");
}

NDIS_STATUS cn_af_open(NDIS_HANDLE binding, const CO_ADDRESS_FAMILY *given, NDIS_HANDLE context,
                       PNDIS_HANDLE out)
{
    struct cn_binding *b = cn_binding_get(binding);
    if (b == NULL || !client_roles_good(b))
        return NDIS_STATUS_FAILURE;
    if (!CN_CHECK(CN_GEN_005, out != NULL && cn_probe_write(out, sizeof(*out)) == 0,
                  .member = "NdisAfHandle", .found = cn_fmt("%p", (void *)out),
                  .allowed = "address of an NDIS_HANDLE variable"))
        return NDIS_STATUS_FAILURE;
    struct cn_family *f = family_get(b, given);
    if (f == NULL || !context_good(context))
        return NDIS_STATUS_FAILURE;
    struct cn_af *af = af_new(f, b, context);
    if (af == NULL)
        return NDIS_STATUS_RESOURCES;
    *out = af->obj.handle;
    hold(af, CN_AF_013);
    cn_obj_get(&af->obj);
    NDIS_STATUS s =
        cn_op_begin(&cn_co_ops[CN_CO_OPEN_AF], &af->obj, &af->op, NULL, NDIS_STATUS_FAILURE);
    end_if_over(af);
    cn_obj_put(&af->obj);
    return s;
}

void cn_af_open_complete(NDIS_STATUS status, NDIS_HANDLE handle, NDIS_HANDLE cm_context)
{
    struct cn_af *af = cm_get(handle, CN_AF_017);
    if (af == NULL)
        return;
    if (cn_op_pending(&cn_co_ops[CN_CO_OPEN_AF], &af->obj) != NULL && cm_context != NULL)
        af->cm_context = cm_context;
    cn_op_complete(&cn_co_ops[CN_CO_OPEN_AF], &af->obj, status);
}

/* -- Close ------------------------------------------------------------------------------------- */

/* AF-029. */
static void released(const struct cn_af *af, const char *call)
{
    if (af->family != NULL)
        cn_leaks_check(cn_family_driver(af->family), CN_AF_029, &af->cm_scopes, call, af->obj.name);
}

/* The call manager has let go: its handle is dead, and what it allocated is gone. When it notified
 * the client, it needs its context until it has seen the completion, and may free it as late as in
 * the unbind or halt that it notified for. */
static void closed(struct cn_af *af, const char *call)
{
    af->cm_has = false;
    if (af->obj.lane[CN_LANE_NOTE].state == NOTE_IDLE)
        released(af, call);
    hold(af, 0);
}

int32_t cn_CLOSE_AF_invoke(struct cn_op *op)
{
    struct cn_af *af = CN_CONTAINER_OF(op->subject, struct cn_af, obj);
    struct cn_family *f = af->family;
    struct cn_frame frame;
    NDIS_STATUS s = NDIS_STATUS_SUCCESS;
    if (f == NULL)
        return s;
    CN_UPCALL(&frame, s, cn_family_driver(f), "ProtocolCmCloseAf",
              cn_family_handlers(f)->CmCloseAfHandler, af->obj.name, af->cm_context);
    cn_scopes_add(&af->cm_scopes, &frame);
    const char *name = cn_status_name((uint32_t)s);
    if (!CN_CHECK(
            CN_AF_030,
            s == NDIS_STATUS_SUCCESS || s == NDIS_STATUS_PENDING || s == NDIS_STATUS_NOT_ACCEPTED,
            .driver = cn_family_driver(f)->name, .call = "ProtocolCmCloseAf",
            .object = af->obj.name, .found = name != NULL ? name : cn_fmt("0x%08x", (unsigned)s),
            .allowed = "NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING or NDIS_STATUS_NOT_ACCEPTED"))
        s = NDIS_STATUS_SUCCESS;
    if (s == NDIS_STATUS_SUCCESS)
        closed(af, "ProtocolCmCloseAf");
    return s;
}

void cn_CLOSE_AF_deliver(struct cn_op *op, int32_t status)
{
    struct cn_af *af = CN_CONTAINER_OF(op->subject, struct cn_af, obj);
    struct cn_frame frame;
    closed(af, "NdisCmCloseAddressFamilyComplete");
    cn_obj_get(&af->obj);
    CN_UPCALL_VOID(&frame, client_driver(af), "ProtocolClCloseAfComplete",
                   af->client->optional.cl.ClCloseAfCompleteHandler, af->obj.name, status,
                   af->context);
    end_if_over(af);
    cn_obj_put(&af->obj);
}

NDIS_STATUS cn_af_close(NDIS_HANDLE handle)
{
    struct cn_af *af = client_get(handle, CN_AF_043, CN_AF_043);
    if (af == NULL)
        return NDIS_STATUS_FAILURE;
    cn_obj_get(&af->obj);
    af->client_has = false;
    hold(af, CN_AF_026);
    NDIS_STATUS s =
        cn_op_begin(&cn_co_ops[CN_CO_CLOSE_AF], &af->obj, &af->op, NULL, NDIS_STATUS_FAILURE);
    if (state(af) == AF_OPEN) { /* the call manager refused */
        af->client_has = true;
        hold(af, CN_AF_013);
    }
    end_if_over(af);
    cn_obj_put(&af->obj);
    return s;
}

void cn_af_close_complete(NDIS_STATUS status, NDIS_HANDLE handle)
{
    struct cn_af *af = cm_get(handle, CN_AF_017);
    if (af == NULL)
        return;
    const char *name = cn_status_name((uint32_t)status);
    if (!CN_CHECK(CN_AF_027, status == NDIS_STATUS_SUCCESS, .object = af->obj.name,
                  .member = "Status",
                  .found = name != NULL ? name : cn_fmt("0x%08x", (unsigned)status),
                  .allowed = "NDIS_STATUS_SUCCESS"))
        status = NDIS_STATUS_SUCCESS;
    cn_op_complete(&cn_co_ops[CN_CO_CLOSE_AF], &af->obj, status);
}

/* -- Notification ------------------------------------------------------------------------------ */

static void answered(const struct cn_af *af, const char *call)
{
    CN_CHECK(CN_AF_034, state(af) != AF_OPEN, .driver = client_driver(af)->name, .call = call,
             .object = af->obj.name, .found = "the family still open",
             .allowed = "NdisClCloseAddressFamily before");
}

int32_t cn_NOTIFY_AF_invoke(struct cn_op *op)
{
    struct cn_af *af = CN_CONTAINER_OF(op->subject, struct cn_af, obj);
    struct cn_frame frame;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&frame, s, client_driver(af), "ProtocolClNotifyCloseAf",
              af->client->optional.cl.ClNotifyCloseAfHandler, af->obj.name, af->context);
    af->notified = s == NDIS_STATUS_PENDING;
    if (s != NDIS_STATUS_PENDING)
        answered(af, "ProtocolClNotifyCloseAf");
    return s;
}

void cn_NOTIFY_AF_deliver(struct cn_op *op, int32_t status)
{
    struct cn_af *af = CN_CONTAINER_OF(op->subject, struct cn_af, obj);
    struct cn_family *f = af->family;
    struct cn_frame frame;
    cn_obj_get(&af->obj);
    if (f != NULL)
        CN_UPCALL_VOID(&frame, cn_family_driver(f), "ProtocolCmNotifyCloseAfComplete",
                       cn_family_handlers(f)->CmNotifyCloseAfCompleteHandler, af->obj.name,
                       af->cm_context, status);
    end_if_over(af);
    cn_obj_put(&af->obj);
}

NDIS_STATUS cn_af_notify(NDIS_HANDLE handle)
{
    struct cn_af *af = cm_get(handle, CN_AF_044);
    if (af == NULL)
        return NDIS_STATUS_FAILURE;
    /* A client that is closing already needs no telling. */
    if (state(af) != AF_OPEN && af->obj.lane[CN_LANE_NOTE].state == NOTE_IDLE)
        return NDIS_STATUS_FAILURE;
    cn_obj_get(&af->obj);
    NDIS_STATUS s =
        cn_op_begin(&cn_co_ops[CN_CO_NOTIFY_AF], &af->obj, &af->note, NULL, NDIS_STATUS_FAILURE);
    end_if_over(af);
    cn_obj_put(&af->obj);
    return s;
}

/* The one function that a client may call after its close. */
static struct cn_af *notified_get(NDIS_HANDLE handle)
{
    const char *why;
    struct cn_af *af = af_of(handle, &why);
    struct cn_driver *driver = cn_driver_current();
    const struct cn_epitaph *e = NULL;
    if (af == NULL) {
        bool twice = cn_handle_why(handle, CN_KIND_AF, NULL, &e) == CN_HANDLE_STALE &&
                     e->ended_by != NULL &&
                     strcmp(e->ended_by, "NdisClNotifyCloseAddressFamilyComplete") == 0;
        enum cn_rule_id rule = !is_stale(handle) ? CN_AF_017 : twice ? CN_AF_035 : CN_AF_036;
        CN_CHECK(rule, false, .member = "NdisAfHandle", .found = why,
                 .allowed = "the handle of a family with a pending notification");
        return NULL;
    }
    bool own = driver == NULL || client_driver(af) == driver;
    if (!CN_CHECK(CN_AF_017, own, .object = af->obj.name, .member = "NdisAfHandle",
                  .found = "the handle of another client's open",
                  .allowed = "the handle of the driver's own open"))
        return NULL;
    return af;
}

void cn_af_notify_complete(NDIS_HANDLE handle, NDIS_STATUS status)
{
    struct cn_af *af = notified_get(handle);
    if (af == NULL)
        return;
    bool pending = cn_op_pending(&cn_co_ops[CN_CO_NOTIFY_AF], &af->obj) != NULL;
    if (!CN_CHECK(af->notified ? CN_AF_035 : CN_AF_036, pending, .object = af->obj.name,
                  .found = cn_obj_state_name(&af->obj, CN_LANE_NOTE),
                  .allowed = "a notification that ProtocolClNotifyCloseAf answered with "
                             "NDIS_STATUS_PENDING"))
        return;
    answered(af, NULL);
    CN_CHECK(CN_AF_035, state(af) != AF_CLOSING, .object = af->obj.name,
             .found = "a completion before the close is complete",
             .allowed = "a completion after the family is closed");
    cn_op_complete(&cn_co_ops[CN_CO_NOTIFY_AF], &af->obj, status);
}
