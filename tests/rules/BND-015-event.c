/* BND-015: completes an event that was not pending. */
#define ROLE_CLIENT
#define ON_UNBIND                                                                                  \
    {                                                                                              \
        NET_PNP_EVENT_NOTIFICATION Event;                                                          \
        NdisCompleteNetPnPEvent(Binding->Handle, &Event, NDIS_STATUS_SUCCESS);                     \
    }
#include "driver.h"
