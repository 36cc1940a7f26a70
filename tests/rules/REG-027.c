/* REG-027: ProtocolCoStatusEx is missing. */
#define ROLE_CLIENT
#define ON_CO(c) ((c)->CoStatusHandlerEx = NULL)
#include "driver.h"
