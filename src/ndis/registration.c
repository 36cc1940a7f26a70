/* registration.c - drivers register with NDIS and take their registration back.
 *
 * A registration structure is judged as a whole before anything exists: header, version, revision
 * and size, handlers, and the few members that depend on each other. Then the registration comes
 * into being, XxxSetOptions runs within it, and what that registered is judged as a whole again
 * (options.c). A refusal at any point leaves nothing behind.
 *
 * Statuses are those of ddi/nf-ndis-ndismregisterminiportdriver#returns and
 * ddi/nf-ndis-ndisregisterprotocoldriver#returns: BAD_VERSION for the version members,
 * BAD_CHARACTERISTICS for everything else in the structure, RESOURCES for memory, FAILURE for the
 * rest.
 */
#include "ndis/registration.h"

#include <stdlib.h>

#include "load/image.h"
#include "load/probe.h"
#include "ndis/adapter.h"
#include "ndis/binding.h"
#include "ndis/leak.h"
#include "ndis/upcall.h"
#include "ndis/version.h"
#include "trace/trace.h"
#include "verify/rule.h"

static struct cn_list registrations = {&registrations, &registrations};

struct cn_ndis_driver *cn_ndis_driver(struct cn_driver *driver)
{
    struct cn_ndis_driver *nd = driver->ndis;
    if (nd == NULL && (nd = calloc(1, sizeof(*nd))) != NULL) {
        cn_list_init(&nd->leaks);
        driver->ndis = nd;
    }
    return nd;
}

struct cn_registration *cn_registration_next(const struct cn_registration *r)
{
    struct cn_list *next = r == NULL ? registrations.next : r->link.next;
    return next == &registrations ? NULL : CN_LIST_ENTRY(next, struct cn_registration, link);
}

struct cn_registration *cn_registration_of(const struct cn_driver *driver, enum cn_kind kind)
{
    for (struct cn_registration *r = NULL; (r = cn_registration_next(r)) != NULL;)
        if (r->driver == driver && r->obj.kind == kind)
            return r;
    return NULL;
}

static void registration_free(struct cn_obj *o)
{
    free(o);
}

static struct cn_registration *registration_new(struct cn_driver *driver, enum cn_kind kind,
                                                NDIS_HANDLE context)
{
    struct cn_registration *r = calloc(1, sizeof(*r));
    if (r == NULL || cn_ndis_driver(driver) == NULL ||
        !cn_obj_init(&r->obj, kind, NULL, true, registration_free, "%s", driver->name)) {
        free(r);
        return NULL;
    }
    r->driver = driver;
    r->context = context;
    cn_list_insert(&registrations, &r->link);
    return r;
}

void cn_registration_end(struct cn_registration *r)
{
    if (r->context != NULL)
        cn_pool_release(r->context, CN_GEN_006);
    cn_list_remove(&r->link);
    cn_obj_end(&r->obj);
}

void cn_registration_take_back(struct cn_registration *r)
{
    for (struct cn_adapter *a = cn_adapter_next(NULL), *next; a != NULL; a = next) {
        struct cn_binding *b = cn_binding_of(a, r->driver);
        next = cn_adapter_next(a);
        if (r->obj.kind == CN_KIND_PROTOCOL && b != NULL)
            cn_binding_discard(b);
        if (a->reg == r)
            cn_adapter_discard(a);
    }
    cn_registration_end(r);
}

/* -- Judging the structure --------------------------------------------------------------------- */

/* The version members lie behind the header in both structures; they decide which revision of the
 * structure is the right one, so they are read before anything else of it. */
