/* BND-014: uses the binding handle after NdisUnbindAdapter. */
#define ROLE_CLIENT
#define ON_AF_OPENED                                                                               \
    (void)NdisUnbindAdapter(Af->Adapter->Handle);                                                  \
    (void)NdisUnbindAdapter(Af->Adapter->Handle)
#include "driver.h"
