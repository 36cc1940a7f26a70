/* REG-037: MiniportSetOptions fails and leaves memory behind. */
#define ROLE_MCM
#define SET_OPTIONS_RESULT(s) ((void)(s), (void)RuleAllocate(64), NDIS_STATUS_RESOURCES)
#include "driver.h"
