/* GEN-002: completes an OID request that nobody made. */
#define ROLE_MCM
#include "view.h"

static NDIS_OID_REQUEST RuleRequest;

#define ON_RESTART NdisMOidRequestComplete(Adapter->Handle, &RuleRequest, NDIS_STATUS_SUCCESS)
#include "driver.h"
