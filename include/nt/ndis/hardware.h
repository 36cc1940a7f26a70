/* hardware.h - interrupts, DMA, ports and shared memory of hardware adapters.
 *
 * condis has no hardware behind them. Drivers that register them compile and are inspected. */
#ifndef CONDIS_NT_NDIS_HARDWARE_H
#define CONDIS_NT_NDIS_HARDWARE_H

#include "types.h"
#include "nbl.h"

EXTERN_C_START

/* -- Interrupts ------------------------------------------------------------------------------- */

typedef KINTERRUPT_MODE NDIS_INTERRUPT_MODE, *PNDIS_INTERRUPT_MODE;

typedef enum _NDIS_INTERRUPT_TYPE {
    NDIS_CONNECT_LINE_BASED = 1,
    NDIS_CONNECT_MESSAGE_BASED,
} NDIS_INTERRUPT_TYPE,
    *PNDIS_INTERRUPT_TYPE;

#define NdisInterruptLevelSensitive 0
#define NdisInterruptLatched        1

typedef BOOLEAN(NTAPI MINIPORT_ISR)(NDIS_HANDLE MiniportInterruptContext,
                                    PBOOLEAN QueueDefaultInterruptDpc, PULONG TargetProcessors);
typedef MINIPORT_ISR *MINIPORT_ISR_HANDLER;
typedef VOID(NTAPI MINIPORT_INTERRUPT_DPC)(NDIS_HANDLE MiniportInterruptContext,
                                           PVOID MiniportDpcContext,
                                           PVOID ReceiveThrottleParameters, PVOID NdisReserved2);
typedef MINIPORT_INTERRUPT_DPC *MINIPORT_INTERRUPT_DPC_HANDLER;
typedef VOID(NTAPI MINIPORT_DISABLE_INTERRUPT)(NDIS_HANDLE MiniportInterruptContext);
typedef MINIPORT_DISABLE_INTERRUPT *MINIPORT_DISABLE_INTERRUPT_HANDLER;
typedef VOID(NTAPI MINIPORT_ENABLE_INTERRUPT)(NDIS_HANDLE MiniportInterruptContext);
typedef MINIPORT_ENABLE_INTERRUPT *MINIPORT_ENABLE_INTERRUPT_HANDLER;
typedef BOOLEAN(NTAPI MINIPORT_MESSAGE_INTERRUPT)(NDIS_HANDLE MiniportInterruptContext,
                                                  ULONG MessageId,
                                                  PBOOLEAN QueueDefaultInterruptDpc,
                                                  PULONG TargetProcessors);
typedef MINIPORT_MESSAGE_INTERRUPT *MINIPORT_MSI_ISR_HANDLER;
typedef VOID(NTAPI MINIPORT_MESSAGE_INTERRUPT_DPC)(NDIS_HANDLE MiniportInterruptContext,
                                                   ULONG MessageId, PVOID MiniportDpcContext,
                                                   PVOID ReceiveThrottleParameters,
                                                   PVOID NdisReserved2);
typedef MINIPORT_MESSAGE_INTERRUPT_DPC *MINIPORT_MSI_INTERRUPT_DPC_HANDLER;
typedef VOID(NTAPI MINIPORT_DISABLE_MESSAGE_INTERRUPT)(NDIS_HANDLE MiniportInterruptContext,
                                                       ULONG MessageId);
typedef MINIPORT_DISABLE_MESSAGE_INTERRUPT *MINIPORT_DISABLE_MSI_INTERRUPT_HANDLER;
typedef VOID(NTAPI MINIPORT_ENABLE_MESSAGE_INTERRUPT)(NDIS_HANDLE MiniportInterruptContext,
                                                      ULONG MessageId);
typedef MINIPORT_ENABLE_MESSAGE_INTERRUPT *MINIPORT_ENABLE_MSI_INTERRUPT_HANDLER;
typedef BOOLEAN(NTAPI MINIPORT_SYNCHRONIZE_INTERRUPT)(NDIS_HANDLE SynchronizeContext);
typedef MINIPORT_SYNCHRONIZE_INTERRUPT *MINIPORT_SYNCHRONIZE_INTERRUPT_HANDLER;

