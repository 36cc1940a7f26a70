/* hardware.c - what a driver of a real device claims. There is no device: each claim is refused
 * with a status of its page, once it is certain that the adapter's attributes came first (ADP-001).
 */
#include "ddi/rows.h"
#include "load/probe.h"
#include "ndis/adapter.h"

static NDIS_STATUS refuse(NDIS_HANDLE adapter, NDIS_STATUS status)
{
    struct cn_adapter *a = cn_adapter_get(adapter);
    if (a == NULL || !cn_adapter_registered(a))
        return NDIS_STATUS_FAILURE;
    return status;
}

/* The handle of a claim that was never granted. */
static void bad_handle(NDIS_HANDLE handle)
{
    CN_CHECK(CN_GEN_001, false, .found = cn_handle_explain(handle, CN_KIND_NONE),
             .allowed = "a handle from a registration that succeeded");
}

NDIS_STATUS NTAPI
NdisMRegisterInterruptEx(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportInterruptContext,
                         PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS MiniportInterruptCharacteristics,
                         PNDIS_HANDLE NdisInterruptHandle)
{
    (void)MiniportInterruptContext, (void)MiniportInterruptCharacteristics;
    (void)NdisInterruptHandle;
    CN_DDI_ENTER(ddi, NdisMRegisterInterruptEx);
    NDIS_STATUS s = refuse(MiniportAdapterHandle, NDIS_STATUS_RESOURCES);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMDeregisterInterruptEx(NDIS_HANDLE NdisInterruptHandle)
{
    CN_DDI_ENTER(ddi, NdisMDeregisterInterruptEx);
    bad_handle(NdisInterruptHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisMMapIoSpace(PVOID *VirtualAddress, NDIS_HANDLE MiniportAdapterHandle,
                                  NDIS_PHYSICAL_ADDRESS PhysicalAddress, UINT Length)
{
    (void)VirtualAddress, (void)PhysicalAddress, (void)Length;
    CN_DDI_ENTER(ddi, NdisMMapIoSpace);
    NDIS_STATUS s = refuse(MiniportAdapterHandle, NDIS_STATUS_RESOURCE_CONFLICT);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMUnmapIoSpace(NDIS_HANDLE MiniportAdapterHandle, PVOID VirtualAddress, UINT Length)
{
    (void)VirtualAddress, (void)Length;
    CN_DDI_ENTER(ddi, NdisMUnmapIoSpace);
    cn_adapter_get(MiniportAdapterHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisMRegisterIoPortRange(PVOID *PortOffset, NDIS_HANDLE MiniportAdapterHandle,
                                           UINT InitialPort, UINT NumberOfPorts)
{
    (void)PortOffset, (void)InitialPort, (void)NumberOfPorts;
    CN_DDI_ENTER(ddi, NdisMRegisterIoPortRange);
    NDIS_STATUS s = refuse(MiniportAdapterHandle, NDIS_STATUS_RESOURCE_CONFLICT);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMDeregisterIoPortRange(NDIS_HANDLE MiniportAdapterHandle, UINT InitialPort,
                                      UINT NumberOfPorts, PVOID PortOffset)
{
    (void)InitialPort, (void)NumberOfPorts, (void)PortOffset;
    CN_DDI_ENTER(ddi, NdisMDeregisterIoPortRange);
    cn_adapter_get(MiniportAdapterHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisMRegisterScatterGatherDma(NDIS_HANDLE MiniportAdapterHandle,
                                                PNDIS_SG_DMA_DESCRIPTION DmaDescription,
                                                PNDIS_HANDLE NdisMiniportDmaHandle)
{
    (void)DmaDescription, (void)NdisMiniportDmaHandle;
    CN_DDI_ENTER(ddi, NdisMRegisterScatterGatherDma);
    NDIS_STATUS s = refuse(MiniportAdapterHandle, NDIS_STATUS_NOT_SUPPORTED);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMDeregisterScatterGatherDma(NDIS_HANDLE NdisMiniportDmaHandle)
{
    CN_DDI_ENTER(ddi, NdisMDeregisterScatterGatherDma);
    bad_handle(NdisMiniportDmaHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisMRegisterDmaChannel(PNDIS_HANDLE MiniportDmaHandle,
                                          NDIS_HANDLE MiniportAdapterHandle, UINT DmaChannel,
                                          BOOLEAN Dma32BitAddresses,
                                          PNDIS_DMA_DESCRIPTION DmaDescription, ULONG MaximumLength)
{
    (void)MiniportDmaHandle, (void)DmaChannel, (void)Dma32BitAddresses;
    (void)DmaDescription, (void)MaximumLength;
    CN_DDI_ENTER(ddi, NdisMRegisterDmaChannel);
    NDIS_STATUS s = refuse(MiniportAdapterHandle, NDIS_STATUS_RESOURCES);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMDeregisterDmaChannel(NDIS_HANDLE MiniportDmaHandle)
{
    CN_DDI_ENTER(ddi, NdisMDeregisterDmaChannel);
    bad_handle(MiniportDmaHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisMAllocateSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length,
                                     BOOLEAN Cached, PVOID *VirtualAddress,
                                     PNDIS_PHYSICAL_ADDRESS PhysicalAddress)
{
    (void)Length, (void)Cached, (void)PhysicalAddress;
    CN_DDI_ENTER(ddi, NdisMAllocateSharedMemory);
    refuse(MiniportAdapterHandle, NDIS_STATUS_RESOURCES);
    if (VirtualAddress != NULL && cn_probe_write(VirtualAddress, sizeof(*VirtualAddress)) == 0)
        *VirtualAddress = NULL;
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisMFreeSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached,
                                 PVOID VirtualAddress, NDIS_PHYSICAL_ADDRESS PhysicalAddress)
{
    (void)Length, (void)Cached, (void)VirtualAddress, (void)PhysicalAddress;
    CN_DDI_ENTER(ddi, NdisMFreeSharedMemory);
    cn_adapter_get(MiniportAdapterHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

/* Zero bytes were read or written. */
ULONG NTAPI NdisMGetBusData(NDIS_HANDLE NdisMiniportHandle, ULONG WhichSpace, ULONG Offset,
                            PVOID Buffer, ULONG Length)
{
    (void)WhichSpace, (void)Offset, (void)Buffer, (void)Length;
    CN_DDI_ENTER(ddi, NdisMGetBusData);
    cn_adapter_get(NdisMiniportHandle);
    CN_DDI_LEAVE_VOID(ddi);
    return 0;
}

ULONG NTAPI NdisMSetBusData(NDIS_HANDLE NdisMiniportHandle, ULONG WhichSpace, ULONG Offset,
                            PVOID Buffer, ULONG Length)
{
    (void)WhichSpace, (void)Offset, (void)Buffer, (void)Length;
    CN_DDI_ENTER(ddi, NdisMSetBusData);
    cn_adapter_get(NdisMiniportHandle);
    CN_DDI_LEAVE_VOID(ddi);
    return 0;
}
