/* CFG-001: does not close its configuration. */
#define ROLE_MCM
#include "view.h"

static NDIS_HANDLE RuleConfiguration;

static void RuleOpenConfiguration(NDIS_HANDLE Adapter)
{
    NDIS_CONFIGURATION_OBJECT Object = {
        .Header = {NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT, NDIS_CONFIGURATION_OBJECT_REVISION_1,
                   NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1},
        .NdisHandle = Adapter,
    };

    (void)NdisOpenConfigurationEx(&Object, &RuleConfiguration);
}

#define ON_INITIALIZE RuleOpenConfiguration(Handle)
#include "driver.h"