typedef struct _NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    MINIPORT_ISR_HANDLER InterruptHandler;
    MINIPORT_INTERRUPT_DPC_HANDLER InterruptDpcHandler;
    MINIPORT_DISABLE_INTERRUPT_HANDLER DisableInterruptHandler;
    MINIPORT_ENABLE_INTERRUPT_HANDLER EnableInterruptHandler;
    BOOLEAN MsiSupported;
    BOOLEAN MsiSyncWithAllMessages;
    MINIPORT_MSI_ISR_HANDLER MessageInterruptHandler;
    MINIPORT_MSI_INTERRUPT_DPC_HANDLER MessageInterruptDpcHandler;
    MINIPORT_DISABLE_MSI_INTERRUPT_HANDLER DisableMessageInterruptHandler;
    MINIPORT_ENABLE_MSI_INTERRUPT_HANDLER EnableMessageInterruptHandler;
    NDIS_INTERRUPT_TYPE InterruptType;
    PIO_INTERRUPT_MESSAGE_INFO MessageInfoTable;
} NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS, *PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS;
#define NDIS_MINIPORT_INTERRUPT_REVISION_1 1
#define NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS, MessageInfoTable)

typedef struct _NDIS_RECEIVE_THROTTLE_PARAMETERS {
    ULONG MaxNblsToIndicate;
    ULONG MoreNblsPending : 1;
} NDIS_RECEIVE_THROTTLE_PARAMETERS, *PNDIS_RECEIVE_THROTTLE_PARAMETERS;

typedef enum _NDIS_MSIX_TABLE_CONFIG {
    NdisMSIXTableConfigSetTableEntry,
    NdisMSIXTableConfigMaskTableEntry,
    NdisMSIXTableConfigUnmaskTableEntry,
    NdisMSIXTableConfigMax,
} NDIS_MSIX_TABLE_OPERATION,
    *PNDIS_MSIX_TABLE_OPERATION;

typedef struct _NDIS_MSIX_CONFIG_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    NDIS_MSIX_TABLE_OPERATION ConfigOperation;
    ULONG TableEntry;
    ULONG MessageNumber;
} NDIS_MSIX_CONFIG_PARAMETERS, *PNDIS_MSIX_CONFIG_PARAMETERS;
#define NDIS_MSIX_CONFIG_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_MSIX_CONFIG_PARAMETERS_REVISION_1                                              \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_MSIX_CONFIG_PARAMETERS, MessageNumber)

NDISAPI NDIS_STATUS NTAPI
NdisMRegisterInterruptEx(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportInterruptContext,
                         PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS MiniportInterruptCharacteristics,
                         PNDIS_HANDLE NdisInterruptHandle);
NDISAPI VOID NTAPI NdisMDeregisterInterruptEx(NDIS_HANDLE NdisInterruptHandle);

/* -- DMA -------------------------------------------------------------------------------------- */

typedef enum _NDIS_SHARED_MEMORY_USAGE {
    NdisSharedMemoryUsageUndefined,
    NdisSharedMemoryUsageXmit,
    NdisSharedMemoryUsageXmitHeader,
    NdisSharedMemoryUsageXmitData,
    NdisSharedMemoryUsageReceive,
    NdisSharedMemoryUsageReceiveLookahead,
    NdisSharedMemoryUsageReceivePostLookahead,
    NdisSharedMemoryUsageReceiveHeader,
    NdisSharedMemoryUsageReceiveData,
    NdisSharedMemoryUsageOther,
    NdisSharedMemoryUsageMax,
} NDIS_SHARED_MEMORY_USAGE,
    *PNDIS_SHARED_MEMORY_USAGE;

