/* BND-003: completes a pended bind twice. */
#define ROLE_CLIENT
#define ON_OPENED                                                                                  \
    NdisCompleteBindAdapterEx(Binding->Context, NDIS_STATUS_SUCCESS);                              \
    NdisCompleteBindAdapterEx(Binding->Context, NDIS_STATUS_SUCCESS)
#define BIND_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
