/* engine_sim.c - the simulation engine: all contexts on one OS thread, under a virtual clock.
 *
 * A context runs until it parks, yields or ends; then it switches straight to the next one that is
 * ready, or, when there is none, to the loop in cn_engine_run, which moves the clock to the next
 * timer. So time passes only when nothing can run.
 *
 * DPCs run on a context of their own, as on Windows they run on a stack of the processor's: it
 * interrupts whatever runs at the moment the IRQL allows it and hands back when the queue is empty.
 * Hence a DPC that crashes takes nobody with it.
 *
 * Each work item gets a worker of its own, so that one that waits does not hold up the others.
 * Deadlines of parked contexts are timers in the same queue as those of drivers.
 */
#include <errno.h>

#include "engine/fibre.h"
#include "load/kpcr.h"
#include "load/trap.h"

CN_TSAN_BLIND_BEGIN

#include "engine/context.h"
#include "engine/sim.h"

#define BUCKETS    256
#define IDLE_JUMPS 200000

static struct {
    bool started, running, stopped, unordered;
    struct cn_context_block *current;     /* NULL: the caller of cn_engine_run */
    struct cn_context_block *dpc;         /* the context of DPCs, NULL until needed */
    struct cn_context_block *interrupted; /* by DPCs; NULL also for the loop itself */
    bool in_dpc;
    struct cn_fibre home; /* the caller of cn_engine_run */
    void *home_local;
    struct cn_list ready, parked, abandoned;
    uint32_t ready_count;
    struct cn_list bucket[BUCKETS];
    struct cn_list dpcs, work;
    uint32_t work_count, workers; /* queued items; workers that have not taken one yet */
    struct cn_list timers;
    uint64_t now;
    uint32_t jumps; /* of the clock since something last got on */
    struct cn_kpcr kpcr;
} sim;

static uint32_t (*choose_fn)(void *arg, uint32_t n, enum cn_why why);
static void *choose_arg;
static void (*clock_fn)(uint64_t now);
static void (*deadlock_fn)(void);

bool cn_sim_due;

/* -- choices ----------------------------------------------------------------------------------- */

uint32_t cn_engine_choose(uint32_t n, enum cn_why why)
{
    if (n < 2 || choose_fn == NULL)
        return 0;
    uint32_t k = choose_fn(choose_arg, n, why);
    return k < n ? k : k % n;
}

void cn_engine_chooser(uint32_t (*choose)(void *arg, uint32_t n, enum cn_why why), void *arg)
{
    choose_fn = choose;
    choose_arg = arg;
}

static struct cn_list *pick(struct cn_list *head, uint32_t n, enum cn_why why)
{
    struct cn_list *at = head->next;
    for (uint32_t k = cn_engine_choose(n, why); k > 0; k--)
        at = at->next;
    cn_list_remove(at);
    return at;
}

/* -- switching --------------------------------------------------------------------------------- */

/* To a context, or home (NULL). Returns when something switches back to the one that called. */
static void switch_to(struct cn_context_block *to)
{
    struct cn_context_block *from = sim.current;
    if (from != NULL)
        from->irql = sim.kpcr.irql;
    cn_trap_beat();
    sim.current = to;
    sim.kpcr.irql = to != NULL ? to->irql : CN_PASSIVE;
    sim.kpcr.thread = to != NULL ? to->current_thread : NULL;
    cn_fibre_switch(from != NULL ? &from->fibre : &sim.home, to != NULL ? &to->fibre : &sim.home,
                    !sim.unordered);
}

static void make_ready(struct cn_context_block *c)
{
    c->state = CN_CONTEXT_READY;
    cn_list_insert(&sim.ready, &c->link);
    sim.ready_count++;
    cn_tsan_release(c);
}

static struct cn_context_block *next_ready(void)
{
    if (sim.ready_count == 0)
        return NULL;
    struct cn_list *at = pick(&sim.ready, sim.ready_count--, CN_WHY_NEXT);
    struct cn_context_block *c = CN_LIST_ENTRY(at, struct cn_context_block, link);
    c->state = CN_CONTEXT_RUNNING;
    return c;
}

