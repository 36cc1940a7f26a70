/* PNP-007: does not support an event. */
#define ROLE_CLIENT
#define PNP_RESULT(s)                                                                              \
    (Event->NetPnPEvent.NetEvent == NetEventBindsComplete ? NDIS_STATUS_NOT_SUPPORTED : (s))
#include "driver.h"
