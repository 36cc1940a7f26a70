/* IRQL-001: reads its configuration at DISPATCH_LEVEL. */
#define ROLE_MCM
#include "view.h"

static void RuleRead(NDIS_HANDLE Adapter)
{
    NDIS_CONFIGURATION_OBJECT Object = {
        .Header = {NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT, NDIS_CONFIGURATION_OBJECT_REVISION_1,
                   NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1},
        .NdisHandle = Adapter,
    };
    NDIS_HANDLE Configuration;
    NDIS_STATUS Status;
    KIRQL Old;

    KeRaiseIrql(DISPATCH_LEVEL, &Old);
    Status = NdisOpenConfigurationEx(&Object, &Configuration);
    KeLowerIrql(Old);
    if (Status == NDIS_STATUS_SUCCESS)
        NdisCloseConfiguration(Configuration);
}

#define ON_INITIALIZE RuleRead(Handle)
#include "driver.h"
