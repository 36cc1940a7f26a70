/* ring.c - a ring of bytes with one writer and one reader, in two processes. */
#include "world/ring.h"

#include <errno.h>
#include <sys/mman.h>
#include <time.h>

/* Room is given back after each piece, so that the worker can go on meanwhile. */
enum { PIECE_BYTES = 64 * 1024, FULL_WAIT_NS = 100 * 1000 };

int cn_ring_open(struct cn_ring *ring)
{
    void *map = mmap(NULL, sizeof(struct cn_ring_memory), PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED)
        return -errno;
    *ring = (struct cn_ring){.memory = map};
    return 0;
}

void cn_ring_close(struct cn_ring *ring)
{
    munmap(ring->memory, sizeof(*ring->memory));
    ring->memory = NULL;
}

bool cn_ring_put(struct cn_ring *ring, const char *bytes, size_t count)
{
    struct cn_ring_memory *m = ring->memory;
    if (count > CN_RING_BYTES)
        return false;
    while (ring->at + count - __atomic_load_n(&m->taken, __ATOMIC_ACQUIRE) > CN_RING_BYTES)
        nanosleep(&(struct timespec){.tv_nsec = FULL_WAIT_NS}, NULL);
    size_t offset = ring->at & (CN_RING_BYTES - 1);
    size_t first = CN_MIN(count, CN_RING_BYTES - offset);
    memcpy(m->bytes + offset, bytes, first);
    memcpy(m->bytes, bytes + first, count - first);
    ring->at += count;
    __atomic_store_n(&m->put, ring->at, __ATOMIC_RELEASE);
    return true;
}

bool cn_ring_take(struct cn_ring *ring, void (*piece)(void *arg, const char *bytes, size_t count),
                  void *arg, size_t *taken)
{
    struct cn_ring_memory *m = ring->memory;
    uint64_t put = __atomic_load_n(&m->put, __ATOMIC_ACQUIRE);
    bool sound = put - ring->at <= CN_RING_BYTES;
    *taken = sound ? (size_t)(put - ring->at) : 0;
    if (!sound)
        ring->at = put;
    while (ring->at != put) {
        size_t offset = ring->at & (CN_RING_BYTES - 1);
        size_t count = CN_MIN((size_t)(put - ring->at), CN_RING_BYTES - offset);
        count = CN_MIN(count, (size_t)PIECE_BYTES);
        piece(arg, m->bytes + offset, count);
        ring->at += count;
        __atomic_store_n(&m->taken, ring->at, __ATOMIC_RELEASE);
    }
    /* Also when nothing was there: a worker that overwrote it would wait for ever. */
    __atomic_store_n(&m->taken, ring->at, __ATOMIC_RELEASE);
    return sound;
}
