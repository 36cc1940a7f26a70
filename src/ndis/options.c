/* options.c - NdisSetOptionalHandlers, and what a driver is by the functions it registered.
 *
 * Which structure may come from whom stands in two sets below; when it may come is decided by the
 * upcall the driver is in. Statuses are those of ddi/nf-ndis-ndissetoptionalhandlers#returns:
 * NOT_SUPPORTED for drivers of NDIS 5, FAILURE for every other refusal.
 *
 * The role of a driver is only known when XxxSetOptions is over: the same structure asks for other
 * members in an MCM than in a miniport driver. cn_role_judge looks at all that was registered.
 */
#include "ndis/binding.h"
#include "ndis/registration.h"
#include "ndis/version.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define FIRST CN_S_NDIS_MINIPORT_CO_CHARACTERISTICS
#define LAST  CN_S_NDIS_NDK_PROVIDER_CHARACTERISTICS
#define S(id) (UINT64_C(1) << CN_S_##id)

/* Page: ddi/nf-ndis-ndissetoptionalhandlers#remarks, ddi/nc-ndis-set_options#remarks */
static const uint64_t of_miniport =
    S(NDIS_MINIPORT_CO_CHARACTERISTICS) | S(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS) |
    S(NDIS_MINIPORT_PNP_CHARACTERISTICS) | S(NDIS_MINIPORT_SS_CHARACTERISTICS) |
    S(NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS) | S(NDIS_NDK_PROVIDER_CHARACTERISTICS) |
    S(NDIS_PROVIDER_CHIMNEY_OFFLOAD_GENERIC_CHARACTERISTICS) |
    S(NDIS_PROVIDER_CHIMNEY_OFFLOAD_TCP_CHARACTERISTICS) |
    S(NDIS_CLIENT_CHIMNEY_OFFLOAD_GENERIC_CHARACTERISTICS) |
    S(NDIS_CLIENT_CHIMNEY_OFFLOAD_TCP_CHARACTERISTICS);
static const uint64_t of_protocol =
    S(NDIS_PROTOCOL_CO_CHARACTERISTICS) | S(NDIS_CO_CLIENT_OPTIONAL_HANDLERS) |
    S(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS) | S(NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS) |
    S(NDIS_CLIENT_CHIMNEY_OFFLOAD_GENERIC_CHARACTERISTICS) |
    S(NDIS_CLIENT_CHIMNEY_OFFLOAD_TCP_CHARACTERISTICS);

/* Whom a call concerns. */
struct target {
    struct cn_registration *reg;
    struct cn_binding *binding; /* NULL: the driver as a whole */
    struct cn_handlers *handlers;
};

static bool target_find(NDIS_HANDLE handle, struct target *t)
{
    *t = (struct target){0};
    struct cn_driver *driver = cn_driver_current();
    if ((t->reg = cn_handle_get(handle, CN_KIND_MINIPORT)) == NULL)
        t->reg = cn_handle_get(handle, CN_KIND_PROTOCOL);
    if (t->reg == NULL && (t->binding = cn_handle_get(handle, CN_KIND_BINDING)) != NULL)
        t->reg = t->binding->reg;
    if (t->reg == NULL || t->reg->driver != driver)
        return false;
    t->handlers = t->binding != NULL ? &t->binding->optional : &t->reg->optional;
    return true;
}

static enum cn_rule_id timing_rule(const struct cn_registration *r)
{
    unsigned roles = cn_driver_current() == NULL ? 0 : cn_driver_current()->roles;
    bool miniport = r != NULL ? r->obj.kind == CN_KIND_MINIPORT
                              : (roles & CN_ROLE_MINIPORT) != 0 ||
                                    cn_frame_inside("MiniportSetOptions") != NULL;
    return miniport ? CN_REG_020 : CN_REG_021;
}

