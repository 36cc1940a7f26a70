/* AF-046: a miniport driver without CoNDIS functions registers an address family. */
#define ROLE_MINIPORT
#include "view.h"

static CO_ADDRESS_FAMILY RuleFamily = {CO_ADDRESS_FAMILY_TAPI_PROXY, 6, 30};

#define ON_CO(c)      return NDIS_STATUS_SUCCESS
#define ON_GENERAL(a) ((a)->MediaType = NdisMedium802_3)
#define ON_ATTRIBUTES (void)NdisMCmRegisterAddressFamilyEx(Adapter->Handle, &RuleFamily)
#include "driver.h"
