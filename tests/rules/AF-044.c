/* AF-044: notifies with the handle of the adapter. */
#define ROLE_MCM
#define ON_HALT (void)NdisMCmNotifyCloseAddressFamily(Adapter->Handle)
#include "driver.h"
