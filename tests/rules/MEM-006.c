/* MEM-006: writes behind the end of an allocation. */
#define ROLE_MCM
#include "view.h"

static volatile ULONG *RuleBlock;

#define ON_RESTART                                                                                 \
    RuleBlock = (volatile ULONG *)RuleAllocate(64);                                                \
    RuleBlock[16] = 1
#include "driver.h"
