/* REG-031: an MCM uses one function for both kinds of requests. */
#define ROLE_MCM
#define ON_CM(c) ((c)->CmOidRequestHandler = (CO_OID_REQUEST_HANDLER)(PVOID)MpCoOidRequest)
#include "driver.h"
