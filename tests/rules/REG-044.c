/* REG-044: deregisters twice. */
#define ROLE_CLIENT
#define ON_UNLOADED NdisDeregisterProtocolDriver(RuleDriver)
#include "driver.h"
