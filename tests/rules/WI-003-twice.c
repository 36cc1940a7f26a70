/* WI-003: frees a work item twice. */
#define ROLE_MCM
#include "work.h"

#define ON_INITIALIZE (RuleItem = NdisAllocateIoWorkItem(Handle))
#define ON_HALT                                                                                    \
    NdisFreeIoWorkItem(RuleItem);                                                                  \
    NdisFreeIoWorkItem(RuleItem)
#include "driver.h"
