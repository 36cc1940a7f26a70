/* leak.c - finds what is left of the calls that should have been undone by now. */
#include "ndis/leak.h"

#include <stdlib.h>

#include "ndis/registration.h"
#include "ndis/resource.h"
#include "nt/nt.h"
#include "nt/pool.h"

/* A block that was reported. The serial tells it from a later block at the same address. */
struct leak {
    struct cn_list link;
    void *start;
    uint64_t scope;
};

struct search {
    const struct cn_scopes *scopes; /* NULL: any */
    const char *handler;            /* NULL: any */
    struct cn_ndis_driver *nd;
    unsigned blocks;
    size_t bytes;
    struct cn_pool_info first;
};

void cn_scopes_add(struct cn_scopes *s, const struct cn_frame *f)
{
    if (f->serial != 0 && s->count < CN_SCOPES)
        s->serial[s->count++] = f->serial;
}

static bool in_scopes(const struct cn_scopes *s, uint64_t serial)
{
    for (unsigned i = 0; i < s->count; i++)
        if (s->serial[i] == serial)
            return true;
    return false;
}

static bool may_have(const struct cn_scopes *s)
{
    for (unsigned i = 0; s != NULL && i < s->count; i++)
        if (cn_pool_may_have(s->serial[i]))
            return true;
    return s == NULL;
}

static bool reported(const struct cn_ndis_driver *nd, const struct cn_pool_info *info)
{
    CN_LIST_EACH(pos, &nd->leaks)
    {
        const struct leak *l = CN_LIST_ENTRY(pos, struct leak, link);
        if (l->start == info->start && l->scope == info->scope)
            return true;
    }
    return false;
}

static void look(void *arg, const struct cn_pool_info *info)
{
    struct search *s = arg;
    if (s->scopes != NULL && !in_scopes(s->scopes, info->scope))
        return;
    if (s->handler != NULL &&
        (info->scope_name == NULL || strcmp(s->handler, info->scope_name) != 0))
        return;
    if (reported(s->nd, info))
        return;
    struct leak *l = calloc(1, sizeof(*l));
    if (l == NULL)
        return;
    l->start = info->start;
    l->scope = info->scope;
    cn_list_insert(&s->nd->leaks, &l->link);
    if (s->blocks++ == 0)
        s->first = *info;
    s->bytes += info->size;
}

static const char *blocks_text(const struct search *s)
{
    char tag[5];
    cn_pool_tag(s->first.tag, tag);
    if (s->blocks == 1)
        return cn_fmt("1 block of %zu bytes, tag '%s'", s->bytes, tag);
    return cn_fmt("%u blocks, %zu bytes, the first of %zu bytes, tag '%s'", s->blocks, s->bytes,
                  s->first.size, tag);
}

static bool judge(struct cn_driver *driver, enum cn_rule_id rule, struct search *s,
                  const char *call, const char *object)
{
    s->nd = cn_ndis_driver(driver);
    if (s->nd == NULL)
        return true;
    if (may_have(s->scopes))
        cn_pool_each(driver, look, s);
    return CN_CHECK(rule, s->blocks == 0, .driver = driver->name, .call = call, .object = object,
                    .place = s->first.place, .found = blocks_text(s),
                    .allowed = "nothing left allocated");
}

bool cn_leaks_check(struct cn_driver *driver, enum cn_rule_id rule, const struct cn_scopes *scopes,
                    const char *call, const char *object)
{
    const struct cn_resource *first;
    unsigned count = cn_resources_count(driver, scopes, &first);
    bool good = CN_CHECK(rule, count == 0, .driver = driver->name, .call = call, .object = object,
                         .structure = cn_resource_type_name(first->type), .place = first->place,
                         .found = cn_fmt("%u not released, the first a %s", count,
                                         cn_resource_type_name(first->type)),
                         .allowed = "nothing left allocated");
    struct search s = {.scopes = scopes};
    return judge(driver, rule, &s, call, object) && good;
}

bool cn_leaks_check_all(struct cn_driver *driver, enum cn_rule_id rule, const char *call)
{
    struct search s = {0};
    return judge(driver, rule, &s, call, NULL);
}

bool cn_leaks_check_in(struct cn_driver *driver, enum cn_rule_id rule, const char *handler,
                       const char *call)
{
    struct search s = {.handler = handler};
    return judge(driver, rule, &s, call, handler);
}

void cn_leaks_forget(struct cn_driver *driver)
{
    struct cn_ndis_driver *nd = driver->ndis;
    if (nd == NULL)
        return;
    for (struct cn_list *e; (e = cn_list_pop(&nd->leaks)) != NULL;) {
        struct leak *l = CN_LIST_ENTRY(e, struct leak, link);
        struct cn_pool_info info;
        if (cn_pool_find(l->start, &info) && info.start == l->start && info.scope == l->scope &&
            info.driver == driver)
            cn_pool_free(l->start, "the end of the driver");
        free(l);
    }
}
