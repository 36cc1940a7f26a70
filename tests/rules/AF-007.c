/* AF-007: no address family given. */
#define ROLE_MCM
#define ON_FAMILY(f) (void)NdisMCmRegisterAddressFamilyEx(Adapter->Handle, NULL)
#include "driver.h"
