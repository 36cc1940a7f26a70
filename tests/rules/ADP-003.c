/* ADP-003: MiniportInitializeEx succeeds without general attributes. */
#define ROLE_MINIPORT
#define ON_GENERAL(a) return NDIS_STATUS_SUCCESS
#include "driver.h"
