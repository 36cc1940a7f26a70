/* REG-023: the reserved flags are set. */
#define ROLE_MINIPORT
#define ON_CO(c) ((c)->Flags = 1)
#include "driver.h"
