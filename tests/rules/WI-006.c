/* WI-006: is unloaded while a work item is queued. */
#define ROLE_MCM
#include "work.h"

#define ON_UNLOAD                                                                                  \
    RuleItem = NdisAllocateIoWorkItem(RuleDriver);                                                 \
    RULE_QUEUE
#include "driver.h"