static const char *place_text(void)
{
    for (const struct cn_frame *f = cn_frame_top(); f != NULL; f = f->up)
        if (f->kind == CN_FRAME_UPCALL)
            return cn_fmt("a call inside %s", f->name);
    return "a call outside of any function that NDIS called";
}

static bool timing_good(const struct target *t)
{
    bool miniport = t->reg->obj.kind == CN_KIND_MINIPORT;
    if (t->binding == NULL)
        return CN_CHECK(timing_rule(t->reg), t->reg->in_options, .found = place_text(),
                        .allowed = miniport ? "MiniportSetOptions" : "ProtocolSetOptions");
    return CN_CHECK(CN_REG_021,
                    cn_frame_inside("ProtocolBindAdapterEx") != NULL ||
                        cn_frame_inside("ProtocolOpenAdapterCompleteEx") != NULL,
                    .object = t->binding->obj.name, .found = place_text(),
                    .allowed = "ProtocolBindAdapterEx or ProtocolOpenAdapterCompleteEx");
}

/* Which structure it is, by its header alone; CN_S_NONE when the driver may not register it. */
static enum cn_structure_id kind_find(const struct target *t, const void *given)
{
    struct cn_header h;
    bool miniport = t->reg->obj.kind == CN_KIND_MINIPORT;
    if (!CN_CHECK(CN_HOST_005, cn_structure_header(given, &h), .member = "OptionalHandlers",
                  .found = given == NULL ? "NULL" : cn_fmt("unreadable address %p", given),
                  .allowed = "pointer to a structure"))
        return CN_S_NONE;
    enum cn_structure_id id = cn_structure_of_type(h.type, FIRST, LAST);
    uint64_t set = miniport ? of_miniport : of_protocol;
    bool good = id != CN_S_NONE && (set >> id & 1) != 0;
    if (!CN_CHECK(CN_REG_022, good, .structure = id == CN_S_NONE ? NULL : cn_structure_name(id),
                  .member = "Header.Type",
                  .found = id == CN_S_NONE ? cn_fmt("0x%02x", h.type) : cn_structure_name(id),
                  .allowed = miniport ? "a structure for miniport drivers"
                                      : "a structure for protocol drivers"))
        return CN_S_NONE;
    return id;
}

/* Where the copy of a structure goes, NULL for those that are noted only. */
static void *slot(struct cn_handlers *h, enum cn_structure_id id, size_t *size)
{
#define SLOT(type, member)                                                                         \
    case CN_S_##type:                                                                              \
        *size = sizeof(h->member);                                                                 \
        return &h->member
    switch (id) {
        SLOT(NDIS_MINIPORT_CO_CHARACTERISTICS, mco);
        SLOT(NDIS_PROTOCOL_CO_CHARACTERISTICS, pco);
        SLOT(NDIS_CO_CLIENT_OPTIONAL_HANDLERS, cl);
        SLOT(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS, cm);
        SLOT(NDIS_MINIPORT_PNP_CHARACTERISTICS, pnp);
        SLOT(NDIS_MINIPORT_SS_CHARACTERISTICS, ss);
    default:
        *size = 0;
        return NULL;
    }
#undef SLOT
}

/* What the table of members cannot say. */
static bool special_good(const struct cn_handlers *h, enum cn_structure_id id, bool miniport)
{
    if (id == CN_S_NDIS_MINIPORT_CO_CHARACTERISTICS)
        return CN_CHECK(CN_REG_023, h->mco.Flags == 0, .structure = cn_structure_name(id),
                        .member = "Flags", .found = cn_fmt("0x%x", (unsigned)h->mco.Flags),
                        .allowed = "0");
    if (id == CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS)
        return CN_CHECK(
            miniport ? CN_REG_030 : CN_REG_029, h->cm.CmNotifyCloseAfCompleteHandler != NULL,
            .structure = cn_structure_name(id), .member = "CmNotifyCloseAfCompleteHandler",
            .found = "NULL", .allowed = "address of a function");
    return true;
}

