/* oid.h - requests that NDIS itself makes of an adapter. Requests of protocol drivers are not here
 * yet. */
#ifndef CN_NDIS_OID_H
#define CN_NDIS_OID_H

#include "ndis/adapter.h"

/* What NDIS asks of an adapter that has just been initialised; the answers are facts of the report.
 */
void cn_adapter_ask(struct cn_adapter *a);

#endif
