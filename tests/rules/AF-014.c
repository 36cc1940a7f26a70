/* AF-014: closes the address family while its open is pending.
 * options: --pend */
#define ROLE_CLIENT
#define ON_AF_OPENING (void)NdisClCloseAddressFamily(Af->Handle)
#include "driver.h"