NDIS_STATUS cn_optional_set(NDIS_HANDLE handle, const void *given)
{
    struct target target;
    if (!target_find(handle, &target)) {
        CN_CHECK(timing_rule(NULL), false, .member = "NdisHandle",
                 .found = cn_handle_explain(handle, CN_KIND_NONE),
                 .allowed = "the NdisDriverHandle of XxxSetOptions, or for a protocol driver the "
                            "handle of an open binding");
        return NDIS_STATUS_FAILURE;
    }
    if (target.reg->major < 6)
        return NDIS_STATUS_NOT_SUPPORTED;
    if (!timing_good(&target))
        return NDIS_STATUS_FAILURE;
    enum cn_structure_id id = kind_find(&target, given);
    if (id == CN_S_NONE)
        return NDIS_STATUS_FAILURE;
    bool miniport = target.reg->obj.kind == CN_KIND_MINIPORT;
    struct cn_handlers copy;
    struct cn_taking t = {
        .id = id,
        .given = given,
        .call = "NdisSetOptionalHandlers",
        .major = target.reg->major,
        .minor = target.reg->minor,
        .rule_missing =
            miniport && id == CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS ? CN_REG_030 : 0};
    char scratch[8];
    t.copy = slot(&copy, id, &t.copy_size);
    if (t.copy == NULL)
        t.copy = scratch;
    if (cn_structure_take(&t) != CN_TAKEN_GOOD || !special_good(&copy, id, miniport))
        return NDIS_STATUS_FAILURE;
    /* A binding begins with what the driver registered: to set the same there is no second time. */
    CN_CHECK(CN_REG_033, target.binding != NULL || !cn_handlers_have(target.handlers, id),
             .structure = cn_structure_name(id), .found = "a second registration",
             .allowed = "one");
    size_t size;
    void *to = slot(target.handlers, id, &size);
    if (to != NULL)
        memcpy(to, slot(&copy, id, &size), size);
    target.handlers->have |= UINT64_C(1) << id;
    if (target.binding != NULL)
        cn_role_tell(target.reg, target.handlers);
    return NDIS_STATUS_SUCCESS;
}

/* -- Roles ------------------------------------------------------------------------------------- */

struct member {
    const char *name;
    size_t offset;
};

#define MEMBER(name)                                                                               \
    {                                                                                              \
#name, offsetof(NDIS_MINIPORT_CO_CHARACTERISTICS, name)                                    \
    }
static const struct member co_members[] = {
    MEMBER(CoCreateVcHandler),     MEMBER(CoDeleteVcHandler),           MEMBER(CoActivateVcHandler),
    MEMBER(CoDeactivateVcHandler), MEMBER(CoSendNetBufferListsHandler), MEMBER(CoOidRequestHandler),
};
enum { CO_CREATE, CO_DELETE, CO_SEND = 4, CO_OID };

static bool co_member_set(const struct cn_handlers *h, unsigned i)
{
    void *value;
    memcpy(&value, (const char *)&h->mco + co_members[i].offset, sizeof(value));
    return value != NULL;
}

static bool co_member_check(const struct cn_handlers *h, unsigned i, enum cn_rule_id rule, bool set)
{
    return CN_CHECK(rule, co_member_set(h, i) == set,
                    .structure = "NDIS_MINIPORT_CO_CHARACTERISTICS", .member = co_members[i].name,
                    .found = set ? "NULL" : "a function",
                    .allowed = set ? "address of a function" : "NULL");
}

static bool mcm_judge(const struct cn_handlers *h)
{
    co_member_check(h, CO_CREATE, CN_REG_025, false);
    co_member_check(h, CO_DELETE, CN_REG_025, false);
    bool good = co_member_check(h, CO_SEND, CN_REG_026, true);
    good &= co_member_check(h, CO_OID, CN_REG_026, true);
    good &= CN_CHECK(
        CN_REG_031, (void *)h->cm.CmOidRequestHandler != (void *)h->mco.CoOidRequestHandler,
        .structure = "NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS", .member = "CmOidRequestHandler",
        .found = "the same function as CoOidRequestHandler",
        .allowed = "a ProtocolCoOidRequest function");
    return good;
}

