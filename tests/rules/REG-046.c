/* REG-046: a driver without any CoNDIS functions opens an address family. */
#define ROLE_PROTOCOL
#include "view.h"

static CO_ADDRESS_FAMILY RuleFamily = {CO_ADDRESS_FAMILY_TAPI_PROXY, 6, 0};
static NDIS_HANDLE RuleOpened;

#define ON_OPENED                                                                                  \
    (void)NdisClOpenAddressFamilyEx(Binding->Handle, &RuleFamily, Binding, &RuleOpened)
#include "driver.h"
