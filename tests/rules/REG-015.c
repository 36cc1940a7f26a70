/* REG-015: a flag without meaning. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c) ((c)->Flags = 0x80)
#include "driver.h"
