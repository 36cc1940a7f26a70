/* LCK-004: acquires a spin lock twice. */
#define ROLE_MCM
#include "view.h"

static KSPIN_LOCK RuleLock;

#define ON_PAUSE                                                                                   \
    {                                                                                              \
        KIRQL Old, Older;                                                                          \
        KeInitializeSpinLock(&RuleLock);                                                           \
        KeAcquireSpinLock(&RuleLock, &Older);                                                      \
        KeAcquireSpinLock(&RuleLock, &Old);                                                        \
        KeReleaseSpinLock(&RuleLock, Old);                                                         \
        KeReleaseSpinLock(&RuleLock, Older);                                                       \
    }
#include "driver.h"
