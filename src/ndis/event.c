/* event.c - ProtocolNetPnPEvent: what a protocol driver is told, and its answer.
 *
 * Pause and restart of a binding are requests on the binding itself, because they move its state.
 * Every other event is an object of its own. All are answered through NdisCompleteNetPnPEvent,
 * which tells them apart by the address of the notification.
 *
 * Pages: ddi/nc-ndis-protocol_net_pnp_event, guide/pausing-a-binding, guide/restarting-a-binding
 */
#include <stdlib.h>

#include "ndis/binding.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

struct event {
    struct cn_obj obj; /* CN_KIND_BIND, no handle */
    struct cn_list link;
    struct cn_registration *reg;
    struct cn_binding *binding; /* NULL: for the driver as a whole */
    struct cn_op op;
    const void *notification;
};

static struct cn_list events = {&events, &events};

static const char *event_name(int event)
{
    static const char *const names[] = {
        [NetEventSetPower] = "NetEventSetPower",
        [NetEventQueryPower] = "NetEventQueryPower",
        [NetEventQueryRemoveDevice] = "NetEventQueryRemoveDevice",
        [NetEventCancelRemoveDevice] = "NetEventCancelRemoveDevice",
        [NetEventReconfigure] = "NetEventReconfigure",
        [NetEventBindList] = "NetEventBindList",
        [NetEventBindsComplete] = "NetEventBindsComplete",
        [NetEventPnPCapabilities] = "NetEventPnPCapabilities",
        [NetEventPause] = "NetEventPause",
        [NetEventRestart] = "NetEventRestart",
        [NetEventPortActivation] = "NetEventPortActivation",
        [NetEventPortDeactivation] = "NetEventPortDeactivation",
    };
    if (event >= 0 && (size_t)event < CN_ARRAY_SIZE(names) && names[event] != NULL)
        return names[event];
    return cn_fmt("event %d", event);
}

/* Events that tell and do not ask. Page: ddi/nc-ndis-protocol_net_pnp_event#returns */
static bool must_succeed(int event)
{
    static const uint32_t set =
        CN_BIT(NetEventPause) | CN_BIT(NetEventReconfigure) | CN_BIT(NetEventBindList) |
        CN_BIT(NetEventBindsComplete) | CN_BIT(NetEventPnPCapabilities) |
        CN_BIT(NetEventCancelRemoveDevice) | CN_BIT(NetEventPortDeactivation);
    return event >= 0 && event < 32 && (set >> event & 1) != 0;
}

static void judge_answer(const struct cn_registration *r, const struct cn_binding *b, int event,
                         NDIS_STATUS s, const char *call)
{
    const char *object = b == NULL ? NULL : b->obj.name;
    const char *status = cn_status_name((uint32_t)s);
    if (s == NDIS_STATUS_PENDING)
        return;
    if (!CN_CHECK(CN_PNP_007, s != NDIS_STATUS_NOT_SUPPORTED, .driver = r->driver->name,
                  .call = call, .object = object, .member = event_name(event),
                  .found = "NDIS_STATUS_NOT_SUPPORTED", .allowed = "NDIS_STATUS_SUCCESS"))
        return;
    if (must_succeed(event))
        CN_CHECK(CN_PNP_004, s == NDIS_STATUS_SUCCESS, .driver = r->driver->name, .call = call,
                 .object = object, .member = event_name(event),
                 .found = status != NULL ? status : cn_fmt("0x%08x", (unsigned)s),
                 .allowed = "NDIS_STATUS_SUCCESS");
}

/* What the three kinds of requests have in common: op->args is this. */
struct message {
    int event;
    const void *lent;
};

static NDIS_STATUS hand_over(struct cn_registration *r, struct cn_binding *b,
                             const struct message *m)
{
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    CN_UPCALL(&f, s, r->driver, "ProtocolNetPnPEvent", r->pr.NetPnPEventHandler,
              b == NULL ? event_name(m->event) : b->obj.name, b == NULL ? NULL : b->context,
              (PNET_PNP_EVENT_NOTIFICATION)m->lent);
    if (b != NULL)
        b->event_pended = s == NDIS_STATUS_PENDING;
    judge_answer(r, b, m->event, s, "ProtocolNetPnPEvent");
    return s;
}

int32_t cn_BINDING_PAUSE_invoke(struct cn_op *op)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    return hand_over(b->reg, b, op->args);
}

int32_t cn_BINDING_RESTART_invoke(struct cn_op *op)
{
    struct cn_binding *b = CN_CONTAINER_OF(op->subject, struct cn_binding, obj);
    return hand_over(b->reg, b, op->args);
}

int32_t cn_EVENT_invoke(struct cn_op *op)
{
    struct event *e = CN_CONTAINER_OF(op->subject, struct event, obj);
    return hand_over(e->reg, e->binding, op->args);
}

