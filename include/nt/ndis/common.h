/* common.h - functions for every kind of driver: memory, strings, locks, timers, configuration,
 * system.
 *
 * What the Windows headers expand in the driver is expanded here too, into the same imports. */
#ifndef CONDIS_NT_NDIS_COMMON_H
#define CONDIS_NT_NDIS_COMMON_H

#include "types.h"

EXTERN_C_START

/* -- Memory ----------------------------------------------------------------------------------- */

#define NDIS_MEMORY_CONTIGUOUS 0x00000001
#define NDIS_MEMORY_NONCACHED  0x00000002

typedef struct _NDIS_GENERIC_OBJECT {
    NDIS_OBJECT_HEADER Header;
    PVOID Caller;
    PVOID CallersCaller;
    PDRIVER_OBJECT DriverObject;
} NDIS_GENERIC_OBJECT, *PNDIS_GENERIC_OBJECT;

NDISAPI PVOID NTAPI NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length,
                                                      ULONG Tag, EX_POOL_PRIORITY Priority);
NDISAPI NDIS_STATUS NTAPI NdisAllocateMemoryWithTag(PVOID *Pvoid0, UINT Value1, ULONG Value2);
NDISAPI VOID NTAPI NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags);
#if NDIS_SUPPORT_NDIS620
NDISAPI VOID NTAPI NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag);
NDISAPI VOID NTAPI NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress,
                                                 ULONG Tag);
#endif
NDISAPI PNDIS_GENERIC_OBJECT NTAPI NdisAllocateGenericObject(PDRIVER_OBJECT DriverObject, ULONG Tag,
                                                             USHORT Size);
NDISAPI VOID NTAPI NdisFreeGenericObject(PNDIS_GENERIC_OBJECT NdisObject);

/* -- Strings ---------------------------------------------------------------------------------- */

NDISAPI VOID NTAPI NdisInitializeString(PNDIS_STRING Destination, PUCHAR Source);

/* -- Locks ------------------------------------------------------------------------------------ */

typedef struct _NDIS_SPIN_LOCK {
    KSPIN_LOCK SpinLock;
    KIRQL OldIrql;
} NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;

typedef union _NDIS_RW_LOCK_REFCOUNT {
    ULONG RefCount;
    UCHAR cacheLine[16];
} NDIS_RW_LOCK_REFCOUNT, *PNDIS_RW_LOCK_REFCOUNT;

/* Belongs to NDIS; drivers only provide the room. */
typedef struct _NDIS_RW_LOCK {
    union {
        struct {
            KSPIN_LOCK SpinLock;
            PVOID Context;
        };
        UCHAR Reserved[16];
    };
    union {
        NDIS_RW_LOCK_REFCOUNT RefCount[MAXIMUM_PROCESSORS];
        ULONG RefCountEx[sizeof(NDIS_RW_LOCK_REFCOUNT) / sizeof(ULONG) * MAXIMUM_PROCESSORS];
        struct {
            KSPIN_LOCK RefCountLock;
            volatile ULONG SharedRefCount;
            volatile BOOLEAN WriterWaiting;
        };
    };
} NDIS_RW_LOCK, *PNDIS_RW_LOCK;
typedef struct _NDIS_RW_LOCK_EX NDIS_RW_LOCK_EX, *PNDIS_RW_LOCK_EX;

typedef struct _LOCK_STATE {
    USHORT LockState;
    KIRQL OldIrql;
} LOCK_STATE, *PLOCK_STATE;

typedef struct _LOCK_STATE_EX {
    KIRQL OldIrql;
    UCHAR LockState;
    UCHAR Flags;
} LOCK_STATE_EX, *PLOCK_STATE_EX;

#define NDIS_RWL_AT_DISPATCH_LEVEL 1

#if NDIS_SUPPORT_NDIS620
NDISAPI PNDIS_RW_LOCK_EX NTAPI NdisAllocateRWLock(NDIS_HANDLE NdisHandle);
NDISAPI VOID NTAPI NdisFreeRWLock(PNDIS_RW_LOCK_EX Lock);
NDISAPI VOID NTAPI NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState,
                                         UCHAR Flags);
NDISAPI VOID NTAPI NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState,
                                          UCHAR Flags);
NDISAPI VOID NTAPI NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState);
#endif
NDISAPI VOID NTAPI NdisInitializeReadWriteLock(PNDIS_RW_LOCK Lock);
NDISAPI VOID NTAPI NdisAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite,
                                            PLOCK_STATE LockState);
