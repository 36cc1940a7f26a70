/* BND-024: uses UnbindContext after the unbind was completed. */
#define ROLE_CLIENT
#define ON_CLOSED                                                                                  \
    NdisCompleteUnbindAdapterEx(UnbindContext);                                                    \
    NdisCompleteUnbindAdapterEx(UnbindContext)
#define UNBIND_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
