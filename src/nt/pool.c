/* pool.c - the pool: who allocated what, where, and what is still there.
 *
 * The book-keeping of a block lives apart from the block, so that a driver that writes past its
 * memory cannot damage it. Blocks are found by address in a treap, also from a pointer into their
 * middle, and each driver's blocks hang in its list from oldest to newest.
 *
 * A plain block is exactly one malloc block, so that AddressSanitizer and valgrind know its bounds.
 * A guarded block ends at a page that cannot be accessed; what alignment leaves over around it is
 * filled with a pattern that is looked at when it is freed. A freed guarded block stays unmapped
 * until later frees push it out of the quarantine, so a use after free faults at once.
 */
#include "nt/pool.h"

#include "load/image.h"
#include "nt/sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
    PAGE = 4096,
    ALIGN = 16,           /* of x64 Windows' pool; what is a page or larger starts at a page */
    QUARANTINE = 1024,    /* freed blocks remembered, guarded ones unmapped that long */
    GUARDED_MOST = 12000, /* each takes two of the 65530 mappings a process may have */
    SCOPE_SLOTS = 1 << 18
};
#define SIZE_MOST (UINT64_C(1) << 32)

static const uint8_t fill_slack = 0xFD, fill_fresh = 0xCD;

struct hold {
    struct hold *next;
    int rule;
    char object[64];
};

struct block {
    struct cn_list link; /* of the driver's blocks, oldest first */
    struct block *left, *right;
    uint32_t priority;
    struct cn_pool_info info;
    uint8_t *map; /* of a guarded block; the last page cannot be accessed */
    size_t map_size;
    struct hold *holds;
};

/* What is remembered of a freed block. */
struct epitaph {
    struct cn_pool_info info;
    const void *freed_at;
    const char *freed_by;
    uint8_t *map;
    size_t map_size;
};

static struct block *root;
static struct cn_list house = {&house, &house}; /* blocks of no driver */
static struct epitaph quarantine[QUARANTINE];
static unsigned quarantine_next, guarded_count;
/* Live blocks by scope modulo the size: most calls leave nothing behind, and then nobody has to
 * look. */
static uint32_t scope_live[SCOPE_SLOTS];
static bool guarded;
static uint32_t priority_seed = 1;

/* -- the treap --------------------------------------------------------------------------------- */

static uint32_t next_priority(void)
{
    priority_seed ^= priority_seed << 13;
    priority_seed ^= priority_seed >> 17;
    priority_seed ^= priority_seed << 5;
    return priority_seed;
}

/* Splits t into the blocks that start before `at` and the others. */
static void split(struct block *t, const void *at, struct block **low, struct block **high)
{
    while (t != NULL) {
        if ((uintptr_t)t->info.start < (uintptr_t)at) {
            *low = t;
            low = &t->right;
            t = t->right;
        } else {
            *high = t;
            high = &t->left;
            t = t->left;
        }
    }
    *low = *high = NULL;
}

static void treap_insert(struct block *b)
{
    struct block **at = &root;
    while (*at != NULL && (*at)->priority >= b->priority)
        at = (uintptr_t)b->info.start < (uintptr_t)(*at)->info.start ? &(*at)->left : &(*at)->right;
    split(*at, b->info.start, &b->left, &b->right);
    *at = b;
}

static void treap_remove(struct block *b)
{
    struct block **at = &root;
    while (*at != b)
        at = (uintptr_t)b->info.start < (uintptr_t)(*at)->info.start ? &(*at)->left : &(*at)->right;
    struct block *l = b->left, *r = b->right;
    while (l != NULL && r != NULL) {
        if (l->priority >= r->priority) {
            *at = l;
            at = &l->right;
            l = l->right;
        } else {
            *at = r;
            at = &r->left;
            r = r->left;
        }
    }
    *at = l != NULL ? l : r;
}

/* The live block with the greatest start that is not behind p. */
static struct block *block_before(const void *p)
{
    struct block *found = NULL;
    for (struct block *b = root; b != NULL;) {
        if ((uintptr_t)b->info.start <= (uintptr_t)p) {
            found = b;
            b = b->right;
        } else {
            b = b->left;
        }
    }
    return found;
}

static struct block *block_with(const void *p)
{
    struct block *b = block_before(p);
    if (b == NULL)
        return NULL;
    size_t offset = (size_t)((uintptr_t)p - (uintptr_t)b->info.start);
    return offset == 0 || offset < b->info.size ? b : NULL;
}