NDISAPI VOID NTAPI NdisReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState);
NDISAPI VOID NTAPI NdisDprAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite,
                                               PLOCK_STATE LockState);
NDISAPI VOID NTAPI NdisDprReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState);

/* -- Events, timers, work items --------------------------------------------------------------- */

typedef struct _NDIS_EVENT {
    KEVENT Event;
} NDIS_EVENT, *PNDIS_EVENT;

NDISAPI VOID NTAPI NdisInitializeEvent(PNDIS_EVENT Event);
NDISAPI VOID NTAPI NdisSetEvent(PNDIS_EVENT Event);
NDISAPI VOID NTAPI NdisResetEvent(PNDIS_EVENT Event);
NDISAPI BOOLEAN NTAPI NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait);
NDISAPI VOID NTAPI NdisMSleep(ULONG MicrosecondsToSleep);

typedef VOID(NTAPI NDIS_TIMER_FUNCTION)(PVOID SystemSpecific1, PVOID FunctionContext,
                                        PVOID SystemSpecific2, PVOID SystemSpecific3);
typedef NDIS_TIMER_FUNCTION *PNDIS_TIMER_FUNCTION;

typedef struct _NDIS_TIMER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG AllocationTag;
    PNDIS_TIMER_FUNCTION TimerFunction;
    PVOID FunctionContext;
} NDIS_TIMER_CHARACTERISTICS, *PNDIS_TIMER_CHARACTERISTICS;
#define NDIS_TIMER_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1                                               \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_TIMER_CHARACTERISTICS, FunctionContext)

NDISAPI NDIS_STATUS NTAPI NdisAllocateTimerObject(NDIS_HANDLE NdisHandle,
                                                  PNDIS_TIMER_CHARACTERISTICS TimerCharacteristics,
                                                  PNDIS_HANDLE pTimerObject);
NDISAPI VOID NTAPI NdisFreeTimerObject(NDIS_HANDLE TimerObject);
NDISAPI BOOLEAN NTAPI NdisSetTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                                         LONG MillisecondsPeriod, PVOID FunctionContext);
#if NDIS_SUPPORT_NDIS620
NDISAPI BOOLEAN NTAPI NdisSetCoalescableTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                                                    LONG MillisecondsPeriod, PVOID FunctionContext,
                                                    ULONG Tolerance);
#endif
NDISAPI BOOLEAN NTAPI NdisCancelTimerObject(NDIS_HANDLE TimerObject);

typedef struct _NDIS_TIMER {
    KTIMER Timer;
    KDPC Dpc;
} NDIS_TIMER, *PNDIS_TIMER;

typedef struct _NDIS_MINIPORT_TIMER {
    KTIMER Timer;
    KDPC Dpc;
    PNDIS_TIMER_FUNCTION MiniportTimerFunction;
    PVOID MiniportTimerContext;
    PNDIS_MINIPORT_BLOCK Miniport;
    struct _NDIS_MINIPORT_TIMER *NextTimer;
} NDIS_MINIPORT_TIMER, *PNDIS_MINIPORT_TIMER;

NDISAPI VOID NTAPI NdisInitializeTimer(PNDIS_TIMER PndisTimer0,
                                       PNDIS_TIMER_FUNCTION PndisTimerFunction1, PVOID Buffer2);
NDISAPI VOID NTAPI NdisSetTimer(PNDIS_TIMER PndisTimer0, UINT Value1);
NDISAPI VOID NTAPI NdisSetPeriodicTimer(PNDIS_TIMER PndisTimer0, UINT Value1);
NDISAPI VOID NTAPI NdisCancelTimer(PNDIS_TIMER PndisTimer0, PBOOLEAN Pboolean1);
NDISAPI VOID NTAPI NdisMInitializeTimer(PNDIS_MINIPORT_TIMER PndisMiniportTimer0,
                                        NDIS_HANDLE Handle1,
                                        PNDIS_TIMER_FUNCTION PndisTimerFunction2, PVOID Buffer3);
NDISAPI VOID NTAPI NdisMSetPeriodicTimer(PNDIS_MINIPORT_TIMER PndisMiniportTimer0, UINT Value1);
NDISAPI VOID NTAPI NdisMCancelTimer(PNDIS_MINIPORT_TIMER PndisMiniportTimer0, PBOOLEAN Pboolean1);
NDISAPI VOID NTAPI NdisSetTimerEx(PNDIS_TIMER PndisTimer0, UINT Value1, PVOID Buffer2);

