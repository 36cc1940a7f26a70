/* REG-035: opens an address family without having registered as a client. */
#define ROLE_CLIENT
#define ON_CL(c) return NDIS_STATUS_SUCCESS
#include "driver.h"
