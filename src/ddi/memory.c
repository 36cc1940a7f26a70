/* memory.c - the exported functions of memory, generic objects and devices. */
#include "ndis/memory.h"

#include "ddi/rows.h"

PVOID NTAPI NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag,
                                              EX_POOL_PRIORITY Priority)
{
    (void)Priority;
    CN_DDI_ENTER(ddi, NdisAllocateMemoryWithTagPriority);
    PVOID p = cn_memory_alloc(NdisHandle, Length, Tag, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

NDIS_STATUS NTAPI NdisAllocateMemoryWithTag(PVOID *VirtualAddress, UINT Length, ULONG Tag)
{
    CN_DDI_ENTER(ddi, NdisAllocateMemoryWithTag);
    NDIS_STATUS s = cn_memory_alloc_plain(VirtualAddress, Length, Tag, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags)
{
    (void)Length, (void)MemoryFlags;
    CN_DDI_ENTER(ddi, NdisFreeMemory);
    cn_memory_free(VirtualAddress, "NdisFreeMemory");
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag)
{
    CN_DDI_ENTER(ddi, NdisFreeMemoryWithTag);
    cn_memory_free_tagged(VirtualAddress, Tag, "NdisFreeMemoryWithTag");
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Tag)
{
    (void)NdisHandle;
    CN_DDI_ENTER(ddi, NdisFreeMemoryWithTagPriority);
    cn_memory_free_tagged(VirtualAddress, Tag, "NdisFreeMemoryWithTagPriority");
    CN_DDI_LEAVE_VOID(ddi);
}

PNDIS_GENERIC_OBJECT NTAPI NdisAllocateGenericObject(PDRIVER_OBJECT DriverObject, ULONG Tag,
                                                     USHORT Size)
{
    CN_DDI_ENTER(ddi, NdisAllocateGenericObject);
    PNDIS_GENERIC_OBJECT o = cn_generic_new(DriverObject, Tag, Size, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return o;
}

VOID NTAPI NdisFreeGenericObject(PNDIS_GENERIC_OBJECT NdisObject)
{
    CN_DDI_ENTER(ddi, NdisFreeGenericObject);
    cn_generic_free(NdisObject);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisRegisterDeviceEx(NDIS_HANDLE NdisHandle,
                                       PNDIS_DEVICE_OBJECT_ATTRIBUTES DeviceObjectAttributes,
                                       PDEVICE_OBJECT *pDeviceObject, PNDIS_HANDLE NdisDeviceHandle)
{
    CN_DDI_ENTER(ddi, NdisRegisterDeviceEx);
    NDIS_STATUS s =
        cn_ndis_device_new(NdisHandle, DeviceObjectAttributes, pDeviceObject, NdisDeviceHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle)
{
    CN_DDI_ENTER(ddi, NdisDeregisterDeviceEx);
    cn_ndis_device_end(NdisDeviceHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

PVOID NTAPI NdisGetDeviceReservedExtension(PDEVICE_OBJECT DeviceObject)
{
    CN_DDI_ENTER(ddi, NdisGetDeviceReservedExtension);
    PVOID p = cn_ndis_device_extension(DeviceObject);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}
