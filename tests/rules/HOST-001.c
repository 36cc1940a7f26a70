/* HOST-001: writes through a NULL pointer. */
#define ROLE_MCM
#include "view.h"

static ULONG *volatile RuleNowhere;

#define ON_RESTART (*RuleNowhere = 1)
#include "driver.h"
