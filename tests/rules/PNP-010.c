/* PNP-010: completes a pended pause twice. */
#define ROLE_MCM
#define ON_PAUSE                                                                                   \
    NdisMPauseComplete(Adapter->Handle);                                                           \
    NdisMPauseComplete(Adapter->Handle)
#define PAUSE_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
