/* list.h - intrusive doubly linked lists with a head that is an element (so no special cases). */
#ifndef CN_BASE_LIST_H
#define CN_BASE_LIST_H

#include "base/base.h"

struct cn_list {
    struct cn_list *next, *prev;
};

static inline void cn_list_init(struct cn_list *l)
{
    l->next = l->prev = l;
}

static inline bool cn_list_empty(const struct cn_list *l)
{
    return l->next == l;
}

/* Puts e before `at`; with the head as `at` this appends. */
static inline void cn_list_insert(struct cn_list *at, struct cn_list *e)
{
    e->prev = at->prev;
    e->next = at;
    at->prev->next = e;
    at->prev = e;
}

/* Takes e out and leaves it as an empty list, so that removing twice is harmless. */
static inline void cn_list_remove(struct cn_list *e)
{
    e->prev->next = e->next;
    e->next->prev = e->prev;
    cn_list_init(e);
}

static inline struct cn_list *cn_list_pop(struct cn_list *head)
{
    struct cn_list *e = head->next;
    if (e == head)
        return NULL;
    cn_list_remove(e);
    return e;
}

#define CN_LIST_ENTRY(e, type, member) CN_CONTAINER_OF(e, type, member)
#define CN_LIST_EACH(pos, head)                                                                    \
    for (struct cn_list *pos = (head)->next; pos != (head); pos = pos->next)
#define CN_LIST_EACH_SAFE(pos, nxt, head)                                                          \
    for (struct cn_list *pos = (head)->next, *nxt = pos->next; pos != (head);                      \
         pos = nxt, nxt = pos->next)

#endif
