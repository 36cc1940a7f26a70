/* BND-005: closes the adapter when the binding is paused. */
#define ROLE_PROTOCOL
#define ON_PNP                                                                                     \
    if (Event->NetPnPEvent.NetEvent == NetEventPause)                                              \
    (void)NdisCloseAdapterEx(Binding->Handle)
#include "driver.h"