/* -- memory ------------------------------------------------------------------------------------ */

static bool map_guarded(struct block *b, size_t size)
{
    size_t body = CN_ALIGN_UP(CN_MAX(size, (size_t)1), (size_t)PAGE);
    size_t total = body + PAGE;
    uint8_t *map = mmap(NULL, total, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED)
        return false;
    if (mprotect(map, body, PROT_READ | PROT_WRITE) != 0) {
        munmap(map, total);
        return false;
    }
    size_t before = size >= PAGE ? 0 : body - CN_ALIGN_UP(size, (size_t)ALIGN);
    memset(map, fill_slack, body);
    b->map = map;
    b->map_size = total;
    b->info.start = map + before;
    guarded_count++;
    return true;
}

static bool map_plain(struct block *b, size_t size)
{
    void *p;
    if (size < PAGE)
        p = malloc(CN_MAX(size, (size_t)1));
    else if (posix_memalign(&p, PAGE, size) != 0)
        p = NULL;
    b->info.start = p;
    return p != NULL;
}

/* Where the first changed byte of the slack around a guarded block is, or NULL. */
static const uint8_t *slack_damage(const struct block *b)
{
    if (b->map == NULL)
        return NULL;
    const uint8_t *start = b->info.start, *end = b->map + b->map_size - PAGE;
    for (const uint8_t *p = start + b->info.size; p < end; p++)
        if (*p != fill_slack)
            return p;
    for (const uint8_t *p = start; p-- > b->map;)
        if (*p != fill_slack)
            return p;
    return NULL;
}

static void quarantine_put(const struct block *b, const void *place, const char *call)
{
    struct epitaph *e = &quarantine[quarantine_next++ % QUARANTINE];
    if (e->map != NULL)
        munmap(e->map, e->map_size);
    *e = (struct epitaph){.info = b->info, .freed_at = place, .freed_by = call};
    if (b->map == NULL)
        return;
    /* A fresh mapping over it gives the memory back and keeps the addresses. */
    if (mmap(b->map, b->map_size, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED) {
        munmap(b->map, b->map_size);
        return;
    }
    e->map = b->map;
    e->map_size = b->map_size;
}

static const struct epitaph *epitaph_with(const void *p)
{
    for (unsigned i = 0; i < QUARANTINE; i++) {
        const struct epitaph *e = &quarantine[(quarantine_next - 1 - i) % QUARANTINE];
        uintptr_t start = (uintptr_t)e->info.start, at = (uintptr_t)p;
        if (e->info.start == NULL)
            continue;
        if (at == start || (at > start && at - start < e->info.size))
            return e;
        if (e->map != NULL && at >= (uintptr_t)e->map && at - (uintptr_t)e->map < e->map_size)
            return e;
    }
    return NULL;
}

/* Takes the block out of the books and its memory away. */
static void block_end(struct block *b, const void *place, const char *call)
{
    treap_remove(b);
    cn_list_remove(&b->link);
    scope_live[b->info.scope % SCOPE_SLOTS]--;
    while (b->holds != NULL) {
        struct hold *h = b->holds;
        b->holds = h->next;
        free(h);
    }
    quarantine_put(b, place, call);
    if (b->map != NULL)
        guarded_count--;
    else
        free(b->info.start);
    free(b);
}

/* -- the pool ---------------------------------------------------------------------------------- */

const char *cn_pool_tag(uint32_t tag, char out[5])
{
    for (int i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)(tag >> (8 * i));
        out[i] = c >= 0x20 && c < 0x7F ? (char)c : '.';
    }
    out[4] = '\0';
    return out;
}

static const struct cn_frame *upcall_now(void)
{
    const struct cn_frame *f = cn_frame_top();
    while (f != NULL && f->kind != CN_FRAME_UPCALL)
        f = f->up;
    return f;
}

void *cn_pool_alloc(struct cn_driver *driver, size_t size, uint32_t tag, bool zero,
                    const void *where)
{
    if (size > SIZE_MOST)
        return NULL;
    struct block *b = calloc(1, sizeof(*b));
    if (b == NULL)
        return NULL;
    if (!(guarded && guarded_count < GUARDED_MOST && map_guarded(b, size)) && !map_plain(b, size)) {
        free(b);
        return NULL;
    }
    const struct cn_frame *top = cn_frame_top(), *up = upcall_now();
    b->info.driver = driver;
    b->info.size = size;
    b->info.tag = tag;
    b->info.place = where;
    b->info.call = top != NULL && top->kind == CN_FRAME_DDI ? top->name : NULL;
    b->info.scope = up != NULL ? up->serial : 0;
    b->info.scope_name = up != NULL ? up->name : NULL;
    scope_live[b->info.scope % SCOPE_SLOTS]++;
    b->priority = next_priority();
    treap_insert(b);
    cn_list_init(&b->link);
    cn_list_insert(driver != NULL ? &driver->allocations : &house, &b->link);
    if (zero)
        memset(b->info.start, 0, size);
    else if (b->map != NULL)
        memset(b->info.start, fill_fresh, size);
    return b->info.start;
}

