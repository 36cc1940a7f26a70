/* BND-002: uses the binding handle while the open is pending.
 * options: --pend */
#define ROLE_CLIENT
#define ON_OPENING (void)NdisUnbindAdapter(Binding->Handle)
#include "driver.h"