#define NDIS_DMA_24BITS                    0
#define NDIS_DMA_32BITS                    1
#define NDIS_SG_DMA_64_BIT_ADDRESS         1
#define NDIS_SG_LIST_WRITE_TO_DEVICE       1
#define NDIS_SG_DMA_DESCRIPTION_REVISION_1 1
#define NDIS_DMA_64BITS                    2
#define NDIS_SG_DMA_V3_HAL_API             2
#define NDIS_SG_DMA_DESCRIPTION_REVISION_2 2
#define NDIS_SG_DMA_HYBRID_DMA             4

typedef VOID(NTAPI MINIPORT_PROCESS_SG_LIST)(PDEVICE_OBJECT pDO, PVOID Reserved,
                                             PSCATTER_GATHER_LIST pSGL, PVOID Context);
typedef MINIPORT_PROCESS_SG_LIST *MINIPORT_PROCESS_SG_LIST_HANDLER;
typedef VOID(NTAPI MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE)(NDIS_HANDLE MiniportAdapterContext,
                                                          PVOID VirtualAddress,
                                                          PNDIS_PHYSICAL_ADDRESS PhysicalAddress,
                                                          ULONG Length, PVOID Context);
typedef MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER;
typedef VOID(NTAPI NDIS_PROCESS_SG_LIST)(PDEVICE_OBJECT DeviceObject, PVOID Reserved,
                                         PSCATTER_GATHER_LIST ScatterGatherListBuffer,
                                         PVOID Context);
typedef NDIS_PROCESS_SG_LIST *NDIS_PROCESS_SG_LIST_HANDLER;

typedef struct _NDIS_SG_DMA_DESCRIPTION {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG MaximumPhysicalMapping;
    MINIPORT_PROCESS_SG_LIST_HANDLER ProcessSGListHandler;
    MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER SharedMemAllocateCompleteHandler;
    ULONG ScatterGatherListSize;
#if NDIS_SUPPORT_NDIS685
    DEVICE_OBJECT *PdoOverride;
#endif
} NDIS_SG_DMA_DESCRIPTION, *PNDIS_SG_DMA_DESCRIPTION;
#define NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SG_DMA_DESCRIPTION, ScatterGatherListSize)
#define NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_2                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SG_DMA_DESCRIPTION, PdoOverride)

typedef struct _NDIS_SCATTER_GATHER_LIST_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_RECEIVE_QUEUE_ID QueueId;
    NDIS_SHARED_MEMORY_USAGE SharedMemoryUsage;
    PMDL Mdl;
    PVOID CurrentVa;
    ULONG Length;
    NDIS_PROCESS_SG_LIST_HANDLER ProcessSGListHandler;
    PVOID Context;
    PSCATTER_GATHER_LIST ScatterGatherListBuffer;
    ULONG ScatterGatherListBufferSize;
    ULONG ScatterGatherListBufferSizeNeeded;
} NDIS_SCATTER_GATHER_LIST_PARAMETERS, *PNDIS_SCATTER_GATHER_LIST_PARAMETERS;
#define NDIS_SCATTER_GATHER_LIST_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_SCATTER_GATHER_LIST_PARAMETERS_REVISION_1                                      \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SCATTER_GATHER_LIST_PARAMETERS, ScatterGatherListBufferSizeNeeded)

typedef struct _NDIS_DMA_DESCRIPTION {
    BOOLEAN DemandMode;
    BOOLEAN AutoInitialize;
    BOOLEAN DmaChannelSpecified;
    DMA_WIDTH DmaWidth;
    DMA_SPEED DmaSpeed;
    ULONG DmaPort;
    ULONG DmaChannel;
} NDIS_DMA_DESCRIPTION, *PNDIS_DMA_DESCRIPTION;

typedef struct _NDIS_DMA_BLOCK {
    PVOID MapRegisterBase;
    KEVENT AllocationEvent;
    PVOID SystemAdapterObject;
    PVOID Miniport;
    BOOLEAN InProgress;
} NDIS_DMA_BLOCK, *PNDIS_DMA_BLOCK;

