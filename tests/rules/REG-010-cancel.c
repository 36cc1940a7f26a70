/* REG-010: MiniportCancelOidRequest is missing. */
#define ROLE_MINIPORT
#define ON_CHARACTERISTICS(c) ((c)->CancelOidRequestHandler = NULL)
#include "driver.h"
