/* AF-030: a close that fails. */
#define ROLE_MCM
#define CLOSE_AF_RESULT(s) ((void)(s), NDIS_STATUS_FAILURE)
#include "driver.h"
