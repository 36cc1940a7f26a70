/* op_test.c - requests that may pend: every behaviour of a handler from every state of the subject.
 *
 * The rows are made up. What the handler of a request does is told by its behaviour; completions
 * come from the handler, after it, twice, late, or never.
 */
#include "cn_test.h"

#include "object/driver.h"
#include "object/op.h"
#include "trace/trace.h"
#include "verify/rule.h"

enum { SUCCESS = 0, PENDING = 0x103, FAILURE = (int32_t)0xC0000001, REFUSED = (int32_t)0xC00000BB };
enum { CLOSED, OPENING, OPEN, CLOSING, STATES };
static const char *const state_names[] = {"Closed", "Opening", "Open", "Closing"};

enum behaviour { OK, FAIL, PEND, EARLY, EARLY_FAIL, EARLY_AND_RETURN, EARLY_TWICE, NESTED };

struct thing {
    struct cn_obj obj;
    bool freed;
};

static struct thing subject;
static enum behaviour behaviour;
static unsigned invoked, delivered;
static int32_t delivered_status, nested_status;
static struct cn_op op, other_op;
static struct cn_driver *answerer; /* EARLY_AND_RETURN completes inside a call into it */
static struct cn_frame *answerer_frame;

static int32_t invoke(struct cn_op *o);
static int32_t nested_invoke(struct cn_op *o);
static void deliver(struct cn_op *o, int32_t status);

static const struct cn_op_desc open_row = {.name = "open",
                                           .request = "NdisOpen",
                                           .handler = "ProtocolOpen",
                                           .complete = "NdisOpenComplete",
                                           .on_complete = "ProtocolOpenComplete",
                                           .subject = CN_KIND_AF,
                                           .lane = CN_LANE_CTL,
                                           .pending = OPENING,
                                           .ok = OPEN,
                                           .fail = CLOSED,
                                           .from = CN_BIT(CLOSED),
                                           .rule_state = CN_AF_012,
                                           .rule_complete = CN_AF_013,
                                           .invoke = invoke,
                                           .deliver = deliver};
/* From two states; a failure leaves it as it was; the house rules; nobody is told. */
static const struct cn_op_desc close_row = {.name = "close",
                                            .request = "NdisClose",
                                            .handler = "ProtocolClose",
                                            .complete = "NdisCloseComplete",
                                            .subject = CN_KIND_AF,
                                            .lane = CN_LANE_CTL,
                                            .pending = CLOSING,
                                            .ok = CLOSED,
                                            .fail = CN_OP_PRIOR,
                                            .from = CN_BIT(CLOSED) | CN_BIT(OPEN),
                                            .rule_state = -1,
                                            .rule_complete = -1,
                                            .invoke = invoke};
static const struct cn_op_desc note_row = {.name = "notify",
                                           .request = "NdisNotify",
                                           .handler = "ProtocolNotify",
                                           .complete = "NdisNotifyComplete",
                                           .subject = CN_KIND_AF,
                                           .lane = CN_LANE_NOTE,
                                           .pending = OPENING,
                                           .ok = OPEN,
                                           .fail = CLOSED,
                                           .from = CN_BIT(CLOSED),
                                           .rule_state = -1,
                                           .rule_complete = -1,
                                           .invoke = nested_invoke,
                                           .deliver = deliver};
/* Asked for by the runtime and carried out by it. */
static const struct cn_op_desc own_row = {.name = "own",
                                          .subject = CN_KIND_AF,
                                          .lane = CN_LANE_CTL,
                                          .pending = OPENING,
                                          .ok = OPEN,
                                          .fail = CLOSED,
                                          .from = CN_BIT(CLOSED),
                                          .rule_state = -1,
                                          .rule_complete = -1,
                                          .invoke = invoke};

