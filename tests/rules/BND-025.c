/* BND-025: does not free the name of the adapter. */
#define ROLE_CLIENT
#include "view.h"

static NDIS_STRING RuleName;

#define ON_OPENED (void)NdisQueryAdapterInstanceName(&RuleName, Binding->Handle)
#include "driver.h"
