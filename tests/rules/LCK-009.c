/* LCK-009: completes the open of an address family with a spin lock held. */
#define ROLE_MCM
#include "view.h"

static NDIS_SPIN_LOCK RuleLock;

#define ON_OPEN_AF                                                                                 \
    NdisAllocateSpinLock(&RuleLock);                                                               \
    NdisAcquireSpinLock(&RuleLock);                                                                \
    OPEN_AF_COMPLETE(Status, NdisAfHandle, Af);                                                    \
    NdisReleaseSpinLock(&RuleLock)
#define OPEN_AF_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
