/* AF-035: completes the notification and then says that it did not pend. */
#define ROLE_CLIENT
#define ON_AF_CLOSED NdisClNotifyCloseAddressFamilyComplete(Af->Handle, NDIS_STATUS_SUCCESS)
#include "driver.h"