/* The notification as the driver may see it; the buffer is lent memory of its own. */
static const void *notification_lend(const struct cn_registration *r, int event, void *buffer,
                                     uint32_t size)
{
    NET_PNP_EVENT_NOTIFICATION n = {0};
    n.NetPnPEvent.NetEvent = (NET_PNP_EVENT_CODE)event;
    n.NetPnPEvent.Buffer = buffer;
    n.NetPnPEvent.BufferLength = size;
    return cn_structure_lend(CN_S_NET_PNP_EVENT_NOTIFICATION, &n, r->major, r->minor);
}

/* -- Pause and restart of a binding ------------------------------------------------------------ */

static NDIS_STATUS state_event(struct cn_binding *b, enum cn_ndis_op id, int event, void *buffer,
                               uint32_t size)
{
    struct message m = {.event = event};
    NDIS_STATUS s = NDIS_STATUS_RESOURCES;
    if (buffer != NULL)
        m.lent = notification_lend(b->reg, event, buffer, size);
    if (m.lent != NULL) {
        b->notification = m.lent;
        s = cn_op_begin(&cn_ndis_ops[id], &b->obj, &b->op, &m, NDIS_STATUS_FAILURE);
        if (s == NDIS_STATUS_PENDING)
            s = cn_op_wait(&b->op);
        b->notification = NULL;
        cn_guard_free((void *)m.lent);
    }
    if (buffer != NULL)
        cn_guard_free(buffer);
    return s;
}

int32_t cn_binding_pause(struct cn_binding *b)
{
    NDIS_PROTOCOL_PAUSE_PARAMETERS p = {.PauseReason = NDIS_PAUSE_NDIS_INTERNAL};
    if (b->obj.lane[CN_LANE_CTL].state != BINDING_RUNNING)
        return NDIS_STATUS_SUCCESS;
    return state_event(
        b, CN_OP_BINDING_PAUSE, NetEventPause,
        cn_structure_lend(CN_S_NDIS_PROTOCOL_PAUSE_PARAMETERS, &p, b->reg->major, b->reg->minor),
        sizeof(p));
}

/* The general attributes as they are now: the one entry of the list a protocol gets. */
static void *restart_attributes_lend(const struct cn_binding *b)
{
    const NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *ga = &b->adapter->ga;
    const size_t head = offsetof(NDIS_RESTART_ATTRIBUTES, Data);
    NDIS_RESTART_GENERAL_ATTRIBUTES g = {.MtuSize = ga->MtuSize,
                                         .MaxXmitLinkSpeed = ga->MaxXmitLinkSpeed,
                                         .MaxRcvLinkSpeed = ga->MaxRcvLinkSpeed,
                                         .LookaheadSize = ga->LookaheadSize,
                                         .MacOptions = ga->MacOptions,
                                         .SupportedPacketFilters = ga->SupportedPacketFilters,
                                         .MaxMulticastListSize = ga->MaxMulticastListSize,
                                         .AccessType = ga->AccessType,
                                         .SupportedStatistics = ga->SupportedStatistics};
    cn_structure_fill(CN_S_NDIS_RESTART_GENERAL_ATTRIBUTES, &g, b->reg->major, b->reg->minor);
    NDIS_RESTART_ATTRIBUTES list = {.Oid = OID_GEN_MINIPORT_RESTART_ATTRIBUTES,
                                    .DataLength = g.Header.Size};
    char whole[sizeof(list) + sizeof(g)] = {0};
    memcpy(whole, &list, head);
    memcpy(whole + head, &g, g.Header.Size);
    return cn_guard_copy(whole, CN_ALIGN_UP(head + g.Header.Size, 16));
}

int32_t cn_binding_restart(struct cn_binding *b)
{
    void *list = restart_attributes_lend(b);
    NDIS_PROTOCOL_RESTART_PARAMETERS p = {.RestartAttributes = list,
                                          .BoundIfIndex = b->adapter->number + 1};
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    p.BoundIfNetluid.Info.NetLuidIndex = b->adapter->number + 1;
    if (b->obj.lane[CN_LANE_CTL].state == BINDING_PAUSED)
        s = state_event(b, CN_OP_BINDING_RESTART, NetEventRestart,
                        cn_structure_lend(CN_S_NDIS_PROTOCOL_RESTART_PARAMETERS, &p, b->reg->major,
                                          b->reg->minor),
                        sizeof(p));
    if (list != NULL)
        cn_guard_free(list);
    return s;
}

/* -- Other events ------------------------------------------------------------------------------ */

static void event_free(struct cn_obj *o)
{
    free(CN_CONTAINER_OF(o, struct event, obj));
}

