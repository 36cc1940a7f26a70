/* LCK-002: releases a spin lock that it does not hold. */
#define ROLE_MCM
#include "view.h"

static NDIS_SPIN_LOCK RuleLock;

#define ON_PAUSE                                                                                   \
    {                                                                                              \
        KIRQL Old;                                                                                 \
        KeRaiseIrql(DISPATCH_LEVEL, &Old);                                                         \
        NdisAllocateSpinLock(&RuleLock);                                                           \
        NdisDprReleaseSpinLock(&RuleLock);                                                         \
        KeLowerIrql(Old);                                                                          \
    }
#include "driver.h"
