/* HOST-002: never completes a pause. */
#define ROLE_MCM
#define PAUSE_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
