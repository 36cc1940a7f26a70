/* GEN-006: frees the context of the driver while it is registered. */
#define ROLE_CLIENT
#include "view.h"

static NDIS_HANDLE RuleContext;

#define ON_ENTRY    (RuleContext = ExAllocatePoolWithTag(NonPagedPool, 64, RULE_TAG))
#define REGISTER(c) NdisRegisterProtocolDriver(RuleContext, c, &RuleDriver)
#define ON_UNLOAD   ExFreePoolWithTag(RuleContext, RULE_TAG)
#include "driver.h"
