/* REG-002: there is no NDIS 6.25. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c) ((c)->MinorNdisVersion = 25)
#include "driver.h"
