/* AF-017: closes the address family with a handle that is none. */
#define ROLE_CLIENT
#define ON_AF_OPENED (void)NdisClCloseAddressFamily(Af->Adapter->Handle)
#include "driver.h"