static int32_t invoke(struct cn_op *o)
{
    invoked++;
    CN_OK(cn_op_pending(o->desc, &subject.obj) == o);
    CN_EQ(subject.obj.lane[o->desc->lane].state, o->desc->pending);
    switch (behaviour) {
    case OK:
        return SUCCESS;
    case FAIL:
        return FAILURE;
    case PEND:
        return PENDING;
    case EARLY:
        CN_OK(cn_op_complete(o->desc, &subject.obj, SUCCESS));
        CN_EQ(delivered, 0);
        return PENDING;
    case EARLY_FAIL:
        CN_OK(cn_op_complete(o->desc, &subject.obj, FAILURE));
        return PENDING;
    case EARLY_AND_RETURN:
        if (answerer != NULL)
            cn_upcall_begin(answerer_frame, answerer, "ProtocolOpen", NULL, NULL);
        CN_OK(cn_op_complete(o->desc, &subject.obj, FAILURE));
        if (answerer != NULL)
            cn_upcall_end(answerer_frame, NULL);
        return SUCCESS;
    case EARLY_TWICE:
        CN_OK(cn_op_complete(o->desc, &subject.obj, SUCCESS));
        CN_OK(!cn_op_complete(o->desc, &subject.obj, FAILURE));
        return PENDING;
    case NESTED:
        nested_status = cn_op_begin(&note_row, &subject.obj, &other_op, NULL, REFUSED);
        return PENDING;
    }
    return SUCCESS;
}

static int32_t nested_invoke(struct cn_op *o)
{
    (void)o;
    invoked++;
    return PENDING;
}

static void deliver(struct cn_op *o, int32_t status)
{
    delivered++;
    delivered_status = status;
    CN_OK(o->settled);
    CN_OK(cn_op_pending(o->desc, &subject.obj) == NULL);
}

static void subject_free(struct cn_obj *o)
{
    CN_CONTAINER_OF(o, struct thing, obj)->freed = true;
}

static char finding[2048];

static void note(void *arg, const struct cn_event *ev)
{
    (void)arg;
    if (ev->kind == CN_EV_FINDING)
        cn_event_json(ev, finding, sizeof(finding));
}

static struct cn_sink sink = {.event = note};

/* The engine runs in every test, because settling wakes whoever waits. */
static void fresh(uint8_t state, enum behaviour b)
{
    cn_engine_stop();
    CN_EQ(cn_engine_start(&(struct cn_engine_config){.start_100ns = 1}), 0);
    cn_trace_sinks = NULL;
    cn_trace_add(&sink);
    cn_verify_reset();
    cn_handle_reset();
    cn_driver_locks(NULL);
    cn_obj_states(CN_KIND_AF, CN_LANE_CTL, state_names, STATES);
    memset(&subject, 0, sizeof(subject));
    memset(&op, 0, sizeof(op));
    memset(&other_op, 0, sizeof(other_op));
    cn_obj_init(&subject.obj, CN_KIND_AF, NULL, true, subject_free, "af 0");
    subject.obj.lane[CN_LANE_CTL].state = state;
    behaviour = b;
    invoked = delivered = 0;
    delivered_status = nested_status = -1;
    finding[0] = '\0';
}

static int32_t begin(const struct cn_op_desc *row)
{
    return cn_op_begin(row, &subject.obj, &op, NULL, REFUSED);
}

static unsigned state(void)
{
    return subject.obj.lane[CN_LANE_CTL].state;
}

/* Nothing is left of the request but what the row says. */
static void check_settled(unsigned want)
{
    CN_EQ(state(), want);
    CN_OK(subject.obj.lane[CN_LANE_CTL].pending == NULL);
    CN_EQ(subject.obj.refs, 1);
    CN_EQ(invoked, 1);
    CN_OK(op.settled);
}

/* -- the table walk ---------------------------------------------------------------------------- */

static const struct {
    enum behaviour behaviour;
    int32_t returned; /* by begin */
    bool pends;       /* completed by the test afterwards */
    bool delivers;
    int32_t status; /* final */
    unsigned broken;
} cells[] = {
    {OK, SUCCESS, false, false, SUCCESS, 0},
    {FAIL, FAILURE, false, false, FAILURE, 0},
    {PEND, PENDING, true, true, SUCCESS, 0},
    {PEND, PENDING, true, true, FAILURE, 0},
    {EARLY, PENDING, false, true, SUCCESS, 0},
    {EARLY_FAIL, PENDING, false, true, FAILURE, 0},
    {EARLY_AND_RETURN, SUCCESS, false, false, SUCCESS, 1},
    {EARLY_TWICE, PENDING, false, true, SUCCESS, 1},
};

