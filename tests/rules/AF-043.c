/* AF-043: closes the address family twice. */
#define ROLE_CLIENT
#define ON_AF_CLOSED (void)NdisClCloseAddressFamily(Af->Handle)
#include "driver.h"
