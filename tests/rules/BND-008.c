/* BND-008: completes the unbind before the adapter is closed. */
#define ROLE_CLIENT
#define ON_UNBIND NdisCompleteUnbindAdapterEx(UnbindContext)
#include "driver.h"
