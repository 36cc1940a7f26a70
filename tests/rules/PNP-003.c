/* PNP-003: completes a pended event twice. */
#define ROLE_CLIENT
#define ON_PNP                                                                                     \
    NdisCompleteNetPnPEvent(Binding != NULL ? Binding->Handle : NULL, Event, NDIS_STATUS_SUCCESS); \
    NdisCompleteNetPnPEvent(Binding != NULL ? Binding->Handle : NULL, Event, NDIS_STATUS_SUCCESS)
#define PNP_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
