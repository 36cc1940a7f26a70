/* oid.h - OID requests to adapters: NDIS's own, and those of protocol drivers that are no CoNDIS
 * ones. */
#ifndef CN_NDIS_OID_H
#define CN_NDIS_OID_H

#include "ndis/binding.h"

/* What NDIS asks of an adapter that has just been initialised; the answers are facts of the report.
 */
void cn_adapter_ask(struct cn_adapter *a);
/* A copy of a driver's request; false, and reported (HOST-005), when it cannot be read. */
bool cn_oid_read(PNDIS_OID_REQUEST request, NDIS_OID_REQUEST *copy);
/* NdisOidRequest: to the miniport driver, answered through ProtocolOidRequestComplete. */
NDIS_STATUS cn_oid_request(NDIS_HANDLE binding, PNDIS_OID_REQUEST request);
/* Forgets requests that nobody will answer any more. */
void cn_oids_drop(void);

#endif
