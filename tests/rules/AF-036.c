/* AF-036: completes a notification that never came. */
#define ROLE_CLIENT
#define ON_AF_OPENED NdisClNotifyCloseAddressFamilyComplete(Af->Handle, NDIS_STATUS_SUCCESS)
#include "driver.h"
