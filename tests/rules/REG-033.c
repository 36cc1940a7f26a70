/* REG-033: registers the same structure twice. */
#define ROLE_CALLMGR
#define SET_OPTIONS_RESULT(s) ((s) == NDIS_STATUS_SUCCESS ? RuleSetCallManager(Driver) : (s))
#include "driver.h"
