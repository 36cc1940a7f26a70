/* IRQL-003: sleeps with a spin lock held. */
#define ROLE_MCM
#include "view.h"

static NDIS_SPIN_LOCK RuleLock;

#define ON_PAUSE                                                                                   \
    NdisAllocateSpinLock(&RuleLock);                                                               \
    NdisAcquireSpinLock(&RuleLock);                                                                \
    NdisMSleep(100);                                                                               \
    NdisReleaseSpinLock(&RuleLock)
#include "driver.h"