/* Why p cannot be freed, for the report. */
static const char *not_live(const void *p)
{
    const struct block *b = block_with(p);
    char tag[5], where[160];
    if (p == NULL)
        return "NULL";
    if (b != NULL)
        return cn_fmt("a pointer %zu bytes into a block of %zu bytes with tag '%s'",
                      (size_t)((uintptr_t)p - (uintptr_t)b->info.start), b->info.size,
                      cn_pool_tag(b->info.tag, tag));
    const struct epitaph *e = epitaph_with(p);
    if (e == NULL)
        return "a pointer that no allocation returned";
    return cn_fmt("a block of %zu bytes with tag '%s' that was freed before by %s at %s",
                  e->info.size, cn_pool_tag(e->info.tag, tag), e->freed_by,
                  cn_image_describe(e->freed_at, where, sizeof(where)));
}

void cn_pool_free(void *p, const char *call)
{
    struct block *b = block_before(p);
    if (b != NULL && b->info.start != p)
        b = NULL;
    if (!CN_CHECK(CN_MEM_003, b != NULL, .call = call, .found = not_live(p),
                  .allowed = "a block that was allocated and not freed since"))
        return;
    const uint8_t *damage = slack_damage(b);
    char tag[5];
    CN_CHECK(
        CN_MEM_006, damage == NULL, .call = call,
        .object =
            cn_fmt("block of %zu bytes with tag '%s'", b->info.size, cn_pool_tag(b->info.tag, tag)),
        .found = cn_fmt("0x%02X written %td bytes %s", *damage,
                        damage < (uint8_t *)b->info.start
                            ? (uint8_t *)b->info.start - damage
                            : damage - (uint8_t *)b->info.start - (ptrdiff_t)b->info.size + 1,
                        damage < (uint8_t *)b->info.start ? "before its start" : "past its end"),
        .allowed = "writes inside the block");
    for (const struct hold *h = b->holds; h != NULL; h = h->next)
        CN_CHECK((enum cn_rule_id)h->rule, false, .call = call, .object = h->object,
                 .found = "its memory is freed while it is in use");
    if (b->info.size > 0)
        cn_sync_memory_gone(b->info.start, b->info.size);
    const struct cn_frame *f = cn_frame_top();
    block_end(b, f != NULL ? f->place : NULL, call);
}

bool cn_pool_find(const void *p, struct cn_pool_info *out)
{
    const struct block *b = block_with(p);
    if (b != NULL && out != NULL)
        *out = b->info;
    return b != NULL;
}

bool cn_pool_explain(const void *address, char *buf, size_t size)
{
    struct cn_text t;
    char tag[5], where[160];
    cn_text_init(&t, buf, size);
    const struct block *b = block_before(address);
    if (b != NULL) {
        size_t offset = (size_t)((uintptr_t)address - (uintptr_t)b->info.start);
        bool inside = offset < b->info.size;
        if (inside || (b->map != NULL && (uintptr_t)address - (uintptr_t)b->map < b->map_size)) {
            cn_text_put(&t, "%zu bytes %s a block of %zu bytes with tag '%s', allocated at %s",
                        inside ? offset : offset - b->info.size,
                        inside ? "into" : "past the end of", b->info.size,
                        cn_pool_tag(b->info.tag, tag),
                        cn_image_describe(b->info.place, where, sizeof(where)));
            return true;
        }
    }
    const struct epitaph *e = epitaph_with(address);
    if (e == NULL)
        return false;
    cn_text_put(&t, "in a block of %zu bytes with tag '%s', allocated at %s", e->info.size,
                cn_pool_tag(e->info.tag, tag),
                cn_image_describe(e->info.place, where, sizeof(where)));
    cn_text_put(&t, ", freed by %s at %s", e->freed_by,
                cn_image_describe(e->freed_at, where, sizeof(where)));
    return true;
}

