/* guard.c - copies that end at a page which cannot be accessed, for structures lent to a driver:
 * one that reads past Header.Size faults instead of finding whatever lies behind.
 *
 * In guarded mode (cn_pool_guarded) a copy that was freed is unmapped, so that a driver which kept
 * a pointer to it faults as well. That costs a system call or three; otherwise the mapping is
 * filled with a pattern and used again. */
#include "nt/nt.h"

#include "base/list.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { PAGE = 4096, IDLE_MOST = 32, FREED_BYTE = 0xDD };

struct guard {
    struct cn_list link;
    uint8_t *map, *copy;
    size_t size; /* of the mapping */
};

static struct cn_list guards = {&guards, &guards};
static struct cn_list idle = {&idle, &idle}; /* mappings of one page and its guard */
static unsigned idle_count;

static struct guard *guard_map(size_t body)
{
    struct guard *g = calloc(1, sizeof(*g));
    if (g == NULL)
        return NULL;
    g->size = body + PAGE;
    g->map = mmap(NULL, g->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (g->map == MAP_FAILED) {
        free(g);
        return NULL;
    }
    if (body > 0 && mprotect(g->map, body, PROT_READ | PROT_WRITE) != 0) {
        munmap(g->map, g->size);
        free(g);
        return NULL;
    }
    return g;
}

static void guard_unmap(struct guard *g)
{
    munmap(g->map, g->size);
    free(g);
}

void *cn_guard_copy(const void *bytes, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size_t body = CN_ALIGN_UP(size, (size_t)PAGE);
    struct guard *g = NULL;
    struct cn_list *used = body == PAGE ? cn_list_pop(&idle) : NULL;
    if (used != NULL) {
        idle_count--;
        g = CN_LIST_ENTRY(used, struct guard, link);
    } else if ((g = guard_map(body)) == NULL) {
        return NULL;
    }
    g->copy = g->map + body - size;
    if (size > 0)
        memcpy(g->copy, bytes, size);
    cn_list_insert(&guards, &g->link);
    return g->copy;
}

static struct guard *guard_with(const void *address, bool page_only)
{
    CN_LIST_EACH(pos, &guards)
    {
        struct guard *g = CN_LIST_ENTRY(pos, struct guard, link);
        size_t offset = (size_t)((uintptr_t)address - (uintptr_t)g->map);
        if (offset < g->size && (!page_only || offset >= g->size - PAGE))
            return g;
    }
    return NULL;
}

void cn_guard_free(void *copy)
{
    if (copy == NULL)
        return;
    struct guard *g = guard_with(copy, false);
    cn_assert(g != NULL && g->copy == copy);
    cn_list_remove(&g->link);
    size_t body = g->size - PAGE;
    if (body != PAGE || cn_pool_is_guarded() || idle_count == IDLE_MOST) {
        guard_unmap(g);
        return;
    }
    memset(g->copy, FREED_BYTE, (size_t)(g->map + body - g->copy));
    cn_list_insert(&idle, &g->link);
    idle_count++;
}

void cn_guard_drop(void)
{
    for (struct cn_list *l; (l = cn_list_pop(&idle)) != NULL; idle_count--)
        guard_unmap(CN_LIST_ENTRY(l, struct guard, link));
}

bool cn_guard_is(const void *address)
{
    return guard_with(address, true) != NULL;
}
