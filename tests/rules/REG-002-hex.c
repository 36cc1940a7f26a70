/* REG-002: 6.30 written as a hexadecimal number. */
#define ROLE_MINIPORT
#define ON_CHARACTERISTICS(c) ((c)->MinorNdisVersion = 0x30)
#include "driver.h"
