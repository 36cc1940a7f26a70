/* PNP-010: completes a pause, and then says that it did not pend. */
#define ROLE_MCM
#define ON_PAUSE NdisMPauseComplete(Adapter->Handle)
#include "driver.h"
