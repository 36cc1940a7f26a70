/* handle.c - handles: a table of slots, and what it remembers of the dead.
 *
 *     63    44 43   40 39        19 18         6 5    0
 *     0xFFFFA   kind      slot      generation  zeroes
 *
 * The generation stands below the slot so that a small offset (a driver that reads a member of what
 * it takes for a structure) changes neither slot nor kind. Generations count from 1 and wrap; a
 * slot is used again only after QUARANTINE others were freed, so a stale handle is told from its
 * successors for at least that many times the number of generations.
 *
 * Slots live in chunks that never move. Lookup takes no lock: it loads the chunk, then the slot.
 */
#include "object/handle.h"

#include <stdio.h>
#include <stdlib.h>

#include "trace/trace.h"

enum {
    ZERO_BITS = 6,
    GENERATION_BITS = 13,
    SLOT_BITS = 21,
    KIND_BITS = 4,
    PREFIX_SHIFT = ZERO_BITS + GENERATION_BITS + SLOT_BITS + KIND_BITS,
    GENERATION_MASK = (1 << GENERATION_BITS) - 1,
    SLOT_COUNT = 1 << SLOT_BITS,
    CHUNK_SLOTS = 1024,
    CHUNK_COUNT = SLOT_COUNT / CHUNK_SLOTS,
    QUARANTINE = 256,
    NO_SLOT = -1
};
#define PREFIX UINT64_C(0xFFFFA)

_Static_assert(CN_KIND_COUNT <= 1 << KIND_BITS, "a kind must fit into its bits");

struct slot {
    void *object;
    uint16_t generation; /* of the object that lives here or lived here last; 0: none ever did */
    uint8_t kind;        /* CN_KIND_NONE: nothing lives here */
    bool wrapped;        /* all generations have been given out */
    int32_t next_free;
};

struct grave {
    struct cn_epitaph epitaph;
    uint16_t generation;
};

/* A name of a driver that outlives the driver. */
struct name {
    struct name *next;
    char text[];
};

static struct {
    struct slot *chunk[CHUNK_COUNT];
    struct grave *graves[CHUNK_COUNT];
    int32_t used; /* slots ever used */
    int32_t first_free, last_free, free_count;
    struct name *names;
} table = {.first_free = NO_SLOT, .last_free = NO_SLOT};

const char *cn_kind_name(enum cn_kind kind)
{
    static const char *const names[CN_KIND_COUNT] = {
        [CN_KIND_NONE] = "nothing",
        [CN_KIND_DRIVER] = "driver",
        [CN_KIND_MINIPORT] = "miniport driver",
        [CN_KIND_PROTOCOL] = "protocol driver",
        [CN_KIND_ADAPTER] = "adapter",
        [CN_KIND_BINDING] = "binding",
        [CN_KIND_BIND] = "bind operation",
        [CN_KIND_AF] = "address family",
        [CN_KIND_CONFIG] = "configuration",
        [CN_KIND_TIMER] = "timer",
        [CN_KIND_WORK] = "work item",
        [CN_KIND_DEVICE] = "device",
        [CN_KIND_GENERIC] = "generic object",
        [CN_KIND_WRAPPER] = "wrapper",
    };
    cn_assert(kind < CN_KIND_COUNT && names[kind] != NULL);
    return names[kind];
}

/* -- the value --------------------------------------------------------------------------------- */

static cn_handle handle_make(unsigned kind, int32_t slot, unsigned generation)
{
    uint64_t v = PREFIX << KIND_BITS | kind;
    v = v << SLOT_BITS | (uint32_t)slot;
    v = v << GENERATION_BITS | generation;
    return (cn_handle)(uintptr_t)(v << ZERO_BITS);
}

static unsigned kind_of(cn_handle handle)
{
    uint64_t v = (uintptr_t)handle;
    return v >> (PREFIX_SHIFT - KIND_BITS) & ((1u << KIND_BITS) - 1);
}

static uint32_t slot_of(cn_handle handle)
{
    uint64_t v = (uintptr_t)handle;
    return v >> (ZERO_BITS + GENERATION_BITS) & (SLOT_COUNT - 1);
}

static unsigned generation_of(cn_handle handle)
{
    return (uintptr_t)handle >> ZERO_BITS & GENERATION_MASK;
}

bool cn_handle_is_handle(const void *address)
{
    return (uintptr_t)address >> PREFIX_SHIFT == PREFIX;
}

