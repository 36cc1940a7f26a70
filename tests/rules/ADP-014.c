/* ADP-014: MiniportInitializeEx returns NDIS_STATUS_PENDING. */
#define ROLE_MINIPORT
#define INITIALIZE_RESULT(s) ((void)(s), NdisFreeMemory(Adapter, 0, 0), NDIS_STATUS_PENDING)
#include "driver.h"
