/* context.c - the pool of contexts: stacks with a guard below each, mapped once and used again.
 *
 * A slab is one mapping: the blocks, then guard and stack in turn, then a last guard. Blocks and
 * stacks are kept apart so that a driver that smashes its stack meets a guard before it meets the
 * engine. Nothing is unmapped, so that asking whether an address is a guard is safe in a signal
 * handler, and a second run in the same process maps nothing.
 */
#include <sys/mman.h>

#include "engine/fibre.h"

CN_TSAN_BLIND_BEGIN

#include "engine/context.h"

/* Wide, because a function with large locals may step over a single page without touching it. */
#define GUARD_BYTES ((size_t)64 * 1024)
#define PAGE_BYTES  ((size_t)4096)
#define PER_SLAB    16
/* Runtime code runs on these stacks too, below the driver. Untouched pages cost nothing. */
#if defined(CN_ASAN) || defined(CN_TSAN)
#define STACK_BYTES ((size_t)1024 * 1024)
#else
#define STACK_BYTES ((size_t)256 * 1024)
#endif

struct slab {
    struct slab *next;
    char *first; /* guard of the first stack */
    size_t stack_bytes;
    struct cn_context_block block[PER_SLAB];
};

static struct slab *slabs;
static struct cn_list pool; /* free contexts of the current size */
static size_t pool_bytes;

static struct slab *slab_new(size_t stack_bytes)
{
    size_t head = CN_ALIGN_UP(sizeof(struct slab), PAGE_BYTES);
    size_t step = GUARD_BYTES + stack_bytes;
    size_t total = head + PER_SLAB * step + GUARD_BYTES;
    char *map = mmap(NULL, total, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED)
        return NULL;
    if (mprotect(map, head, PROT_READ | PROT_WRITE) != 0) {
        munmap(map, total);
        return NULL;
    }
    struct slab *s = (struct slab *)(void *)map;
    s->first = map + head;
    s->stack_bytes = stack_bytes;
    for (size_t i = 0; i < PER_SLAB; i++) {
        s->block[i].low = s->first + i * step + GUARD_BYTES;
        s->block[i].size = stack_bytes;
    }
    cn_fibre_memory(map, total);
    return s;
}

void cn_context_pool_size(size_t stack_bytes)
{
    size_t bytes = CN_ALIGN_UP(stack_bytes == 0 ? STACK_BYTES : stack_bytes, PAGE_BYTES);
    pool_bytes = CN_MAX(bytes, 4 * PAGE_BYTES);
    cn_context_pool_reset();
}

void cn_context_pool_reset(void)
{
    cn_list_init(&pool);
    for (struct slab *s = slabs; s != NULL; s = s->next) {
        for (size_t i = PER_SLAB; i-- > 0;) {
            struct cn_context_block *c = &s->block[i];
            if (c->fibre.low != NULL) {
                cn_fibre_discard(&c->fibre);
                /* Zeros again, so that the watermark counts this run only. */
                madvise(c->low, c->size, MADV_DONTNEED);
            }
            c->state = CN_CONTEXT_FREE;
            c->stale = false;
            if (c->size == pool_bytes)
                cn_list_insert(pool.next, &c->link);
        }
    }
}

struct cn_context_block *cn_context_take(void (*main)(void *block))
{
    if (cn_list_empty(&pool)) {
        struct slab *s = slab_new(pool_bytes);
        if (s == NULL)
            return NULL;
        s->next = slabs;
        __atomic_store_n(&slabs, s, __ATOMIC_RELEASE);
        for (size_t i = 0; i < PER_SLAB; i++)
            cn_list_insert(&pool, &s->block[i].link);
    }
    struct cn_context_block *c = CN_LIST_ENTRY(pool.next, struct cn_context_block, link);
    /* Most runs need few of a slab. */
    if (c->fibre.low == NULL && mprotect(c->low, c->size, PROT_READ | PROT_WRITE) != 0)
        return NULL;
    cn_list_remove(&c->link);
    if (c->stale)
        cn_fibre_discard(&c->fibre);
    c->stale = false;
    if (c->fibre.low == NULL)
        cn_fibre_make(&c->fibre, c->low, c->size, main, c);
    return c;
}

void cn_context_give(struct cn_context_block *c)
{
    c->state = CN_CONTEXT_FREE;
    /* Last in, first out: its stack is in the cache. */
    cn_list_insert(pool.next, &c->link);
}

bool cn_engine_is_guard(const void *address)
{
    const char *at = address;
    for (struct slab *s = slabs; s != NULL; s = s->next) {
        size_t step = GUARD_BYTES + s->stack_bytes;
        if (at >= s->first && at < s->first + PER_SLAB * step + GUARD_BYTES)
            return (size_t)(at - s->first) % step < GUARD_BYTES;
    }
    return false;
}

/* How deep one stack was ever used: the lowest page that memory was ever given to, then the lowest
 * word in it that is not zero. */
__attribute__((no_sanitize("address"))) static size_t depth(const struct cn_context_block *c)
{
    unsigned char present[64];
    const size_t chunk = sizeof(present) * PAGE_BYTES;
    for (size_t at = 0; at < c->size; at += PAGE_BYTES) {
        size_t page = at % chunk / PAGE_BYTES;
        if (page == 0 && mincore(c->low + at, CN_MIN(chunk, c->size - at), present) != 0)
            return 0;
        if ((present[page] & 1) == 0)
            continue;
        const uint64_t *word = (const uint64_t *)(const void *)(c->low + at);
        for (size_t i = 0; i < PAGE_BYTES / sizeof(*word); i++)
            if (word[i] != 0)
                return c->size - at - i * sizeof(*word);
    }
    return 0;
}

size_t cn_engine_stack_used(void)
{
    size_t most = 0;
    for (struct slab *s = slabs; s != NULL; s = s->next)
        for (size_t i = 0; i < PER_SLAB; i++)
            if (s->block[i].fibre.low != NULL) {
                size_t used = depth(&s->block[i]);
                most = CN_MAX(most, used);
            }
    return most;
}

CN_TSAN_BLIND_END
