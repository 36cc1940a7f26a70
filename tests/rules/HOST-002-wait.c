/* HOST-002: waits for what nobody does. */
#define ROLE_CLIENT
#define ON_UNBIND NdisWaitEvent(&Binding->Event, 0)
#include "driver.h"
