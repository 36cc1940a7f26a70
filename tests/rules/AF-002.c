/* AF-002: a stand-alone call manager calls the function of MCMs. */
#define ROLE_CALLMGR
#define ON_FAMILY(f) (void)NdisMCmRegisterAddressFamilyEx(Adapter->Handle, f)
#include "driver.h"
