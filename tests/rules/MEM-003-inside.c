/* MEM-003: frees a part of an allocation. */
#define ROLE_MCM
#define ON_HALT NdisFreeMemory(&Adapter->Status, 0, 0)
#include "driver.h"
