/* MEM-006: writes a little behind the end of an allocation, and frees it. */
#define ROLE_MCM
#include "view.h"

static volatile UCHAR *RuleBlock;

#define ON_RESTART                                                                                 \
    RuleBlock = (volatile UCHAR *)RuleAllocate(61);                                                \
    RuleBlock[61] = 1;                                                                             \
    NdisFreeMemory((PVOID)RuleBlock, 0, 0)
#include "driver.h"
