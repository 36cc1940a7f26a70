/* MEM-001: allocates memory without a handle. */
#define ROLE_MCM
#define ON_RESTART                                                                                 \
    NdisFreeMemory(NdisAllocateMemoryWithTagPriority(NULL, 64, RULE_TAG, NormalPoolPriority), 0, 0)
#include "driver.h"
