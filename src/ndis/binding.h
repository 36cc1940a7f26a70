/* binding.h - a binding: one protocol driver over one adapter, from ProtocolBindAdapterEx on.
 *
 * The object begins Unbound and without a handle. NdisOpenAdapterEx gives it the NdisBindingHandle,
 * which dies with NdisCloseAdapterEx; its second lane tells how far the open is. BindContext and
 * UnbindContext are handles of their own (CN_KIND_BIND) that live as long as the operation.
 */
#ifndef CN_NDIS_BINDING_H
#define CN_NDIS_BINDING_H

#include "ndis/adapter.h"

struct cn_binding {
    struct cn_obj obj;           /* CN_KIND_BINDING; lanes: state, open */
    struct cn_list link;         /* [E] in adapter->bindings */
    struct cn_adapter *adapter;  /* [I] referenced */
    struct cn_registration *reg; /* [I] referenced; the protocol */
    NDIS_HANDLE context;         /* [E] ProtocolBindingContext */
    struct cn_handlers optional; /* [E] begins as a copy of the registration's */
    struct cn_scopes scopes;     /* [E] the call of ProtocolBindAdapterEx */

    cn_handle bind, unbind;   /* [E] BindContext, UnbindContext while the operation lasts */
    const void *parameters;   /* [E] the NDIS_BIND_PARAMETERS that is lent */
    struct cn_op op, open;    /* [E] the request in progress on each lane */
    const void *notification; /* [E] the NET_PNP_EVENT_NOTIFICATION that is lent */
    bool event_pended;        /* [E] the last event was answered with PENDING */
    bool unbinding;           /* [E] NdisUnbindAdapter was called */
    bool unbind_pended;       /* [E] ProtocolUnbindAdapterEx returned PENDING */
    bool open_failed;         /* [E] the last open was completed with an error */
    bool provides;            /* [E] a call manager registered address families through it */
    bool held;                /* [E] the context is held (BND-010) */

    PNDIS_HANDLE out_handle; /* [E] where NdisOpenAdapterEx writes when it is complete */
    PUINT out_index;         /* [E] */
    UINT index;              /* [E] the medium found */
    NDIS_STATUS result;      /* [E] of the open or close that was pended */
    struct cn_item item;     /* [E] completes a pended open or close */

    void *co; /* [E] opens and families of this binding, co/af.c */
};

/* The binding behind a handle that a driver passed; otherwise NULL, and the reason is reported
 * (BND-002, BND-006, BND-014, BND-022, GEN-001). */
struct cn_binding *cn_binding_get(NDIS_HANDLE handle);

NDIS_STATUS cn_adapter_open(NDIS_HANDLE protocol, NDIS_HANDLE context,
                            PNDIS_OPEN_PARAMETERS parameters, NDIS_HANDLE bind,
                            PNDIS_HANDLE handle);
NDIS_STATUS cn_adapter_close(NDIS_HANDLE handle);
void cn_bind_complete(NDIS_HANDLE bind, NDIS_STATUS status);
void cn_unbind_complete(NDIS_HANDLE unbind);
NDIS_STATUS cn_unbind_ask(NDIS_HANDLE handle);
void cn_bindings_enumerate(NDIS_HANDLE protocol);
void cn_event_complete(NDIS_HANDLE handle, PNET_PNP_EVENT_NOTIFICATION notification,
                       NDIS_STATUS status);

/* Takes the binding away without calling anybody. */
void cn_binding_discard(struct cn_binding *b);
/* Drops the requests in progress of an object that nobody will answer any more. */
void cn_obj_abandon(struct cn_obj *o);

/* True in the middle of a bind or unbind of the binding. */
bool cn_binding_in_bind(const struct cn_binding *b);
bool cn_binding_in_unbind(const struct cn_binding *b);
/* The binding whose NDIS_BIND_PARAMETERS this is, while they are lent. */
struct cn_binding *cn_binding_of_parameters(const void *parameters);
/* Offers what is up to a new protocol, tells it that this was all; unbinds all it has. */
void cn_protocol_offer(struct cn_registration *r, bool tell);
void cn_protocol_unbind_all(struct cn_registration *r);

/* event.c: hands one event to the protocol and waits for the answer. */
NDIS_STATUS cn_event_send(struct cn_registration *r, struct cn_binding *b, int event,
                          const void *buffer, uint32_t size);

/* Forgets events that nobody will answer any more. */
void cn_events_drop(void);

extern struct cn_ndis_config cn_ndis_config;
extern void (*cn_ndis_registered)(struct cn_driver *protocol); /* cn_ndis_when_registered */

#endif
