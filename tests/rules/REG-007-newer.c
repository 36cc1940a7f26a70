/* REG-007: a driver of NDIS 6.0 with the structure of NDIS 6.1. */
#define ROLE_CLIENT
#define ON_CHARACTERISTICS(c) ((c)->MinorNdisVersion = 0)
#include "driver.h"
