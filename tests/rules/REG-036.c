/* REG-036: registers an address family without having registered as a call manager. */
#define ROLE_CALLMGR
#define ON_CM(c) return NDIS_STATUS_SUCCESS
#include "driver.h"
