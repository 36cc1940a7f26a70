/* AF-005: registers its address family twice. */
#define ROLE_MCM
#define ON_FAMILY_REGISTERED (void)NdisMCmRegisterAddressFamilyEx(Adapter->Handle, &Family)
#include "driver.h"