typedef VOID(NTAPI NDIS_IO_WORKITEM_FUNCTION)(PVOID WorkItemContext,
                                              NDIS_HANDLE NdisIoWorkItemHandle);
typedef NDIS_IO_WORKITEM_FUNCTION *NDIS_IO_WORKITEM_ROUTINE;

typedef NDIS_IO_WORKITEM_FUNCTION NDIS_IO_WORKITEM;

NDISAPI NDIS_HANDLE NTAPI NdisAllocateIoWorkItem(NDIS_HANDLE NdisObjectHandle);
NDISAPI VOID NTAPI NdisQueueIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle,
                                       NDIS_IO_WORKITEM_ROUTINE Routine, PVOID WorkItemContext);
NDISAPI VOID NTAPI NdisFreeIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle);

struct _NDIS_WORK_ITEM;
typedef VOID(NTAPI *NDIS_PROC)(struct _NDIS_WORK_ITEM *WorkItem, PVOID Context);

typedef struct _NDIS_WORK_ITEM {
    PVOID Context;
    NDIS_PROC Routine;
    UCHAR WrapperReserved[64];
} NDIS_WORK_ITEM, *PNDIS_WORK_ITEM;

NDISAPI NDIS_STATUS NTAPI NdisScheduleWorkItem(PNDIS_WORK_ITEM WorkItem);

/* -- Configuration ---------------------------------------------------------------------------- */

typedef struct _BINARY_DATA {
    USHORT Length;
    PVOID Buffer;
} BINARY_DATA, *PBINARY_DATA;

typedef struct _NDIS_CONFIGURATION_PARAMETER {
    NDIS_PARAMETER_TYPE ParameterType;
    union {
        ULONG IntegerData;
        NDIS_STRING StringData;
        struct {
            USHORT Length;
            PVOID Buffer;
        } BinaryData;
    } ParameterData;
} NDIS_CONFIGURATION_PARAMETER, *PNDIS_CONFIGURATION_PARAMETER;

typedef struct _NDIS_CONFIGURATION_OBJECT {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE NdisHandle;
    ULONG Flags;
} NDIS_CONFIGURATION_OBJECT, *PNDIS_CONFIGURATION_OBJECT;
#define NDIS_CONFIGURATION_OBJECT_REVISION_1 1
#define NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1                                                \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_CONFIGURATION_OBJECT, Flags)

#define NDIS_CONFIG_FLAG_FILTER_INSTANCE_CONFIGURATION 0x00000001

NDISAPI NDIS_STATUS NTAPI NdisOpenConfigurationEx(PNDIS_CONFIGURATION_OBJECT ConfigObject,
                                                  PNDIS_HANDLE ConfigurationHandle);
NDISAPI VOID NTAPI NdisOpenConfigurationKeyByName(PNDIS_STATUS Status,
                                                  NDIS_HANDLE ConfigurationHandle,
                                                  PNDIS_STRING SubKeyName,
                                                  PNDIS_HANDLE SubKeyHandle);
NDISAPI VOID NTAPI NdisOpenConfigurationKeyByIndex(PNDIS_STATUS Status,
                                                   NDIS_HANDLE ConfigurationHandle, ULONG Index,
                                                   PNDIS_STRING KeyName, PNDIS_HANDLE KeyHandle);
NDISAPI VOID NTAPI NdisCloseConfiguration(NDIS_HANDLE ConfigurationHandle);
NDISAPI VOID NTAPI NdisReadConfiguration(PNDIS_STATUS Status,
                                         PNDIS_CONFIGURATION_PARAMETER *ParameterValue,
                                         NDIS_HANDLE ConfigurationHandle, PNDIS_STRING Keyword,
                                         NDIS_PARAMETER_TYPE ParameterType);
NDISAPI VOID NTAPI NdisWriteConfiguration(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                          PNDIS_STRING Keyword,
                                          PNDIS_CONFIGURATION_PARAMETER ParameterValue);
NDISAPI VOID NTAPI NdisReadNetworkAddress(PNDIS_STATUS Status, PVOID *NetworkAddress,
                                          PUINT NetworkAddressLength,
                                          NDIS_HANDLE ConfigurationHandle);
