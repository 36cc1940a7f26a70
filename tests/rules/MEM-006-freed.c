/* MEM-006: reads memory that it has freed. */
#define ROLE_CLIENT
#include "view.h"

static volatile ULONG *RuleBlock;
static volatile ULONG RuleValue;

#define ON_UNBIND                                                                                  \
    RuleBlock = (volatile ULONG *)RuleAllocate(64);                                                \
    NdisFreeMemory((PVOID)RuleBlock, 0, 0);                                                        \
    RuleValue = *RuleBlock
#include "driver.h"
