/* structure.c - the engine over structures.def and verify/revisions.def.
 * Page: guide/overview-of-ndis-support-for-header-versions */
#include "ndis/structure.h"

#include "load/image.h"
#include "load/probe.h"
#include "ndis/version.h"
#include "nt/nt.h"
#include "trace/trace.h"
#include "verify/rule.h"

#include "ndis.h"

struct structure {
    const char *name;
    uint8_t type;
    int rule;
    size_t size; /* of the newest form we know; 0 = opaque */
};

static const struct structure structures[CN_S_COUNT] = {
#define STRUCTURE(type_, object, rule_) [CN_S_##type_] = {#type_, object, rule_, sizeof(type_)},
#define OPAQUE(type_, object, rule_)    [CN_S_##type_] = {#type_, object, rule_, 0},
#define HANDLER(structure, member, revision, need, rule)
#include "ndis/structures.def"
#undef STRUCTURE
#undef OPAQUE
#undef HANDLER
};

enum need { OPTIONAL_, REQUIRED_, ROLE_ };

struct member {
    enum cn_structure_id structure;
    const char *name;
    size_t offset;
    uint8_t revision;
    enum need need;
    int rule;
};

static const struct member members[] = {
#define STRUCTURE(type, object, rule)
#define OPAQUE(type, object, rule)
#define HANDLER(structure, member, revision, need, rule)                                           \
    {CN_S_##structure, #member, offsetof(structure, member), revision, need##_, rule},
#include "ndis/structures.def"
#undef STRUCTURE
#undef OPAQUE
#undef HANDLER
};

struct revision {
    enum cn_structure_id structure;
    uint8_t revision;
    uint16_t size;
    uint8_t first_major, first_minor, last_major, last_minor;
};

static const struct revision revisions[] = {
#define REVISION(structure, revision, size, fmaj, fmin, lmaj, lmin, source)                        \
    {CN_S_##structure, revision, size, fmaj, fmin, lmaj, lmin},
#include "verify/revisions.def"
#undef REVISION
};

static unsigned version_number(uint8_t major, uint8_t minor)
{
    return (unsigned)major << 8 | minor;
}

static bool revision_fits(const struct revision *r, uint8_t major, uint8_t minor)
{
    unsigned v = version_number(major, minor);
    return v >= version_number(r->first_major, r->first_minor) &&
           v <= version_number(r->last_major, r->last_minor);
}

static const struct revision *revision_find(enum cn_structure_id id, uint8_t revision)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(revisions); i++)
        if (revisions[i].structure == id && revisions[i].revision == revision)
            return &revisions[i];
    return NULL;
}

/* "1 (6.0), 2 (6.1 to 6.70), 3 (6.80 and later)", for one version only when major is not 0. */
static const char *revision_list(enum cn_structure_id id, uint8_t major, uint8_t minor)
{
    struct cn_text t;
    char buf[200];
    cn_text_init(&t, buf, sizeof(buf));
    for (size_t i = 0; i < CN_ARRAY_SIZE(revisions); i++) {
        const struct revision *r = &revisions[i];
        if (r->structure != id || (major != 0 && !revision_fits(r, major, minor)))
            continue;
        cn_text_put(&t, "%sRevision %u", t.len == 0 ? "" : " or ", r->revision);
        if (major == 0)
            cn_text_put(&t, " (%u.%u%s)", r->first_major, r->first_minor,
                        r->last_minor == 255 ? " and later" : "");
    }
    return cn_fmt("%s", t.len == 0 ? "none" : buf);
}

const char *cn_structure_name(enum cn_structure_id id)
{
    cn_assert(id > CN_S_NONE && id < CN_S_COUNT);
    return structures[id].name;
}

uint8_t cn_structure_type(enum cn_structure_id id)
{
    cn_assert(id > CN_S_NONE && id < CN_S_COUNT);
    return structures[id].type;
}

enum cn_structure_id cn_structure_of_type(uint8_t type, enum cn_structure_id first,
                                          enum cn_structure_id last)
{
    for (int id = (int)first; id <= (int)last; id++)
        if (structures[id].type == type)
            return (enum cn_structure_id)id;
    return CN_S_NONE;
}

bool cn_structure_header(const void *given, struct cn_header *out)
{
    struct cn_header h;
    if (given == NULL || cn_probe_copy(&h, given, sizeof(h)) != 0)
        return false;
    *out = h;
    return true;
}

