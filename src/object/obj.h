/* obj.h - what every object of the runtime begins with: kind, handle, name, parent, state.
 *
 * An object has up to CN_LANES lanes: a lane is a state and at most one request in progress on it
 * (op.h). Most kinds need one; an address family has a second one for close notifications, because
 * a notification is still pending while the close it asks for is carried out. Objects form a tree;
 * the parent outlives its children. Freeing waits for the last reference: see cn_obj_get.
 */
#ifndef CN_OBJECT_OBJ_H
#define CN_OBJECT_OBJ_H

#include "base/list.h"
#include "object/handle.h"

enum { CN_LANE_CTL = 0, CN_LANE_NOTE = 1, CN_LANES = 2 };

struct cn_op;

struct cn_lane {
    uint8_t state;         /* [L] */
    struct cn_op *pending; /* [L] */
};

struct cn_obj {
    enum cn_kind kind;       /* [I] */
    cn_handle handle;        /* [I] NULL for objects without one */
    char name[48];           /* [I] "adapter 0" */
    struct cn_obj *parent;   /* [I] */
    struct cn_list children; /* [L] of link */
    struct cn_list link;     /* [L] in the parent's children */
    struct cn_lane lane[CN_LANES];
    uint32_t refs;                 /* [L] */
    bool ended;                    /* [L] its handle is dead */
    bool quiet;                    /* [I] a request rather than a thing: its states are not told */
    void (*free)(struct cn_obj *); /* [I] called when the last reference goes */
};

/* Initialises an object with one reference and (with_handle) a handle; false when none is left. */
bool cn_obj_init(struct cn_obj *o, enum cn_kind kind, struct cn_obj *parent, bool with_handle,
                 void (*free)(struct cn_obj *), const char *name_format, ...)
    __attribute__((format(printf, 6, 7)));
/* The handle dies now (attributed to the running call), the object leaves its parent, and the
 * creator's reference is dropped. */
void cn_obj_end(struct cn_obj *o);
void cn_obj_get(struct cn_obj *o);
void cn_obj_put(struct cn_obj *o);

/* The next number for names of a kind: "adapter 0", "adapter 1"... cn_obj_reset starts again. */
unsigned cn_obj_number(enum cn_kind kind);
void cn_obj_reset(void);

/* Names of states per kind and lane, for events and reports; set once by the layer that owns the
 * kind. */
void cn_obj_states(enum cn_kind kind, unsigned lane, const char *const *names, size_t count);
const char *cn_obj_state_name(const struct cn_obj *o, unsigned lane);
const char *cn_obj_state_named(enum cn_kind kind, unsigned lane, uint8_t state);
/* Changes a lane's state and tells it (STATE event: object, from, to). Same state: nothing. */
void cn_obj_set_state(struct cn_obj *o, unsigned lane, uint8_t state);

#endif
