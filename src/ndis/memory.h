/* memory.h - memory that drivers get from NDIS, and things that are little more than memory. */
#ifndef CN_NDIS_MEMORY_H
#define CN_NDIS_MEMORY_H

#include "ndis/resource.h"

void *cn_memory_alloc(NDIS_HANDLE handle, UINT length, ULONG tag, const void *place);
NDIS_STATUS cn_memory_alloc_plain(PVOID *out, UINT length, ULONG tag, const void *place);
void cn_memory_free(void *block, const char *call);
/* Also checks that it is the tag of the allocation (MEM-004). */
void cn_memory_free_tagged(void *block, ULONG tag, const char *call);

/* A string for the caller to free with NdisFreeMemory (BND-025). */
NDIS_STATUS cn_name_give(PNDIS_STRING out, const char *utf8, const void *place);
/* Checks that a driver which is gone has freed such strings. */
void cn_names_judge(struct cn_driver *driver);

PNDIS_GENERIC_OBJECT cn_generic_new(PDRIVER_OBJECT driver, ULONG tag, USHORT size,
                                    const void *place);
void cn_generic_free(PNDIS_GENERIC_OBJECT object);

NDIS_STATUS cn_ndis_device_new(NDIS_HANDLE handle, PNDIS_DEVICE_OBJECT_ATTRIBUTES given,
                               PDEVICE_OBJECT *device, PNDIS_HANDLE out);
void cn_ndis_device_end(NDIS_HANDLE handle);
PVOID cn_ndis_device_extension(PDEVICE_OBJECT device);

#endif