enum cn_taken cn_structure_open(struct cn_taking *t)
{
    const struct structure *s = &structures[t->id];
    bool readable = cn_structure_header(t->given, &t->header);
    if (!CN_CHECK((enum cn_rule_id)s->rule, readable, .structure = s->name, .call = t->call,
                  .found = t->given == NULL ? "NULL" : cn_fmt("unreadable address %p", t->given),
                  .allowed = cn_fmt("pointer to %s", s->name)))
        return CN_TAKEN_HEADER;
    if (!CN_CHECK((enum cn_rule_id)s->rule, t->header.type == s->type, .structure = s->name,
                  .call = t->call, .member = "Header.Type",
                  .found = cn_fmt("0x%02x", t->header.type), .allowed = cn_fmt("0x%02x", s->type)))
        return CN_TAKEN_HEADER;
    if (s->size == 0)
        return CN_TAKEN_GOOD;
    if (!CN_CHECK((enum cn_rule_id)s->rule, revision_find(t->id, t->header.revision) != NULL,
                  .structure = s->name, .call = t->call, .member = "Header.Revision",
                  .found = cn_fmt("%u", t->header.revision),
                  .allowed = revision_list(t->id, t->major, t->minor)))
        return CN_TAKEN_HEADER;
    return CN_TAKEN_GOOD;
}

/* Copies what Size vouches for. The documented size macro of the call manager structure leaves out
 * its last function pointer, which the structure nevertheless has: it is read as far as it can be.
 */
static bool copy_in(struct cn_taking *t)
{
    size_t whole = CN_MIN(t->copy_size, structures[t->id].size);
    size_t size = CN_MIN((size_t)t->header.size, whole);
    memset(t->copy, 0, t->copy_size);
    if (cn_probe_copy(t->copy, t->given, size) != 0)
        return false;
    if (t->id == CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS && size < whole &&
        cn_probe_copy((char *)t->copy + size, (const char *)t->given + size, whole - size) != 0)
        memset((char *)t->copy + size, 0, whole - size);
    return true;
}

static bool is_function(const void *address)
{
    struct cn_image *image = cn_image_find(address);
    return image != NULL && cn_image_is_code(image, address);
}

static bool member_good(const struct cn_taking *t, const struct member *m, const void *value,
                        bool builtin)
{
    const char *structure = structures[t->id].name;
    if (value == NULL) {
        if (m->need != REQUIRED_)
            return true;
        int rule = t->rule_missing != 0 ? t->rule_missing : m->rule;
        return CN_CHECK((enum cn_rule_id)rule, false, .structure = structure, .call = t->call,
                        .member = m->name, .found = "NULL", .allowed = "address of a function");
    }
    if (m->need == REQUIRED_)
        cn_rule_checked((enum cn_rule_id)(t->rule_missing != 0 ? t->rule_missing : m->rule));
    return CN_CHECK(CN_REG_049, builtin || is_function(value), .structure = structure,
                    .call = t->call, .member = m->name, .found = cn_fmt("%p", value),
                    .allowed = "NULL or the address of a function in a loaded driver");
}

static void tell_structure(const struct cn_taking *t, const struct cn_driver *d, unsigned handlers)
{
    CN_TRACE(STRUCTURE, structures[t->id].name, CN_STR("driver", d ? d->name : NULL),
             CN_STR("call", t->call), CN_U64("revision", t->header.revision),
             CN_U64("size", t->header.size), CN_STR("version", cn_version_text(t->major, t->minor)),
             CN_U64("handlers", handlers));
}

/* Checks and tells the function pointers of the copy. */
static enum cn_taken members_read(struct cn_taking *t)
{
    struct cn_driver *d = cn_driver_current();
    bool builtin = d == NULL || d->peer;
    bool good = true;
    unsigned handlers = 0;
    for (size_t i = 0; i < CN_ARRAY_SIZE(members); i++) {
        const struct member *m = &members[i];
        if (m->structure != t->id || m->revision > t->header.revision)
            continue;
        void *value;
        memcpy(&value, (char *)t->copy + m->offset, sizeof(value));
        handlers += value != NULL;
        good &= member_good(t, m, value, builtin);
    }
    tell_structure(t, d, handlers);
    for (size_t i = 0; i < CN_ARRAY_SIZE(members); i++) {
        const struct member *m = &members[i];
        void *value;
        if (m->structure != t->id || m->revision > t->header.revision)
            continue;
        memcpy(&value, (char *)t->copy + m->offset, sizeof(value));
        /* Where a built-in driver's functions are differs from process to process, and tells nobody
         * anything. */
        char where[160] = "built in";
        if (value != NULL && (d == NULL || !d->peer))
            cn_image_describe(value, where, sizeof(where));
        CN_TRACE(HANDLER, m->name, CN_STR("driver", d ? d->name : NULL),
                 CN_STR("structure", structures[t->id].name),
                 CN_STR("function", value == NULL ? NULL : where));
    }
    return good ? CN_TAKEN_GOOD : CN_TAKEN_HANDLER;
}

