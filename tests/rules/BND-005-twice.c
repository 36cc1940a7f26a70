/* BND-005: closes the adapter twice. */
#define ROLE_CLIENT
#define ON_CLOSED (void)NdisCloseAdapterEx(Binding->Handle)
#include "driver.h"
