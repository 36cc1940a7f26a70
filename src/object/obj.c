/* obj.c - the common head of objects: tree, references, names, states. */
#include "object/obj.h"

#include <stdio.h>

#include "object/driver.h"
#include "trace/trace.h"

struct states {
    const char *const *names;
    size_t count;
};

static struct states states[CN_KIND_COUNT][CN_LANES];
static unsigned numbers[CN_KIND_COUNT];

bool cn_obj_init(struct cn_obj *o, enum cn_kind kind, struct cn_obj *parent, bool with_handle,
                 void (*free)(struct cn_obj *), const char *name_format, ...)
{
    *o = (struct cn_obj){.kind = kind, .parent = parent, .refs = 1, .free = free};
    cn_list_init(&o->children);
    cn_list_init(&o->link);
    va_list ap;
    va_start(ap, name_format);
    vsnprintf(o->name, sizeof(o->name), name_format, ap);
    va_end(ap);
    if (with_handle) {
        o->handle = cn_handle_new(kind, o);
        if (o->handle == NULL)
            return false;
    }
    if (parent != NULL) {
        cn_obj_get(parent);
        cn_list_insert(&parent->children, &o->link);
    }
    return true;
}

/* The innermost call across the border is what ends the object, for whoever asks later. */
static void handle_end(struct cn_obj *o)
{
    const struct cn_frame *f = cn_frame_top();
    cn_handle_end(o->handle, o->name, f != NULL ? f->name : NULL,
                  f != NULL && f->driver != NULL ? f->driver->name : NULL);
}

void cn_obj_end(struct cn_obj *o)
{
    cn_assert(!o->ended);
    o->ended = true;
    if (o->handle != NULL)
        handle_end(o);
    cn_list_remove(&o->link);
    cn_obj_put(o);
}

void cn_obj_get(struct cn_obj *o)
{
    cn_assert(o->refs > 0);
    o->refs++;
}

void cn_obj_put(struct cn_obj *o)
{
    cn_assert(o->refs > 0);
    if (--o->refs > 0)
        return;
    cn_assert(o->ended && cn_list_empty(&o->children));
    struct cn_obj *parent = o->parent;
    if (o->free != NULL)
        o->free(o);
    if (parent != NULL)
        cn_obj_put(parent);
}

unsigned cn_obj_number(enum cn_kind kind)
{
    cn_assert(kind < CN_KIND_COUNT);
    return numbers[kind]++;
}

void cn_obj_reset(void)
{
    memset(numbers, 0, sizeof(numbers));
}

void cn_obj_states(enum cn_kind kind, unsigned lane, const char *const *names, size_t count)
{
    cn_assert(kind < CN_KIND_COUNT && lane < CN_LANES);
    states[kind][lane] = (struct states){names, count};
}

const char *cn_obj_state_name(const struct cn_obj *o, unsigned lane)
{
    cn_assert(lane < CN_LANES);
    return cn_obj_state_named(o->kind, lane, o->lane[lane].state);
}

const char *cn_obj_state_named(enum cn_kind kind, unsigned lane, uint8_t state)
{
    const struct states *s = &states[kind][lane];
    return state < s->count ? s->names[state] : cn_fmt("state %u", state);
}

void cn_obj_set_state(struct cn_obj *o, unsigned lane, uint8_t state)
{
    cn_assert(lane < CN_LANES);
    if (o->lane[lane].state == state)
        return;
    if (!o->quiet)
        CN_TRACE(STATE, o->name, CN_STR("object", o->name),
                 CN_STR("from", cn_obj_state_name(o, lane)),
                 CN_STR("to", cn_obj_state_named(o->kind, lane, state)));
    o->lane[lane].state = state;
}
