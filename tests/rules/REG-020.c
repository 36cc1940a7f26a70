/* REG-020: registers optional handlers outside MiniportSetOptions. */
#define ROLE_MCM
#define ON_REGISTERED (void)RuleSetCallManager(RuleDriver)
#include "driver.h"
