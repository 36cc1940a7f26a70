/* LCK-012: releases a mutex that it does not hold. */
#define ROLE_MCM
#include "view.h"

static FAST_MUTEX RuleMutex;

#define ON_PAUSE                                                                                   \
    {                                                                                              \
        KIRQL Old;                                                                                 \
        KeRaiseIrql(APC_LEVEL, &Old);                                                              \
        ExInitializeFastMutex(&RuleMutex);                                                         \
        ExReleaseFastMutexUnsafe(&RuleMutex);                                                      \
        KeLowerIrql(Old);                                                                          \
    }
#include "driver.h"
