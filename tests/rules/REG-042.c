/* REG-042: DriverEntry fails but stays registered. */
#define ROLE_CLIENT
#define ENTRY_RESULT(s) ((void)(s), STATUS_UNSUCCESSFUL)
#include "driver.h"
