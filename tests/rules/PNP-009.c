/* PNP-009: a pause that fails. */
#define ROLE_MCM
#define PAUSE_RESULT(s) ((void)(s), NDIS_STATUS_FAILURE)
#include "driver.h"
