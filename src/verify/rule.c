/* rule.c - the rulebook as a table, and what happens when a check has decided.
 *
 * Distinct findings are told once. They are remembered by a 64-bit hash in a table of fixed size,
 * because a finding may be told after a crash, when the allocator cannot be trusted any more; a run
 * with more distinct findings than the table takes counts the others and does not tell them.
 */
#include "verify/rule.h"

#include <strings.h>

#include "trace/trace.h"

const struct cn_rule cn_rules[CN_RULE_COUNT] = {
#define ROW(kind_, cat, num, sev, basis_, roles_, what_, why_, source_, remedy_)                   \
    [CN_##cat##_##num] = {.id = #cat "-" #num,                                                     \
                          .category = #cat,                                                        \
                          .severity = CN_##sev,                                                    \
                          .basis = CN_##basis_,                                                    \
                          .kind = CN_RULE_##kind_,                                                 \
                          .roles = roles_,                                                         \
                          .what = what_,                                                           \
                          .why = why_,                                                             \
                          .source = source_,                                                       \
                          .remedy = remedy_},
#define RULE(cat, num, ...)           ROW(CHECKED, cat, num, __VA_ARGS__)
#define RULE_KEPT(cat, num, ...)      ROW(KEPT, cat, num, __VA_ARGS__)
#define RULE_SAME(cat, num, ...)      ROW(SAME, cat, num, __VA_ARGS__)
#define RULE_UNDECIDED(cat, num, ...) ROW(UNDECIDED, cat, num, __VA_ARGS__)
#include "verify/rules/all.def"
#undef ROW
};

enum { TABLE = 1 << 14, TOLD_MAX = TABLE / 4 * 3 };

static struct {
    bool checked[CN_RULE_COUNT];
    unsigned broken[CN_RULE_COUNT];
    unsigned checked_count, broken_count, told;
    uint64_t table[TABLE];
} state;

static void (*attribute)(struct cn_attribution *out);
static char *(*describe)(const void *address, char *buf, size_t size);

const struct cn_rule *cn_rule_find(const char *id)
{
    for (size_t i = 0; i < CN_RULE_COUNT; i++)
        if (strcasecmp(cn_rules[i].id, id) == 0)
            return &cn_rules[i];
    return NULL;
}

const char *cn_severity_name(enum cn_severity s)
{
    static const char *const names[] = {"info", "warning", "error"};
    cn_assert((size_t)s < CN_ARRAY_SIZE(names));
    return names[s];
}

const char *cn_basis_name(enum cn_basis b)
{
    static const char *const names[] = {"house", "inferred", "should", "must"};
    cn_assert((size_t)b < CN_ARRAY_SIZE(names));
    return names[b];
}

const char *cn_rule_kind_name(enum cn_rule_kind k)
{
    static const char *const names[] = {"checked", "kept", "same", "undecided"};
    cn_assert((size_t)k < CN_ARRAY_SIZE(names));
    return names[k];
}

void cn_verify_attribute(void (*who)(struct cn_attribution *out))
{
    attribute = who;
}

void cn_verify_describe(char *(*how)(const void *address, char *buf, size_t size))
{
    describe = how;
}

void cn_rule_checked(enum cn_rule_id rule)
{
    cn_assert(rule < CN_RULE_COUNT);
    if (state.checked[rule])
        return;
    state.checked[rule] = true;
    state.checked_count++;
}

/* FNV-1a; the NUL is part of it, so that "ab","c" differs from "a","bc". */
static uint64_t hash_string(uint64_t h, const char *s)
{
    for (const char *c = s != NULL ? s : "";; c++) {
        h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
        if (*c == '\0')
            return h;
    }
}

/* True when no such finding was told before; it is remembered. */
static bool is_new(const struct cn_finding *f)
{
    uint64_t h = (UINT64_C(0xcbf29ce484222325) ^ f->rule) * UINT64_C(0x100000001b3);
    h = hash_string(h, f->driver);
    h = hash_string(h, f->call);
    h = hash_string(h, f->structure);
    h = hash_string(h, f->member) | 1; /* never 0, which marks an empty place */
    size_t at = h >> 32 & (TABLE - 1);
    while (state.table[at] != 0 && state.table[at] != h)
        at = (at + 1) & (TABLE - 1);
    if (state.table[at] == h)
        return false;
    if (state.told < TOLD_MAX)
        state.table[at] = h;
    return true;
}

static const char *place_text(const void *place, char *buf, size_t size)
{
    return place != NULL && describe != NULL ? describe(place, buf, size) : NULL;
}

/* Tells a finding that is new. */
static void tell(const struct cn_finding *f)
{
    char place[512];
    const struct cn_rule *r = &cn_rules[f->rule];
    state.told++;
    CN_TRACE(
        FINDING, r->id, CN_STR("rule", r->id), CN_STR("severity", cn_severity_name(r->severity)),
        CN_STR("driver", f->driver), CN_STR("call", f->call), CN_STR("structure", f->structure),
        CN_STR("member", f->member), CN_STR("object", f->object), CN_STR("found", f->found),
        CN_STR("allowed", f->allowed), CN_STR("place", place_text(f->place, place, sizeof(place))),
        CN_STR("what", r->what), CN_STR("source", r->source), CN_STR("remedy", r->remedy));
}

bool cn_rule_broken(const struct cn_finding *finding)
{
    struct cn_finding f = *finding;
    struct cn_attribution who = {.driver = NULL};
    cn_assert(f.rule < CN_RULE_COUNT);
    if (attribute != NULL)
        attribute(&who);
    f.driver = f.driver != NULL ? f.driver : who.driver;
    f.call = f.call != NULL ? f.call : who.call;
    f.place = f.place != NULL ? f.place : who.place;
    cn_rule_checked(f.rule);
    if (is_new(&f)) {
        state.broken[f.rule]++;
        state.broken_count++;
        if (state.told < TOLD_MAX)
            tell(&f);
    }
    return false;
}

unsigned cn_verify_checked(void)
{
    return state.checked_count;
}

unsigned cn_verify_broken(void)
{
    return state.broken_count;
}

unsigned cn_verify_broken_rule(enum cn_rule_id rule)
{
    cn_assert(rule < CN_RULE_COUNT);
    return state.broken[rule];
}

void cn_verify_reset(void)
{
    if (state.broken_count > 0) { /* the table is large and mostly untouched */
        memset(state.table, 0, sizeof(state.table));
        memset(state.broken, 0, sizeof(state.broken));
    }
    memset(state.checked, 0, sizeof(state.checked));
    state.checked_count = state.broken_count = state.told = 0;
}
