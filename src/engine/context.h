/* context.h - contexts of the simulation engine and where their stacks come from. */
#ifndef CN_ENGINE_CONTEXT_H
#define CN_ENGINE_CONTEXT_H

#include "engine/engine.h"
#include "engine/fibre.h"

enum cn_context_state {
    CN_CONTEXT_FREE,
    CN_CONTEXT_READY,
    CN_CONTEXT_RUNNING,
    CN_CONTEXT_PARKED,
    CN_CONTEXT_ABANDONED
};

struct cn_context_block {
    uint8_t thread[64];    /* what KeGetCurrentThread points at: the head of a KTHREAD, all zero */
    struct cn_list link;   /* in the queue of its state, or in the pool */
    struct cn_list bucket; /* parked: with others whose key hashes alike */
    struct cn_fibre fibre;
    char *low;   /* [I] its stack */
    size_t size; /* [I] */
    enum cn_context_state state;
    uint8_t irql; /* while it does not run */
    bool timed_out;
    bool stale;           /* free, but its fibre is somewhere in the last job: to be made anew */
    void *current_thread; /* what KeGetCurrentThread shows while it runs */
    void *local;
    cn_fn *fn;
    void *arg;
    /* Parked: */
    const void *key;
    bool (*blocked)(void *arg);
    void *blocked_arg;
    const char *what;
    struct cn_timer deadline;
    char name[48];
};

/* Stacks of that many bytes from now on. Every context must be free. */
void cn_context_pool_size(size_t stack_bytes);
/* A context of the pool with a stack in use by no one, or NULL. Its fibre is made when it is first
 * taken and kept from then on: main(block) runs each job and then gives the context back. */
struct cn_context_block *cn_context_take(void (*main)(void *block));
void cn_context_give(struct cn_context_block *c);
/* All contexts are free again, whatever their stacks were at. */
void cn_context_pool_reset(void);

#endif
