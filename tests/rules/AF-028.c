/* AF-028: uses the handle of an address family that its client has closed. */
#define ROLE_CALLMGR
#include "view.h"

static NDIS_HANDLE RuleClosed;

#define ON_OPEN_AF (RuleClosed = NdisAfHandle)
#define ON_UNLOAD  (void)NdisCmNotifyCloseAddressFamily(RuleClosed)
#include "driver.h"
