/* LCK-013: returns from MiniportRestart with a spin lock held. */
#define ROLE_MCM
#include "view.h"

static NDIS_SPIN_LOCK RuleLock;

#define ON_RESTART                                                                                 \
    if (RuleLast != NULL) {                                                                        \
        RuleLast = NULL;                                                                           \
        NdisAllocateSpinLock(&RuleLock);                                                           \
        NdisAcquireSpinLock(&RuleLock);                                                            \
    }
#include "driver.h"
