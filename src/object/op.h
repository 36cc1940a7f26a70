/* op.h - the one mechanism behind every request that may pend.
 *
 * A request names a row (struct cn_op_desc). begin checks the subject's lane, enters the pending
 * state and calls invoke, which calls the handler that does the work. Whatever that returns other
 * than PENDING settles the request at once; otherwise cn_op_complete does, from whichever side and
 * however early: whoever comes second of "handler returned PENDING" and "completed" delivers.
 * deliver tells the requester; it is not called when begin itself returns the final status.
 *
 * A request made by the runtime itself (pause, restart, bind...) has no deliver; the runtime then
 * waits with cn_op_wait, which parks the context until the request settles.
 */
#ifndef CN_OBJECT_OP_H
#define CN_OBJECT_OP_H

#include "object/obj.h"

#define CN_OP_PRIOR 0xff /* as final state: what it was before */

struct cn_op;

struct cn_op_desc {
    const char *name;        /* "open AF" */
    const char *request;     /* NdisClOpenAddressFamilyEx; NULL when the runtime asks */
    const char *handler;     /* ProtocolCmOpenAf */
    const char *complete;    /* NdisCmOpenAddressFamilyComplete */
    const char *on_complete; /* ProtocolClOpenAfCompleteEx; NULL when nobody is told */
    enum cn_kind subject;
    uint8_t lane, pending, ok, fail; /* states; ok for status 0; fail may be CN_OP_PRIOR */
    uint32_t from;                   /* CN_BIT of states it may start from */
    int rule_state;                  /* enum cn_rule_id: begun in a wrong state; -1: GEN-001 */
    int rule_complete;               /* completed when not pending, or twice; -1: GEN-002 */
    int32_t (*invoke)(struct cn_op *op);
    void (*deliver)(struct cn_op *op, int32_t status);
};

/* The description of a row OP(...) of an ops.def, which ndis/ops.def explains. Its functions are
 * cn_<id>_invoke and cn_<id>_deliver. */
#define CN_OP_DESC(id, name_, subject_, lane_, request_, handler_, complete_, on_complete_, from_, \
                   pending_, ok_, fail_, rule_state_, rule_complete_)                              \
    {                                                                                              \
        .name = name_, .request = request_, .handler = handler_, .complete = complete_,            \
        .on_complete = on_complete_, .subject = CN_KIND_##subject_, .lane = CN_LANE_##lane_,       \
        .pending = pending_, .ok = ok_, .fail = fail_, .from = from_, .rule_state = rule_state_,   \
        .rule_complete = rule_complete_, .invoke = cn_##id##_invoke, .deliver = cn_##id##_deliver  \
    }

struct cn_op {
    const struct cn_op_desc *desc; /* [I] */
    struct cn_obj *subject;        /* [I] referenced while in progress */
    void *args;                    /* [I] the row's own */
    uint8_t prior;                 /* [I] state before */
    int32_t status;                /* [L] */
    bool returned, completed;      /* [L] the two phases */
    bool settled;                  /* [L] final: state set; waiters may go on */
    bool pended;                   /* [L] begin returned PENDING */
    const char *completer;         /* [L] driver that completed it, for findings */
};

/* Starts a request. op is the caller's storage and must live until it settles. Returns the final
 * status, or STATUS_PENDING (0x103). In a wrong state: breaks the rule and returns `refused`. */
int32_t cn_op_begin(const struct cn_op_desc *desc, struct cn_obj *subject, struct cn_op *op,
                    void *args, int32_t refused);
/* A driver completes a request of that row on the subject. Breaks the row's rule when none is
 * pending or it was completed before; then returns false and changes nothing. */
bool cn_op_complete(const struct cn_op_desc *desc, struct cn_obj *subject, int32_t status);
/* The request of that row in progress on the subject, or NULL. */
struct cn_op *cn_op_pending(const struct cn_op_desc *desc, const struct cn_obj *subject);
/* Waits until the request is settled and returns its status (only below DISPATCH_LEVEL). A request
 * nobody ever completes is found as a deadlock, which names the missing completion. */
int32_t cn_op_wait(struct cn_op *op);

#endif
