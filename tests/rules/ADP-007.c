/* ADP-007: an address family on an adapter that was declared connectionless. */
#define ROLE_MCM
#define ON_REGISTRATION(a) ((a)->AttributeFlags |= NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS)
#include "driver.h"
