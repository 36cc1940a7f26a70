/* WI-004: frees a work item that is queued. */
#define ROLE_MCM
#include "work.h"

#define ON_INITIALIZE                                                                              \
    RuleItem = NdisAllocateIoWorkItem(Handle);                                                     \
    RULE_QUEUE;                                                                                    \
    NdisFreeIoWorkItem(RuleItem)
#include "driver.h"
