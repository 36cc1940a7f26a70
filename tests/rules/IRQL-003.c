/* IRQL-003: waits at DISPATCH_LEVEL. */
#define ROLE_MCM
#define ON_PAUSE                                                                                   \
    {                                                                                              \
        KIRQL Old;                                                                                 \
        KeRaiseIrql(DISPATCH_LEVEL, &Old);                                                         \
        NdisWaitEvent(&Adapter->Event, 10);                                                        \
        KeLowerIrql(Old);                                                                          \
    }
#include "driver.h"
