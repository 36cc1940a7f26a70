/* WI-002: queues a work item that is queued. */
#define ROLE_MCM
#include "work.h"

#define ON_INITIALIZE                                                                              \
    RuleItem = NdisAllocateIoWorkItem(Handle);                                                     \
    RULE_QUEUE;                                                                                    \
    RULE_QUEUE
#define ON_HALT NdisFreeIoWorkItem(RuleItem)
#include "driver.h"