static bool version_good(struct cn_taking *t, enum cn_rule_id rule)
{
    _Static_assert(offsetof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS, MajorNdisVersion) ==
                       offsetof(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS, MajorNdisVersion),
                   "one offset for both");
    uint8_t version[2];
    const char *at =
        (const char *)t->given + offsetof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS, MajorNdisVersion);
    if (!CN_CHECK(CN_HOST_005, cn_probe_copy(version, at, sizeof(version)) == 0, .call = t->call,
                  .structure = cn_structure_name(t->id), .member = "MajorNdisVersion",
                  .found = "memory that cannot be read", .allowed = "a whole structure"))
        return false;
    t->major = version[0];
    t->minor = version[1];
    const char *found = cn_version_text(t->major, t->minor);
    if (!CN_CHECK(CN_REG_001, t->major >= 5, .structure = cn_structure_name(t->id),
                  .member = "MajorNdisVersion", .found = found, .allowed = "5.0 or later"))
        return false;
    return CN_CHECK(rule, cn_version_known(t->major, t->minor),
                    .structure = cn_structure_name(t->id),
                    .member = t->major == CN_NDIS_MAJOR ? "MinorNdisVersion" : "MajorNdisVersion",
                    .found = found, .allowed = cn_version_list());
}

static NDIS_STATUS take(struct cn_taking *t, enum cn_rule_id version_rule)
{
    if (cn_structure_open(t) != CN_TAKEN_GOOD)
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    if (!version_good(t, version_rule))
        return NDIS_STATUS_BAD_VERSION;
    return cn_structure_read(t) == CN_TAKEN_GOOD ? NDIS_STATUS_SUCCESS
                                                 : NDIS_STATUS_BAD_CHARACTERISTICS;
}

#define MINIPORT_STRUCTURE .structure = "NDIS_MINIPORT_DRIVER_CHARACTERISTICS"

/* Members that depend on each other. All are looked at, so that one run tells all that is wrong. */
static bool miniport_good(const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *c)
{
    const ULONG flags = NDIS_INTERMEDIATE_DRIVER | NDIS_WDM_DRIVER;
    CN_CHECK(CN_REG_015, (c->Flags & ~flags) == 0, MINIPORT_STRUCTURE, .member = "Flags",
             .found = cn_fmt("0x%x", (unsigned)c->Flags),
             .allowed = "0, NDIS_INTERMEDIATE_DRIVER, NDIS_WDM_DRIVER");
    if ((c->Flags & NDIS_INTERMEDIATE_DRIVER) != 0)
        CN_CHECK(CN_REG_013, c->CheckForHangHandlerEx == NULL && c->ResetHandlerEx == NULL,
                 MINIPORT_STRUCTURE,
                 .member =
                     c->CheckForHangHandlerEx != NULL ? "CheckForHangHandlerEx" : "ResetHandlerEx",
                 .found = "a function", .allowed = "NULL in an intermediate driver");
    bool good = CN_CHECK(CN_REG_012, c->CheckForHangHandlerEx == NULL || c->ResetHandlerEx != NULL,
                         MINIPORT_STRUCTURE, .member = "ResetHandlerEx", .found = "NULL",
                         .allowed = "a function, because CheckForHangHandlerEx is set");
    good &=
        CN_CHECK(CN_REG_014,
                 (c->DirectOidRequestHandler == NULL) == (c->CancelDirectOidRequestHandler == NULL),
                 MINIPORT_STRUCTURE,
                 .member = c->DirectOidRequestHandler == NULL ? "DirectOidRequestHandler"
                                                              : "CancelDirectOidRequestHandler",
                 .found = "NULL", .allowed = "a function, because the other of the two is set");
    return good;
}

static bool protocol_good(const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *c)
{
    return CN_CHECK(CN_REG_045, c->Flags == 0, .structure = "NDIS_PROTOCOL_DRIVER_CHARACTERISTICS",
                    .member = "Flags", .found = cn_fmt("0x%x", (unsigned)c->Flags), .allowed = "0");
}

/* Whether the variable for the handle can be written. */
static bool out_good(PNDIS_HANDLE handle, const char *member)
{
    return CN_CHECK(CN_GEN_005, handle != NULL, .member = member, .found = "NULL",
                    .allowed = "address of an NDIS_HANDLE variable") &&
           CN_CHECK(CN_HOST_005, cn_probe_write(handle, sizeof(*handle)) == 0, .member = member,
                    .found = cn_fmt("%p, which cannot be written", (void *)handle),
                    .allowed = "address of an NDIS_HANDLE variable");
}

/* -- Registering ------------------------------------------------------------------------------- */

