/* REG-006: the size was forgotten. */
#define ROLE_CALLMGR
#define ON_CM(c) ((c)->Header.Size = 0)
#include "driver.h"
