/* REG-014: direct OID requests that cannot be cancelled. */
#define ROLE_MCM
#include "view.h"

static NDIS_STATUS NTAPI DirectOidRequest(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

#define ON_CHARACTERISTICS(c) ((c)->DirectOidRequestHandler = DirectOidRequest)
#include "driver.h"