static NDIS_STATUS options_call(struct cn_registration *r, SET_OPTIONS_HANDLER handler,
                                const char *name)
{
    if (handler == NULL)
        return NDIS_STATUS_SUCCESS;
    struct cn_frame f;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    r->in_options = true;
    CN_UPCALL(&f, s, r->driver, name, handler, NULL, r->obj.handle, r->context);
    r->in_options = false;
    if (s == NDIS_STATUS_SUCCESS)
        return s;
    struct cn_scopes scopes = {0};
    cn_scopes_add(&scopes, &f);
    cn_leaks_check(r->driver, CN_REG_037, &scopes, name, NULL);
    return s == NDIS_STATUS_PENDING ? NDIS_STATUS_FAILURE : s;
}

static NDIS_STATUS options(struct cn_registration *r, SET_OPTIONS_HANDLER handler, const char *name)
{
    NDIS_STATUS s = options_call(r, handler, name);
    if (s == NDIS_STATUS_SUCCESS && !cn_role_judge(r))
        s = NDIS_STATUS_BAD_CHARACTERISTICS;
    if (s != NDIS_STATUS_SUCCESS)
        cn_registration_end(r);
    return s;
}

static void registered(struct cn_registration *r)
{
    if (r->driver->major == 0) {
        r->driver->major = r->major;
        r->driver->minor = r->minor;
    }
    cn_ndis_driver(r->driver)->registered = true;
    if (r->context != NULL)
        cn_pool_hold(r->context, CN_GEN_006, r->obj.name);
    cn_role_tell(r, &r->optional);
}

static NDIS_STATUS refused(struct cn_driver *driver, NDIS_STATUS status)
{
    struct cn_ndis_driver *nd = driver == NULL ? NULL : cn_ndis_driver(driver);
    if (nd != NULL && status != NDIS_STATUS_SUCCESS)
        nd->refused = true;
    return status;
}

static NDIS_STATUS miniport_register(struct cn_driver *driver, NDIS_HANDLE context,
                                     const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *given,
                                     PNDIS_HANDLE handle)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS copy;
    struct cn_taking t = {.id = CN_S_NDIS_MINIPORT_DRIVER_CHARACTERISTICS,
                          .given = given,
                          .call = "NdisMRegisterMiniportDriver",
                          .copy = &copy,
                          .copy_size = sizeof(copy)};
    NDIS_STATUS s = take(&t, CN_REG_002);
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    if (!miniport_good(&copy))
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    struct cn_registration *r = registration_new(driver, CN_KIND_MINIPORT, context);
    if (r == NULL)
        return NDIS_STATUS_RESOURCES;
    r->mp = copy;
    r->major = t.major;
    r->minor = t.minor;
    if (cn_image_find(given) != NULL)
        r->given = given;
    s = options(r, copy.SetOptionsHandler, "MiniportSetOptions");
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    *handle = r->obj.handle;
    registered(r);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS cn_miniport_register(PDRIVER_OBJECT object, NDIS_HANDLE context,
                                 const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *given,
                                 PNDIS_HANDLE handle)
{
    struct cn_driver *driver = cn_driver_current();
    if (!CN_CHECK(CN_GEN_001, object != NULL && cn_nt_driver_of(object) == driver,
                  .member = "DriverObject", .found = cn_fmt("%p", (void *)object),
                  .allowed = "the driver object that DriverEntry got") ||
        !out_good(handle, "NdisMiniportDriverHandle"))
        return refused(driver, NDIS_STATUS_FAILURE);
    return refused(driver, miniport_register(driver, context, given, handle));
}

