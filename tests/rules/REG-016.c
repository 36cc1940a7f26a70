/* REG-016: DriverEntry fails but stays registered. */
#define ROLE_MCM
#define ENTRY_RESULT(s) ((void)(s), STATUS_UNSUCCESSFUL)
#include "driver.h"
