/* MEM-008: does not free a generic object. */
#define ROLE_CLIENT
#include "view.h"

static PNDIS_GENERIC_OBJECT RuleObject;

#define ON_ENTRY                                                                                   \
    (RuleObject = NdisAllocateGenericObject(DriverObject, RULE_TAG, sizeof(NDIS_GENERIC_OBJECT)))
#include "driver.h"
