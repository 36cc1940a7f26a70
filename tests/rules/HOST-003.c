/* HOST-003: stops the system. */
#define ROLE_MCM
#define ON_RESTART KeBugCheckEx(0xE2, 1, 2, 3, 4)
#include "driver.h"