/* The running context has no more to do for now. */
static void leave(void)
{
    /* DPCs come first, and only home can run them without a context to interrupt. */
    struct cn_context_block *self = sim.current, *next = cn_sim_due ? NULL : next_ready();
    if (next != self)
        switch_to(next);
    cn_tsan_acquire(self);
}

/* -- contexts ---------------------------------------------------------------------------------- */

static void finish(struct cn_context_block *c)
{
    sim.jumps = 0;
    sim.kpcr.irql = CN_PASSIVE;
    cn_context_give(c);
    leave();
}

static void context_main(void *block)
{
    struct cn_context_block *c = block;
    cn_fibre_began();
    cn_tsan_acquire(c);
    for (;;) {
        c->fn(c->arg);
        finish(c);
    }
}

void cn_engine_exit(void)
{
    cn_assert(sim.current != NULL && !sim.in_dpc);
    sim.current->stale = true;
    finish(sim.current);
    __builtin_unreachable();
}

static void set_name(struct cn_context_block *c, const char *name)
{
    size_t len = strnlen(name, sizeof(c->name) - 1);
    memcpy(c->name, name, len);
    c->name[len] = '\0';
}

static struct cn_context_block *context_new(cn_fn *fn, void *arg, const char *name)
{
    struct cn_context_block *c = cn_context_take(context_main);
    if (c == NULL)
        return NULL;
    c->fn = fn;
    c->arg = arg;
    c->timed_out = false;
    c->irql = CN_PASSIVE;
    c->current_thread = c;
    c->local = NULL;
    cn_list_init(&c->bucket);
    set_name(c, name);
    return c;
}

int cn_engine_spawn(cn_fn *fn, void *arg, const char *name)
{
    cn_assert(sim.started);
    struct cn_context_block *c = context_new(fn, arg, name);
    if (c == NULL)
        return -ENOMEM;
    sim.jumps = 0;
    make_ready(c);
    return 0;
}

bool cn_engine_in_context(void)
{
    return sim.current != NULL;
}

void *cn_engine_context(void)
{
    return sim.current;
}

void *cn_engine_thread(void)
{
    return sim.current != NULL ? sim.current->current_thread : NULL;
}

void cn_engine_set_thread(void *thread)
{
    cn_assert(sim.current != NULL);
    sim.current->current_thread = thread;
    sim.kpcr.thread = thread;
}

void **cn_engine_local(void)
{
    return sim.current != NULL ? &sim.current->local : &sim.home_local;
}

void cn_engine_stack(void **low, void **high)
{
    *low = sim.current != NULL ? sim.current->low : NULL;
    *high = sim.current != NULL ? sim.current->low + sim.current->size : NULL;
}

void cn_engine_yield(void)
{
    cn_assert(sim.current != NULL);
    if (sim.kpcr.irql >= CN_DISPATCH)
        return;
    if (cn_sim_due)
        cn_sim_interrupt();
    if (sim.ready_count == 0)
        return;
    make_ready(sim.current);
    leave();
}

void cn_engine_abandon(void)
{
    struct cn_context_block *c = sim.current;
    cn_assert(c != NULL);
    c->state = CN_CONTEXT_ABANDONED;
    cn_list_insert(&sim.abandoned, &c->link);
    if (sim.in_dpc) {
        sim.in_dpc = false;
        sim.dpc = NULL;
        if (sim.interrupted != NULL) {
            sim.interrupted->state = CN_CONTEXT_READY;
            cn_list_insert(sim.ready.next, &sim.interrupted->link);
            sim.ready_count++;
        }
    }
    sim.stopped = true;
    switch_to(NULL);
    __builtin_unreachable();
}

/* -- items ------------------------------------------------------------------------------------- */

void cn_item_init(struct cn_item *item, cn_fn *fn, void *arg, const char *name)
{
    *item = (struct cn_item){.fn = fn, .arg = arg, .name = name};
    cn_list_init(&item->link);
}

static void run_item(struct cn_item *item)
{
    item->queued = false;
    sim.current->local = NULL;
    cn_tsan_acquire(item);
    item->fn(item->arg);
}

