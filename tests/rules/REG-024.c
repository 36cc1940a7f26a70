/* REG-024: a miniport driver without call manager has no MiniportCoCreateVc. */
#define ROLE_MINIPORT
#define ON_CO(c) ((c)->CoCreateVcHandler = NULL)
#include "driver.h"