NDISAPI VOID NTAPI NdisOpenFile(PNDIS_STATUS Status, PNDIS_HANDLE FileHandle, PUINT FileLength,
                                PNDIS_STRING FileName,
                                NDIS_PHYSICAL_ADDRESS HighestAcceptableAddress);
NDISAPI VOID NTAPI NdisCloseFile(NDIS_HANDLE FileHandle);

/* -- Error log -------------------------------------------------------------------------------- */

#define NDIS_MAX_EVENT_LOG_DATA_SIZE 0xC4

NDISAPI VOID NTAPI NdisWriteErrorLogEntry(NDIS_HANDLE NdisAdapterHandle, ULONG ErrorCode,
                                          ULONG NumberOfErrorValues, ...);
NDISAPI NDIS_STATUS NTAPI NdisWriteEventLogEntry(PVOID LogHandle, NDIS_STATUS EventCode,
                                                 ULONG UniqueEventValue, USHORT NumStrings,
                                                 PVOID StringsList, ULONG DataSize, PVOID Data);
NDISAPI NDIS_STATUS NTAPI NdisMCreateLog(NDIS_HANDLE MiniportAdapterHandle, UINT Size,
                                         PNDIS_HANDLE LogHandle);
NDISAPI VOID NTAPI NdisMCloseLog(NDIS_HANDLE LogHandle);
NDISAPI NDIS_STATUS NTAPI NdisMWriteLogData(NDIS_HANDLE LogHandle, PVOID LogBuffer,
                                            UINT LogBufferSize);
NDISAPI VOID NTAPI NdisMFlushLog(NDIS_HANDLE LogHandle);

/* -- System ----------------------------------------------------------------------------------- */

#define NDIS_MAX_PROCESSOR_COUNT 0x40

typedef struct _NDIS_PROCESSOR_INFO {
    ULONG CpuNumber;
    ULONG PhysicalPackageId;
    ULONG CoreId;
    ULONG HyperThreadID;
} NDIS_PROCESSOR_INFO, *PNDIS_PROCESSOR_INFO;

typedef struct _NDIS_SYSTEM_PROCESSOR_INFO {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_PROCESSOR_VENDOR ProcessorVendor;
    ULONG NumPhysicalPackages;
    ULONG NumCores;
    ULONG NumCoresPerPhysicalPackage;
    ULONG MaxHyperThreadingCpusPerCore;
    ULONG RssBaseCpu;
    ULONG RssCpuCount;
    PUCHAR RssProcessors;
    NDIS_PROCESSOR_INFO CpuInfo[64];
} NDIS_SYSTEM_PROCESSOR_INFO, *PNDIS_SYSTEM_PROCESSOR_INFO;
#define NDIS_SYSTEM_PROCESSOR_INFO_REVISION_1 1
#define NDIS_SIZEOF_SYSTEM_PROCESSOR_INFO_REVISION_1                                               \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_SYSTEM_PROCESSOR_INFO, CpuInfo)

NDISAPI UINT NTAPI NdisGetVersion(VOID);
NDISAPI VOID NTAPI NdisGetSystemUpTimeEx(PLARGE_INTEGER pSystemUpTime);
NDISAPI PVOID NTAPI NdisGetRoutineAddress(PNDIS_STRING NdisRoutineName);
NDISAPI CCHAR NTAPI NdisSystemProcessorCount(VOID);
NDISAPI ULONG NTAPI NdisSystemActiveProcessorCount(PKAFFINITY ActiveProcessors);
NDISAPI VOID NTAPI NdisGetCurrentProcessorCounts(PULONG pIdleCount, PULONG pKernelAndUser,
                                                 PULONG pIndex);
NDISAPI VOID NTAPI NdisGetCurrentProcessorCpuUsage(PULONG pCpuUsage);
NDISAPI NDIS_STATUS NTAPI
NdisGetProcessorInformation(PNDIS_SYSTEM_PROCESSOR_INFO SystemProcessorInfo);
#if NDIS_SUPPORT_NDIS620
NDISAPI NDIS_STATUS NTAPI NdisGetProcessorInformationEx(
    NDIS_HANDLE NdisHandle, PNDIS_SYSTEM_PROCESSOR_INFO_EX SystemProcessorInfo, PSIZE_T Size);
NDISAPI NDIS_STATUS NTAPI NdisGetHypervisorInfo(PNDIS_HYPERVISOR_INFO HypervisorInfo);
#endif
NDISAPI ULONG NTAPI NdisGetSharedDataAlignment(VOID);

