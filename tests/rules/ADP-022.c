/* ADP-022: MiniportHaltEx leaves memory of the adapter behind. */
#define ROLE_MCM
#include "view.h"

static void *volatile RuleLeak;

#define ON_INITIALIZE (RuleLeak = RuleAllocate(64))
#include "driver.h"