bool cn_role_judge(const struct cn_registration *r)
{
    const struct cn_handlers *h = &r->optional;
    bool co = cn_handlers_have(h, CN_S_NDIS_MINIPORT_CO_CHARACTERISTICS);
    bool cm = cn_handlers_have(h, CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS);
    if (r->obj.kind != CN_KIND_MINIPORT)
        return true;
    CN_CHECK(CN_REG_011, r->mp.OidRequestHandler != NULL || co,
             .structure = "NDIS_MINIPORT_DRIVER_CHARACTERISTICS", .member = "OidRequestHandler",
             .found = "NULL", .allowed = "address of a function in a connectionless driver");
    if (co && cm)
        return mcm_judge(h);
    bool good = true;
    for (unsigned i = 0; co && i < CN_ARRAY_SIZE(co_members); i++)
        good &= co_member_check(h, i, CN_REG_024, true);
    return good;
}

const char *cn_role_text(unsigned roles)
{
    bool mcm = (roles & CN_ROLE_CO_MINIPORT) != 0 && (roles & CN_ROLE_CALL_MANAGER) != 0;
    struct cn_text t;
    char buf[200];
    cn_text_init(&t, buf, sizeof(buf));
    if (mcm)
        cn_text_put(&t, "miniport call manager (MCM)");
    else if (roles & CN_ROLE_CO_MINIPORT)
        cn_text_put(&t, "CoNDIS miniport driver");
    else if (roles & CN_ROLE_MINIPORT)
        cn_text_put(&t, "miniport driver");
    if ((roles & CN_ROLE_PROTOCOL) != 0 && t.len != 0)
        cn_text_put(&t, " and ");
    if ((roles & CN_ROLE_CLIENT) != 0 && (roles & CN_ROLE_CALL_MANAGER) != 0 && !mcm)
        cn_text_put(&t, "client and call manager");
    else if (roles & CN_ROLE_CLIENT)
        cn_text_put(&t, "client");
    else if ((roles & CN_ROLE_CALL_MANAGER) != 0 && !mcm)
        cn_text_put(&t, (roles & CN_ROLE_PROTOCOL) != 0 ? "call manager" : " with half an MCM");
    else if (roles & CN_ROLE_CO_PROTOCOL)
        cn_text_put(&t, "CoNDIS protocol driver");
    else if (roles & CN_ROLE_PROTOCOL)
        cn_text_put(&t, "protocol driver");
    return cn_fmt("%s", buf);
}

void cn_role_tell(struct cn_registration *r, const struct cn_handlers *h)
{
    struct cn_driver *d = r->driver;
    unsigned roles = r->obj.kind == CN_KIND_MINIPORT ? CN_ROLE_MINIPORT : CN_ROLE_PROTOCOL;
    if (cn_handlers_have(h, CN_S_NDIS_MINIPORT_CO_CHARACTERISTICS))
        roles |= CN_ROLE_CO_MINIPORT;
    if (cn_handlers_have(h, CN_S_NDIS_PROTOCOL_CO_CHARACTERISTICS))
        roles |= CN_ROLE_CO_PROTOCOL;
    if (cn_handlers_have(h, CN_S_NDIS_CO_CLIENT_OPTIONAL_HANDLERS))
        roles |= CN_ROLE_CLIENT;
    if (cn_handlers_have(h, CN_S_NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS))
        roles |= CN_ROLE_CALL_MANAGER;
    if ((d->roles | roles) == d->roles)
        return;
    d->roles |= roles;
    CN_TRACE(ROLE, cn_role_text(d->roles), CN_STR("driver", d->name),
             CN_STR("role", cn_role_text(d->roles)),
             CN_STR("version", cn_version_text(r->major, r->minor)));
}