static struct event *event_new(struct cn_registration *r, struct cn_binding *b, int event)
{
    struct event *e = calloc(1, sizeof(*e));
    if (e == NULL)
        return NULL;
    if (!cn_obj_init(&e->obj, CN_KIND_BIND, NULL, false, event_free, "%s", event_name(event))) {
        free(e);
        return NULL;
    }
    e->obj.quiet = true;
    e->reg = r;
    e->binding = b;
    cn_list_insert(&events, &e->link);
    return e;
}

static NDIS_STATUS send(struct cn_registration *r, struct cn_binding *b, struct message *m)
{
    struct event *e = event_new(r, b, m->event);
    if (e == NULL)
        return NDIS_STATUS_RESOURCES;
    e->notification = m->lent;
    NDIS_STATUS s = cn_op_begin(&cn_ndis_ops[CN_OP_EVENT], &e->obj, &e->op, m, NDIS_STATUS_FAILURE);
    if (s == NDIS_STATUS_PENDING)
        s = cn_op_wait(&e->op);
    cn_list_remove(&e->link);
    cn_obj_end(&e->obj);
    return s;
}

NDIS_STATUS cn_event_send(struct cn_registration *r, struct cn_binding *b, int event,
                          const void *buffer, uint32_t size)
{
    struct message m = {.event = event};
    void *copy = buffer == NULL ? NULL : cn_guard_copy(buffer, size);
    NDIS_STATUS s = NDIS_STATUS_RESOURCES;
    if (r->driver->stopped)
        return NDIS_STATUS_FAILURE;
    m.lent = notification_lend(r, event, copy, copy == NULL ? 0 : size);
    if (m.lent != NULL) {
        s = send(r, b, &m);
        cn_guard_free((void *)m.lent);
    }
    if (copy != NULL)
        cn_guard_free(copy);
    return s;
}

int32_t cn_binding_event(struct cn_binding *b, int event, const void *buffer, uint32_t size)
{
    return cn_event_send(b->reg, b, event, buffer, size);
}

int32_t cn_protocol_event(struct cn_driver *protocol, int event, const void *buffer, uint32_t size)
{
    struct cn_registration *r = cn_registration_of(protocol, CN_KIND_PROTOCOL);
    return r == NULL ? NDIS_STATUS_FAILURE : cn_event_send(r, NULL, event, buffer, size);
}

/* -- The answer -------------------------------------------------------------------------------- */

static bool state_event_complete(struct cn_binding *b, const void *notification, NDIS_STATUS status)
{
    if (b == NULL || notification == NULL || b->notification != notification)
        return false;
    bool pause = b->obj.lane[CN_LANE_CTL].state == BINDING_PAUSING;
    judge_answer(b->reg, b, pause ? NetEventPause : NetEventRestart, status,
                 "NdisCompleteNetPnPEvent");
    cn_op_complete(&cn_ndis_ops[pause ? CN_OP_BINDING_PAUSE : CN_OP_BINDING_RESTART], &b->obj,
                   status);
    return true;
}

static bool other_event_complete(struct cn_binding *b, const void *notification, NDIS_STATUS status)
{
    CN_LIST_EACH(pos, &events)
    {
        struct event *e = CN_LIST_ENTRY(pos, struct event, link);
        if (e->binding != b || e->notification != notification)
            continue;
        judge_answer(e->reg, b, ((const struct message *)e->op.args)->event, status,
                     "NdisCompleteNetPnPEvent");
        cn_op_complete(&cn_ndis_ops[CN_OP_EVENT], &e->obj, status);
        return true;
    }
    return false;
}

/* The binding handle is NULL for an event that concerned the driver as a whole. */
void cn_event_complete(NDIS_HANDLE handle, PNET_PNP_EVENT_NOTIFICATION notification,
                       NDIS_STATUS status)
{
    struct cn_binding *b = NULL;
    if (handle != NULL && (b = cn_binding_get(handle)) == NULL)
        return;
    if (state_event_complete(b, notification, status) ||
        other_event_complete(b, notification, status))
        return;
    bool twice = b == NULL || b->event_pended;
    CN_CHECK(twice ? CN_PNP_003 : CN_BND_015, false, .object = b == NULL ? NULL : b->obj.name,
             .member = "NetPnPEventNotification",
             .found = twice ? "no event that is pending: answered already, or another pointer"
                            : "no event was answered with NDIS_STATUS_PENDING",
             .allowed = "the notification of a pending ProtocolNetPnPEvent, once");
}

void cn_events_drop(void)
{
    for (struct cn_list *e; (e = cn_list_pop(&events)) != NULL;) {
        struct event *event = CN_LIST_ENTRY(e, struct event, link);
        cn_obj_abandon(&event->obj);
        cn_obj_end(&event->obj);
    }
}
