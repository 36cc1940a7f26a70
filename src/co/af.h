/* af.h - address families: what a call manager offers on an adapter, and each client's open of it.
 *
 * A *family* is registered by a call manager (through its binding) or by an MCM (through its
 * adapter) and lives as long as that binding or adapter. An *open* joins one client binding with
 * one family; client and call manager hold the same NdisAfHandle for it, but each side's right to
 * use it ends at its own time.
 */
#ifndef CN_CO_AF_H
#define CN_CO_AF_H

#include "ndis/world_api.h"

/* Connects address families with adapters and bindings; after cn_ndis_start. */
void cn_co_start(void);
void cn_co_stop(void);

/* How many families are registered on the adapter, and how many opens of them there are. */
unsigned cn_af_families(const struct cn_adapter *a);
unsigned cn_af_opens(const struct cn_adapter *a);

#endif
