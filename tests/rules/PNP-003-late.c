/* PNP-003: completes an event again when it is over. */
#define ROLE_CLIENT
#include "view.h"

static PNET_PNP_EVENT_NOTIFICATION RuleEvent;

#define ON_PNP                                                                                     \
    RuleEvent = Event;                                                                             \
    NdisCompleteNetPnPEvent(Binding != NULL ? Binding->Handle : NULL, Event, NDIS_STATUS_SUCCESS)
#define PNP_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#define ON_UNBIND     NdisCompleteNetPnPEvent(Binding->Handle, RuleEvent, NDIS_STATUS_SUCCESS)
#include "driver.h"
