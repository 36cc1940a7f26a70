/* GEN-007: a driver of NDIS 6.0 calls a function of NDIS 6.20. */
#define ROLE_CLIENT
#define ON_CHARACTERISTICS(c) ((c)->MinorNdisVersion = 0, (c)->Header.Revision = 1)
#define ON_UNLOAD             NdisFreeMemoryWithTagPriority(RuleDriver, RuleAllocate(64), RULE_TAG)
#include "driver.h"