static void walk_cell(const struct cn_op_desc *row, uint8_t from, size_t i)
{
    fresh(from, cells[i].behaviour);
    CN_EQ(begin(row), cells[i].returned);
    if (cells[i].pends) {
        CN_EQ(state(), row->pending);
        CN_EQ(delivered, 0);
        CN_OK(op.pended && !op.settled);
        CN_EQ(subject.obj.refs, 2);
        CN_OK(cn_op_complete(row, &subject.obj, cells[i].status));
    }
    uint8_t failed = row->fail == CN_OP_PRIOR ? from : row->fail;
    check_settled(cells[i].status == SUCCESS ? row->ok : failed);
    CN_EQ(op.status, cells[i].status);
    CN_EQ(op.prior, from);
    CN_EQ(delivered, cells[i].delivers && row->deliver != NULL);
    if (delivered > 0)
        CN_EQ(delivered_status, cells[i].status);
    CN_EQ(cn_verify_broken(), cells[i].broken);
    CN_EQ(cn_op_wait(&op), cells[i].status); /* does not wait any more */
}

static void walk_refused(const struct cn_op_desc *row, uint8_t from)
{
    fresh(from, OK);
    CN_EQ(begin(row), REFUSED);
    CN_EQ(invoked, 0);
    CN_EQ(state(), from);
    CN_EQ(subject.obj.refs, 1);
    CN_OK(subject.obj.lane[CN_LANE_CTL].pending == NULL);
    CN_EQ(cn_verify_broken(), row->request != NULL ? 1 : 0);
}

TEST(every_row_from_every_state_with_every_behaviour_ends_as_the_row_says)
{
    static const struct cn_op_desc *const rows[] = {&open_row, &close_row, &own_row};
    for (size_t r = 0; r < CN_ARRAY_SIZE(rows); r++)
        for (uint8_t from = 0; from < STATES; from++) {
            if ((rows[r]->from & CN_BIT(from)) == 0)
                walk_refused(rows[r], from);
            for (size_t i = 0; i < CN_ARRAY_SIZE(cells); i++)
                if (rows[r]->from & CN_BIT(from))
                    walk_cell(rows[r], from, i);
        }
}

/* -- refusals ---------------------------------------------------------------------------------- */

TEST(a_wrong_state_breaks_the_rows_rule_and_tells_the_states_that_are_right)
{
    fresh(OPEN, OK);
    CN_EQ(begin(&open_row), REFUSED);
    CN_EQ(cn_verify_broken_rule(CN_AF_012), 1);
    CN_HAS(finding, "\"object\":\"af 0\",\"found\":\"Open\",\"allowed\":\"Closed\"");
    fresh(CLOSING, OK);
    CN_EQ(begin(&close_row), REFUSED);
    CN_EQ(cn_verify_broken_rule(CN_GEN_001), 1);
    CN_HAS(finding, "\"found\":\"Closing\",\"allowed\":\"Closed, Open\"");
}

TEST(a_second_request_while_one_is_pending_is_refused_and_the_first_goes_on)
{
    fresh(CLOSED, PEND);
    CN_EQ(begin(&open_row), PENDING);
    CN_EQ(cn_op_begin(&close_row, &subject.obj, &other_op, NULL, REFUSED), REFUSED);
    CN_HAS(finding, "\"found\":\"Opening, with open in progress\"");
    CN_EQ(state(), OPENING);
    CN_OK(cn_op_complete(&open_row, &subject.obj, SUCCESS));
    check_settled(OPEN);
}

TEST(a_request_that_leaves_the_state_as_it_was_still_runs_alone)
{
    struct cn_op_desc row = close_row;
    row.name = "ask";
    row.pending = row.ok = OPEN;
    row.from = CN_BIT(OPEN);
    fresh(OPEN, PEND);
    CN_EQ(begin(&row), PENDING);
    CN_EQ(cn_op_begin(&row, &subject.obj, &other_op, NULL, REFUSED), REFUSED);
    CN_EQ(invoked, 1);
    CN_HAS(finding, "\"found\":\"Open, with ask in progress\"");
    CN_OK(cn_op_complete(&row, &subject.obj, FAILURE));
    check_settled(OPEN);
}

TEST(nothing_begins_on_an_object_that_has_ended)
{
    fresh(CLOSED, OK);
    cn_obj_get(&subject.obj);
    cn_obj_end(&subject.obj);
    CN_EQ(begin(&open_row), REFUSED);
    CN_EQ(invoked, 0);
    CN_EQ(cn_verify_broken(), 1);
    cn_obj_put(&subject.obj);
    CN_OK(subject.freed);
}

