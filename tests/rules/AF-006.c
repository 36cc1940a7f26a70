/* AF-006: registers an address family that is there already. */
#define ROLE_CALLMGR
#define ON_FAMILY_REGISTERED (void)NdisCmRegisterAddressFamilyEx(Adapter->Handle, &Family)
#include "driver.h"
