/* ADP-030: a MiniportAddDevice that fails leaves its context behind. */
#define ROLE_MCM
#include "view.h"

static void *volatile RuleContext;

static NDIS_STATUS NTAPI MpAddDevice(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext)
{
    UNREFERENCED_PARAMETER(Handle);
    UNREFERENCED_PARAMETER(DriverContext);
    RuleContext = ExAllocatePoolWithTag(NonPagedPool, 64, RULE_TAG);
    return NDIS_STATUS_RESOURCES;
}

static VOID NTAPI MpRemoveDevice(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
}

static void SetPnp(NDIS_HANDLE Driver)
{
    NDIS_MINIPORT_PNP_CHARACTERISTICS Pnp = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_PNP_CHARACTERISTICS,
                   NDIS_MINIPORT_PNP_CHARACTERISTICS_REVISION_1,
                   NDIS_SIZEOF_MINIPORT_PNP_CHARACTERISTICS_REVISION_1},
        .MiniportAddDeviceHandler = MpAddDevice,
        .MiniportRemoveDeviceHandler = MpRemoveDevice,
    };

    NdisSetOptionalHandlers(Driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Pnp);
}

#define ON_SET_OPTIONS SetPnp(Driver)
#include "driver.h"
