/* engine.h - when and where driver code runs.
 *
 * Terms: a *context* is a thread of execution (a fibre in the simulation engine, an OS thread in
 * the threaded one); an *item* is a deferred procedure: at DISPATCH level a DPC, at PASSIVE level a
 * work item; *parking* is how a context waits: on an address, as long as a predicate says so.
 *
 * The simulation engine (engine_sim.c) runs all contexts on one OS thread, switches between them in
 * assembly, and keeps a virtual clock that jumps to the next timer when nothing can run. A run is a
 * function of its choices. Time is in units of 100 ns everywhere.
 *
 * IRQL is book-keeping above the engine: it lives in the fake KPCR (load/kpcr.h) of the virtual
 * CPU, where patched driver code finds it too.
 */
#ifndef CN_ENGINE_ENGINE_H
#define CN_ENGINE_ENGINE_H

#include "base/base.h"
#include "base/list.h"

enum cn_irql { CN_PASSIVE = 0, CN_APC = 1, CN_DISPATCH = 2, CN_DEVICE = 11, CN_HIGH = 15 };

enum cn_level { CN_LEVEL_WORK, CN_LEVEL_DPC };

/* Why the engine asks for a decision; names the choice on a tape. */
enum cn_why { CN_WHY_NEXT, CN_WHY_PEND, CN_WHY_ORDER, CN_WHY_FAIL };

typedef void cn_fn(void *arg);

/* A deferred procedure. Storage belongs to the caller and stays put while queued. */
struct cn_item {
    struct cn_list link; /* [E] in a queue while queued */
    cn_fn *fn;           /* [I] */
    void *arg;           /* [I] */
    const char *name;    /* [I] for hang reports */
    bool queued;         /* [E] */
    bool work;           /* [E] queued as a work item */
};

/* A timer. When due, fn runs as a DPC (at DISPATCH level). period 0 means once. */
struct cn_timer {
    struct cn_list link; /* [E] in the timer queue, by due time, then by order of setting */
    cn_fn *fn;
    void *arg;
    const char *name;
    uint64_t due_100ns, period_100ns;
    bool set;           /* [E] in the queue */
    struct cn_item dpc; /* [E] */
};

void cn_item_init(struct cn_item *item, cn_fn *fn, void *arg, const char *name);
void cn_timer_init(struct cn_timer *timer, cn_fn *fn, void *arg, const char *name);

enum cn_engine_end {
    CN_END_IDLE,     /* nothing is left to run, no timer is set, no context waits */
    CN_END_DEADLOCK, /* contexts wait for ever: cn_engine_stuck tells for what */
    CN_END_STOPPED   /* cn_engine_abandon was called */
};

struct cn_engine_config {
    size_t stack_bytes;   /* of a context; 0 = 256 KiB, as ours runs there too (Windows gives 24) */
    uint64_t start_100ns; /* the clock's first value, since 1601 (system time) */
    bool unordered;       /* TSan: a switch orders nothing, so that only what a driver does orders
                             its accesses. The code that shares its contexts' memory without locks
                             must then be invisible to TSan, as the engine is. */
};

/* One engine at a time (-EBUSY). Starts the virtual CPU (its KPCR and IRQL) on the calling OS
 * thread.
 */
int cn_engine_start(const struct cn_engine_config *config);
/* Forgets all contexts, items and timers, wherever they are. Harmless when none is started. */
void cn_engine_stop(void);

/* Runs until nothing can run any more; see enum cn_engine_end. Called from outside any context, and
 * again for what the last run left or what came since. A driver that only ever polls keeps the
 * clock going: after 200,000 jumps in which nothing new started or ended and nobody who waits
 * without a deadline was woken, that counts as a deadlock (or as idle, when nobody waits). */
enum cn_engine_end cn_engine_run(void);

/* A new context that runs fn(arg) at PASSIVE_LEVEL. The name is copied. 0 or -ENOMEM. */
int cn_engine_spawn(cn_fn *fn, void *arg, const char *name);
/* Ends the calling context now, from however deep. What lies on its stack is gone. */
void cn_engine_exit(void) __attribute__((noreturn));
/* Another context, which is parked or ready, never runs again; as if it had abandoned itself, but
 * no run ends for it. */
void cn_engine_discard(void *context);
/* True inside a context (false in the code that called cn_engine_run). */
bool cn_engine_in_context(void);
/* A value distinct for every live context; the address also serves as its KTHREAD. NULL outside.
 * DPCs have a context of their own. */