/* -- Both kinds of driver --------------------------------------------------------------------- */

typedef struct _NDIS_DRIVER_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
} NDIS_DRIVER_OPTIONAL_HANDLERS, *PNDIS_DRIVER_OPTIONAL_HANDLERS;

typedef struct _NDIS_DRIVER_WRAPPER_HANDLE {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE NdisWrapperHandle;
} NDIS_DRIVER_WRAPPER_HANDLE, *PNDIS_DRIVER_WRAPPER_HANDLE;
#define NDIS_SIZEOF_DRIVER_WRAPPER_HANDLE_REVISION_1                                               \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_DRIVER_WRAPPER_HANDLE, NdisWrapperHandle)

typedef NDIS_STATUS(NTAPI SET_OPTIONS)(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext);
typedef SET_OPTIONS *SET_OPTIONS_HANDLER;

NDISAPI NDIS_STATUS NTAPI NdisSetOptionalHandlers(NDIS_HANDLE NdisHandle,
                                                  PNDIS_DRIVER_OPTIONAL_HANDLERS OptionalHandlers);

typedef struct _NDIS_DEVICE_OBJECT_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    PNDIS_STRING DeviceName;
    PNDIS_STRING SymbolicName;
    PDRIVER_DISPATCH *MajorFunctions;
    ULONG ExtensionSize;
    PCUNICODE_STRING DefaultSDDLString;
    LPCGUID DeviceClassGuid;
} NDIS_DEVICE_OBJECT_ATTRIBUTES, *PNDIS_DEVICE_OBJECT_ATTRIBUTES;
#define NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1 1
#define NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1                                            \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_DEVICE_OBJECT_ATTRIBUTES, DeviceClassGuid)

NDISAPI NDIS_STATUS NTAPI
NdisRegisterDeviceEx(NDIS_HANDLE NdisHandle, PNDIS_DEVICE_OBJECT_ATTRIBUTES DeviceObjectAttributes,
                     PDEVICE_OBJECT *pDeviceObject, PNDIS_HANDLE NdisDeviceHandle);
NDISAPI VOID NTAPI NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle);
NDISAPI PVOID NTAPI NdisGetDeviceReservedExtension(PDEVICE_OBJECT DeviceObject);

typedef struct _NET_PNP_EVENT_NOTIFICATION {
    NDIS_OBJECT_HEADER Header;
    NDIS_PORT_NUMBER PortNumber;
    NET_PNP_EVENT NetPnPEvent;
    ULONG Flags;
#if NDIS_SUPPORT_NDIS650
    NDIS_NIC_SWITCH_ID SwitchId;
    NDIS_NIC_SWITCH_VPORT_ID VPortId;
#endif
} NET_PNP_EVENT_NOTIFICATION, *PNET_PNP_EVENT_NOTIFICATION;
#define NET_PNP_EVENT_NOTIFICATION_REVISION_1 1
#define NET_PNP_EVENT_NOTIFICATION_REVISION_2 2
#define NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1                                          \
    RTL_SIZEOF_THROUGH_FIELD(NET_PNP_EVENT_NOTIFICATION, Flags)
#define NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_2                                          \
    RTL_SIZEOF_THROUGH_FIELD(NET_PNP_EVENT_NOTIFICATION, VPortId)

#define NET_EVENT_HALT_MINIPORT_ON_LOW_POWER 0x00000001
#define NET_EVENT_FLAGS_VPORT_ID_VALID       0x00000002

typedef struct _NDIS_BIND_FAILED_NOTIFICATION {
    NDIS_OBJECT_HEADER Header;
    NET_LUID MiniportNetLuid;
} NDIS_BIND_FAILED_NOTIFICATION, *PNDIS_BIND_FAILED_NOTIFICATION;
#define NDIS_BIND_FAILED_NOTIFICATION_REVISION_1 1
#define NDIS_SIZEOF_NDIS_BIND_FAILED_NOTIFICATION_REVISION_1                                       \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_BIND_FAILED_NOTIFICATION, MiniportNetLuid)