enum cn_taken cn_structure_read(struct cn_taking *t)
{
    const struct structure *s = &structures[t->id];
    if (s->size == 0) {
        tell_structure(t, cn_driver_current(), 0);
        return CN_TAKEN_GOOD;
    }
    const struct revision *r = revision_find(t->id, t->header.revision);
    cn_assert(r != NULL);
    if (!CN_CHECK(CN_REG_006, t->header.size >= r->size, .structure = s->name, .call = t->call,
                  .member = "Header.Size", .found = cn_fmt("%u", t->header.size),
                  .allowed = cn_fmt("%u or more for Revision %u", r->size, r->revision)))
        return CN_TAKEN_SIZE;
    if (!CN_CHECK(CN_REG_007, revision_fits(r, t->major, t->minor), .structure = s->name,
                  .call = t->call, .member = "Header.Revision", .found = cn_fmt("%u", r->revision),
                  .allowed = cn_fmt("%s for NDIS %u.%u", revision_list(t->id, t->major, t->minor),
                                    t->major, t->minor)))
        return CN_TAKEN_REVISION;
    if (!CN_CHECK(CN_REG_006, copy_in(t), .structure = s->name, .call = t->call,
                  .member = "Header.Size", .found = cn_fmt("%u, not all readable", t->header.size),
                  .allowed = "the size of the structure"))
        return CN_TAKEN_SIZE;
    return members_read(t);
}

enum cn_taken cn_structure_take(struct cn_taking *t)
{
    enum cn_taken opened = cn_structure_open(t);
    return opened == CN_TAKEN_GOOD ? cn_structure_read(t) : opened;
}

const char *cn_structure_changed(enum cn_structure_id id, const void *then, const void *now)
{
    uint8_t revision = ((const struct cn_header *)then)->revision;
    for (size_t i = 0; i < CN_ARRAY_SIZE(members); i++) {
        const struct member *m = &members[i];
        void *before, *after;
        if (m->structure != id || m->revision > revision)
            continue;
        memcpy(&before, (const char *)then + m->offset, sizeof(before));
        memcpy(&after, (const char *)now + m->offset, sizeof(after));
        if (after != NULL && after != before)
            return m->name;
    }
    return NULL;
}

bool cn_structure_revision(enum cn_structure_id id, uint8_t major, uint8_t minor, uint8_t *revision,
                           uint16_t *size)
{
    const struct revision *best = NULL;
    for (size_t i = 0; i < CN_ARRAY_SIZE(revisions); i++) {
        const struct revision *r = &revisions[i];
        if (r->structure == id && revision_fits(r, major, minor) &&
            (best == NULL || r->revision > best->revision))
            best = r;
    }
    if (best == NULL)
        return false;
    *revision = best->revision;
    *size = best->size;
    return true;
}

bool cn_structure_fill(enum cn_structure_id id, void *filled, uint8_t major, uint8_t minor)
{
    struct cn_header h = {.type = structures[id].type};
    if (!cn_structure_revision(id, major, minor, &h.revision, &h.size))
        return false;
    memcpy(filled, &h, sizeof(h));
    return true;
}

void *cn_structure_lend(enum cn_structure_id id, const void *filled, uint8_t major, uint8_t minor)
{
    struct cn_header h = {.type = structures[id].type};
    if (!cn_structure_revision(id, major, minor, &h.revision, &h.size))
        return NULL;
    /* Reading past the end of the copy is a fault, which is reported as this rule. */
    cn_rule_checked(CN_REG_008);
    /* The copy is aligned as the structure is, so padding at the end of a revision stays readable.
     */
    size_t size = CN_MIN(CN_ALIGN_UP((size_t)h.size, sizeof(void *)), structures[id].size);
    void *copy = cn_guard_copy(filled, CN_MAX(size, h.size));
    if (copy != NULL)
        memcpy(copy, &h, sizeof(h));
    return copy;
}
