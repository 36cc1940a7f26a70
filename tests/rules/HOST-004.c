/* HOST-004: calls a function of Windows that is not there. */
#define ROLE_MCM
#include "view.h"

static PVOID RuleAddress;
static NDIS_PHYSICAL_ADDRESS RuleWhere;

#define ON_INITIALIZE (void)NdisMMapIoSpace(&RuleAddress, Handle, RuleWhere, 4096)
#include "driver.h"