/* The slot a handle names, or NULL when no such slot was ever used. */
static struct slot *slot_at(cn_handle handle)
{
    if (!cn_handle_is_handle(handle) || slot_of(handle) >= (uint32_t)table.used)
        return NULL;
    return &table.chunk[slot_of(handle) / CHUNK_SLOTS][slot_of(handle) % CHUNK_SLOTS];
}

static bool is_live(const struct slot *s, cn_handle handle)
{
    return s->kind != CN_KIND_NONE && s->generation == generation_of(handle) &&
           s->kind == kind_of(handle) && (uintptr_t)handle % (1u << ZERO_BITS) == 0;
}

/* -- slots ------------------------------------------------------------------------------------- */

static int32_t slot_fresh(void)
{
    if (table.used == SLOT_COUNT)
        return NO_SLOT;
    struct slot **chunk = &table.chunk[table.used / CHUNK_SLOTS];
    if (*chunk == NULL)
        *chunk = calloc(CHUNK_SLOTS, sizeof(struct slot));
    return *chunk != NULL ? table.used++ : NO_SLOT;
}

static int32_t slot_reused(void)
{
    int32_t i = table.first_free;
    if (i == NO_SLOT)
        return NO_SLOT;
    table.first_free = table.chunk[i / CHUNK_SLOTS][i % CHUNK_SLOTS].next_free;
    if (table.first_free == NO_SLOT)
        table.last_free = NO_SLOT;
    table.free_count--;
    return i;
}

static void slot_release(struct slot *s, int32_t i)
{
    s->next_free = NO_SLOT;
    if (table.last_free == NO_SLOT)
        table.first_free = i;
    else
        table.chunk[table.last_free / CHUNK_SLOTS][table.last_free % CHUNK_SLOTS].next_free = i;
    table.last_free = i;
    table.free_count++;
}

cn_handle cn_handle_new(enum cn_kind kind, void *object)
{
    cn_assert(kind > CN_KIND_NONE && kind < CN_KIND_COUNT && object != NULL);
    int32_t i = table.free_count > QUARANTINE ? slot_reused() : slot_fresh();
    if (i == NO_SLOT)
        i = slot_reused();
    if (i == NO_SLOT)
        return NULL;
    struct slot *s = &table.chunk[i / CHUNK_SLOTS][i % CHUNK_SLOTS];
    if (s->generation == GENERATION_MASK)
        s->wrapped = true;
    s->generation = s->generation % GENERATION_MASK + 1;
    s->object = object;
    s->kind = (uint8_t)kind;
    return handle_make(kind, i, s->generation);
}

void *cn_handle_get(cn_handle handle, enum cn_kind kind)
{
    const struct slot *s = slot_at(handle);
    return s != NULL && is_live(s, handle) && s->kind == kind ? s->object : NULL;
}

/* -- the dead ---------------------------------------------------------------------------------- */

/* The drivers' names are few, and a dead handle may outlive its driver. */
static const char *name_kept(const char *text)
{
    if (text == NULL)
        return NULL;
    for (struct name *n = table.names; n != NULL; n = n->next)
        if (strcmp(n->text, text) == 0)
            return n->text;
    size_t size = strlen(text) + 1;
    struct name *n = malloc(sizeof(*n) + size);
    if (n == NULL)
        return NULL;
    memcpy(n->text, text, size);
    n->next = table.names;
    table.names = n;
    return n->text;
}

static struct grave *grave_at(uint32_t i, bool make)
{
    struct grave **chunk = &table.graves[i / CHUNK_SLOTS];
    if (*chunk == NULL && make)
        *chunk = calloc(CHUNK_SLOTS, sizeof(struct grave));
    return *chunk != NULL ? &(*chunk)[i % CHUNK_SLOTS] : NULL;
}

void cn_handle_end(cn_handle handle, const char *name, const char *ended_by, const char *driver)
{
    struct slot *s = slot_at(handle);
    cn_assert(s != NULL && is_live(s, handle));
    struct grave *g = grave_at(slot_of(handle), true);
    if (g != NULL) {
        g->generation = s->generation;
        g->epitaph = (struct cn_epitaph){.kind = s->kind,
                                         .ended_by = ended_by,
                                         .driver = name_kept(driver),
                                         .event = cn_trace_last()};
        snprintf(g->epitaph.name, sizeof(g->epitaph.name), "%s", name);
    }
    s->object = NULL;
    s->kind = CN_KIND_NONE;
    slot_release(s, (int32_t)slot_of(handle));
}

