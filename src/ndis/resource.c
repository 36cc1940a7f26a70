/* resource.c - the list of what NDIS made for drivers. */
#include "ndis/resource.h"

#include <stdlib.h>

#include "load/probe.h"
#include "ndis/binding.h"
#include "ndis/timer.h"
#include "trace/trace.h"
#include "verify/rule.h"

struct type {
    const char *name, *maker;
    enum cn_kind kind;
    enum cn_rule_id left, bad;
};

static const struct type types[CN_RES_COUNT] = {
#define RESOURCE(id, kind, name, maker, rule_left, rule_bad)                                       \
    [CN_RES_##id] = {name, maker, CN_KIND_##kind, rule_left, rule_bad},
#include "ndis/resources.def"
#undef RESOURCE
};

static struct cn_list resources = {&resources, &resources};

const char *cn_resource_type_name(enum cn_resource_type type)
{
    return types[type].name;
}

struct cn_resource *cn_resource_next(const struct cn_resource *r)
{
    struct cn_list *next = r == NULL ? resources.next : r->link.next;
    return next == &resources ? NULL : CN_LIST_ENTRY(next, struct cn_resource, link);
}

/* A generic object is used as a handle by its address. */
static struct cn_resource *generic_object(NDIS_HANDLE handle)
{
    struct cn_resource *r = cn_handle_get(handle, CN_KIND_GENERIC);
    if (r != NULL)
        return r->type == CN_RES_OBJECT ? r : NULL;
    for (r = NULL; (r = cn_resource_next(r)) != NULL;)
        if (r->type == CN_RES_OBJECT && handle == (NDIS_HANDLE)(r + 1))
            return r;
    return NULL;
}

struct cn_obj *cn_ndis_owner(NDIS_HANDLE handle, struct cn_driver **driver)
{
    struct cn_registration *reg = cn_handle_get(handle, CN_KIND_MINIPORT);
    if (reg == NULL)
        reg = cn_handle_get(handle, CN_KIND_PROTOCOL);
    if (reg != NULL) {
        *driver = reg->driver;
        return &reg->obj;
    }
    struct cn_adapter *a = cn_handle_get(handle, CN_KIND_ADAPTER);
    if (a != NULL) {
        *driver = a->reg->driver;
        return &a->obj;
    }
    struct cn_binding *b = cn_handle_get(handle, CN_KIND_BINDING);
    if (b != NULL) {
        *driver = b->reg->driver;
        return &b->obj;
    }
    struct cn_resource *r = generic_object(handle);
    if (r == NULL)
        return NULL;
    *driver = r->driver;
    return &r->obj;
}

struct cn_adapter *cn_owner_adapter(const struct cn_obj *owner)
{
    if (owner == NULL || owner->kind != CN_KIND_ADAPTER)
        return NULL;
    return CN_CONTAINER_OF(owner, struct cn_adapter, obj);
}

static void resource_free(struct cn_obj *o)
{
    free(o);
}

/* The serial of the innermost call into that driver. */
static uint64_t scope_now(const struct cn_driver *driver)
{
    for (const struct cn_frame *f = cn_frame_top(); f != NULL; f = f->up)
        if (f->kind == CN_FRAME_UPCALL && f->driver == driver)
            return f->serial;
    return 0;
}

void *cn_resource_new(enum cn_resource_type type, size_t size, struct cn_obj *owner,
                      struct cn_driver *driver, void (*drop)(struct cn_resource *))
{
    struct cn_resource *r = calloc(1, size);
    if (r == NULL || !cn_obj_init(&r->obj, types[type].kind, NULL, true, resource_free, "%s %u",
                                  types[type].name, cn_obj_number(types[type].kind))) {
        free(r);
        return NULL;
    }
    const struct cn_frame *top = cn_frame_top();
    r->type = type;
    r->driver = driver != NULL ? driver : cn_driver_current();
    r->owner = owner;
    r->place = top == NULL ? NULL : top->place;
    r->scope = scope_now(r->driver);
    r->drop = drop;
    cn_list_insert(&resources, &r->link);
    return r;
}

void *cn_resource_get(NDIS_HANDLE handle, enum cn_resource_type type)
{
    struct cn_resource *r = cn_handle_get(handle, types[type].kind);
    bool good = r != NULL && r->type == type;
    if (!CN_CHECK(types[type].bad, good,
                  .found = r != NULL ? cn_fmt("the handle of a %s", types[r->type].name)
                                     : cn_handle_explain(handle, types[type].kind),
                  .allowed = cn_fmt("a live handle from %s", types[type].maker)))
        return NULL;
    return r;
}

void cn_resource_end(struct cn_resource *r)
{
    if (r->drop != NULL)
        r->drop(r);
    cn_list_remove(&r->link);
    cn_obj_end(&r->obj);
}

static void left(struct cn_resource *r, const char *call, bool quiet)
{
    const struct type *t = &types[r->type];
    if (!quiet)
        CN_CHECK(t->left, false, .driver = r->driver->name, .call = call, .structure = t->name,
                 .place = r->place, .found = cn_fmt("%s left", r->obj.name), .allowed = "released");
    cn_resource_end(r);
}

/* Calls out for each resource of the owner; the list may lose the one at hand. */
static void each_of(const struct cn_obj *owner, void (*out)(struct cn_resource *))
{
    for (struct cn_resource *r = cn_resource_next(NULL), *next; r != NULL; r = next) {
        next = cn_resource_next(r);
        if (r->owner == owner)
            out(r);
    }
}

static void halted(struct cn_resource *r)
{
    if (types[r->type].left != CN_MEM_005)
        left(r, "MiniportHaltEx", false);
}

void cn_resources_halted(struct cn_adapter *a)
{
    cn_timers_halted(a);
    each_of(&a->obj, halted);
}

void cn_resources_drop(const struct cn_adapter *a)
{
    each_of(&a->obj, cn_resource_end);
}

void cn_resources_driver_end(struct cn_driver *driver, bool quiet)
{
    cn_timer_objects_end(driver, quiet);
    cn_work_objects_end(driver, quiet);
    for (struct cn_resource *r = cn_resource_next(NULL), *next; r != NULL; r = next) {
        next = cn_resource_next(r);
        if (r->driver == driver)
            left(r, "DriverUnload", quiet);
    }
}

unsigned cn_resources_count(const struct cn_driver *driver, const struct cn_scopes *scopes,
                            const struct cn_resource **first)
{
    static const struct cn_resource none;
    unsigned count = 0;
    *first = &none;
    for (const struct cn_resource *r = NULL; (r = cn_resource_next(r)) != NULL;) {
        bool in = scopes->owner != NULL && r->owner == scopes->owner;
        for (unsigned i = 0; i < scopes->count; i++)
            in |= scopes->serial[i] == r->scope;
        if (r->driver != driver || !in)
            continue;
        if (count++ == 0)
            *first = r;
    }
    return count;
}