/* Reasons of a pause. */
#define NDIS_PAUSE_NDIS_INTERNAL          0x00000001
#define NDIS_PAUSE_LOW_POWER              0x00000002
#define NDIS_PAUSE_BIND_PROTOCOL          0x00000004
#define NDIS_PAUSE_UNBIND_PROTOCOL        0x00000008
#define NDIS_PAUSE_ATTACH_FILTER          0x00000010
#define NDIS_PAUSE_DETACH_FILTER          0x00000020
#define NDIS_PAUSE_FILTER_RESTART_STACK   0x00000040
#define NDIS_PAUSE_MINIPORT_DEVICE_REMOVE 0x00000080

typedef struct _NDIS_RESTART_ATTRIBUTES {
    struct _NDIS_RESTART_ATTRIBUTES *Next;
    NDIS_OID Oid;
    ULONG DataLength;
    DECLSPEC_ALIGN(16) UCHAR Data[1];
} NDIS_RESTART_ATTRIBUTES, *PNDIS_RESTART_ATTRIBUTES;

typedef struct _NDIS_RESTART_GENERAL_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    ULONG MtuSize;
    ULONG64 MaxXmitLinkSpeed;
    ULONG64 MaxRcvLinkSpeed;
    ULONG LookaheadSize;
    ULONG MacOptions;
    ULONG SupportedPacketFilters;
    ULONG MaxMulticastListSize;
    PNDIS_RECEIVE_SCALE_CAPABILITIES RecvScaleCapabilities;
    NET_IF_ACCESS_TYPE AccessType;
    ULONG Flags;
    NET_IF_CONNECTION_TYPE ConnectionType;
    ULONG SupportedStatistics;
    ULONG DataBackFillSize;
    ULONG ContextBackFillSize;
    PNDIS_OID SupportedOidList;
    ULONG SupportedOidListLength;
#if NDIS_SUPPORT_NDIS620
    ULONG MaxLookaheadSizeAccessed;
#endif
} NDIS_RESTART_GENERAL_ATTRIBUTES, *PNDIS_RESTART_GENERAL_ATTRIBUTES;
#define NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_1 1
#define NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_2 2
#define NDIS_SIZEOF_RESTART_GENERAL_ATTRIBUTES_REVISION_1                                          \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RESTART_GENERAL_ATTRIBUTES, SupportedOidListLength)
#define NDIS_SIZEOF_RESTART_GENERAL_ATTRIBUTES_REVISION_2                                          \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RESTART_GENERAL_ATTRIBUTES, MaxLookaheadSizeAccessed)

#define NDIS_RESTART_GENERAL_ATTRIBUTES_MAX_LOOKAHEAD_ACCESSED_DEFINED 1
#define NDIS_MAX_LOOKAHEAD_SIZE_ACCESSED_UNDEFINED                     0xFFFFFFFF

typedef struct _NDIS_FILTER_INTERFACE {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG FilterType;
    ULONG FilterRunType;
    NET_IFINDEX IfIndex;
    NET_LUID NetLuid;
    NDIS_STRING FilterClass;
    NDIS_STRING FilterInstanceName;
} NDIS_FILTER_INTERFACE, *PNDIS_FILTER_INTERFACE;
#define NDIS_FILTER_INTERFACE_REVISION_1 1
#define NDIS_FILTER_INTERFACE_REVISION_2 2
#define NDIS_SIZEOF_FILTER_INTERFACE_REVISION_1                                                    \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_INTERFACE, FilterInstanceName)
#define NDIS_SIZEOF_FILTER_INTERFACE_REVISION_2                                                    \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_INTERFACE, FilterInstanceName)

typedef struct _NDIS_ENUM_FILTERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG NumberOfFilters;
    ULONG OffsetFirstFilter;
    NDIS_FILTER_INTERFACE Filter[1];
} NDIS_ENUM_FILTERS, *PNDIS_ENUM_FILTERS;
#define NDIS_ENUM_FILTERS_REVISION_1        1
#define NDIS_SIZEOF_ENUM_FILTERS_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_ENUM_FILTERS, Filter)

#define NDIS_FILTER_INTERFACE_IM_FILTER      0x00000001
#define NDIS_FILTER_INTERFACE_LW_FILTER      0x00000002
#define NDIS_FILTER_INTERFACE_SEND_BYPASS    0x00000004
#define NDIS_FILTER_INTERFACE_RECEIVE_BYPASS 0x00000008

NDISAPI NDIS_STATUS NTAPI NdisEnumerateFilterModules(NDIS_HANDLE NdisHandle, PVOID InterfaceBuffer,
                                                     ULONG InterfaceBufferLength,
                                                     PULONG BytesNeeded, PULONG BytesWritten);

