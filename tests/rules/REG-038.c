/* REG-038: what MiniportSetOptions allocated is never released. */
#define ROLE_MCM
#define ON_SET_OPTIONS (void)RuleAllocate(64)
#include "driver.h"