void *cn_engine_context(void);
/* What KeGetCurrentThread shows: the context, until set_thread gives the calling context another
 * KTHREAD (a thread object lives longer than its context). NULL outside. */
void *cn_engine_thread(void);
void cn_engine_set_thread(void *thread);
/* Context-local pointer (the attribution stack of object/driver.h uses it); NULL at the start of a
 * context and of each DPC, and kept. Outside contexts there is one for all. */
void **cn_engine_local(void);

/* False when it was queued already. DPCs run at DISPATCH_LEVEL as soon as the IRQL allows (at once,
 * inside a context below DISPATCH_LEVEL), work items at PASSIVE_LEVEL on a worker context. fn must
 * return at the IRQL it was called with. */
bool cn_engine_post(struct cn_item *item, enum cn_level level);
/* Takes a queued item out again; false when it was not queued (it ran, or runs now). */
bool cn_engine_unpost(struct cn_item *item);

void cn_engine_timer_set(struct cn_timer *timer, uint64_t due_100ns, uint64_t period_100ns);
/* True when it was set and has not fired (its DPC is taken back too). */
bool cn_engine_timer_cancel(struct cn_timer *timer);

uint64_t cn_engine_now(void);
/* Moves the virtual clock on (KeStallExecutionProcessor). What becomes due fires at once when the
 * IRQL allows, else when it is lowered. */
void cn_engine_stall(uint64_t by_100ns);
/* Told each time the clock has moved, and at once. NULL: nobody. */
void cn_engine_on_clock(void (*moved)(uint64_t now_100ns));

/* Parks the calling context while blocked(arg) is true, until woken through key and unblocked, or
 * until the absolute time deadline (UINT64_MAX: never). Returns 0, or -ETIMEDOUT. what names the
 * wait in deadlock reports and must stay valid. Only below DISPATCH_LEVEL.
 *
 * blocked is asked by the one that parks and then by each one that wakes, in the order of parking;
 * once it says false the wait is over, even if it would be true again before the context runs. So a
 * blocked that waits for what only one may have takes it when it says false. */
int cn_engine_park(const void *key, bool (*blocked)(void *arg), void *arg, uint64_t deadline_100ns,
                   const char *what);
/* Whether the calling code may park: inside a context, below DISPATCH_LEVEL, not in a DPC. */
bool cn_engine_may_park(void);
/* Asks those parked on key again. Callable at any IRQL. */
void cn_engine_wake(const void *key);
/* Lets other contexts run first (a scheduling point). */
void cn_engine_yield(void);

/* 0..n-1; always 0 until a tape or seed says otherwise. The engine asks only when n > 1. */
uint32_t cn_engine_choose(uint32_t n, enum cn_why why);
void cn_engine_chooser(uint32_t (*choose)(void *arg, uint32_t n, enum cn_why why), void *arg);

/* The calling context never runs again, and cn_engine_run returns CN_END_STOPPED. Also callable on
 * a foreign stack (the landing of load/trap.h). Its stack stays as it is until cn_engine_stop,
 * since others may still hold pointers to it. In a DPC, what it interrupted goes on in the next
 * run. */
void cn_engine_abandon(void) __attribute__((noreturn));

/* After CN_END_DEADLOCK: the i-th waiting context: its name and what it waits for. False past the
 * end. */
bool cn_engine_stuck(size_t i, const char **name, const char **what, void **local);
/* Called before a run ends with CN_END_DEADLOCK, so that `what` can be worked out only when needed.
 */
void cn_engine_on_deadlock(void (*deadlock)(void));

/* Stack of the running context, for fault reports (NULLs outside); guard: address lies in the guard
 * below or above a context's stack. Async-signal-safe. */
void cn_engine_stack(void **low, void **high);
bool cn_engine_is_guard(const void *address);
/* Largest stack depth any context reached since the start, in bytes (watermark). Costs a system
 * call per context and then some. */
size_t cn_engine_stack_used(void);

/* IRQL of the virtual CPU; each context has its own. Lowering below DISPATCH_LEVEL runs the DPCs
 * that became due. Without a started engine it is PASSIVE_LEVEL and stays so. */
uint8_t cn_irql_get(void);
uint8_t cn_irql_raise(
    uint8_t to); /* returns the old one; raising to a lower level is the caller's rule to check */
void cn_irql_lower(uint8_t to);

#endif
