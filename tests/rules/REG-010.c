/* REG-010: MiniportHaltEx is missing. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c) ((c)->HaltHandlerEx = NULL)
#include "driver.h"
