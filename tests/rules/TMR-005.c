/* TMR-005: a timer without a function. */
#define ROLE_MCM
#include "view.h"

static NDIS_TIMER_CHARACTERISTICS RuleTimer = {
    .Header = {NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS, NDIS_TIMER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1},
    .AllocationTag = RULE_TAG,
};
static NDIS_HANDLE RuleHandle;

#define ON_INITIALIZE (void)NdisAllocateTimerObject(Handle, &RuleTimer, &RuleHandle)
#include "driver.h"