/* -- Expanded in the driver ------------------------------------------------------------------- */
#define NdisZeroMemory(to, length)                 RtlZeroMemory(to, length)
#define NdisMoveMemory(to, from, length)           RtlCopyMemory(to, from, length)
#define NdisFillMemory(to, length, byte)           RtlFillMemory(to, length, byte)
#define NdisEqualMemory(a, b, length)              RtlEqualMemory(a, b, length)
#define NdisRetrieveUlong(to, from)                RtlRetrieveUlong(to, from)
#define NdisStoreUlong(to, value)                  RtlStoreUlong(to, value)
#define NdisMoveMappedMemory(to, from, length)     RtlCopyMemory(to, from, length)
#define NdisMoveToMappedMemory(to, from, length)   NdisMoveMappedMemory(to, from, length)
#define NdisMoveFromMappedMemory(to, from, length) NdisMoveMappedMemory(to, from, length)
#define NdisZeroMappedMemory(to, length)           RtlZeroMemory(to, length)

#define NDIS_STRING_CONST(text)                        RTL_CONSTANT_STRING(L##text)
#define NdisInitAnsiString(to, from)                   RtlInitString(to, from)
#define NdisInitUnicodeString(to, from)                RtlInitUnicodeString(to, from)
#define NdisEqualString(a, b, case_insensitive)        RtlEqualUnicodeString(a, b, case_insensitive)
#define NdisEqualUnicodeString(a, b, case_insensitive) RtlEqualUnicodeString(a, b, case_insensitive)
#define NdisUpcaseUnicodeString(to, from)              RtlUpcaseUnicodeString(to, from, FALSE)
#define NdisAnsiStringToUnicodeString(to, from)        RtlAnsiStringToUnicodeString(to, from, FALSE)
#define NdisUnicodeStringToAnsiString(to, from)        RtlUnicodeStringToAnsiString(to, from, FALSE)
#define NdisFreeString(text)                                                                       \
    NdisFreeMemory((text).Buffer, (text).MaximumLength, 0)
#define NdisPrintString(text)                          DbgPrint("%wZ", &(text))

#define NdisGetPhysicalAddressHigh(address)        ((address).HighPart)
#define NdisGetPhysicalAddressLow(address)         ((address).LowPart)
#define NdisSetPhysicalAddressHigh(address, value) ((address).HighPart = (value))
#define NdisSetPhysicalAddressLow(address, value)  ((address).LowPart = (value))

#define NdisGetCurrentSystemTime(time)   KeQuerySystemTime(time)
#define NdisStallExecution(microseconds) KeStallExecutionProcessor(microseconds)
#define NDIS_CURRENT_IRQL()              KeGetCurrentIrql()
#define NDIS_RAISE_IRQL_TO_DISPATCH(old) KeRaiseIrql(DISPATCH_LEVEL, old)
#define NDIS_LOWER_IRQL(to, from)        ((from) != (to) ? KeLowerIrql(to) : (void)0)
#define NDIS_INIT_FUNCTION(function)
#define NDIS_PAGEABLE_FUNCTION(function)
#define NDIS_PAGABLE_FUNCTION(function)

/* A spin lock of NDIS keeps the old level beside it. The calls are those of the kernel. */
FORCEINLINE void NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    KeInitializeSpinLock(&SpinLock->SpinLock);
}

FORCEINLINE void NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    (void)SpinLock;
}

FORCEINLINE void NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    SpinLock->OldIrql = KeAcquireSpinLockRaiseToDpc(&SpinLock->SpinLock);
}

FORCEINLINE void NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    KeReleaseSpinLock(&SpinLock->SpinLock, SpinLock->OldIrql);
}

FORCEINLINE void NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    KeAcquireSpinLockAtDpcLevel(&SpinLock->SpinLock);
}

FORCEINLINE void NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    KeReleaseSpinLockFromDpcLevel(&SpinLock->SpinLock);
}

#define NDIS_INIT_MUTEX(mutex)     KeInitializeMutex(mutex, 0xffff)
#define NDIS_RELEASE_MUTEX(mutex)  KeReleaseMutex(mutex, FALSE)
#define NDIS_WAIT_FOR_MUTEX(mutex) KeWaitForSingleObject(mutex, Executive, KernelMode, FALSE, NULL)