/* The context of DPCs: empties the queue, hands back to what it interrupted, and so on. */
static void dpc_main(void *unused)
{
    (void)unused;
    for (;;) {
        struct cn_list *at;
        while ((at = cn_list_pop(&sim.dpcs)) != NULL) {
            run_item(CN_LIST_ENTRY(at, struct cn_item, link));
            sim.kpcr.irql = CN_DISPATCH;
        }
        switch_to(sim.interrupted);
    }
}

/* False when there is no memory for a context to run them on. */
static bool run_dpcs(void)
{
    if (sim.dpc == NULL) {
        sim.dpc = context_new(dpc_main, NULL, "DPC");
        if (sim.dpc == NULL)
            return false;
        sim.dpc->state = CN_CONTEXT_RUNNING;
        sim.dpc->irql = CN_DISPATCH;
    }
    sim.interrupted = sim.current;
    sim.in_dpc = true;
    switch_to(sim.dpc);
    sim.in_dpc = false;
    return true;
}

static void worker_main(void *unused)
{
    (void)unused;
    sim.workers--;
    /* When there was no memory for more workers, this one does their work too. */
    while (sim.work_count > sim.workers) {
        struct cn_list *at = pick(&sim.work, sim.work_count--, CN_WHY_ORDER);
        struct cn_item *item = CN_LIST_ENTRY(at, struct cn_item, link);
        set_name(sim.current, item->name);
        run_item(item);
    }
}

/* Sees to it that there is a worker for each work item, as far as there is memory. */
static void hire(void)
{
    while (sim.workers < sim.work_count) {
        struct cn_context_block *c = context_new(worker_main, NULL, "worker");
        if (c == NULL)
            return;
        sim.workers++;
        make_ready(c);
    }
}

bool cn_engine_post(struct cn_item *item, enum cn_level level)
{
    cn_assert(sim.started);
    if (item->queued)
        return false;
    item->queued = true;
    item->work = level == CN_LEVEL_WORK;
    cn_tsan_release(item);
    if (item->work) {
        cn_list_insert(&sim.work, &item->link);
        sim.work_count++;
        hire();
        return true;
    }
    cn_list_insert(&sim.dpcs, &item->link);
    cn_sim_due = true;
    if (sim.kpcr.irql < CN_DISPATCH)
        cn_sim_interrupt();
    return true;
}

bool cn_engine_unpost(struct cn_item *item)
{
    if (!item->queued)
        return false;
    if (item->work)
        sim.work_count--;
    cn_list_remove(&item->link);
    item->queued = false;
    return true;
}

/* -- time -------------------------------------------------------------------------------------- */

void cn_timer_init(struct cn_timer *timer, cn_fn *fn, void *arg, const char *name)
{
    *timer = (struct cn_timer){.fn = fn, .arg = arg, .name = name};
    cn_list_init(&timer->link);
    cn_item_init(&timer->dpc, fn, arg, name);
}

uint64_t cn_engine_now(void)
{
    return sim.now;
}

void cn_engine_on_clock(void (*moved)(uint64_t now_100ns))
{
    clock_fn = moved;
    if (moved != NULL)
        moved(sim.now);
}

static bool timer_due(void)
{
    return !cn_list_empty(&sim.timers) &&
           CN_LIST_ENTRY(sim.timers.next, struct cn_timer, link)->due_100ns <= sim.now;
}

/* Most timers are set for later than those set before: so the place is looked for from the end. */
static void timer_insert(struct cn_timer *timer, uint64_t due)
{
    timer->due_100ns = due;
    timer->set = true;
    struct cn_list *at = sim.timers.prev;
    while (at != &sim.timers && CN_LIST_ENTRY(at, struct cn_timer, link)->due_100ns > due)
        at = at->prev;
    cn_list_insert(at->next, &timer->link);
}

static void timer_remove(struct cn_timer *timer)
{
    cn_list_remove(&timer->link);
    timer->set = false;
}

/* Something may be due now: see to it as soon as the IRQL allows. */
static void look_at_timers(void)
{
    if (!timer_due())
        return;
    cn_sim_due = true;
    if (sim.kpcr.irql < CN_DISPATCH)
        cn_sim_interrupt();
}

