/* BND-004: a failing bind leaves the adapter open. */
#define ROLE_CLIENT
#define BIND_RESULT(s) ((void)(s), NDIS_STATUS_RESOURCES)
#include "driver.h"
