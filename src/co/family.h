/* family.h - what the two halves of this folder share, and what the exported functions call. */
#ifndef CN_CO_FAMILY_H
#define CN_CO_FAMILY_H

#include "co/af.h"
#include "ndis/binding.h"

enum {
#define STATE_AF(id, name) id,
#include "co/states.def"
};
enum {
#define STATE_NOTE(id, name) id,
#include "co/states.def"
};

enum cn_co_op {
#define OP(id, ...) CN_CO_##id,
#include "co/ops.def"
#undef OP
    CN_CO_OP_COUNT
};

extern const struct cn_op_desc cn_co_ops[CN_CO_OP_COUNT];

/* A registered family. */
struct cn_family {
    struct cn_list link;        /* [E] in the adapter's list, oldest first */
    unsigned number;            /* [I] never used again */
    CO_ADDRESS_FAMILY af;       /* [I] */
    struct cn_adapter *adapter; /* [I] */
    struct cn_binding *binding; /* [I] of the call manager; NULL: the adapter's own, an MCM's */
    struct cn_list opens;       /* [E] of open->link */
    struct cn_list ended;       /* [E] of open->link: ended by a notification, not judged yet */
    bool judged;                /* [E] a finding tells already that its owner left badly */
};

/* One open. A family that goes away leaves it without one: then only the client has it. */
struct cn_af {
    struct cn_obj obj;          /* CN_KIND_AF; lanes: open, notification */
    struct cn_list link;        /* [E] in family->opens */
    struct cn_list client_link; /* [E] of the client's binding */
    struct cn_family *family;   /* [E] NULL when it is gone */
    struct cn_binding *client;  /* [I] referenced */
    NDIS_HANDLE context;        /* [I] ClientAfContext */
    NDIS_HANDLE cm_context;     /* [E] CallMgrAfContext */
    struct cn_op op, note;      /* [E] */
    struct cn_scopes cm_scopes; /* [E] calls in which the call manager allocates for this open */
    bool client_has, cm_has;    /* [E] that side may use the handle */
    bool held;                  /* [E] context is held, by rule `holder` */
    int holder;                 /* [E] */
    bool notified;              /* [E] a notification was answered with PENDING */
};

/* Per adapter and per binding, hung into their co members. */
struct cn_co_adapter {
    struct cn_list families; /* [E] */
};
struct cn_co_binding {
    struct cn_list opens;   /* [E] of cn_af.client_link */
    unsigned *offered;      /* [E] numbers of families */
    unsigned offered_count; /* [E] */
};

/* "TAPI_PROXY 1.0" */
const char *cn_family_text(const CO_ADDRESS_FAMILY *af);
/* The family of that type on the adapter, or NULL. */
struct cn_family *cn_family_find(const struct cn_adapter *a, NDIS_AF type);
/* The driver that owns it, its handlers and the context they are called with. */
struct cn_driver *cn_family_driver(const struct cn_family *f);
const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *cn_family_handlers(const struct cn_family *f);
NDIS_HANDLE cn_family_context(const struct cn_family *f);
struct cn_co_binding *cn_co_binding(struct cn_binding *b);
bool cn_family_offered(const struct cn_binding *b, const struct cn_family *f);

NDIS_STATUS cn_family_register_cm(NDIS_HANDLE binding, const CO_ADDRESS_FAMILY *given);
NDIS_STATUS cn_family_register_mcm(NDIS_HANDLE adapter, const CO_ADDRESS_FAMILY *given);

NDIS_STATUS cn_af_open(NDIS_HANDLE binding, const CO_ADDRESS_FAMILY *given, NDIS_HANDLE context,
                       PNDIS_HANDLE out);
void cn_af_open_complete(NDIS_STATUS status, NDIS_HANDLE handle, NDIS_HANDLE cm_context);
NDIS_STATUS cn_af_close(NDIS_HANDLE handle);
void cn_af_close_complete(NDIS_STATUS status, NDIS_HANDLE handle);
NDIS_STATUS cn_af_notify(NDIS_HANDLE handle);
void cn_af_notify_complete(NDIS_HANDLE handle, NDIS_STATUS status);

/* af.c, for the end of a family or client: the open loses that side. */
void cn_af_lose_family(struct cn_af *af);
/* AF-029 for an open that ended, when the call manager's unbind or halt is over. */
void cn_af_judge_ended(struct cn_af *af, const char *call);
void cn_af_lose_client(struct cn_af *af);
/* family.c: the checks when an owner or client leaves. */
void cn_family_leave(struct cn_family *f, const char *call, bool mcm);
NDIS_STATUS cn_co_oid_request(NDIS_HANDLE binding, NDIS_HANDLE af, PNDIS_OID_REQUEST request);
NDIS_STATUS cn_mcm_oid_request(NDIS_HANDLE af, PNDIS_OID_REQUEST request);
void cn_co_oid_complete(NDIS_HANDLE af, PNDIS_OID_REQUEST request, NDIS_STATUS status);
/* NdisMCoOidRequestComplete: a client's request, or one of NDIS itself. */
void cn_mco_oid_complete(NDIS_HANDLE adapter, PNDIS_OID_REQUEST request, NDIS_STATUS status);
void cn_co_oids_drop(void);

/* Each request's functions, in af.c and oid.c. */
int32_t cn_OID_REQUEST_invoke(struct cn_op *op);
void cn_OID_REQUEST_deliver(struct cn_op *op, int32_t status);
int32_t cn_OPEN_AF_invoke(struct cn_op *op);
int32_t cn_CLOSE_AF_invoke(struct cn_op *op);
int32_t cn_NOTIFY_AF_invoke(struct cn_op *op);
void cn_OPEN_AF_deliver(struct cn_op *op, int32_t status);
void cn_CLOSE_AF_deliver(struct cn_op *op, int32_t status);
void cn_NOTIFY_AF_deliver(struct cn_op *op, int32_t status);

#endif