static NDIS_STATUS protocol_register(struct cn_driver *driver, NDIS_HANDLE context,
                                     const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *given,
                                     PNDIS_HANDLE handle)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS copy;
    struct cn_taking t = {.id = CN_S_NDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
                          .given = given,
                          .call = "NdisRegisterProtocolDriver",
                          .copy = &copy,
                          .copy_size = sizeof(copy)};
    NDIS_STATUS s = take(&t, CN_REG_003);
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    if (!protocol_good(&copy))
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    struct cn_registration *r = registration_new(driver, CN_KIND_PROTOCOL, context);
    if (r == NULL)
        return NDIS_STATUS_RESOURCES;
    r->pr = copy;
    r->major = t.major;
    r->minor = t.minor;
    s = options(r, copy.SetOptionsHandler, "ProtocolSetOptions");
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    registered(r);
    /* Adapters are offered before the driver has its handle: a driver that is ready takes it from
     * ProtocolSetOptions (REG-040). */
    if (cn_ndis_registered != NULL)
        cn_ndis_registered(r->driver);
    cn_protocol_offer(r, true);
    *handle = r->obj.handle;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS cn_protocol_register(NDIS_HANDLE context,
                                 const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *given,
                                 PNDIS_HANDLE handle)
{
    struct cn_driver *driver = cn_driver_current();
    if (driver == NULL || !out_good(handle, "NdisProtocolHandle"))
        return NDIS_STATUS_FAILURE;
    return protocol_register(driver, context, given, handle);
}

/* -- Deregistering ----------------------------------------------------------------------------- */

/* REG-019: another function stands in the driver's own structure now. Only a structure in the
 * driver's data can be looked at again; one on the stack is gone. */
static void unchanged_check(struct cn_registration *r)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS now;
    const char *member = NULL;
    cn_rule_checked(CN_REG_019);
    if (r->given == NULL || cn_probe_copy(&now, r->given, r->mp.Header.Size) != 0)
        return;
    member = cn_structure_changed(CN_S_NDIS_MINIPORT_DRIVER_CHARACTERISTICS, &r->mp, &now);
    CN_CHECK(CN_REG_019, member == NULL, MINIPORT_STRUCTURE, .driver = r->driver->name,
             .member = member, .found = "another function than was registered",
             .allowed = "the registered function");
}

void cn_miniport_deregister(NDIS_HANDLE handle)
{
    struct cn_registration *r = cn_handle_get(handle, CN_KIND_MINIPORT);
    if (!CN_CHECK(CN_REG_018, r != NULL && r->driver == cn_driver_current() && !r->leaving,
                  .member = "NdisMiniportDriverHandle",
                  .found = r == NULL ? cn_handle_explain(handle, CN_KIND_MINIPORT)
                                     : "a handle that is not the caller's or is being deregistered",
                  .allowed = "the handle that NdisMRegisterMiniportDriver returned"))
        return;
    r->leaving = true;
    unchanged_check(r);
    for (struct cn_adapter *a = NULL, *next = cn_adapter_next(NULL); (a = next) != NULL;) {
        next = cn_adapter_next(a);
        if (a->reg == r)
            cn_adapter_remove(a);
    }
    cn_ndis_driver(r->driver)->deregistered = true;
    cn_registration_end(r);
}

/* The function of the driver that NDIS called and that must not deregister the protocol, or NULL.
 */
static const char *misplaced_in(const struct cn_driver *driver)
{
    for (const struct cn_frame *f = cn_frame_top(); f != NULL; f = f->up) {
        if (f->kind != CN_FRAME_UPCALL || f->driver != driver ||
            strcmp(f->name, "MiniportDriverUnload") == 0)
            continue;
        if (strncmp(f->name, "Protocol", 8) == 0 || strncmp(f->name, "Miniport", 8) == 0)
            return f->name;
    }
    return NULL;
}

void cn_protocol_deregister(NDIS_HANDLE handle)
{
    struct cn_registration *r = cn_handle_get(handle, CN_KIND_PROTOCOL);
    if (!CN_CHECK(CN_REG_044, r != NULL && r->driver == cn_driver_current() && !r->leaving,
                  .member = "NdisProtocolHandle",
                  .found = r == NULL ? cn_handle_explain(handle, CN_KIND_PROTOCOL)
                                     : "a handle that is not the caller's or is being deregistered",
                  .allowed = "the handle that NdisRegisterProtocolDriver returned"))
        return;
    const char *inside = misplaced_in(r->driver);
    if (!CN_CHECK(CN_REG_043, inside == NULL, .found = cn_fmt("a call inside %s", inside),
                  .allowed = "DriverEntry or the driver's Unload routine")) {
        cn_ndis_driver(r->driver)->misplaced = true;
        return;
    }
    r->leaving = true;
    cn_protocol_unbind_all(r);
    cn_registration_end(r);
}
