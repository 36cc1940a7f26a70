/* AF-029: a closed address family leaves memory of the call manager behind. */
#define ROLE_MCM
#include "view.h"

static void *volatile RuleLeak;

#define ON_OPEN_AF (RuleLeak = RuleAllocate(64))
#include "driver.h"
