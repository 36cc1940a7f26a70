/* ADP-013: a failing MiniportInitializeEx leaves memory behind. */
#define ROLE_MCM
#include "view.h"

static void *volatile RuleLeak;

#define ON_ATTRIBUTES (RuleLeak = RuleAllocate(64), Status = NDIS_STATUS_RESOURCES)
#include "driver.h"
