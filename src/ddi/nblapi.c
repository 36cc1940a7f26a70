/* nblapi.c - the exported functions of NET_BUFFER_LIST and NET_BUFFER structures. */
#include "ndis/nbl.h"

#include "ddi/rows.h"
#include "ndis/binding.h"

NDIS_HANDLE NTAPI NdisAllocateNetBufferListPool(NDIS_HANDLE NdisHandle,
                                                const NET_BUFFER_LIST_POOL_PARAMETERS *Parameters)
{
    CN_DDI_ENTER(ddi, NdisAllocateNetBufferListPool);
    NDIS_HANDLE h = cn_nbl_pool_new(NdisHandle, Parameters);
    CN_DDI_LEAVE_VOID(ddi);
    return h;
}

VOID NTAPI NdisFreeNetBufferListPool(NDIS_HANDLE PoolHandle)
{
    CN_DDI_ENTER(ddi, NdisFreeNetBufferListPool);
    cn_nbl_pool_free(PoolHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_HANDLE NTAPI NdisAllocateNetBufferPool(NDIS_HANDLE NdisHandle,
                                            const NET_BUFFER_POOL_PARAMETERS *Parameters)
{
    CN_DDI_ENTER(ddi, NdisAllocateNetBufferPool);
    NDIS_HANDLE h = cn_nb_pool_new(NdisHandle, Parameters);
    CN_DDI_LEAVE_VOID(ddi);
    return h;
}

VOID NTAPI NdisFreeNetBufferPool(NDIS_HANDLE PoolHandle)
{
    CN_DDI_ENTER(ddi, NdisFreeNetBufferPool);
    cn_nb_pool_free(PoolHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NET_BUFFER_LIST *NTAPI NdisAllocateNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize,
                                                 USHORT ContextBackFill)
{
    CN_DDI_ENTER(ddi, NdisAllocateNetBufferList);
    NET_BUFFER_LIST *nbl = cn_nbl_new(PoolHandle, ContextSize, ContextBackFill, NULL, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return nbl;
}

NET_BUFFER_LIST *NTAPI NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE PoolHandle,
                                                             USHORT ContextSize,
                                                             USHORT ContextBackFill, MDL *MdlChain,
                                                             ULONG DataOffset, SIZE_T DataLength)
{
    CN_DDI_ENTER(ddi, NdisAllocateNetBufferAndNetBufferList);
    struct cn_nb_data data = {MdlChain, DataOffset, DataLength};
    NET_BUFFER_LIST *nbl = cn_nbl_new(PoolHandle, ContextSize, ContextBackFill, &data, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return nbl;
}

VOID NTAPI NdisFreeNetBufferList(NET_BUFFER_LIST *NetBufferList)
{
    CN_DDI_ENTER(ddi, NdisFreeNetBufferList);
    cn_nbl_free(NetBufferList, "NdisFreeNetBufferList");
    CN_DDI_LEAVE_VOID(ddi);
}

NET_BUFFER *NTAPI NdisAllocateNetBuffer(NDIS_HANDLE PoolHandle, MDL *MdlChain, ULONG DataOffset,
                                        SIZE_T DataLength)
{
    CN_DDI_ENTER(ddi, NdisAllocateNetBuffer);
    struct cn_nb_data data = {MdlChain, DataOffset, DataLength};
    NET_BUFFER *nb = cn_nb_new(PoolHandle, &data, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return nb;
}

NET_BUFFER *NTAPI NdisAllocateNetBufferMdlAndData(NDIS_HANDLE PoolHandle)
{
    CN_DDI_ENTER(ddi, NdisAllocateNetBufferMdlAndData);
    NET_BUFFER *nb = cn_nb_new(PoolHandle, NULL, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return nb;
}

VOID NTAPI NdisFreeNetBuffer(NET_BUFFER *NetBuffer)
{
    CN_DDI_ENTER(ddi, NdisFreeNetBuffer);
    cn_nb_free(NetBuffer, "NdisFreeNetBuffer");
    CN_DDI_LEAVE_VOID(ddi);
}

MDL *NTAPI NdisAllocateMdl(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Length)
{
    (void)NdisHandle;
    CN_DDI_ENTER(ddi, NdisAllocateMdl);
    MDL *mdl = IoAllocateMdl(VirtualAddress, Length, FALSE, FALSE, NULL);
    if (mdl != NULL)
        MmBuildMdlForNonPagedPool(mdl);
    CN_DDI_LEAVE_VOID(ddi);
    return mdl;
}

VOID NTAPI NdisFreeMdl(MDL *Mdl)
{
    CN_DDI_ENTER(ddi, NdisFreeMdl);
    IoFreeMdl(Mdl);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_HANDLE NTAPI NdisGetPoolFromNetBuffer(const NET_BUFFER *NetBuffer)
{
    return NetBuffer->NdisPoolHandle;
}

NDIS_HANDLE NTAPI NdisGetPoolFromNetBufferList(const NET_BUFFER_LIST *NetBufferList)
{
    return NetBufferList->NdisPoolHandle;
}

/* -- Giving back ------------------------------------------------------------------------------- */

VOID NTAPI NdisMSendNetBufferListsComplete(NDIS_HANDLE MiniportAdapterHandle,
                                           PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    (void)SendCompleteFlags;
    CN_DDI_ENTER(ddi, NdisMSendNetBufferListsComplete, CN_OBJECT(MiniportAdapterHandle));
    if (cn_adapter_get(MiniportAdapterHandle) != NULL)
        cn_nbl_returned(NetBufferList);
    CN_DDI_LEAVE_VOID(ddi);
}

/* The handle is that of a VC, and there are none yet. */
VOID NTAPI NdisMCoSendNetBufferListsComplete(NDIS_HANDLE NdisVcHandle,
                                             PNET_BUFFER_LIST NetBufferLists,
                                             ULONG SendCompleteFlags)
{
    (void)NdisVcHandle, (void)SendCompleteFlags;
    CN_DDI_ENTER(ddi, NdisMCoSendNetBufferListsComplete);
    cn_nbl_returned(NetBufferLists);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisReturnNetBufferLists(NDIS_HANDLE NdisBindingHandle, PNET_BUFFER_LIST NetBufferLists,
                                    ULONG ReturnFlags)
{
    (void)ReturnFlags;
    CN_DDI_ENTER(ddi, NdisReturnNetBufferLists, CN_OBJECT(NdisBindingHandle));
    if (cn_binding_get(NdisBindingHandle) != NULL)
        cn_nbl_returned(NetBufferLists);
    CN_DDI_LEAVE_VOID(ddi);
}
