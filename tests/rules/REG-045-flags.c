/* REG-045: the reserved flags are set. */
#define ROLE_CALLMGR
#define ON_CHARACTERISTICS(c) ((c)->Flags = 4)
#include "driver.h"