static void set_now(uint64_t now)
{
    sim.now = now;
    if (clock_fn != NULL)
        clock_fn(now);
}

void cn_engine_stall(uint64_t by_100ns)
{
    cn_assert(sim.started);
    set_now(by_100ns < UINT64_MAX - sim.now ? sim.now + by_100ns : UINT64_MAX);
    look_at_timers();
}

void cn_engine_timer_set(struct cn_timer *timer, uint64_t due_100ns, uint64_t period_100ns)
{
    cn_assert(sim.started);
    if (timer->set)
        timer_remove(timer);
    timer->period_100ns = period_100ns;
    cn_tsan_release(&timer->dpc);
    timer_insert(timer, due_100ns);
    look_at_timers();
}

bool cn_engine_timer_cancel(struct cn_timer *timer)
{
    bool was = timer->set;
    if (was)
        timer_remove(timer);
    return cn_engine_unpost(&timer->dpc) || was;
}

/* -- parking ----------------------------------------------------------------------------------- */

static struct cn_list *bucket_of(const void *key)
{
    uint64_t h = (uint64_t)(uintptr_t)key * UINT64_C(0x9e3779b97f4a7c15);
    return &sim.bucket[h >> 56];
}

static void unpark(struct cn_context_block *c, bool timed_out)
{
    cn_list_remove(&c->link);
    cn_list_remove(&c->bucket);
    if (c->deadline.set)
        timer_remove(&c->deadline);
    else if (!timed_out)
        sim.jumps = 0;
    c->timed_out = timed_out;
    make_ready(c);
}

void cn_engine_discard(void *context)
{
    struct cn_context_block *c = context;
    cn_assert(c != sim.current && c != sim.dpc);
    if (c->state == CN_CONTEXT_PARKED)
        unpark(c, false);
    if (c->state != CN_CONTEXT_READY)
        return;
    cn_list_remove(&c->link);
    sim.ready_count--;
    c->state = CN_CONTEXT_ABANDONED;
    cn_list_insert(&sim.abandoned, &c->link);
}

bool cn_engine_may_park(void)
{
    return sim.current != NULL && !sim.in_dpc && sim.kpcr.irql < CN_DISPATCH;
}

int cn_engine_park(const void *key, bool (*blocked)(void *arg), void *arg, uint64_t deadline_100ns,
                   const char *what)
{
    cn_assert(cn_engine_may_park());
    if (!blocked(arg))
        return 0;
    if (deadline_100ns <= sim.now)
        return -ETIMEDOUT;
    struct cn_context_block *c = sim.current;
    c->state = CN_CONTEXT_PARKED;
    c->key = key;
    c->blocked = blocked;
    c->blocked_arg = arg;
    c->what = what;
    cn_list_insert(&sim.parked, &c->link);
    cn_list_insert(bucket_of(key), &c->bucket);
    cn_timer_init(&c->deadline, NULL, c, what);
    if (deadline_100ns != UINT64_MAX)
        timer_insert(&c->deadline, deadline_100ns);
    leave();
    return c->timed_out ? -ETIMEDOUT : 0;
}

void cn_engine_wake(const void *key)
{
    CN_LIST_EACH_SAFE(at, next, bucket_of(key))
    {
        struct cn_context_block *c = CN_LIST_ENTRY(at, struct cn_context_block, bucket);
        if (c->key == key && !c->blocked(c->blocked_arg))
            unpark(c, false);
    }
}

bool cn_engine_stuck(size_t i, const char **name, const char **what, void **local)
{
    CN_LIST_EACH(at, &sim.parked)
    {
        if (i-- > 0)
            continue;
        struct cn_context_block *c = CN_LIST_ENTRY(at, struct cn_context_block, link);
        *name = c->name;
        *what = c->what;
        *local = c->local;
        return true;
    }
    return false;
}

void cn_engine_on_deadlock(void (*deadlock)(void))
{
    deadlock_fn = deadlock;
}

/* -- the loop ---------------------------------------------------------------------------------- */

