/* REG-019: exchanges a function in its characteristics after the registration. */
#define ROLE_MCM
#include "view.h"

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS RuleKept;

static BOOLEAN NTAPI MpCheckForHang(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    return FALSE;
}

#define REGISTER(c)                                                                                \
    (RuleKept = *(c),                                                                              \
     NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &RuleKept, &RuleDriver))
#define ON_REGISTERED (RuleKept.CheckForHangHandlerEx = MpCheckForHang)
#include "driver.h"
