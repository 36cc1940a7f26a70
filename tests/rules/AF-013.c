/* AF-013: no context for the address family. */
#define ROLE_CLIENT
#define ON_OFFER (void)NdisClOpenAddressFamilyEx(Binding->Handle, Family, NULL, &Af->Handle)
#include "driver.h"
