/* guard.c - copies that end at a page which cannot be accessed, for structures lent to a driver:
 * one that reads past Header.Size faults instead of finding whatever lies behind. */
#include "nt/nt.h"

#include "base/list.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

struct guard {
    struct cn_list link;
    uint8_t *map, *copy;
    size_t size; /* of the mapping */
};

static struct cn_list guards = {&guards, &guards};

void *cn_guard_copy(const void *bytes, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    struct guard *g = calloc(1, sizeof(*g));
    if (g == NULL)
        return NULL;
    size_t body = CN_ALIGN_UP(size, (size_t)PAGE);
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
    munmap(g->map, g->size);
    free(g);
}

bool cn_guard_is(const void *address)
{
    return guard_with(address, true) != NULL;
}
