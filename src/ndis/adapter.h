/* adapter.h - an adapter: one device of a miniport driver, from its arrival to its removal.
 *
 * The object outlives halts: its handle dies with MiniportHaltEx, and the next initialisation gets
 * a new one. What MiniportInitializeEx told of itself (attributes) is forgotten with the halt.
 */
#ifndef CN_NDIS_ADAPTER_H
#define CN_NDIS_ADAPTER_H

#include "ndis/leak.h"
#include "ndis/ops.h"
#include "ndis/registration.h"
#include "ndis/world_api.h"

struct cn_adapter {
    struct cn_obj obj;           /* CN_KIND_ADAPTER; lanes: state, reset */
    struct cn_list link;         /* [E] of all adapters, oldest first */
    struct cn_registration *reg; /* [I] referenced */
    unsigned number;             /* [I] */
    char instance[128];          /* [I] friendly name */
    char key[256];               /* [I] registry key */
    uint16_t device[64];         /* [I] "\DEVICE\{...}" with NUL: the name protocols open it by */
    UNICODE_STRING device_name;  /* [I] of device */

    void *add_context;      /* [E] MiniportAddDeviceContext */
    struct cn_scopes added; /* [E] the call of MiniportAddDevice */

    /* From initialisation to halt. */
    void *context_block; /* [E] the pool block it is in, or NULL */
    bool held;           /* [E] ... which is held (ADP-005) */
    void *context;       /* [E] MiniportAdapterContext */
    uint32_t attributes; /* [E] bit of each structure that was set, by id - the first */
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES ra; /* [E] */
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES ga;      /* [E] */
    void *oids;              /* [E] the copy that ga.SupportedOidList points to */
    struct cn_scopes scopes; /* [E] calls that allocate for this adapter */
    struct cn_op op, reset;  /* [E] the request in progress on each lane */
    bool pended;             /* [E] the last pause or restart was answered with PENDING */
    bool adding;             /* [E] MiniportAddDevice is running */
    bool tapi;               /* [E] an address family for TAPI was registered on it */
    bool provides;           /* [E] it has address families of its own: an MCM's */
    bool gone;               /* [E] removed by surprise, or the driver asked for removal */
    bool address_reset;      /* [E] result of the reset: NDIS has to set the address again */

    struct cn_list bindings; /* [E] of binding->link, oldest first */
    void *co;                /* [E] address families, co/af.c */
};

enum { CN_ATTRIBUTES_FIRST = CN_S_NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES };
#define CN_ATTRIBUTE_BIT(id) CN_BIT((id)-CN_ATTRIBUTES_FIRST)

static inline bool cn_adapter_has(const struct cn_adapter *a, enum cn_structure_id attributes)
{
    return (a->attributes & CN_ATTRIBUTE_BIT(attributes)) != 0;
}

/* The adapter behind a handle that a driver passed; otherwise NULL, and the reason is reported
 * (ADP-025, GEN-001). */
struct cn_adapter *cn_adapter_get(NDIS_HANDLE handle);
/* False and reported when the registration attributes are not set yet (ADP-001). */
bool cn_adapter_registered(const struct cn_adapter *a);

NDIS_STATUS cn_adapter_set_attributes(NDIS_HANDLE handle, const void *given);
void cn_adapter_forget_attributes(struct cn_adapter *a);
/* Freeing the adapter context breaks ADP-005 while it is held. */
void cn_adapter_context_hold(struct cn_adapter *a, bool hold);
/* Checks what MiniportInitializeEx has to have set when it succeeds (ADP-003), and more that is
 * known then only; tells the facts of the adapter. False when the adapter cannot be used. */
bool cn_adapter_judge(struct cn_adapter *a, uint64_t took_100ns);

void cn_adapter_pause_complete(NDIS_HANDLE handle);
void cn_adapter_restart_complete(NDIS_HANDLE handle, NDIS_STATUS status);
void cn_adapter_reset_complete(NDIS_HANDLE handle, NDIS_STATUS status, bool addressing_reset);
void cn_adapter_reset_ask(NDIS_HANDLE handle);
NDIS_STATUS cn_adapter_remove_ask(NDIS_HANDLE handle);
void cn_adapter_oid_complete(NDIS_HANDLE handle, PNDIS_OID_REQUEST request, NDIS_STATUS status);

/* pnp.c: MiniportAddDevice and its kin. */
NDIS_STATUS cn_adapter_device_added(struct cn_adapter *a);
void cn_adapter_device_removed(struct cn_adapter *a);
void cn_adapter_device_event(struct cn_adapter *a, NDIS_DEVICE_PNP_EVENT event);

/* Takes the adapter and its bindings away without calling anybody. */
void cn_adapter_discard(struct cn_adapter *a);

/* How the halves of CoNDIS take part; set by co/af.c. */
struct cn_binding;
struct cn_co_hooks {
    void (*bound)(struct cn_binding *b);   /* a bind has succeeded */
    void (*closing)(struct cn_binding *b); /* NdisCloseAdapterEx was called */
    void (*unbound)(struct cn_binding *b); /* the binding is over, or its bind failed */
    void (*halted)(
        struct cn_adapter *a); /* MiniportHaltEx has returned, or initialisation failed */
};
extern struct cn_co_hooks cn_co_hooks;

#endif
