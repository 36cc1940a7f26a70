/* REG-007: a driver of NDIS 6.30 with the structure of NDIS 6.0. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c) ((c)->Header.Revision = 1)
#include "driver.h"