bool cn_pool_may_have(uint64_t scope)
{
    return scope_live[scope % SCOPE_SLOTS] != 0;
}

void cn_pool_each(struct cn_driver *driver, void (*each)(void *arg, const struct cn_pool_info *),
                  void *arg)
{
    struct cn_list *list = driver != NULL ? &driver->allocations : &house;
    CN_LIST_EACH_SAFE(pos, next, list)
    each(arg, &CN_LIST_ENTRY(pos, struct block, link)->info);
}

size_t cn_pool_live(const struct cn_driver *driver)
{
    size_t n = 0;
    CN_LIST_EACH(pos, driver != NULL ? &driver->allocations : &house)
    n++;
    return n;
}

void cn_pool_hold(const void *p, int rule, const char *object)
{
    struct block *b = block_with(p);
    struct hold *h = b != NULL ? calloc(1, sizeof(*h)) : NULL;
    if (h == NULL)
        return;
    h->rule = rule;
    snprintf(h->object, sizeof(h->object), "%s", object);
    h->next = b->holds;
    b->holds = h;
}

void cn_pool_release(const void *p, int rule)
{
    struct block *b = block_with(p);
    if (b == NULL)
        return;
    for (struct hold **at = &b->holds; *at != NULL; at = &(*at)->next) {
        struct hold *h = *at;
        if (h->rule == rule) {
            *at = h->next;
            free(h);
            return;
        }
    }
}

void cn_pool_guarded(bool on)
{
    guarded = on;
}

bool cn_pool_is_guarded(void)
{
    return guarded;
}

/* -- what is left at the end ------------------------------------------------------------------- */

/* True for the oldest of the blocks that one place allocated with one tag. */
static bool first_of_site(const struct cn_list *list, const struct block *b)
{
    CN_LIST_EACH(pos, list)
    {
        const struct block *other = CN_LIST_ENTRY(pos, struct block, link);
        if (other->info.place == b->info.place && other->info.tag == b->info.tag)
            return other == b;
    }
    return true;
}

static void tell_site(struct cn_driver *driver, const struct block *b)
{
    size_t count = 0, bytes = 0;
    CN_LIST_EACH(pos, &driver->allocations)
    {
        const struct block *other = CN_LIST_ENTRY(pos, struct block, link);
        if (other->info.place == b->info.place && other->info.tag == b->info.tag) {
            count++;
            bytes += other->info.size;
        }
    }
    char tag[5], where[160];
    cn_pool_tag(b->info.tag, tag);
    CN_TRACE(LEAK, "pool", CN_STR("driver", driver->name), CN_STR("what", "pool"),
             CN_U64("count", count), CN_U64("size", bytes), CN_STR("tag", tag),
             CN_STR("place", cn_image_describe(b->info.place, where, sizeof(where))));
    CN_CHECK(CN_MEM_005, false, .driver = driver->name, .call = b->info.call,
             .place = b->info.place, .member = cn_fmt("tag '%s'", tag),
             .object =
                 b->info.scope_name != NULL ? cn_fmt("allocated in %s", b->info.scope_name) : NULL,
             .found = cn_fmt("%zu block%s, %zu bytes", count, count == 1 ? "" : "s", bytes),
             .allowed = "none when the driver is unloaded");
}

void cn_pool_driver_end(struct cn_driver *driver, bool quiet)
{
    if (!quiet) {
        cn_rule_checked(CN_MEM_005);
        CN_LIST_EACH(pos, &driver->allocations)
        {
            const struct block *b = CN_LIST_ENTRY(pos, struct block, link);
            if (first_of_site(&driver->allocations, b))
                tell_site(driver, b);
        }
    }
    while (!cn_list_empty(&driver->allocations))
        block_end(CN_LIST_ENTRY(driver->allocations.next, struct block, link), NULL, "the runtime");
}

void cn_pool_stop(void)
{
    while (root != NULL)
        block_end(root, NULL, "the runtime");
    /* It is filled from its start; what was never used is not touched, being many pages. */
    unsigned used =
        quarantine[QUARANTINE - 1].info.start != NULL ? (unsigned)QUARANTINE : quarantine_next;
    for (unsigned i = 0; i < used; i++)
        if (quarantine[i].map != NULL)
            munmap(quarantine[i].map, quarantine[i].map_size);
    memset(quarantine, 0, used * sizeof(quarantine[0]));
    quarantine_next = 0;
    guarded = false;
    priority_seed = 1;
}
