/* PNP-012: completes a restart, and then says that it did not pend. */
#define ROLE_MCM
#define ON_RESTART NdisMRestartComplete(Adapter->Handle, NDIS_STATUS_SUCCESS)
#include "driver.h"
