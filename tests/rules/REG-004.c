/* REG-004: the header names the structure of protocol drivers. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c) ((c)->Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS)
#include "driver.h"
