/* ring.h - bytes from the worker to its watcher, through memory that both share.
 *
 * One writes, one reads; neither makes a system call for it unless the ring is full. What was put
 * stays there when the worker dies, and of what it was putting when it died nothing is seen.
 *
 * A driver can reach this memory and write anything into it. Each side keeps its own place in its
 * own memory and publishes it; of what the worker published only the distance to the watcher's own
 * place counts, and that is checked.
 */
#ifndef CN_WORLD_RING_H
#define CN_WORLD_RING_H

#include "base/base.h"

#define CN_RING_BYTES ((size_t)4 << 20) /* a power of two */

struct cn_ring_memory {
    uint64_t put; /* bytes ever put and taken; each is written by one side only */
    uint64_t pad[7];
    uint64_t taken;
    uint64_t pad2[7];
    char bytes[CN_RING_BYTES];
};

/* One side's end; fork makes two of it. */
struct cn_ring {
    struct cn_ring_memory *memory;
    uint64_t at; /* put or taken by this side */
};

int cn_ring_open(struct cn_ring *ring);
void cn_ring_close(struct cn_ring *ring);

/* In the worker: all of the bytes become visible at once. Waits while there is no room. More than a
 * ring holds is refused. Async-signal-safe; a call that a signal handler interrupted and never
 * returned to has put nothing. */
bool cn_ring_put(struct cn_ring *ring, const char *bytes, size_t count);

/* In the watcher: hands on, in pieces, what is there now and at most one ring full. *taken is how
 * much that was. False when the worker's counter makes no sense: what was there is lost, and
 * reading goes on where the worker now says it is. */
bool cn_ring_take(struct cn_ring *ring, void (*piece)(void *arg, const char *bytes, size_t count),
                  void *arg, size_t *taken);

#endif
