/* WI-003: halts and does not free the work item of the adapter. */
#define ROLE_MCM
#include "work.h"

#define ON_INITIALIZE (RuleItem = NdisAllocateIoWorkItem(Handle))
#include "driver.h"
