/* MEM-003: frees memory twice. */
#define ROLE_MCM
#define ON_HALTED NdisFreeMemory(Adapter, 0, 0)
#include "driver.h"