#define NdisInterlockedIncrement(value) InterlockedIncrement(value)
#define NdisInterlockedDecrement(value) InterlockedDecrement(value)
#define NdisInterlockedAddUlong(value, increment, lock)                                            \
    ExInterlockedAddUlong(value, increment, &(lock)->SpinLock)
#define NdisInterlockedAddLargeStatistic(value, increment)                                         \
    ExInterlockedAddLargeStatistic(value, increment)
#define NdisInitializeListHead(head) InitializeListHead(head)
#define NdisInterlockedInsertHeadList(head, entry, lock)                                           \
    ExInterlockedInsertHeadList(head, entry, &(lock)->SpinLock)
#define NdisInterlockedInsertTailList(head, entry, lock)                                           \
    ExInterlockedInsertTailList(head, entry, &(lock)->SpinLock)
#define NdisInterlockedRemoveHeadList(head, lock)                                                  \
    ExInterlockedRemoveHeadList(head, &(lock)->SpinLock)
#define NdisInterlockedPushEntryList(head, entry, lock)                                            \
    ExInterlockedPushEntryList(head, entry, &(lock)->SpinLock)
#define NdisInterlockedPopEntryList(head, lock)                                                    \
    ExInterlockedPopEntryList(head, &(lock)->SpinLock)
#define NdisInitializeSListHead(head)                    InitializeSListHead(head)
#define NdisInterlockedPushEntrySList(head, entry, lock) ExpInterlockedPushEntrySList(head, entry)
#define NdisInterlockedPopEntrySList(head, lock)         ExpInterlockedPopEntrySList(head)
#define NdisInterlockedFlushSList(head)                  ExpInterlockedFlushSList(head)
#define NdisQueryDepthSList(head)                        ExQueryDepthSList(head)

/* Since Windows 8 the pool of a lookaside list is not executable, if the NDIS that runs knows that.
 */
FORCEINLINE void NdisInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside,
                                                   PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
                                                   ULONG Flags, SIZE_T Size, ULONG Tag,
                                                   USHORT Depth)
{
#if NTDDI_VERSION >= NTDDI_WIN8
    if (NdisGetVersion() >= NDIS_RUNTIME_VERSION_630)
        Flags |= POOL_NX_ALLOCATION;
#endif
    ExInitializeNPagedLookasideList(Lookaside, Allocate, Free, Flags, Size, Tag, Depth);
}
#define NdisDeleteNPagedLookasideList(list)        ExDeleteNPagedLookasideList(list)
#define NdisAllocateFromNPagedLookasideList(list)  ExAllocateFromNPagedLookasideList(list)
#define NdisFreeToNPagedLookasideList(list, entry) ExFreeToNPagedLookasideList(list, entry)

#define NdisMSetTimer(timer, milliseconds) NdisSetTimer((PNDIS_TIMER)(timer), milliseconds)

FORCEINLINE void NdisInitializeWorkItem(PNDIS_WORK_ITEM WorkItem, NDIS_PROC Routine, PVOID Context)
{
    WorkItem->Context = Context;
    WorkItem->Routine = Routine;
}

/* -- Files and processors --------------------------------------------------------------------- */
NDISAPI VOID NTAPI NdisMapFile(PNDIS_STATUS Status, PVOID *MappedBuffer, NDIS_HANDLE FileHandle);
NDISAPI VOID NTAPI NdisUnmapFile(NDIS_HANDLE FileHandle);
#if NDIS_SUPPORT_NDIS620
#define NdisCurrentProcessorIndex() KeGetCurrentProcessorIndex()
NDISAPI PROCESSOR_NUMBER NTAPI NdisCurrentGroupAndProcessor(VOID);
NDISAPI ULONG NTAPI NdisGroupActiveProcessorCount(USHORT Group);
NDISAPI KAFFINITY NTAPI NdisGroupActiveProcessorMask(USHORT Group);
NDISAPI ULONG NTAPI NdisGroupMaxProcessorCount(USHORT Group);
NDISAPI USHORT NTAPI NdisActiveGroupCount(VOID);
NDISAPI USHORT NTAPI NdisMaxGroupCount(VOID);
NDISAPI NDIS_STATUS NTAPI NdisProcessorIndexToNumber(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber);
NDISAPI ULONG NTAPI NdisProcessorNumberToIndex(PROCESSOR_NUMBER ProcNumber);
#endif

EXTERN_C_END

#endif