/* True for a handle that was given out for this slot before its present state. The kind of older
 * generations is not remembered. */
static bool was_given(const struct slot *s, cn_handle handle)
{
    unsigned g = generation_of(handle);
    return (uintptr_t)handle % (1u << ZERO_BITS) == 0 && kind_of(handle) > CN_KIND_NONE &&
           kind_of(handle) < CN_KIND_COUNT && g > 0 && (g <= s->generation || s->wrapped);
}

enum cn_handle_fault cn_handle_why(cn_handle handle, enum cn_kind want, enum cn_kind *kind,
                                   const struct cn_epitaph **epitaph)
{
    const struct slot *s = slot_at(handle);
    enum cn_kind kind_is = CN_KIND_NONE;
    const struct cn_epitaph *epitaph_is = NULL;
    enum cn_handle_fault fault = handle == NULL ? CN_HANDLE_NULL : CN_HANDLE_FOREIGN;
    if (s != NULL && is_live(s, handle)) {
        kind_is = s->kind;
        fault = s->kind == want ? CN_HANDLE_GOOD : CN_HANDLE_KIND;
    } else if (s != NULL && was_given(s, handle) &&
               (s->kind == CN_KIND_NONE || s->generation != generation_of(handle))) {
        const struct grave *g = grave_at(slot_of(handle), false);
        bool known = g != NULL && g->generation == generation_of(handle);
        kind_is = kind_of(handle);
        epitaph_is = known && g->epitaph.kind == kind_is ? &g->epitaph : NULL;
        fault = known && epitaph_is == NULL ? CN_HANDLE_FOREIGN : CN_HANDLE_STALE;
    }
    if (kind != NULL)
        *kind = kind_is;
    if (epitaph != NULL)
        *epitaph = epitaph_is;
    return fault;
}

/* "'binding 0' was ended by NdisCloseAdapterEx of client.sys at event 41" */
static const char *epitaph_text(const struct cn_epitaph *e)
{
    if (e == NULL)
        return "it was ended long ago";
    return cn_fmt("'%s' was ended by %s%s%s at event %llu", e->name,
                  e->ended_by != NULL ? e->ended_by : "condis", e->driver != NULL ? " of " : "",
                  e->driver != NULL ? e->driver : "", (unsigned long long)e->event);
}

const char *cn_handle_explain(cn_handle handle, enum cn_kind want)
{
    enum cn_kind kind;
    const struct cn_epitaph *epitaph;
    switch (cn_handle_why(handle, want, &kind, &epitaph)) {
    case CN_HANDLE_GOOD:
        return cn_fmt("live %s handle", cn_kind_name(want));
    case CN_HANDLE_NULL:
        return "NULL";
    case CN_HANDLE_KIND:
        return cn_fmt("live %s handle", cn_kind_name(kind));
    case CN_HANDLE_STALE:
        return cn_fmt("stale %s handle: %s", cn_kind_name(kind), epitaph_text(epitaph));
    case CN_HANDLE_FOREIGN:
        break;
    }
    return "value that is no handle";
}

const char *cn_handle_explain_address(const void *address)
{
    const struct slot *s = slot_at((cn_handle)(uintptr_t)address);
    if (s == NULL)
        return "address in the range of handles, but of none that was given out";
    cn_handle handle = (cn_handle)(uintptr_t)address;
    cn_handle now = handle_make(kind_of(handle), (int32_t)slot_of(handle), s->generation);
    uint64_t offset = (uintptr_t)handle - (uintptr_t)now;
    if ((uintptr_t)handle < (uintptr_t)now || !was_given(s, now))
        return "handle used as a pointer";
    const struct cn_epitaph *epitaph = NULL;
    enum cn_handle_fault fault = cn_handle_why(now, kind_of(now), NULL, &epitaph);
    return cn_fmt("%s handle%s%s used as a pointer, %llu bytes in", cn_kind_name(kind_of(now)),
                  fault == CN_HANDLE_STALE ? ", stale: " : "",
                  fault == CN_HANDLE_STALE ? epitaph_text(epitaph) : "",
                  (unsigned long long)offset);
}

void cn_handle_reset(void)
{
    for (size_t i = 0; i < CHUNK_COUNT && table.chunk[i] != NULL; i++) {
        free(table.chunk[i]);
        free(table.graves[i]);
    }
    while (table.names != NULL) {
        struct name *n = table.names;
        table.names = n->next;
        free(n);
    }
    memset(&table, 0, sizeof(table));
    table.first_free = table.last_free = NO_SLOT;
}
