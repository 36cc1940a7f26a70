/* PNP-022: takes 11 seconds to pause. */
#define ROLE_MCM
#define ON_PAUSE NdisMSleep(11000000)
#include "driver.h"
