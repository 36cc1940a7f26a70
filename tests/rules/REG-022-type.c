/* REG-022: an object type that is no structure. */
#define ROLE_CLIENT
#define ON_CL(c) ((c)->Header.Type = 0x7f)
#include "driver.h"
