/* AF-027: completes a close that did not pend. */
#define ROLE_MCM
#define ON_CLOSE_AF CLOSE_AF_COMPLETE(NDIS_STATUS_SUCCESS, Af->Handle)
#include "driver.h"