/* -- completions ------------------------------------------------------------------------------- */

TEST(a_completion_without_a_request_breaks_the_rows_rule)
{
    fresh(OPEN, OK);
    CN_OK(!cn_op_complete(&open_row, &subject.obj, SUCCESS));
    CN_EQ(cn_verify_broken_rule(CN_AF_013), 1);
    CN_HAS(finding, "no open is pending on af 0 (Open)");
    CN_EQ(state(), OPEN);
    fresh(OPEN, OK);
    CN_OK(!cn_op_complete(&close_row, &subject.obj, SUCCESS));
    CN_EQ(cn_verify_broken_rule(CN_GEN_002), 1);
}

TEST(a_second_completion_breaks_the_rule_and_changes_nothing)
{
    fresh(CLOSED, PEND);
    begin(&open_row);
    CN_OK(cn_op_complete(&open_row, &subject.obj, SUCCESS));
    CN_OK(!cn_op_complete(&open_row, &subject.obj, FAILURE));
    check_settled(OPEN);
    CN_EQ(delivered, 1);
    CN_EQ(op.status, SUCCESS);
    CN_EQ(cn_verify_broken_rule(CN_AF_013), 1);
}

TEST(a_second_completion_inside_the_handler_is_told_as_such)
{
    fresh(CLOSED, EARLY_TWICE);
    begin(&open_row);
    CN_HAS(finding, "open is completed already");
}

TEST(a_completion_of_another_request_does_not_count)
{
    fresh(CLOSED, PEND);
    begin(&open_row);
    CN_OK(!cn_op_complete(&close_row, &subject.obj, SUCCESS));
    CN_HAS(finding, "no close is pending on af 0 (Opening, with open in progress)");
    CN_OK(cn_op_pending(&open_row, &subject.obj) == &op);
    CN_OK(cn_op_pending(&close_row, &subject.obj) == NULL);
    CN_OK(cn_op_complete(&open_row, &subject.obj, SUCCESS));
}

TEST(pending_is_no_final_status)
{
    fresh(CLOSED, PEND);
    begin(&open_row);
    CN_OK(!cn_op_complete(&open_row, &subject.obj, PENDING));
    CN_EQ(cn_verify_broken_rule(CN_AF_013), 1);
    CN_EQ(state(), OPENING);
    CN_OK(cn_op_complete(&open_row, &subject.obj, SUCCESS));
    check_settled(OPEN);
}

TEST(completing_in_the_handler_and_returning_a_status_is_one_too_many)
{
    fresh(CLOSED, EARLY_AND_RETURN);
    CN_EQ(begin(&open_row), SUCCESS);
    CN_EQ(cn_verify_broken_rule(CN_AF_013), 1);
    CN_HAS(finding, "completed by NdisOpenComplete, and then ProtocolOpen returned "
                    "NDIS_STATUS_SUCCESS");
    CN_HAS(finding, "\"call\":\"ProtocolOpen\"");
    CN_EQ(delivered, 0);
}

/* The finding is about the driver that completed, not the one whose request it was. */
TEST(a_completion_too_many_is_told_of_the_driver_that_made_it)
{
    struct cn_driver *asks = cn_driver_new("asks.sys", NULL);
    struct cn_driver *answers = cn_driver_new("answers.sys", NULL);
    struct cn_frame outer, inner;
    fresh(CLOSED, EARLY_AND_RETURN);
    answerer = answers;
    CN_OK(cn_upcall_begin(&outer, asks, "ProtocolBindAdapterEx", NULL, NULL));
    answerer_frame = &inner;
    CN_EQ(begin(&open_row), SUCCESS);
    cn_upcall_end(&outer, NULL);
    CN_HAS(finding, "\"driver\":\"answers.sys\"");
    answerer = NULL;
    cn_driver_free(asks);
    cn_driver_free(answers);
}

TEST(an_object_that_ends_meanwhile_lives_until_its_request_settles)
{
    fresh(CLOSED, PEND);
    begin(&close_row);
    cn_obj_end(&subject.obj);
    CN_OK(!subject.freed);
    CN_OK(cn_op_complete(&close_row, &subject.obj, SUCCESS));
    CN_OK(subject.freed);
}

static uint32_t two_locks(void)
{
    return 2;
}

