/* config.h - configuration handles: a registry key, and the values NDIS read from it for the
 * driver. */
#ifndef CN_NDIS_CONFIG_H
#define CN_NDIS_CONFIG_H

#include "ndis/resource.h"

NDIS_STATUS cn_config_open(const NDIS_CONFIGURATION_OBJECT *given, PNDIS_HANDLE out);
NDIS_STATUS cn_config_open_name(NDIS_HANDLE handle, const NDIS_STRING *name, PNDIS_HANDLE out);
/* name gets the subkey's name. */
NDIS_STATUS cn_config_open_index(NDIS_HANDLE handle, ULONG index, PNDIS_STRING name,
                                 PNDIS_HANDLE out);
NDIS_STATUS cn_config_read(NDIS_HANDLE handle, const NDIS_STRING *keyword, NDIS_PARAMETER_TYPE type,
                           PNDIS_CONFIGURATION_PARAMETER *out);
NDIS_STATUS cn_config_write(NDIS_HANDLE handle, const NDIS_STRING *keyword,
                            const NDIS_CONFIGURATION_PARAMETER *value);
NDIS_STATUS cn_config_address(NDIS_HANDLE handle, PVOID *address, PUINT length);
void cn_config_close(NDIS_HANDLE handle);

#endif
