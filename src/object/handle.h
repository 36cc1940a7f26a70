/* handle.h - the values drivers hold instead of pointers.
 *
 * A handle says its kind, a slot and the slot's generation. It is a canonical address in the half
 * of the address space that belongs to the host's kernel, so a driver that dereferences one faults,
 * and at an address the fault report can name. The slot remembers how its last object ended, so
 * that a stale handle can be explained. NDIS 5.x adapter and binding handles will be real addresses
 * of blocks: then the block's slot is found from its address, and nothing else changes.
 */
#ifndef CN_OBJECT_HANDLE_H
#define CN_OBJECT_HANDLE_H

#include "base/base.h"

/* Kinds of objects, with or without handles. The order is part of the handle format. */
enum cn_kind {
    CN_KIND_NONE,
    CN_KIND_DRIVER,   /* a loaded driver image */
    CN_KIND_MINIPORT, /* a miniport driver's registration: NdisMiniportDriverHandle */
    CN_KIND_PROTOCOL, /* a protocol driver's registration: NdisProtocolHandle */
    CN_KIND_ADAPTER,  /* MiniportAdapterHandle */
    CN_KIND_BINDING,  /* NdisBindingHandle */
    CN_KIND_BIND, /* BindContext of ProtocolBindAdapterEx, UnbindContext of ProtocolUnbindAdapterEx
                   */
    CN_KIND_AF,   /* one open of an address family: NdisAfHandle */
    CN_KIND_CONFIG, /* ConfigurationHandle */
    CN_KIND_TIMER,
    CN_KIND_WORK,
    CN_KIND_DEVICE,
    CN_KIND_GENERIC,
    CN_KIND_WRAPPER, /* NdisWrapperHandle of 5.x */
    CN_KIND_COUNT
};

const char *cn_kind_name(enum cn_kind kind); /* "miniport driver", "binding" ... as in reports */

typedef void *cn_handle;

/* What a slot remembers of the object that lived in it last. */
struct cn_epitaph {
    enum cn_kind kind;
    char name[48];
    const char *ended_by; /* the call that ended it */
    const char *driver;   /* whose call that was */
    uint64_t event;       /* number of the trace event at that time */
};

/* NULL when no slot is left. */
cn_handle cn_handle_new(enum cn_kind kind, void *object);
/* The handle is dead from now on; the epitaph explains it to whoever still uses it. */
void cn_handle_end(cn_handle handle, const char *name, const char *ended_by, const char *driver);
/* The live object of that kind behind a handle, or NULL. Cheap: no lock, two loads. */
void *cn_handle_get(cn_handle handle, enum cn_kind kind);

enum cn_handle_fault {
    CN_HANDLE_GOOD, /* live and of that kind */
    CN_HANDLE_NULL,
    CN_HANDLE_FOREIGN, /* no value we ever gave out */
    CN_HANDLE_KIND,    /* live, but of another kind: *kind tells */
    CN_HANDLE_STALE    /* ended: *epitaph tells */
};
/* Why cn_handle_get returned NULL. kind and epitaph may be NULL. */
enum cn_handle_fault cn_handle_why(cn_handle handle, enum cn_kind want, enum cn_kind *kind,
                                   const struct cn_epitaph **epitaph);
/* "stale binding handle: 'binding 0' was ended by NdisCloseAdapterEx of client.sys at event 41" */
const char *cn_handle_explain(cn_handle handle, enum cn_kind want);
/* True for any address in the range handles are made of, for fault reports. */
bool cn_handle_is_handle(const void *address);
/* For such an address, when a driver used a handle as a pointer: "the binding handle ('binding 0'
 * was ended by ...) used as a pointer, 24 bytes in". */
const char *cn_handle_explain_address(const void *address);
/* Forgets everything: every handle is foreign afterwards. */
void cn_handle_reset(void);

#endif
