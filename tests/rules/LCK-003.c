/* LCK-003: acquires a spin lock as if at DISPATCH_LEVEL. */
#define ROLE_MCM
#include "view.h"

static NDIS_SPIN_LOCK RuleLock;

#define ON_PAUSE                                                                                   \
    NdisAllocateSpinLock(&RuleLock);                                                               \
    NdisDprAcquireSpinLock(&RuleLock);                                                             \
    NdisDprReleaseSpinLock(&RuleLock)
#include "driver.h"
