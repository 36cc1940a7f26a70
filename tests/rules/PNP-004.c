/* PNP-004: refuses to pause. */
#define ROLE_CLIENT
#define PNP_RESULT(s) (Event->NetPnPEvent.NetEvent == NetEventPause ? NDIS_STATUS_FAILURE : (s))
#include "driver.h"
