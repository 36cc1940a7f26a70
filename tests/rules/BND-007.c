/* BND-007: an unbind that fails. */
#define ROLE_CLIENT
#define UNBIND_RESULT(s) ((void)(s), NDIS_STATUS_FAILURE)
#include "driver.h"
