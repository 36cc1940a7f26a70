/* MEM-011: allocates memory without a tag. */
#define ROLE_MCM
#define ON_RESTART                                                                                 \
    NdisFreeMemory(NdisAllocateMemoryWithTagPriority(RuleDriver, 64, 0, NormalPoolPriority), 0, 0)
#include "driver.h"
