/* system.c - NDIS begins, ends, and drivers are taken down. */
#include <stdlib.h>

#include "ndis/binding.h"
#include "ndis/leak.h"
#include "ndis/memory.h"
#include "ndis/oid.h"
#include "ndis/resource.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

void (*cn_ndis_registered)(struct cn_driver *protocol);

void cn_ndis_when_registered(void (*tell)(struct cn_driver *protocol))
{
    cn_ndis_registered = tell;
}

void cn_ndis_start(const struct cn_ndis_config *config)
{
    cn_ndis_config = *config;
    cn_ndis_states();
}

/* Everything that still lives, in an order in which nothing refers to what is gone. */
void cn_ndis_stop(void)
{
    cn_oids_drop();
    cn_events_drop();
    for (struct cn_adapter *a; (a = cn_adapter_next(NULL)) != NULL;)
        cn_adapter_discard(a);
    for (struct cn_resource *r; (r = cn_resource_next(NULL)) != NULL;)
        cn_resource_end(r);
    for (struct cn_registration *r; (r = cn_registration_next(NULL)) != NULL;)
        cn_registration_end(r);
    CN_LIST_EACH(pos, cn_driver_list())
    {
        struct cn_driver *d = CN_LIST_ENTRY(pos, struct cn_driver, link);
        cn_leaks_forget(d);
        free(d->ndis);
        d->ndis = NULL;
    }
    cn_ndis_registered = NULL;
    memset(&cn_ndis_config, 0, sizeof(cn_ndis_config));
    memset(&cn_co_hooks, 0, sizeof(cn_co_hooks));
}

/* -- After DriverEntry ------------------------------------------------------------------------- */

static const char *status_text(int32_t status)
{
    const char *name = cn_status_name((uint32_t)status);
    return name != NULL ? name : cn_fmt("0x%08x", (unsigned)status);
}

static void left_registered(struct cn_driver *driver, enum cn_kind kind, enum cn_rule_id rule,
                            int32_t status, const char *function)
{
    struct cn_registration *r = cn_registration_of(driver, kind);
    struct cn_ndis_driver *nd = driver->ndis;
    if (r == NULL && (nd == NULL || !nd->registered))
        return;
    CN_CHECK(rule, r == NULL, .driver = driver->name, .call = "DriverEntry",
             .found = cn_fmt("%s returned, and the driver still registered", status_text(status)),
             .allowed = cn_fmt("%s before DriverEntry returns an error", function));
}

void cn_ndis_entry_over(struct cn_driver *driver, int32_t status)
{
    struct cn_ndis_driver *nd = driver->ndis;
    bool protocol = cn_registration_of(driver, CN_KIND_PROTOCOL) != NULL;
    if (protocol)
        CN_CHECK(CN_REG_041, status != NDIS_STATUS_PENDING, .driver = driver->name,
                 .call = "DriverEntry", .found = "STATUS_PENDING",
                 .allowed = "STATUS_SUCCESS or an error");
    if (NT_SUCCESS(status))
        return;
    left_registered(driver, CN_KIND_MINIPORT, CN_REG_016, status, "NdisMDeregisterMiniportDriver");
    left_registered(driver, CN_KIND_PROTOCOL, CN_REG_042, status, "NdisDeregisterProtocolDriver");
    if (nd != NULL && nd->refused && !nd->registered)
        cn_leaks_check_all(driver, CN_REG_047, "DriverEntry");
    /* What was bound meanwhile is unbound in order, so that only the one mistake is told. */
    struct cn_registration *p = cn_registration_of(driver, CN_KIND_PROTOCOL);
    if (p != NULL)
        cn_protocol_unbind_all(p);
    for (struct cn_registration *r = cn_registration_next(NULL), *next; r != NULL; r = next) {
        next = cn_registration_next(r);
        if (r->driver == driver)
            cn_registration_take_back(r);
    }
    cn_ndis_driver_end(driver, false);
}

/* -- Unloading --------------------------------------------------------------------------------- */

bool cn_ndis_unload(struct cn_driver *driver)
{
    struct cn_registration *r = cn_registration_of(driver, CN_KIND_MINIPORT);
    PDRIVER_OBJECT object = cn_nt_driver_object(driver);
    struct cn_frame f;
    if (driver->stopped)
        return false;
    for (struct cn_adapter *a = cn_adapter_next(NULL), *next; a != NULL; a = next) {
        next = cn_adapter_next(a);
        if (a->reg->driver == driver)
            cn_adapter_remove(a);
    }
    if (r != NULL && r->mp.UnloadHandler != NULL) {
        CN_UPCALL_VOID(&f, driver, "MiniportDriverUnload", r->mp.UnloadHandler, NULL, object);
        return true;
    }
    if (object == NULL || object->DriverUnload == NULL)
        return false;
    CN_UPCALL_VOID(&f, driver, "DriverUnload", object->DriverUnload, NULL, object);
    return true;
}

/* What the driver should have ended itself. */
static void registrations_judge(struct cn_driver *driver)
{
    const struct cn_ndis_driver *nd = driver->ndis;
    struct cn_registration *m = cn_registration_of(driver, CN_KIND_MINIPORT);
    struct cn_registration *p = cn_registration_of(driver, CN_KIND_PROTOCOL);
    if (m != NULL || nd->deregistered)
        CN_CHECK(CN_REG_017, m == NULL, .driver = driver->name, .call = "MiniportDriverUnload",
                 .found = "the driver still registered",
                 .allowed = "NdisMDeregisterMiniportDriver in MiniportDriverUnload");
    if ((driver->roles & CN_ROLE_PROTOCOL) != 0 && !nd->misplaced)
        CN_CHECK(CN_REG_051, p == NULL, .driver = driver->name, .call = "DriverUnload",
                 .found = "the driver still registered",
                 .allowed = "NdisDeregisterProtocolDriver in the Unload routine");
    if (m != NULL || nd->deregistered)
        cn_leaks_check_in(driver, CN_REG_038, "MiniportSetOptions", "MiniportDriverUnload");
    cn_names_judge(driver);
}

void cn_ndis_driver_end(struct cn_driver *driver, bool quiet)
{
    if (driver->ndis == NULL)
        return;
    if (!quiet)
        registrations_judge(driver);
    for (struct cn_registration *r = cn_registration_next(NULL), *next; r != NULL; r = next) {
        next = cn_registration_next(r);
        if (r->driver == driver)
            cn_registration_take_back(r);
    }
    cn_resources_driver_end(driver, quiet);
    cn_leaks_forget(driver);
    free(driver->ndis);
    driver->ndis = NULL;
}