typedef struct _NDIS_PHYSICAL_ADDRESS_UNIT {
    NDIS_PHYSICAL_ADDRESS PhysicalAddress;
    UINT Length;
} NDIS_PHYSICAL_ADDRESS_UNIT, *PNDIS_PHYSICAL_ADDRESS_UNIT;

NDISAPI NDIS_STATUS NTAPI NdisMRegisterScatterGatherDma(NDIS_HANDLE MiniportAdapterHandle,
                                                        PNDIS_SG_DMA_DESCRIPTION DmaDescription,
                                                        PNDIS_HANDLE NdisMiniportDmaHandle);
NDISAPI VOID NTAPI NdisMDeregisterScatterGatherDma(NDIS_HANDLE NdisMiniportDmaHandle);
#if NDIS_SUPPORT_NDIS620
NDISAPI VOID NTAPI NdisFreeScatterGatherList(NDIS_HANDLE NdisHandle,
                                             PSCATTER_GATHER_LIST ScatterGatherListBuffer,
                                             BOOLEAN WriteToDevice);
#endif
NDISAPI NDIS_STATUS NTAPI NdisMRegisterDmaChannel(PNDIS_HANDLE MiniportDmaHandle,
                                                  NDIS_HANDLE MiniportAdapterHandle,
                                                  UINT DmaChannel, BOOLEAN Dma32BitAddresses,
                                                  PNDIS_DMA_DESCRIPTION DmaDescription,
                                                  ULONG MaximumLength);
NDISAPI VOID NTAPI NdisMDeregisterDmaChannel(NDIS_HANDLE MiniportDmaHandle);
NDISAPI VOID NTAPI NdisSetupDmaTransfer(PNDIS_STATUS Status0, NDIS_HANDLE Handle1,
                                        PNDIS_BUFFER PndisBuffer2, ULONG Value3, ULONG Value4,
                                        BOOLEAN Boolean5);
NDISAPI NDIS_STATUS NTAPI NdisMRegisterIoPortRange(PVOID *PortOffset,
                                                   NDIS_HANDLE MiniportAdapterHandle,
                                                   UINT InitialPort, UINT NumberOfPorts);
NDISAPI VOID NTAPI NdisMDeregisterIoPortRange(NDIS_HANDLE MiniportAdapterHandle, UINT InitialPort,
                                              UINT NumberOfPorts, PVOID PortOffset);

/* -- Shared memory ---------------------------------------------------------------------------- */

#define NDIS_SHARED_MEM_HANDLE_HAL_ALLOCATED                   0
#define NDIS_SHARED_MEMORY_PROVIDER_CHAR_SUPPORTS_PF_VPORTS    1
#define NDIS_SHARED_MEM_PARAMETERS_CONTIGOUS                   1
#define NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS                  1
#define NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1               1
#define NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1 1
#define NDIS_SHARED_MEMORY_PARAMETERS_REVISION_2               2

typedef ULONG NODE_REQUIREMENT;

typedef struct _NDIS_SHARED_MEMORY_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_RECEIVE_QUEUE_ID QueueId;
    NDIS_HANDLE SharedMemoryHandle;
    NODE_REQUIREMENT PreferredNode;
    NDIS_SHARED_MEMORY_USAGE Usage;
    ULONG Length;
    PVOID VirtualAddress;
    ULONG SGListBufferLength;
    PSCATTER_GATHER_LIST SGListBuffer;
#if NDIS_SUPPORT_NDIS630
    NDIS_NIC_SWITCH_VPORT_ID VPortId;
#endif
} NDIS_SHARED_MEMORY_PARAMETERS, *PNDIS_SHARED_MEMORY_PARAMETERS;
#define NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1                                            \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer)
#define NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2                                            \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SHARED_MEMORY_PARAMETERS, VPortId)

typedef NDIS_STATUS(NTAPI *ALLOCATE_SHARED_MEMORY_HANDLER)(
    NDIS_HANDLE ProviderContext, PNDIS_SHARED_MEMORY_PARAMETERS SharedMemoryParameters,
    PNDIS_HANDLE pSharedMemoryProviderContext);
