/* status.h - status indications of miniport drivers. */
#ifndef CN_NDIS_STATUS_H
#define CN_NDIS_STATUS_H

#include "ndis/binding.h"

/* To each binding of the adapter that is not opening or closing: with co through
 * ProtocolCoStatusEx. */
void cn_status_indicate(NDIS_HANDLE adapter, PNDIS_STATUS_INDICATION status, bool co);

#endif
