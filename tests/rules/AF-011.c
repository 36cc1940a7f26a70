/* AF-011: opens an address family that was not offered yet. */
#define ROLE_CLIENT
#include "view.h"

static CO_ADDRESS_FAMILY RuleFamily = {CO_ADDRESS_FAMILY_TAPI_PROXY, 6, 0};
static NDIS_HANDLE RuleOpened;

#define ON_OPENED                                                                                  \
    (void)NdisClOpenAddressFamilyEx(Binding->Handle, &RuleFamily, Binding, &RuleOpened)
#include "driver.h"