TEST(completing_with_a_lock_held_breaks_lck_009_where_somebody_is_called_back)
{
    fresh(CLOSED, PEND);
    begin(&open_row);
    cn_driver_locks(two_locks);
    CN_OK(cn_op_complete(&open_row, &subject.obj, SUCCESS));
    CN_EQ(cn_verify_broken_rule(CN_LCK_009), 1);
    check_settled(OPEN);
    fresh(CLOSED, PEND);
    begin(&close_row);
    cn_driver_locks(two_locks);
    CN_OK(cn_op_complete(&close_row, &subject.obj, SUCCESS));
    CN_EQ(cn_verify_broken_rule(CN_LCK_009), 0);
    cn_driver_locks(NULL);
}

TEST(lanes_do_not_disturb_each_other)
{
    fresh(CLOSED, NESTED);
    CN_EQ(begin(&open_row), PENDING);
    CN_EQ(nested_status, PENDING);
    CN_EQ(invoked, 2);
    CN_OK(cn_op_pending(&note_row, &subject.obj) == &other_op);
    CN_OK(cn_op_complete(&open_row, &subject.obj, SUCCESS));
    CN_EQ(state(), OPEN);
    CN_EQ(subject.obj.lane[CN_LANE_NOTE].state, OPENING);
    CN_OK(cn_op_complete(&note_row, &subject.obj, FAILURE));
    CN_EQ(subject.obj.lane[CN_LANE_NOTE].state, CLOSED);
    CN_EQ(delivered, 2);
    CN_EQ(subject.obj.refs, 1);
    CN_EQ(cn_verify_broken(), 0);
}

TEST(args_reach_the_handler)
{
    int args = 5;
    fresh(CLOSED, PEND);
    cn_op_begin(&open_row, &subject.obj, &op, &args, REFUSED);
    CN_OK(op.args == &args);
    CN_OK(op.desc == &open_row);
    CN_OK(op.subject == &subject.obj);
    cn_op_complete(&open_row, &subject.obj, SUCCESS);
}

/* -- waiting, in contexts of the engine -------------------------------------------------------- */

static int32_t waited;
static unsigned step;

static void waiter(void *arg)
{
    (void)arg;
    if (begin(&close_row) == PENDING) {
        step = 1;
        waited = cn_op_wait(&op);
        step = 3;
    }
}

static void completer(void *arg)
{
    (void)arg;
    step = step == 1 ? 2 : 99;
    cn_op_complete(&close_row, &subject.obj, FAILURE);
}

static void no_steps(void)
{
    waited = -1;
    step = 0;
}

TEST(a_wait_ends_when_another_context_completes)
{
    fresh(OPEN, PEND);
    no_steps();
    cn_engine_spawn(waiter, NULL, "waiter");
    cn_engine_spawn(completer, NULL, "completer");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(waited, FAILURE);
    CN_EQ(step, 3);
    check_settled(OPEN);
    cn_engine_stop();
}

static void complete_by_timer(void *arg)
{
    (void)arg;
    CN_EQ(cn_irql_get(), CN_DISPATCH);
    cn_op_complete(&close_row, &subject.obj, SUCCESS);
}

TEST(a_wait_ends_when_a_timer_completes)
{
    static struct cn_timer timer;
    fresh(OPEN, PEND);
    no_steps();
    cn_timer_init(&timer, complete_by_timer, NULL, "timer");
    cn_engine_timer_set(&timer, cn_engine_now() + 500, 0);
    cn_engine_spawn(waiter, NULL, "waiter");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(waited, SUCCESS);
    check_settled(CLOSED);
    cn_engine_stop();
}

TEST(a_request_nobody_completes_is_a_deadlock_that_names_the_completion)
{
    fresh(OPEN, PEND);
    no_steps();
    cn_engine_spawn(waiter, NULL, "waiter");
    CN_EQ(cn_engine_run(), CN_END_DEADLOCK);
    const char *name, *what;
    void *local;
    CN_OK(cn_engine_stuck(0, &name, &what, &local));
    CN_STREQ(name, "waiter");
    CN_STREQ(what, "close of af 0: ProtocolClose returned NDIS_STATUS_PENDING, and "
                   "NdisCloseComplete was not called");
    CN_OK(!cn_engine_stuck(1, &name, &what, &local));
    cn_engine_stop();
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