/* Those set for the same time come in any order. */
static struct cn_timer *next_due(void)
{
    uint32_t n = 0;
    uint64_t first = CN_LIST_ENTRY(sim.timers.next, struct cn_timer, link)->due_100ns;
    CN_LIST_EACH(at, &sim.timers)
    {
        if (CN_LIST_ENTRY(at, struct cn_timer, link)->due_100ns != first)
            break;
        n++;
    }
    return CN_LIST_ENTRY(pick(&sim.timers, n, CN_WHY_ORDER), struct cn_timer, link);
}

static void fire(struct cn_timer *timer)
{
    timer->set = false;
    if (timer->fn == NULL) {
        unpark(timer->arg, true);
        return;
    }
    /* A clock that went far at once skips what it missed, as a timer interrupt that comes late. */
    if (timer->period_100ns != 0) {
        uint64_t missed = (sim.now - timer->due_100ns) / timer->period_100ns;
        timer_insert(timer, timer->due_100ns + (missed + 1) * timer->period_100ns);
    }
    if (!timer->dpc.queued) {
        timer->dpc.queued = true;
        timer->dpc.work = false;
        cn_list_insert(&sim.dpcs, &timer->dpc.link);
    }
}

void cn_sim_interrupt(void)
{
    if (sim.current == NULL || sim.in_dpc)
        return;
    while (cn_sim_due) {
        cn_sim_due = false;
        while (timer_due())
            fire(next_due());
        if (!cn_list_empty(&sim.dpcs) && !run_dpcs())
            return;
    }
}

static bool jump(void)
{
    if (cn_list_empty(&sim.timers) || ++sim.jumps > IDLE_JUMPS)
        return false;
    uint64_t due = CN_LIST_ENTRY(sim.timers.next, struct cn_timer, link)->due_100ns;
    set_now(CN_MAX(due, sim.now));
    return true;
}

static enum cn_engine_end loop(void)
{
    sim.jumps = 0;
    for (;;) {
        while (timer_due())
            fire(next_due());
        cn_sim_due = false;
        if (!cn_list_empty(&sim.dpcs) && run_dpcs() && !sim.stopped)
            continue;
        hire();
        struct cn_context_block *next = sim.stopped ? NULL : next_ready();
        if (next != NULL)
            switch_to(next);
        if (sim.stopped)
            return CN_END_STOPPED;
        if (next == NULL && !jump())
            return cn_list_empty(&sim.parked) ? CN_END_IDLE : CN_END_DEADLOCK;
    }
}

enum cn_engine_end cn_engine_run(void)
{
    cn_assert(sim.started && sim.current == NULL && !sim.running);
    sim.running = true;
    enum cn_engine_end end = loop();
    sim.running = sim.stopped = false;
    if (end == CN_END_DEADLOCK && deadlock_fn != NULL)
        deadlock_fn();
    return end;
}

/* -- start and stop ---------------------------------------------------------------------------- */

int cn_engine_start(const struct cn_engine_config *config)
{
    if (sim.started)
        return -EBUSY;
    memset(&sim, 0, sizeof(sim));
    cn_sim_due = false;
    struct cn_list *const lists[] = {&sim.ready, &sim.parked, &sim.abandoned,
                                     &sim.dpcs,  &sim.work,   &sim.timers};
    for (size_t i = 0; i < CN_ARRAY_SIZE(lists); i++)
        cn_list_init(lists[i]);
    for (size_t i = 0; i < BUCKETS; i++)
        cn_list_init(&sim.bucket[i]);
    cn_context_pool_size(config->stack_bytes);
    cn_fibre_adopt(&sim.home);
    cn_kpcr_init(&sim.kpcr, 0);
    int err = cn_kpcr_load(&sim.kpcr);
    if (err != 0)
        return err;
    sim.started = true;
    sim.unordered = config->unordered;
    set_now(config->start_100ns);
    return 0;
}

void cn_engine_stop(void)
{
    if (!sim.started)
        return;
    cn_kpcr_load(NULL);
    cn_context_pool_reset();
    sim.started = false;
    sim.current = NULL;
    cn_sim_due = false;
}

CN_TSAN_BLIND_END
