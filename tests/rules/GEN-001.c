/* GEN-001: passes the handle of the driver where that of the adapter is asked for. */
#define ROLE_MCM
#define ON_RESTART NdisMResetMiniport(RuleDriver)
#include "driver.h"
