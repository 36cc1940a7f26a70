/* REG-021: registers optional handlers outside ProtocolSetOptions. */
#define ROLE_CALLMGR
#define ON_REGISTERED (void)RuleSetCallManager(RuleDriver)
#include "driver.h"
