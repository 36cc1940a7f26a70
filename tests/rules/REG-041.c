/* REG-041: DriverEntry of a protocol driver returns STATUS_PENDING. */
#define ROLE_CLIENT
#define ENTRY_RESULT(s) ((void)(s), STATUS_PENDING)
#include "driver.h"
