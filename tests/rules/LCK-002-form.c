/* LCK-002: releases a spin lock with the function for DISPATCH_LEVEL that it did not acquire so. */
#define ROLE_MCM
#include "view.h"

static NDIS_SPIN_LOCK RuleLock;

#define ON_PAUSE                                                                                   \
    {                                                                                              \
        KIRQL Old;                                                                                 \
        KeRaiseIrql(DISPATCH_LEVEL, &Old);                                                         \
        NdisAllocateSpinLock(&RuleLock);                                                           \
        NdisAcquireSpinLock(&RuleLock);                                                            \
        NdisDprReleaseSpinLock(&RuleLock);                                                         \
        KeLowerIrql(Old);                                                                          \
    }
#include "driver.h"