typedef VOID(NTAPI *FREE_SHARED_MEMORY_HANDLER)(NDIS_HANDLE ProviderContext,
                                                NDIS_HANDLE SharedMemoryProviderContext);

typedef struct _NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_HANDLE ProviderContext;
    ALLOCATE_SHARED_MEMORY_HANDLER AllocateSharedMemoryHandler;
    FREE_SHARED_MEMORY_HANDLER FreeSharedMemoryHandler;
} NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS, *PNDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS;
#define NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1                              \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS, FreeSharedMemoryHandler)

#if NDIS_SUPPORT_NDIS620
NDISAPI NDIS_STATUS NTAPI NdisAllocateSharedMemory(
    NDIS_HANDLE NdisHandle, PNDIS_SHARED_MEMORY_PARAMETERS SharedMemoryParameters,
    PNDIS_HANDLE pAllocationHandle);
NDISAPI VOID NTAPI NdisFreeSharedMemory(NDIS_HANDLE NdisHandle, NDIS_HANDLE AllocationHandle);
#endif

NDISAPI VOID NTAPI NdisMAllocateSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length,
                                             BOOLEAN Cached, PVOID *VirtualAddress,
                                             PNDIS_PHYSICAL_ADDRESS PhysicalAddress);
NDISAPI NDIS_STATUS NTAPI NdisMAllocateSharedMemoryAsyncEx(NDIS_HANDLE MiniportDmaHandle,
                                                           ULONG Length, BOOLEAN Cached,
                                                           PVOID Context);
NDISAPI NDIS_STATUS NTAPI NdisMAllocateSharedMemoryAsync(NDIS_HANDLE MiniportAdapterHandle,
                                                         ULONG Length, BOOLEAN Cached,
                                                         PVOID Context);
NDISAPI VOID NTAPI NdisMFreeSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length,
                                         BOOLEAN Cached, PVOID VirtualAddress,
                                         NDIS_PHYSICAL_ADDRESS PhysicalAddress);

/* -- More of interrupts and DMA --------------------------------------------------------------- */
NDISAPI BOOLEAN NTAPI NdisMSynchronizeWithInterruptEx(
    NDIS_HANDLE NdisInterruptHandle, ULONG MessageId,
    MINIPORT_SYNCHRONIZE_INTERRUPT_HANDLER SynchronizeFunction, PVOID SynchronizeContext);
NDISAPI ULONG NTAPI NdisMQueueDpc(NDIS_HANDLE NdisInterruptHandle, ULONG MessageId,
                                  ULONG TargetProcessors, PVOID MiniportDpcContext);
NDISAPI NDIS_STATUS NTAPI NdisMConfigMSIXTableEntry(
    NDIS_HANDLE NdisMiniportHandle, PNDIS_MSIX_CONFIG_PARAMETERS MSIXConfigParameters);
NDISAPI NDIS_STATUS NTAPI NdisMAllocateNetBufferSGList(NDIS_HANDLE NdisMiniportDmaHandle,
                                                       PNET_BUFFER NetBuffer, PVOID Context,
                                                       ULONG Flags, PVOID ScatterGatherListBuffer,
                                                       ULONG ScatterGatherListBufferSize);
NDISAPI VOID NTAPI NdisMFreeNetBufferSGList(NDIS_HANDLE NdisMiniportDmaHandle,
                                            PSCATTER_GATHER_LIST pSGL, PNET_BUFFER NetBuffer);
NDISAPI ULONG NTAPI NdisMGetDmaAlignment(NDIS_HANDLE MiniportAdapterHandle);
NDISAPI ULONG NTAPI NdisMReadDmaCounter(NDIS_HANDLE MiniportDmaHandle);
NDISAPI VOID NTAPI NdisCompleteDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE MiniportDmaHandle,
                                           PNDIS_BUFFER Buffer, ULONG Offset, ULONG Length,
                                           BOOLEAN WriteToDevice);
