/* REG-001: registers with NDIS 4.0. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c) ((c)->MajorNdisVersion = 4, (c)->MinorNdisVersion = 0)
#include "driver.h"
