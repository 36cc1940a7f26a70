/* AF-018: completes an open that did not pend. */
#define ROLE_MCM
#define ON_OPEN_AF OPEN_AF_COMPLETE(Status, NdisAfHandle, Af)
#include "driver.h"
