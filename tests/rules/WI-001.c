/* WI-001: a protocol driver allocates a work item. */
#define ROLE_CLIENT
#define ON_BIND (void)NdisAllocateIoWorkItem(RuleDriver)
#include "driver.h"
