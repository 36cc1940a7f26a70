/* BND-006: uses the binding handle after NdisCloseAdapterEx. */
#define ROLE_CLIENT
#define ON_CLOSED (void)NdisUnbindAdapter(Binding->Handle)
#include "driver.h"
