/* IRQL-006: stalls the processor for a millisecond. */
#define ROLE_MCM
#define ON_PAUSE NdisStallExecution(1000)
#include "driver.h"
