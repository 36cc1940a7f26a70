/* REG-018: deregisters twice. */
#define ROLE_MCM
#define ON_UNLOADED NdisMDeregisterMiniportDriver(RuleDriver)
#include "driver.h"
