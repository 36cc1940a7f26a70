/* AF-045: a protocol driver without CoNDIS functions registers an address family. */
#define ROLE_PROTOCOL
#include "view.h"

static CO_ADDRESS_FAMILY RuleFamily = {CO_ADDRESS_FAMILY_TAPI_PROXY, 6, 30};

#define ON_OPENED (void)NdisCmRegisterAddressFamilyEx(Binding->Handle, &RuleFamily)
#include "driver.h"
