/* REG-025: an MCM registers MiniportCoCreateVc. */
#define ROLE_MCM
#define ON_CO(c) ((c)->CoCreateVcHandler = MpCreateVc)
#include "driver.h"
