/* BND-008: completes an unbind, and then says that it did not pend. */
#define ROLE_CLIENT
#define ON_CLOSED NdisCompleteUnbindAdapterEx(UnbindContext)
#include "driver.h"
