/* AF-027: completes a close with an error. */
#define ROLE_MCM
#define ON_CLOSE_AF        CLOSE_AF_COMPLETE(NDIS_STATUS_FAILURE, Af->Handle)
#define CLOSE_AF_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
