/* AF-023: asks through an address family that it has closed. */
#define ROLE_CLIENT
#include "view.h"

static void RuleAsk(NDIS_HANDLE Binding, NDIS_HANDLE Af)
{
    NDIS_OID_REQUEST Request = {
        .Header = {NDIS_OBJECT_TYPE_OID_REQUEST, NDIS_OID_REQUEST_REVISION_1,
                   NDIS_SIZEOF_OID_REQUEST_REVISION_1},
        .RequestType = NdisRequestQueryInformation,
        .DATA.QUERY_INFORMATION.Oid = OID_GEN_CO_SUPPORTED_LIST,
    };

    (void)NdisCoOidRequest(Binding, Af, NULL, NULL, &Request);
}

#define ON_AF_CLOSED RuleAsk(Binding->Handle, Af->Handle)
#include "driver.h"
