/* HOST-001: writes to a member of a structure at NULL. */
#define ROLE_MCM
#include "view.h"

static ULONG *volatile RuleNowhere = (ULONG *)8;

#define ON_RESTART (*RuleNowhere = 1)
#include "driver.h"
