/* AF-001: an MCM calls the function of stand-alone call managers. */
#define ROLE_MCM
#define ON_FAMILY(f) (void)NdisCmRegisterAddressFamilyEx(Adapter->Handle, f)
#include "driver.h"
