/* REG-005: the header names the structure of miniport drivers. */
#define ROLE_CLIENT
#define ON_CHARACTERISTICS(c) ((c)->Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS)
#include "driver.h"