#define NdisMSetupDmaTransfer(status, dma, buffer, offset, length, write)                          \
    NdisSetupDmaTransfer(status, dma, buffer, offset, length, write)
#define NdisMCompleteDmaTransfer(status, dma, buffer, offset, length, write)                       \
    NdisCompleteDmaTransfer(status, dma, buffer, offset, length, write)
#if NDIS_SUPPORT_NDIS620
NDISAPI NDIS_STATUS NTAPI NdisBuildScatterGatherList(
    NDIS_HANDLE NdisHandle, PNDIS_SCATTER_GATHER_LIST_PARAMETERS SGListParameters);
#endif

/* -- I/O space and ports ---------------------------------------------------------------------- */
NDISAPI NDIS_STATUS NTAPI NdisMMapIoSpace(PVOID *VirtualAddress, NDIS_HANDLE MiniportAdapterHandle,
                                          NDIS_PHYSICAL_ADDRESS PhysicalAddress, UINT Length);
NDISAPI VOID NTAPI NdisMUnmapIoSpace(NDIS_HANDLE MiniportAdapterHandle, PVOID VirtualAddress,
                                     UINT Length);
#define NdisReadRegisterUchar(r, data)     ((void)(*(data) = READ_REGISTER_UCHAR((PUCHAR)(r))))
#define NdisReadRegisterUshort(r, data)    ((void)(*(data) = READ_REGISTER_USHORT((PUSHORT)(r))))
#define NdisReadRegisterUlong(r, data)     ((void)(*(data) = READ_REGISTER_ULONG((PULONG)(r))))
#define NdisWriteRegisterUchar(r, data)    WRITE_REGISTER_UCHAR((PUCHAR)(r), data)
#define NdisWriteRegisterUshort(r, data)   WRITE_REGISTER_USHORT((PUSHORT)(r), data)
#define NdisWriteRegisterUlong(r, data)    WRITE_REGISTER_ULONG((PULONG)(r), data)
#define NdisRawReadPortUchar(port, data)   ((void)(*(data) = READ_PORT_UCHAR((PUCHAR)(port))))
#define NdisRawReadPortUshort(port, data)  ((void)(*(data) = READ_PORT_USHORT((PUSHORT)(port))))
#define NdisRawReadPortUlong(port, data)   ((void)(*(data) = READ_PORT_ULONG((PULONG)(port))))
#define NdisRawWritePortUchar(port, data)  WRITE_PORT_UCHAR((PUCHAR)(port), data)
#define NdisRawWritePortUshort(port, data) WRITE_PORT_USHORT((PUSHORT)(port), data)
#define NdisRawWritePortUlong(port, data)  WRITE_PORT_ULONG((PULONG)(port), data)
#define NdisRawReadPortBufferUchar(port, buffer, n)                                                \
    READ_PORT_BUFFER_UCHAR((PUCHAR)(port), (PUCHAR)(buffer), n)
#define NdisRawReadPortBufferUshort(port, buffer, n)                                               \
    READ_PORT_BUFFER_USHORT((PUSHORT)(port), (PUSHORT)(buffer), n)
#define NdisRawReadPortBufferUlong(port, buffer, n)                                                \
    READ_PORT_BUFFER_ULONG((PULONG)(port), (PULONG)(buffer), n)
#define NdisRawWritePortBufferUchar(port, buffer, n)                                               \
    WRITE_PORT_BUFFER_UCHAR((PUCHAR)(port), (PUCHAR)(buffer), n)
#define NdisRawWritePortBufferUshort(port, buffer, n)                                              \
    WRITE_PORT_BUFFER_USHORT((PUSHORT)(port), (PUSHORT)(buffer), n)
#define NdisRawWritePortBufferUlong(port, buffer, n)                                               \
    WRITE_PORT_BUFFER_ULONG((PULONG)(port), (PULONG)(buffer), n)

EXTERN_C_END

#endif
