/* AF-021: a failing open leaves its context behind. */
#define ROLE_MCM
#define ON_OPEN_AF        (Af->Adapter->Af = NULL)
#define OPEN_AF_RESULT(s) ((void)(s), NDIS_STATUS_RESOURCES)
#include "driver.h"
