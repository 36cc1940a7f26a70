/* LCK-001: acquires a spin lock that was never initialised. */
#define ROLE_MCM
#include "view.h"

static KSPIN_LOCK RuleLock;

#define ON_ENTRY (RuleLock = 0x1234)
#define ON_PAUSE                                                                                   \
    {                                                                                              \
        KIRQL Old;                                                                                 \
        KeAcquireSpinLock(&RuleLock, &Old);                                                        \
        KeReleaseSpinLock(&RuleLock, Old);                                                         \
    }
#include "driver.h"
