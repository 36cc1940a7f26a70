/* REG-031: an MCM uses one function for both kinds of requests. */
#define ROLE_MCM
#include "view.h"

static NDIS_STATUS NTAPI MpCoOidRequest(NDIS_HANDLE Context, NDIS_HANDLE Vc,
                                        PNDIS_OID_REQUEST Request);

#define ON_CM(c) ((c)->CmOidRequestHandler = (CO_OID_REQUEST_HANDLER)(PVOID)MpCoOidRequest)
#include "driver.h"
