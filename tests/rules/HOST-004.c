/* HOST-004: calls a function of Windows that is not there. */
#define ROLE_MCM
#include "view.h"

static NDIS_SYSTEM_PROCESSOR_INFO RuleProcessors;

#define ON_INITIALIZE (void)NdisGetProcessorInformation(&RuleProcessors)
#include "driver.h"
