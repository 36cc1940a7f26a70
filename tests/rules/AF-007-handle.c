/* AF-007: no binding given. */
#define ROLE_CALLMGR
#define ON_FAMILY(f) (void)NdisCmRegisterAddressFamilyEx(NULL, f)
#include "driver.h"
