/* AF-037: asks through an address family that is gone. */
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

static NDIS_HANDLE RuleClosed;

#define ON_AF_CLOSED (RuleClosed = Af->Handle)
#define ON_UNBIND    RuleAsk(Binding->Handle, RuleClosed)
#include "driver.h"
