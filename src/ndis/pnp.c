/* pnp.c - devices of a miniport driver come and go: MiniportAddDevice, MiniportRemoveDevice,
 * MiniportDevicePnPEventNotify. A driver that registered no NDIS_MINIPORT_PNP_CHARACTERISTICS is
 * not asked when a device is added.
 *
 * Not here: MiniportStartDevice and MiniportFilterResourceRequirements, which concern hardware. */
#include "ndis/adapter.h"
#include "ndis/upcall.h"
#include "verify/rule.h"

static bool has_pnp(const struct cn_adapter *a)
{
    return cn_handlers_have(&a->reg->optional, CN_S_NDIS_MINIPORT_PNP_CHARACTERISTICS);
}

NDIS_STATUS cn_adapter_device_added(struct cn_adapter *a)
{
    struct cn_frame f;
    MINIPORT_ADD_DEVICE_HANDLER add = a->reg->optional.pnp.MiniportAddDeviceHandler;
    if (!has_pnp(a) || add == NULL)
        return NDIS_STATUS_SUCCESS;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    a->adding = true;
    CN_UPCALL(&f, s, a->reg->driver, "MiniportAddDevice", add, a->obj.name, a->obj.handle,
              a->reg->context);
    a->adding = false;
    cn_scopes_add(&a->added, &f);
    if (s == NDIS_STATUS_SUCCESS) {
        if (a->add_context != NULL)
            cn_pool_hold(a->add_context, CN_ADP_031, a->obj.name);
        return s;
    }
    a->add_context = NULL;
    cn_leaks_check(a->reg->driver, CN_ADP_030, &a->added, "MiniportAddDevice", a->obj.name);
    return s == NDIS_STATUS_PENDING ? NDIS_STATUS_FAILURE : s;
}

void cn_adapter_device_removed(struct cn_adapter *a)
{
    struct cn_frame f;
    MINIPORT_REMOVE_DEVICE_HANDLER remove = a->reg->optional.pnp.MiniportRemoveDeviceHandler;
    if (a->add_context != NULL)
        cn_pool_release(a->add_context, CN_ADP_031);
    if (!has_pnp(a) || a->reg->driver->stopped)
        return;
    if (remove != NULL)
        CN_UPCALL_VOID(&f, a->reg->driver, "MiniportRemoveDevice", remove, a->obj.name,
                       a->add_context);
    cn_leaks_check(a->reg->driver, CN_ADP_031, &a->added, "MiniportRemoveDevice", a->obj.name);
}

void cn_adapter_device_event(struct cn_adapter *a, NDIS_DEVICE_PNP_EVENT event)
{
    struct cn_frame f;
    NET_DEVICE_PNP_EVENT e = {.DevicePnPEvent = event};
    void *lent = cn_structure_lend(CN_S_NET_DEVICE_PNP_EVENT, &e, a->reg->major, a->reg->minor);
    if (lent == NULL)
        return;
    CN_UPCALL_VOID(&f, a->reg->driver, "MiniportDevicePnPEventNotify",
                   a->reg->mp.DevicePnPEventNotifyHandler, a->obj.name, a->context, lent);
    cn_scopes_add(&a->scopes, &f);
    cn_guard_free(lent);
}
