/* nbl.h - pools of NET_BUFFER_LIST and NET_BUFFER structures, and the structures themselves.
 * Sending, receiving and moving data in them are not here yet. */
#ifndef CN_NDIS_NBL_H
#define CN_NDIS_NBL_H

#include "ndis/resource.h"

NDIS_HANDLE cn_nbl_pool_new(NDIS_HANDLE handle, const NET_BUFFER_LIST_POOL_PARAMETERS *given);
NDIS_HANDLE cn_nb_pool_new(NDIS_HANDLE handle, const NET_BUFFER_POOL_PARAMETERS *given);
void cn_nbl_pool_free(NDIS_HANDLE pool);
void cn_nb_pool_free(NDIS_HANDLE pool);

/* What a NET_BUFFER describes from the start. */
struct cn_nb_data {
    MDL *chain;
    ULONG offset;
    SIZE_T length;
};

NET_BUFFER_LIST *cn_nbl_new(NDIS_HANDLE pool, USHORT context, USHORT back_fill,
                            const struct cn_nb_data *data, const void *place);
void cn_nbl_free(NET_BUFFER_LIST *nbl, const char *call);
/* Without data the pool's own memory is described (a pool with DataSize). */
NET_BUFFER *cn_nb_new(NDIS_HANDLE pool, const struct cn_nb_data *data, const void *place);
void cn_nb_free(NET_BUFFER *nb, const char *call);

/* A driver gives structures back that NDIS never handed to it: nothing is sent or received yet. */
void cn_nbl_returned(NET_BUFFER_LIST *nbl);

#endif
