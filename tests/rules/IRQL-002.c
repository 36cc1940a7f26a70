/* IRQL-002: returns from MiniportPause at DISPATCH_LEVEL. */
#define ROLE_MCM
#define ON_PAUSE                                                                                   \
    {                                                                                              \
        KIRQL Old;                                                                                 \
        KeRaiseIrql(DISPATCH_LEVEL, &Old);                                                         \
    }
#include "driver.h"
