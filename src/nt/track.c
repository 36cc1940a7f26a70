/* track.c - records of what drivers have under way, by the address of the driver's structure. */
#include "nt/track.h"

#include <stdlib.h>

#include "load/image.h"

#define BUCKETS 256

static struct cn_track *bucket[BUCKETS];
static struct cn_list kinds[CN_TRACK_KINDS];

struct cn_list *cn_track_list(enum cn_track_kind kind)
{
    if (kinds[kind].next == NULL)
        cn_list_init(&kinds[kind]);
    return &kinds[kind];
}

static struct cn_track **slot(enum cn_track_kind kind, const void *key)
{
    uint64_t h = ((uint64_t)(uintptr_t)key + kind) * UINT64_C(0x9e3779b97f4a7c15);
    struct cn_track **at = &bucket[h >> 56];
    while (*at != NULL && ((*at)->key != key || (*at)->kind != kind))
        at = &(*at)->chain;
    return at;
}

struct cn_driver *cn_track_owner(const void *routine)
{
    const struct cn_image *image = cn_image_find(routine);
    if (image != NULL)
        CN_LIST_EACH(at, cn_driver_list())
        {
            struct cn_driver *d = CN_LIST_ENTRY(at, struct cn_driver, link);
            if (d->image == image)
                return d;
        }
    return cn_driver_current();
}

void cn_track_add(struct cn_track *t, enum cn_track_kind kind, const void *key, const void *routine)
{
    struct cn_track **at = slot(kind, key);
    cn_assert(*at == NULL);
    const struct cn_frame *top = cn_frame_top();
    t->kind = kind;
    t->key = key;
    t->driver = cn_track_owner(routine);
    t->call = top != NULL ? top->name : NULL;
    t->place = top != NULL ? top->place : NULL;
    *at = t;
    cn_list_insert(cn_track_list(kind), &t->link);
}

void *cn_track_find(enum cn_track_kind kind, const void *key)
{
    return *slot(kind, key);
}

void cn_track_remove(struct cn_track *t)
{
    struct cn_track **at = slot(t->kind, t->key);
    cn_assert(*at == t);
    *at = t->chain;
    cn_list_remove(&t->link);
}

void cn_track_reset(void)
{
    for (int kind = 0; kind < CN_TRACK_KINDS; kind++) {
        struct cn_list *at;
        while ((at = cn_list_pop(cn_track_list(kind))) != NULL)
            free(CN_LIST_ENTRY(at, struct cn_track, link));
    }
    memset(bucket, 0, sizeof(bucket));
}

void cn_track_describe(struct cn_text *t, const char *what, const void *address)
{
    char where[256];
    if (cn_image_find(address) != NULL)
        cn_text_put(t, "%s at %s", what, cn_image_describe(address, where, sizeof(where)));
    else if (cn_pool_explain(address, where, sizeof(where)))
        cn_text_put(t, "%s %s", what, where);
    else
        cn_text_put(t, "%s in memory that is neither the driver's image nor pool", what);
}

bool cn_track_call_begin(struct cn_frame *f, struct cn_driver *driver, const char *name,
                         const void *routine)
{
    return driver == NULL || cn_upcall_begin(f, driver, name, routine, NULL);
}

void cn_track_call_end(struct cn_frame *f, const struct cn_driver *driver)
{
    if (driver != NULL)
        cn_upcall_end(f, NULL);
}
