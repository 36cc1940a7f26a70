/* resource.h - the small things NDIS makes for a driver: timers, work items, configuration handles,
 * pools, generic objects, devices. All are alike in that they are made with some NDIS handle, are
 * found by a handle or address, remember where they were made, and have to be gone when their owner
 * goes.
 */
#ifndef CN_NDIS_RESOURCE_H
#define CN_NDIS_RESOURCE_H

#include "ndis/adapter.h"

enum cn_resource_type {
#define RESOURCE(id, kind, name, maker, rule_left, rule_bad) CN_RES_##id,
#include "ndis/resources.def"
#undef RESOURCE
    CN_RES_COUNT
};

struct cn_resource {
    struct cn_obj obj;
    struct cn_list link;                /* [E] of all resources, oldest first */
    enum cn_resource_type type;         /* [I] */
    struct cn_driver *driver;           /* [I] */
    struct cn_obj *owner;               /* [I] whose handle it was made with; only compared */
    const void *place;                  /* [I] in the driver */
    uint64_t scope;                     /* [I] serial of the upcall it was made in */
    void (*drop)(struct cn_resource *); /* [I] releases what it holds; may be NULL */
};

/* What an NDIS_HANDLE stands for where "a handle of NDIS" is asked for: a registration, an adapter,
 * a binding, or a generic object. NULL when it is nothing of that. driver gets whose it is. */
struct cn_obj *cn_ndis_owner(NDIS_HANDLE handle, struct cn_driver **driver);
/* The adapter that the owner is or belongs to, or NULL. */
struct cn_adapter *cn_owner_adapter(const struct cn_obj *owner);

/* A resource whose structure is size bytes and begins with struct cn_resource; zeroed. handle NULL
 * with owner NULL: made for the running driver. NULL without memory. */
void *cn_resource_new(enum cn_resource_type type, size_t size, struct cn_obj *owner,
                      struct cn_driver *driver, void (*drop)(struct cn_resource *));
/* The live resource behind a handle; otherwise NULL, and the type's rule is broken. */
void *cn_resource_get(NDIS_HANDLE handle, enum cn_resource_type type);
void cn_resource_end(struct cn_resource *r);
/* NULL begins, NULL ends. */
struct cn_resource *cn_resource_next(const struct cn_resource *r);

/* What is left of an adapter that was halted: first those that have a rule of their own are told
 * and ended, then, when all the rest was judged by where it was made (leak.h), that is ended
 * quietly. */
void cn_resources_halted(struct cn_adapter *a);
void cn_resources_drop(const struct cn_adapter *a);
/* Ends what is left of a driver; tells each unless quiet. */
void cn_resources_driver_end(struct cn_driver *driver, bool quiet);
/* Counts the resources made in one of the calls or for their owner; names the first. */
unsigned cn_resources_count(const struct cn_driver *driver, const struct cn_scopes *scopes,
                            const struct cn_resource **first);
const char *cn_resource_type_name(enum cn_resource_type type);

#endif
