/* RST-007: asks for a reset that it has no function for. */
#define ROLE_MCM
#define ON_RESTART NdisMResetMiniport(Adapter->Handle)
#include "driver.h"
