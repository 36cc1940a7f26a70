/* BND-003: completes a bind that did not pend. */
#define ROLE_CLIENT
#define ON_OPENED NdisCompleteBindAdapterEx(Binding->Context, NDIS_STATUS_SUCCESS)
#include "driver.h"
