/* AF-002: a miniport driver without call manager functions registers an address family. */
#define ROLE_MINIPORT
#include "view.h"

static CO_ADDRESS_FAMILY RuleFamily = {CO_ADDRESS_FAMILY_TAPI_PROXY, 6, 30};

#define ON_ATTRIBUTES (void)NdisMCmRegisterAddressFamilyEx(Adapter->Handle, &RuleFamily)
#include "driver.h"
