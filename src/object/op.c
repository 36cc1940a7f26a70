/* op.c - requests that may pend: one way in, one way out, in whichever order the two ends arrive.
 *
 * A request has two phases, "the handler returned PENDING" and "completed". The one that comes
 * second settles it. So a completion from inside the handler, from another context or from a timer
 * is one path, and begin never touches the request again once it has said that the handler
 * returned.
 */
#include "object/op.h"

#include "engine/engine.h"
#include "object/driver.h"
#include "verify/rule.h"

enum { SUCCESS = 0, PENDING = 0x103 };

/* -- words for findings ------------------------------------------------------------------------ */

static const char *status_text(int32_t status)
{
    const char *name = cn_status_name((uint32_t)status);
    return name != NULL ? name : cn_fmt("0x%08X", (uint32_t)status);
}

/* "Paused, Running" */
static const char *states_text(const struct cn_op_desc *d)
{
    char buf[200];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    for (uint8_t state = 0; state < 32; state++)
        if (d->from & CN_BIT(state))
            cn_text_put(&t, "%s%s", t.len > 0 ? ", " : "",
                        cn_obj_state_named(d->subject, d->lane, state));
    return cn_fmt("%s", buf);
}

static const char *where_text(const struct cn_op_desc *d, const struct cn_obj *o)
{
    const struct cn_op *busy = o->lane[d->lane].pending;
    return cn_fmt("%s%s%s%s", cn_obj_state_name(o, d->lane), busy != NULL ? ", with " : "",
                  busy != NULL ? busy->desc->name : "", busy != NULL ? " in progress" : "");
}

/* What the runtime itself carries out has no handler, and then no completion by a call either. */
static const char *handler_name(const struct cn_op_desc *d)
{
    return d->handler != NULL ? d->handler : "condis";
}

static const char *completion_name(const struct cn_op_desc *d)
{
    return d->complete != NULL ? d->complete : handler_name(d);
}

static enum cn_rule_id rule_or(int rule, enum cn_rule_id other)
{
    return rule >= 0 ? (enum cn_rule_id)rule : other;
}

/* -- begin ------------------------------------------------------------------------------------- */

static bool may_begin(const struct cn_op_desc *d, const struct cn_obj *o)
{
    const struct cn_lane *l = &o->lane[d->lane];
    return !o->ended && l->pending == NULL && l->state < 32 && (d->from & CN_BIT(l->state)) != 0;
}

/* The final state, then the waiters, then the requester. The storage of op may be gone afterwards.
 */
static void settle(struct cn_op *op, int32_t status, bool deliver)
{
    const struct cn_op_desc *d = op->desc;
    struct cn_obj *o = op->subject;
    uint8_t failed = d->fail == CN_OP_PRIOR ? op->prior : d->fail;
    op->status = status;
    o->lane[d->lane].pending = NULL;
    cn_obj_set_state(o, d->lane, status == SUCCESS ? d->ok : failed);
    op->settled = true;
    cn_engine_wake(op);
    if (deliver && d->deliver != NULL)
        d->deliver(op, status);
    cn_obj_put(o);
}

int32_t cn_op_begin(const struct cn_op_desc *desc, struct cn_obj *subject, struct cn_op *op,
                    void *args, int32_t refused)
{
    cn_assert(subject->kind == desc->subject && desc->lane < CN_LANES);
    bool good = may_begin(desc, subject);
    /* A request of the runtime's own is refused in silence: no driver has asked for it. */
    if (desc->request != NULL)
        CN_CHECK(rule_or(desc->rule_state, CN_GEN_001), good, .object = subject->name,
                 .found = where_text(desc, subject), .allowed = states_text(desc));
    if (!good)
        return refused;

    struct cn_lane *l = &subject->lane[desc->lane];
    *op = (struct cn_op){.desc = desc, .subject = subject, .args = args, .prior = l->state};
    cn_obj_get(subject);
    l->pending = op;
    cn_obj_set_state(subject, desc->lane, desc->pending);

    int32_t status = desc->invoke(op);
    if (status == PENDING) {
        op->pended = op->returned = true;
        if (op->completed)
            settle(op, op->status, true);
        return PENDING;
    }
    CN_CHECK(rule_or(desc->rule_complete, CN_GEN_002), !op->completed, .object = subject->name,
             .driver = op->completer, .call = desc->handler,
             .found = cn_fmt("completed by %s, and then %s returned %s", completion_name(desc),
                             handler_name(desc), status_text(status)),
             .allowed = "NDIS_STATUS_PENDING from a handler whose request is completed by a call");
    settle(op, status, false);
    return status;
}

/* -- completion -------------------------------------------------------------------------------- */

struct cn_op *cn_op_pending(const struct cn_op_desc *desc, const struct cn_obj *subject)
{
    struct cn_op *op = subject->lane[desc->lane].pending;
    return op != NULL && op->desc == desc ? op : NULL;
}

static const char *not_pending_text(const struct cn_op_desc *d, const struct cn_obj *o,
                                    const struct cn_op *op)
{
    return op != NULL ? cn_fmt("%s is completed already", d->name)
                      : cn_fmt("no %s is pending on %s (%s)", d->name, o->name, where_text(d, o));
}

bool cn_op_complete(const struct cn_op_desc *desc, struct cn_obj *subject, int32_t status)
{
    enum cn_rule_id rule = rule_or(desc->rule_complete, CN_GEN_002);
    struct cn_op *op = cn_op_pending(desc, subject);
    if (!CN_CHECK(rule, op != NULL && !op->completed, .object = subject->name,
                  .found = not_pending_text(desc, subject, op),
                  .allowed = cn_fmt("one call for each %s that %s answered with "
                                    "NDIS_STATUS_PENDING",
                                    desc->name, handler_name(desc))))
        return false;
    if (!CN_CHECK(rule, status != PENDING, .object = subject->name, .member = "Status",
                  .found = "NDIS_STATUS_PENDING", .allowed = "a final status"))
        return false;
    if (desc->on_complete != NULL)
        CN_CHECK(CN_LCK_009, cn_driver_locks_held() == 0, .object = subject->name,
                 .found = cn_fmt("%u spin locks held", cn_driver_locks_held()), .allowed = "0");
    const struct cn_driver *driver = cn_driver_current();
    op->completed = true;
    op->completer = driver == NULL ? NULL : driver->name;
    op->status = status;
    if (op->returned)
        settle(op, status, true);
    return true;
}

/* -- waiting ----------------------------------------------------------------------------------- */

static bool is_open(void *arg)
{
    const struct cn_op *op = arg;
    return !op->settled;
}

int32_t cn_op_wait(struct cn_op *op)
{
    if (op->settled)
        return op->status; /* the subject may be gone */
    const struct cn_op_desc *d = op->desc;
    char what[256]; /* lives as long as the wait that it names */
    struct cn_text t;
    cn_text_init(&t, what, sizeof(what));
    cn_text_put(&t, "%s of %s: %s returned NDIS_STATUS_PENDING, and %s was not called", d->name,
                op->subject->name, handler_name(d), completion_name(d));
    cn_engine_park(op, is_open, op, UINT64_MAX, what);
    return op->status;
}
