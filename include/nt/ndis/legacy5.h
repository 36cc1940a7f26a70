/* legacy5.h - NDIS 5.0 and 5.1: structures, handlers and functions.
 *
 * Visible when a driver of that version is compiled. The macros that take packets apart are not
 * here. */
#ifndef CONDIS_NT_NDIS_LEGACY5_H
#define CONDIS_NT_NDIS_LEGACY5_H

#include "types.h"
#include "common.h"
#include "co.h"

EXTERN_C_START

typedef struct _NDIS_TCP_IP_CHECKSUM_PACKET_INFO {
    union {
        struct {
            ULONG NdisPacketChecksumV4 : 1;
            ULONG NdisPacketChecksumV6 : 1;
            ULONG NdisPacketTcpChecksum : 1;
            ULONG NdisPacketUdpChecksum : 1;
            ULONG NdisPacketIpChecksum : 1;
        } Transmit;
        struct {
            ULONG NdisPacketTcpChecksumFailed : 1;
            ULONG NdisPacketUdpChecksumFailed : 1;
            ULONG NdisPacketIpChecksumFailed : 1;
            ULONG NdisPacketTcpChecksumSucceeded : 1;
            ULONG NdisPacketUdpChecksumSucceeded : 1;
            ULONG NdisPacketIpChecksumSucceeded : 1;
            ULONG NdisPacketLoopback : 1;
        } Receive;
        ULONG Value;
    };
} NDIS_TCP_IP_CHECKSUM_PACKET_INFO, *PNDIS_TCP_IP_CHECKSUM_PACKET_INFO;

typedef struct _NDIS_PACKET_8021Q_INFO {
    union {
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 Reserved : 16;
        } TagHeader;
        PVOID Value;
    };
} NDIS_PACKET_8021Q_INFO, *PNDIS_PACKET_8021Q_INFO;

typedef struct _MEDIA_SPECIFIC_INFORMATION {
    UINT NextEntryOffset;
    NDIS_CLASS_ID ClassId;
    UINT Size;
    UCHAR ClassInformation[1];
} MEDIA_SPECIFIC_INFORMATION, *PMEDIA_SPECIFIC_INFORMATION;

typedef struct _REFERENCE {
    KSPIN_LOCK SpinLock;
    USHORT ReferenceCount;
    BOOLEAN Closing;
} REFERENCE, *PREFERENCE;

typedef enum _NDIS_PER_PACKET_INFO {
    TcpIpChecksumPacketInfo,
    IpSecPacketInfo,
    TcpLargeSendPacketInfo,
    ClassificationHandlePacketInfo,
    NdisReserved,
    ScatterGatherListPacketInfo,
    Ieee8021QInfo,
    OriginalPacketInfo,
    PacketCancelId,
    OriginalNetBufferList,
    CachedNetBufferList,
    ShortPacketPaddingInfo,
    MaxPerPacketInfo,
} NDIS_PER_PACKET_INFO,
    *PNDIS_PER_PACKET_INFO;

typedef struct _X_FILTER *PETH_FILTER, *PTR_FILTER, *PNULL_FILTER;
typedef struct _FILTERDBS {
    union {
        PETH_FILTER EthDB;
        PNULL_FILTER NullDB;
    };
    PTR_FILTER TrDB;
    PVOID YYYDB;
    PVOID XXXDB;
} FILTERDBS, *PFILTERDBS;

#if NDIS_LEGACY_DRIVER

/* -- Packets ---------------------------------------------------------------------------------- */

typedef struct _NDIS_PACKET_PRIVATE {
    UINT PhysicalCount;
    UINT TotalLength;
    PNDIS_BUFFER Head;
    PNDIS_BUFFER Tail;
    PNDIS_PACKET_POOL Pool;
    UINT Count;
    ULONG Flags;
    BOOLEAN ValidCounts;
    UCHAR NdisPacketFlags;
    USHORT NdisPacketOobOffset;
} NDIS_PACKET_PRIVATE, *PNDIS_PACKET_PRIVATE;

/* Sixteen bytes belong to the miniport or to NDIS, according to who has the packet. */
struct _NDIS_PACKET {
    NDIS_PACKET_PRIVATE Private;
    union {
        struct {
            UCHAR MiniportReserved[2 * sizeof(PVOID)];
            UCHAR WrapperReserved[2 * sizeof(PVOID)];
        };
        struct {
            UCHAR MiniportReservedEx[3 * sizeof(PVOID)];
            UCHAR WrapperReservedEx[sizeof(PVOID)];
        };
        struct {
            UCHAR MacReserved[4 * sizeof(PVOID)];
        };
    };
    ULONG_PTR Reserved[2];
    UCHAR ProtocolReserved[1];
};

typedef struct _NDIS_PACKET_OOB_DATA {
    union {
        ULONGLONG TimeToSend;
        ULONGLONG TimeSent;
    };
    ULONGLONG TimeReceived;
    UINT HeaderSize;
    UINT SizeMediaSpecificInfo;
    PVOID MediaSpecificInformation;
    NDIS_STATUS Status;
} NDIS_PACKET_OOB_DATA, *PNDIS_PACKET_OOB_DATA;

typedef struct _NDIS_PACKET_EXTENSION {
    PVOID NdisPacketInfo[12];
} NDIS_PACKET_EXTENSION, *PNDIS_PACKET_EXTENSION;

typedef struct _NDIS_PACKET_STACK {
    ULONG_PTR IMReserved[2];
    ULONG_PTR NdisReserved[4];
} NDIS_PACKET_STACK, *PNDIS_PACKET_STACK;

/* NDIS_PACKET_PRIVATE.NdisPacketFlags and .Flags. */
#define Ieee8021pPriority                    0x00000006
#define NDIS_FLAGS_PROTOCOL_ID_MASK          0x0000000F
#define NDIS_FLAGS_MULTICAST_PACKET          0x00000010
#define NDIS_FLAGS_RESERVED2                 0x00000020
#define PROTOCOL_RESERVED_SIZE_IN_PACKET     0x00000020
#define fPACKET_WRAPPER_RESERVED             0x0000003F
#define NDIS_FLAGS_RESERVED3                 0x00000040
#define fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO 0x00000040
#define NDIS_FLAGS_DONT_LOOPBACK             0x00000080
#define fPACKET_ALLOCATED_BY_NDIS            0x00000080
#define NDIS_FLAGS_IS_LOOPBACK_PACKET        0x00000100
#define NDIS_FLAGS_LOOPBACK_ONLY             0x00000200
#define NDIS_FLAGS_RESERVED4                 0x00000400
#define NDIS_FLAGS_DOUBLE_BUFFERED           0x00000800
#define NDIS_FLAGS_SENT_AT_DPC               0x00001000
#define NDIS_FLAGS_USES_SG_BUFFER_LIST       0x00002000
#define NDIS_FLAGS_USES_ORIGINAL_PACKET      0x00004000
#define NDIS_FLAGS_PADDED                    0x00010000
#define NDIS_FLAGS_XLATE_AT_TOP              0x00020000

typedef enum _NDIS_TASK {
    TcpIpChecksumNdisTask,
    IpSecNdisTask,
    TcpLargeSendNdisTask,
    MaxNdisTask,
} NDIS_TASK,
    *PNDIS_TASK;

typedef enum _NDIS_ENCAPSULATION {
    UNSPECIFIED_Encapsulation,
    NULL_Encapsulation,
    IEEE_802_3_Encapsulation,
    IEEE_802_5_Encapsulation,
    LLC_SNAP_ROUTED_Encapsulation,
    LLC_SNAP_BRIDGED_Encapsulation,
} NDIS_ENCAPSULATION,
    *PNDIS_ENCAPSULATION;

#define NDIS_TASK_TCP_LARGE_SEND_V0 0

typedef struct _NDIS_WAN_PACKET {
    LIST_ENTRY WanPacketQueue;
    PUCHAR CurrentBuffer;
    ULONG CurrentLength;
    PUCHAR StartBuffer;
    PUCHAR EndBuffer;
    PVOID ProtocolReserved1;
    PVOID ProtocolReserved2;
    PVOID ProtocolReserved3;
    PVOID ProtocolReserved4;
    PVOID MacReserved1;
    PVOID MacReserved2;
    PVOID MacReserved3;
    PVOID MacReserved4;
} NDIS_WAN_PACKET, *PNDIS_WAN_PACKET;

typedef struct _NDIS_REQUEST {
    UCHAR MacReserved[32];
    NDIS_REQUEST_TYPE RequestType;
    union {
        struct {
            NDIS_OID Oid;
            PVOID InformationBuffer;
            UINT InformationBufferLength;
            UINT BytesWritten;
            UINT BytesNeeded;
        } QUERY_INFORMATION;
        struct {
            NDIS_OID Oid;
            PVOID InformationBuffer;
            UINT InformationBufferLength;
            UINT BytesRead;
            UINT BytesNeeded;
        } SET_INFORMATION;
    } DATA;
    UCHAR NdisReserved[72];
    union {
        UCHAR CallMgrReserved[16];
        UCHAR ProtocolReserved[16];
    };
    UCHAR MiniportReserved[16];
} NDIS_REQUEST, *PNDIS_REQUEST;

/* -- Handlers of miniport drivers ------------------------------------------------------------- */

typedef BOOLEAN(NTAPI *W_CHECK_FOR_HANG_HANDLER)(NDIS_HANDLE MiniportAdapterContext);
typedef VOID(NTAPI *W_DISABLE_INTERRUPT_HANDLER)(NDIS_HANDLE MiniportAdapterContext);
typedef VOID(NTAPI *W_ENABLE_INTERRUPT_HANDLER)(NDIS_HANDLE MiniportAdapterContext);
typedef VOID(NTAPI *W_HALT_HANDLER)(NDIS_HANDLE MiniportAdapterContext);
typedef VOID(NTAPI *W_HANDLE_INTERRUPT_HANDLER)(NDIS_HANDLE MiniportAdapterContext);
typedef NDIS_STATUS(NTAPI *W_INITIALIZE_HANDLER)(PNDIS_STATUS OpenErrorStatus,
                                                 PUINT SelectedMediumIndex,
                                                 PNDIS_MEDIUM MediumArray, UINT MediumArraySize,
                                                 NDIS_HANDLE MiniportAdapterContext,
                                                 NDIS_HANDLE WrapperConfigurationContext);
typedef VOID(NTAPI *W_ISR_HANDLER)(PBOOLEAN InterruptRecognized,
                                   PBOOLEAN QueueMiniportHandleInterrupt,
                                   NDIS_HANDLE MiniportAdapterContext);
typedef NDIS_STATUS(NTAPI *W_QUERY_INFORMATION_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                                        NDIS_OID Oid, PVOID InformationBuffer,
                                                        ULONG InformationBufferLength,
                                                        PULONG BytesWritten, PULONG BytesNeeded);
typedef NDIS_STATUS(NTAPI *W_RECONFIGURE_HANDLER)(PNDIS_STATUS OpenErrorStatus,
                                                  NDIS_HANDLE MiniportAdapterContext,
                                                  NDIS_HANDLE WrapperConfigurationContext);
typedef NDIS_STATUS(NTAPI *W_RESET_HANDLER)(PBOOLEAN AddressingReset,
                                            NDIS_HANDLE MiniportAdapterContext);
typedef NDIS_STATUS(NTAPI *W_SEND_HANDLER)(NDIS_HANDLE MiniportAdapterContext, PNDIS_PACKET Packet,
                                           UINT Flags);
typedef NDIS_STATUS(NTAPI *WM_SEND_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                            NDIS_HANDLE NdisLinkHandle, PNDIS_WAN_PACKET Packet);
typedef NDIS_STATUS(NTAPI *W_SET_INFORMATION_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                                      NDIS_OID Oid, PVOID InformationBuffer,
                                                      ULONG InformationBufferLength,
                                                      PULONG BytesRead, PULONG BytesNeeded);
typedef NDIS_STATUS(NTAPI *W_TRANSFER_DATA_HANDLER)(PNDIS_PACKET Packet, PUINT BytesTransferred,
                                                    NDIS_HANDLE MiniportAdapterContext,
                                                    NDIS_HANDLE MiniportReceiveContext,
                                                    UINT ByteOffset, UINT BytesToTransfer);
typedef NDIS_STATUS(NTAPI *WM_TRANSFER_DATA_HANDLER)(VOID);
typedef VOID(NTAPI *W_RETURN_PACKET_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                             PNDIS_PACKET Packet);
typedef VOID(NTAPI *W_SEND_PACKETS_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                            PPNDIS_PACKET PacketArray, UINT NumberOfPackets);
typedef VOID(NTAPI *W_ALLOCATE_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                                 PVOID VirtualAddress,
                                                 PNDIS_PHYSICAL_ADDRESS PhysicalAddress,
                                                 ULONG Length, PVOID Context);
typedef VOID(NTAPI *W_CO_SEND_PACKETS_HANDLER)(NDIS_HANDLE MiniportVcContext,
                                               PPNDIS_PACKET PacketArray, UINT NumberOfPackets);
typedef NDIS_STATUS(NTAPI *W_CO_REQUEST_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                                 NDIS_HANDLE MiniportVcContext,
                                                 PNDIS_REQUEST NdisRequest);
typedef VOID(NTAPI *W_CANCEL_SEND_PACKETS_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                                   PVOID CancelId);
typedef VOID(NTAPI *W_PNP_EVENT_NOTIFY_HANDLER)(NDIS_HANDLE MiniportAdapterContext,
                                                NDIS_DEVICE_PNP_EVENT PnPEvent,
                                                PVOID InformationBuffer,
                                                ULONG InformationBufferLength);
typedef VOID(NTAPI *W_MINIPORT_SHUTDOWN_HANDLER)(PVOID ShutdownContext);
typedef VOID(NTAPI *ADAPTER_SHUTDOWN_HANDLER)(PVOID ShutdownContext);

typedef struct _NDIS50_MINIPORT_CHARACTERISTICS {
    UCHAR MajorNdisVersion;
    UCHAR MinorNdisVersion;
    USHORT Filler;
    UINT Reserved;
    W_CHECK_FOR_HANG_HANDLER CheckForHangHandler;
    W_DISABLE_INTERRUPT_HANDLER DisableInterruptHandler;
    W_ENABLE_INTERRUPT_HANDLER EnableInterruptHandler;
    W_HALT_HANDLER HaltHandler;
    W_HANDLE_INTERRUPT_HANDLER HandleInterruptHandler;
    W_INITIALIZE_HANDLER InitializeHandler;
    W_ISR_HANDLER ISRHandler;
    W_QUERY_INFORMATION_HANDLER QueryInformationHandler;
    W_RECONFIGURE_HANDLER ReconfigureHandler;
    W_RESET_HANDLER ResetHandler;
    union {
        W_SEND_HANDLER SendHandler;
        WM_SEND_HANDLER WanSendHandler;
    };
    W_SET_INFORMATION_HANDLER SetInformationHandler;
    union {
        W_TRANSFER_DATA_HANDLER TransferDataHandler;
        WM_TRANSFER_DATA_HANDLER WanTransferDataHandler;
    };
    W_RETURN_PACKET_HANDLER ReturnPacketHandler;
    W_SEND_PACKETS_HANDLER SendPacketsHandler;
    W_ALLOCATE_COMPLETE_HANDLER AllocateCompleteHandler;
    W_CO_CREATE_VC_HANDLER CoCreateVcHandler;
    W_CO_DELETE_VC_HANDLER CoDeleteVcHandler;
    W_CO_ACTIVATE_VC_HANDLER CoActivateVcHandler;
    W_CO_DEACTIVATE_VC_HANDLER CoDeactivateVcHandler;
    W_CO_SEND_PACKETS_HANDLER CoSendPacketsHandler;
    W_CO_REQUEST_HANDLER CoRequestHandler;
} NDIS50_MINIPORT_CHARACTERISTICS, *PNDIS50_MINIPORT_CHARACTERISTICS;

/* The older structure has a name and its members are direct ones too. */
typedef struct _NDIS51_MINIPORT_CHARACTERISTICS {
    union {
        NDIS50_MINIPORT_CHARACTERISTICS Ndis50Chars;
        struct {
            UCHAR MajorNdisVersion;
            UCHAR MinorNdisVersion;
            USHORT Filler;
            UINT Reserved;
            W_CHECK_FOR_HANG_HANDLER CheckForHangHandler;
            W_DISABLE_INTERRUPT_HANDLER DisableInterruptHandler;
            W_ENABLE_INTERRUPT_HANDLER EnableInterruptHandler;
            W_HALT_HANDLER HaltHandler;
            W_HANDLE_INTERRUPT_HANDLER HandleInterruptHandler;
            W_INITIALIZE_HANDLER InitializeHandler;
            W_ISR_HANDLER ISRHandler;
            W_QUERY_INFORMATION_HANDLER QueryInformationHandler;
            W_RECONFIGURE_HANDLER ReconfigureHandler;
            W_RESET_HANDLER ResetHandler;
            union {
                W_SEND_HANDLER SendHandler;
                WM_SEND_HANDLER WanSendHandler;
            };
            W_SET_INFORMATION_HANDLER SetInformationHandler;
            union {
                W_TRANSFER_DATA_HANDLER TransferDataHandler;
                WM_TRANSFER_DATA_HANDLER WanTransferDataHandler;
            };
            W_RETURN_PACKET_HANDLER ReturnPacketHandler;
            W_SEND_PACKETS_HANDLER SendPacketsHandler;
            W_ALLOCATE_COMPLETE_HANDLER AllocateCompleteHandler;
            W_CO_CREATE_VC_HANDLER CoCreateVcHandler;
            W_CO_DELETE_VC_HANDLER CoDeleteVcHandler;
            W_CO_ACTIVATE_VC_HANDLER CoActivateVcHandler;
            W_CO_DEACTIVATE_VC_HANDLER CoDeactivateVcHandler;
            W_CO_SEND_PACKETS_HANDLER CoSendPacketsHandler;
            W_CO_REQUEST_HANDLER CoRequestHandler;
        };
    };
    W_CANCEL_SEND_PACKETS_HANDLER CancelSendPacketsHandler;
    W_PNP_EVENT_NOTIFY_HANDLER PnPEventNotifyHandler;
    W_MINIPORT_SHUTDOWN_HANDLER AdapterShutdownHandler;
    PVOID Reserved1;
    PVOID Reserved2;
    PVOID Reserved3;
    PVOID Reserved4;
} NDIS51_MINIPORT_CHARACTERISTICS, *PNDIS51_MINIPORT_CHARACTERISTICS;

#if CONDIS_NDIS_MINIPORT == 500
typedef NDIS50_MINIPORT_CHARACTERISTICS NDIS_MINIPORT_CHARACTERISTICS;
#else
typedef NDIS51_MINIPORT_CHARACTERISTICS NDIS_MINIPORT_CHARACTERISTICS;
#endif
typedef NDIS_MINIPORT_CHARACTERISTICS *PNDIS_MINIPORT_CHARACTERISTICS;

/* Attributes for NdisMSetAttributesEx. */
#define NDIS_ATTRIBUTE_IGNORE_PACKET_TIMEOUT       0x00000001
#define NDIS_ATTRIBUTE_IGNORE_REQUEST_TIMEOUT      0x00000002
#define NDIS_ATTRIBUTE_IGNORE_TOKEN_RING_ERRORS    0x00000004
#define NDIS_ATTRIBUTE_BUS_MASTER                  0x00000008
#define NDIS_ATTRIBUTE_INTERMEDIATE_DRIVER         0x00000010
#define NDIS_ATTRIBUTE_DESERIALIZE                 0x00000020
#define NDIS_ATTRIBUTE_NO_HALT_ON_SUSPEND          0x00000040
#define NDIS_ATTRIBUTE_SURPRISE_REMOVE_OK          0x00000080
#define NDIS_ATTRIBUTE_NOT_CO_NDIS                 0x00000100
#define NDIS_ATTRIBUTE_USES_SAFE_BUFFER_APIS       0x00000200
#define NDIS_ATTRIBUTE_DO_NOT_BIND_TO_ALL_CO       0x00000400
#define NDIS_ATTRIBUTE_MINIPORT_PADS_SHORT_PACKETS 0x00000800

/* -- Handlers of protocol drivers ------------------------------------------------------------- */

typedef VOID(NTAPI *OPEN_ADAPTER_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                                   NDIS_STATUS Status, NDIS_STATUS OpenErrorStatus);
typedef VOID(NTAPI *CLOSE_ADAPTER_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                                    NDIS_STATUS Status);
typedef VOID(NTAPI *RESET_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status);
typedef VOID(NTAPI *REQUEST_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                              PNDIS_REQUEST NdisRequest, NDIS_STATUS Status);
typedef VOID(NTAPI *STATUS_HANDLER)(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS GeneralStatus,
                                    PVOID StatusBuffer, UINT StatusBufferSize);
typedef VOID(NTAPI *STATUS_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext);
typedef VOID(NTAPI *SEND_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext, PNDIS_PACKET Packet,
                                           NDIS_STATUS Status);
typedef VOID(NTAPI *WAN_SEND_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                               PNDIS_WAN_PACKET Packet, NDIS_STATUS Status);
typedef VOID(NTAPI *TRANSFER_DATA_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                                    PNDIS_PACKET Packet, NDIS_STATUS Status,
                                                    UINT BytesTransferred);
typedef VOID(NTAPI *WAN_TRANSFER_DATA_COMPLETE_HANDLER)(VOID);
typedef NDIS_STATUS(NTAPI *RECEIVE_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                            NDIS_HANDLE MacReceiveContext, PVOID HeaderBuffer,
                                            UINT HeaderBufferSize, PVOID LookAheadBuffer,
                                            UINT LookaheadBufferSize, UINT PacketSize);
typedef NDIS_STATUS(NTAPI *WAN_RECEIVE_HANDLER)(NDIS_HANDLE NdisLinkHandle, PUCHAR Packet,
                                                ULONG PacketSize);
typedef VOID(NTAPI *RECEIVE_COMPLETE_HANDLER)(NDIS_HANDLE ProtocolBindingContext);
typedef INT(NTAPI *RECEIVE_PACKET_HANDLER)(NDIS_HANDLE ProtocolBindingContext, PNDIS_PACKET Packet);
typedef VOID(NTAPI *BIND_HANDLER)(PNDIS_STATUS Status, NDIS_HANDLE BindContext,
                                  PNDIS_STRING DeviceName, PVOID SystemSpecific1,
                                  PVOID SystemSpecific2);
typedef VOID(NTAPI *UNBIND_HANDLER)(PNDIS_STATUS Status, NDIS_HANDLE ProtocolBindingContext,
                                    NDIS_HANDLE UnbindContext);
typedef NDIS_STATUS(NTAPI *PNP_EVENT_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                              PNET_PNP_EVENT NetPnPEvent);
typedef VOID(NTAPI *UNLOAD_PROTOCOL_HANDLER)(VOID);
typedef VOID(NTAPI *CO_SEND_COMPLETE_HANDLER)(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                                              PNDIS_PACKET Packet);
typedef VOID(NTAPI *CO_STATUS_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                       NDIS_HANDLE ProtocolVcContext, NDIS_STATUS GeneralStatus,
                                       PVOID StatusBuffer, UINT StatusBufferSize);
typedef UINT(NTAPI *CO_RECEIVE_PACKET_HANDLER)(NDIS_HANDLE ProtocolBindingContext,
                                               NDIS_HANDLE ProtocolVcContext, PNDIS_PACKET Packet);
typedef NDIS_STATUS(NTAPI *CO_REQUEST_HANDLER)(NDIS_HANDLE ProtocolAfContext,
                                               NDIS_HANDLE ProtocolVcContext,
                                               NDIS_HANDLE ProtocolPartyContext,
                                               PNDIS_REQUEST NdisRequest);
typedef VOID(NTAPI *CO_REQUEST_COMPLETE_HANDLER)(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext,
                                                 NDIS_HANDLE ProtocolVcContext,
                                                 NDIS_HANDLE ProtocolPartyContext,
                                                 PNDIS_REQUEST NdisRequest);
typedef VOID(NTAPI *CL_OPEN_AF_COMPLETE_HANDLER)(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext,
                                                 NDIS_HANDLE NdisAfHandle);

typedef struct _NDIS40_PROTOCOL_CHARACTERISTICS {
    UCHAR MajorNdisVersion;
    UCHAR MinorNdisVersion;
    USHORT Filler;
    union {
        UINT Reserved;
        UINT Flags;
    };
    OPEN_ADAPTER_COMPLETE_HANDLER OpenAdapterCompleteHandler;
    CLOSE_ADAPTER_COMPLETE_HANDLER CloseAdapterCompleteHandler;
    union {
        SEND_COMPLETE_HANDLER SendCompleteHandler;
        WAN_SEND_COMPLETE_HANDLER WanSendCompleteHandler;
    };
    union {
        TRANSFER_DATA_COMPLETE_HANDLER TransferDataCompleteHandler;
        WAN_TRANSFER_DATA_COMPLETE_HANDLER WanTransferDataCompleteHandler;
    };
    RESET_COMPLETE_HANDLER ResetCompleteHandler;
    REQUEST_COMPLETE_HANDLER RequestCompleteHandler;
    union {
        RECEIVE_HANDLER ReceiveHandler;
        WAN_RECEIVE_HANDLER WanReceiveHandler;
    };
    RECEIVE_COMPLETE_HANDLER ReceiveCompleteHandler;
    STATUS_HANDLER StatusHandler;
    STATUS_COMPLETE_HANDLER StatusCompleteHandler;
    NDIS_STRING Name;
    RECEIVE_PACKET_HANDLER ReceivePacketHandler;
    BIND_HANDLER BindAdapterHandler;
    UNBIND_HANDLER UnbindAdapterHandler;
    PNP_EVENT_HANDLER PnPEventHandler;
    UNLOAD_PROTOCOL_HANDLER UnloadHandler;
} NDIS40_PROTOCOL_CHARACTERISTICS, *PNDIS40_PROTOCOL_CHARACTERISTICS;

/* The older structure has a name and its members are direct ones too. */
typedef struct _NDIS50_PROTOCOL_CHARACTERISTICS {
    union {
        NDIS40_PROTOCOL_CHARACTERISTICS Ndis40Chars;
        struct {
            UCHAR MajorNdisVersion;
            UCHAR MinorNdisVersion;
            USHORT Filler;
            union {
                UINT Reserved;
                UINT Flags;
            };
            OPEN_ADAPTER_COMPLETE_HANDLER OpenAdapterCompleteHandler;
            CLOSE_ADAPTER_COMPLETE_HANDLER CloseAdapterCompleteHandler;
            union {
                SEND_COMPLETE_HANDLER SendCompleteHandler;
                WAN_SEND_COMPLETE_HANDLER WanSendCompleteHandler;
            };
            union {
                TRANSFER_DATA_COMPLETE_HANDLER TransferDataCompleteHandler;
                WAN_TRANSFER_DATA_COMPLETE_HANDLER WanTransferDataCompleteHandler;
            };
            RESET_COMPLETE_HANDLER ResetCompleteHandler;
            REQUEST_COMPLETE_HANDLER RequestCompleteHandler;
            union {
                RECEIVE_HANDLER ReceiveHandler;
                WAN_RECEIVE_HANDLER WanReceiveHandler;
            };
            RECEIVE_COMPLETE_HANDLER ReceiveCompleteHandler;
            STATUS_HANDLER StatusHandler;
            STATUS_COMPLETE_HANDLER StatusCompleteHandler;
            NDIS_STRING Name;
            RECEIVE_PACKET_HANDLER ReceivePacketHandler;
            BIND_HANDLER BindAdapterHandler;
            UNBIND_HANDLER UnbindAdapterHandler;
            PNP_EVENT_HANDLER PnPEventHandler;
            UNLOAD_PROTOCOL_HANDLER UnloadHandler;
        };
    };
    PVOID ReservedHandlers[4];
    CO_SEND_COMPLETE_HANDLER CoSendCompleteHandler;
    CO_STATUS_HANDLER CoStatusHandler;
    CO_RECEIVE_PACKET_HANDLER CoReceivePacketHandler;
    CO_AF_REGISTER_NOTIFY_HANDLER CoAfRegisterNotifyHandler;
} NDIS50_PROTOCOL_CHARACTERISTICS, *PNDIS50_PROTOCOL_CHARACTERISTICS;

typedef NDIS50_PROTOCOL_CHARACTERISTICS NDIS_PROTOCOL_CHARACTERISTICS,
    *PNDIS_PROTOCOL_CHARACTERISTICS;

typedef struct _NDIS_CLIENT_CHARACTERISTICS {
    UCHAR MajorVersion;
    UCHAR MinorVersion;
    USHORT Filler;
    UINT Reserved;
    CO_CREATE_VC_HANDLER ClCreateVcHandler;
    CO_DELETE_VC_HANDLER ClDeleteVcHandler;
    CO_REQUEST_HANDLER ClRequestHandler;
    CO_REQUEST_COMPLETE_HANDLER ClRequestCompleteHandler;
    CL_OPEN_AF_COMPLETE_HANDLER ClOpenAfCompleteHandler;
    CL_CLOSE_AF_COMPLETE_HANDLER ClCloseAfCompleteHandler;
    CL_REG_SAP_COMPLETE_HANDLER ClRegisterSapCompleteHandler;
    CL_DEREG_SAP_COMPLETE_HANDLER ClDeregisterSapCompleteHandler;
    CL_MAKE_CALL_COMPLETE_HANDLER ClMakeCallCompleteHandler;
    CL_MODIFY_CALL_QOS_COMPLETE_HANDLER ClModifyCallQoSCompleteHandler;
    CL_CLOSE_CALL_COMPLETE_HANDLER ClCloseCallCompleteHandler;
    CL_ADD_PARTY_COMPLETE_HANDLER ClAddPartyCompleteHandler;
    CL_DROP_PARTY_COMPLETE_HANDLER ClDropPartyCompleteHandler;
    CL_INCOMING_CALL_HANDLER ClIncomingCallHandler;
    CL_INCOMING_CALL_QOS_CHANGE_HANDLER ClIncomingCallQoSChangeHandler;
    CL_INCOMING_CLOSE_CALL_HANDLER ClIncomingCloseCallHandler;
    CL_INCOMING_DROP_PARTY_HANDLER ClIncomingDropPartyHandler;
    CL_CALL_CONNECTED_HANDLER ClCallConnectedHandler;
} NDIS_CLIENT_CHARACTERISTICS, *PNDIS_CLIENT_CHARACTERISTICS;

typedef struct _NDIS_CALL_MANAGER_CHARACTERISTICS {
    UCHAR MajorVersion;
    UCHAR MinorVersion;
    USHORT Filler;
    UINT Reserved;
    CO_CREATE_VC_HANDLER CmCreateVcHandler;
    CO_DELETE_VC_HANDLER CmDeleteVcHandler;
    CM_OPEN_AF_HANDLER CmOpenAfHandler;
    CM_CLOSE_AF_HANDLER CmCloseAfHandler;
    CM_REG_SAP_HANDLER CmRegisterSapHandler;
    CM_DEREG_SAP_HANDLER CmDeregisterSapHandler;
    CM_MAKE_CALL_HANDLER CmMakeCallHandler;
    CM_CLOSE_CALL_HANDLER CmCloseCallHandler;
    CM_INCOMING_CALL_COMPLETE_HANDLER CmIncomingCallCompleteHandler;
    CM_ADD_PARTY_HANDLER CmAddPartyHandler;
    CM_DROP_PARTY_HANDLER CmDropPartyHandler;
    CM_ACTIVATE_VC_COMPLETE_HANDLER CmActivateVcCompleteHandler;
    CM_DEACTIVATE_VC_COMPLETE_HANDLER CmDeactivateVcCompleteHandler;
    CM_MODIFY_CALL_QOS_HANDLER CmModifyCallQoSHandler;
    CO_REQUEST_HANDLER CmRequestHandler;
    CO_REQUEST_COMPLETE_HANDLER CmRequestCompleteHandler;
} NDIS_CALL_MANAGER_CHARACTERISTICS, *PNDIS_CALL_MANAGER_CHARACTERISTICS;

/* -- Blocks that macros compiled into drivers call through ------------------------------------ */

typedef struct _NDIS_AF_LIST *PNDIS_AF_LIST;

typedef NDIS_STATUS(NTAPI *SEND_HANDLER)(NDIS_HANDLE MacBindingHandle, PNDIS_PACKET Packet);
typedef NDIS_STATUS(NTAPI *WAN_SEND_HANDLER)(NDIS_HANDLE MacBindingHandle, NDIS_HANDLE LinkHandle,
                                             PVOID Packet);
typedef NDIS_STATUS(NTAPI *TRANSFER_DATA_HANDLER)(NDIS_HANDLE MacBindingHandle,
                                                  NDIS_HANDLE MacReceiveContext, UINT ByteOffset,
                                                  UINT BytesToTransfer, PNDIS_PACKET Packet,
                                                  PUINT BytesTransferred);
typedef VOID(NTAPI *SEND_PACKETS_HANDLER)(NDIS_HANDLE MacBindingHandle, PPNDIS_PACKET PacketArray,
                                          UINT NumberOfPackets);
typedef NDIS_STATUS(NTAPI *RESET_HANDLER)(NDIS_HANDLE MacBindingHandle);
typedef NDIS_STATUS(NTAPI *REQUEST_HANDLER)(NDIS_HANDLE MacBindingHandle,
                                            PNDIS_REQUEST NdisRequest);
typedef VOID(NTAPI *FILTER_PACKET_INDICATION_HANDLER)(NDIS_HANDLE Miniport,
                                                      PPNDIS_PACKET PacketArray,
                                                      UINT NumberOfPackets);
typedef VOID(NTAPI *ETH_RCV_INDICATE_HANDLER)(struct _X_FILTER *Filter,
                                              NDIS_HANDLE MacReceiveContext, PCHAR Address,
                                              PVOID HeaderBuffer, UINT HeaderBufferSize,
                                              PVOID LookaheadBuffer, UINT LookaheadBufferSize,
                                              UINT PacketSize);
typedef VOID(NTAPI *ETH_RCV_COMPLETE_HANDLER)(struct _X_FILTER *Filter);
typedef VOID(NTAPI *TR_RCV_INDICATE_HANDLER)(struct _X_FILTER *Filter,
                                             NDIS_HANDLE MacReceiveContext, PVOID HeaderBuffer,
                                             UINT HeaderBufferSize, PVOID LookaheadBuffer,
                                             UINT LookaheadBufferSize, UINT PacketSize);
typedef VOID(NTAPI *TR_RCV_COMPLETE_HANDLER)(struct _X_FILTER *Filter);
typedef VOID(NTAPI *NDIS_M_SEND_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterHandle,
                                                  PNDIS_PACKET Packet, NDIS_STATUS Status);
typedef VOID(NTAPI *NDIS_M_SEND_RESOURCES_HANDLER)(NDIS_HANDLE MiniportAdapterHandle);
typedef VOID(NTAPI *NDIS_M_RESET_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterHandle,
                                                   NDIS_STATUS Status, BOOLEAN AddressingReset);
typedef BOOLEAN(NTAPI *NDIS_M_START_SENDS)(PNDIS_MINIPORT_BLOCK Miniport);
typedef VOID(NTAPI *NDIS_M_STATUS_HANDLER)(NDIS_HANDLE MiniportHandle, NDIS_STATUS GeneralStatus,
                                           PVOID StatusBuffer, UINT StatusBufferSize);
typedef VOID(NTAPI *NDIS_M_STS_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterHandle);
typedef VOID(NTAPI *NDIS_M_REQ_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterHandle,
                                                 NDIS_STATUS Status);
typedef VOID(NTAPI *NDIS_M_TD_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterHandle,
                                                PNDIS_PACKET Packet, NDIS_STATUS Status,
                                                UINT BytesTransferred);
typedef VOID(NTAPI *NDIS_WM_SEND_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterHandle, PVOID Packet,
                                                   NDIS_STATUS Status);
typedef VOID(NTAPI *WAN_RCV_HANDLER)(PNDIS_STATUS Status, NDIS_HANDLE MiniportAdapterHandle,
                                     NDIS_HANDLE NdisLinkContext, PUCHAR Packet, ULONG PacketSize);
typedef VOID(NTAPI *WAN_RCV_COMPLETE_HANDLER)(NDIS_HANDLE MiniportAdapterHandle,
                                              NDIS_HANDLE NdisLinkContext);

typedef struct _NDIS_COMMON_OPEN_BLOCK {
    PVOID MacHandle;
    NDIS_HANDLE BindingHandle;
    NDIS_HANDLE Reserved6;
    NDIS_HANDLE Reserved7;
    NDIS_HANDLE Reserved8;
    PVOID Reserved9;
    NDIS_HANDLE Reserved10;
    NDIS_HANDLE Reserved11;
    BOOLEAN Reserved12;
    BOOLEAN Reserved2;
    BOOLEAN Reserved3;
    BOOLEAN Reserved4;
    PVOID Reserved13;
    KSPIN_LOCK Reserved5;
    NDIS_HANDLE Reserved14;
    union {
        SEND_HANDLER SendHandler;
        WAN_SEND_HANDLER WanSendHandler;
    };
    TRANSFER_DATA_HANDLER TransferDataHandler;
    SEND_COMPLETE_HANDLER SendCompleteHandler;
    TRANSFER_DATA_COMPLETE_HANDLER TransferDataCompleteHandler;
    RECEIVE_HANDLER ReceiveHandler;
    RECEIVE_COMPLETE_HANDLER ReceiveCompleteHandler;
    WAN_RECEIVE_HANDLER WanReceiveHandler;
    REQUEST_COMPLETE_HANDLER RequestCompleteHandler;
    RECEIVE_PACKET_HANDLER ReceivePacketHandler;
    SEND_PACKETS_HANDLER SendPacketsHandler;
    RESET_HANDLER ResetHandler;
    REQUEST_HANDLER RequestHandler;
    RESET_COMPLETE_HANDLER ResetCompleteHandler;
    STATUS_HANDLER StatusHandler;
    STATUS_COMPLETE_HANDLER StatusCompleteHandler;
} NDIS_COMMON_OPEN_BLOCK, *PNDIS_COMMON_OPEN_BLOCK;

typedef struct _NDIS_OPEN_BLOCK {
    PVOID MacHandle;
    NDIS_HANDLE BindingHandle;
    NDIS_HANDLE Reserved6;
    NDIS_HANDLE Reserved7;
    NDIS_HANDLE Reserved8;
    PVOID Reserved9;
    NDIS_HANDLE Reserved10;
    NDIS_HANDLE Reserved11;
    BOOLEAN Reserved12;
    BOOLEAN Reserved2;
    BOOLEAN Reserved3;
    BOOLEAN Reserved4;
    PVOID Reserved13;
    KSPIN_LOCK Reserved5;
    NDIS_HANDLE Reserved14;
    union {
        SEND_HANDLER SendHandler;
        WAN_SEND_HANDLER WanSendHandler;
    };
    TRANSFER_DATA_HANDLER TransferDataHandler;
    SEND_COMPLETE_HANDLER SendCompleteHandler;
    TRANSFER_DATA_COMPLETE_HANDLER TransferDataCompleteHandler;
    RECEIVE_HANDLER ReceiveHandler;
    RECEIVE_COMPLETE_HANDLER ReceiveCompleteHandler;
    WAN_RECEIVE_HANDLER WanReceiveHandler;
    REQUEST_COMPLETE_HANDLER RequestCompleteHandler;
    RECEIVE_PACKET_HANDLER ReceivePacketHandler;
    SEND_PACKETS_HANDLER SendPacketsHandler;
    RESET_HANDLER ResetHandler;
    REQUEST_HANDLER RequestHandler;
    RESET_COMPLETE_HANDLER ResetCompleteHandler;
    STATUS_HANDLER StatusHandler;
    STATUS_COMPLETE_HANDLER StatusCompleteHandler;
} NDIS_OPEN_BLOCK, *PNDIS_OPEN_BLOCK;

typedef struct _NDIS_MINIPORT_INTERRUPT {
    PKINTERRUPT InterruptObject;
    union {
        volatile BOOLEAN IsDeregistered;
        KSPIN_LOCK DpcCountLock;
    };
    PVOID Reserved;
    W_ISR_HANDLER MiniportIsr;
    W_HANDLE_INTERRUPT_HANDLER MiniportDpc;
    KDPC InterruptDpc;
    PNDIS_MINIPORT_BLOCK Miniport;
    volatile LONG DpcCount;
    KEVENT DpcsCompletedEvent;
    BOOLEAN SharedInterrupt;
    BOOLEAN IsrRequested;
} NDIS_MINIPORT_INTERRUPT, *PNDIS_MINIPORT_INTERRUPT;

typedef struct _NDIS_MINIPORT_BLOCK {
    NDIS_OBJECT_HEADER Header;
    PNDIS_MINIPORT_BLOCK NextMiniport;
    PNDIS_MINIPORT_BLOCK BaseMiniport;
    NDIS_HANDLE MiniportAdapterContext;
    UNICODE_STRING Reserved4;
    PVOID Reserved10;
    NDIS_HANDLE OpenQueue;
    REFERENCE ShortRef;
    NDIS_HANDLE Reserved12;
    UCHAR Padding1;
    UCHAR LockAcquired;
    UCHAR PmodeOpens;
    UCHAR Reserved23;
    KSPIN_LOCK Lock;
    PNDIS_REQUEST Reserved25;
    PVOID Interrupt;
    ULONG Flags;
    ULONG PnPFlags;
    LIST_ENTRY PacketList;
    PNDIS_PACKET FirstPendingPacket;
    PNDIS_PACKET ReturnPacketsQueue;
    ULONG RequestBuffer;
    PVOID Reserved26;
    PNDIS_MINIPORT_BLOCK PrimaryMiniport;
    PVOID Reserved11;
    PVOID BusDataContext;
    ULONG Reserved3;
    PCM_RESOURCE_LIST Resources;
    NDIS_TIMER WakeUpDpcTimer;
    UNICODE_STRING Reserved20;
    UNICODE_STRING SymbolicLinkName;
    ULONG CheckForHangSeconds;
    ULONG Reserved5;
    NDIS_STATUS ResetStatus;
    NDIS_HANDLE ResetOpen;
    union {
        PETH_FILTER EthDB;
        PNULL_FILTER NullDB;
    };
    PTR_FILTER TrDB;
    PVOID YYYDB;
    PVOID XXXDB;
    FILTER_PACKET_INDICATION_HANDLER PacketIndicateHandler;
    NDIS_M_SEND_COMPLETE_HANDLER SendCompleteHandler;
    NDIS_M_SEND_RESOURCES_HANDLER SendResourcesHandler;
    NDIS_M_RESET_COMPLETE_HANDLER ResetCompleteHandler;
    NDIS_MEDIUM MediaType;
    ULONG BusNumber;
    NDIS_INTERFACE_TYPE BusType;
    NDIS_INTERFACE_TYPE AdapterType;
    PDEVICE_OBJECT Reserved6;
    PDEVICE_OBJECT Reserved7;
    PDEVICE_OBJECT Reserved8;
    PVOID MiniportSGDmaBlock;
    PNDIS_AF_LIST CallMgrAfList;
    PVOID MiniportThread;
    PVOID SetInfoBuf;
    USHORT SetInfoBufLen;
    USHORT MaxSendPackets;
    NDIS_STATUS FakeStatus;
    PVOID Reserved24;
    PUNICODE_STRING Reserved9;
    PVOID Reserved21;
    UINT MacOptions;
    PNDIS_REQUEST PendingRequest;
    UINT MaximumLongAddresses;
    UINT Reserved27;
    UINT CurrentLookahead;
    UINT MaximumLookahead;
    ULONG_PTR Reserved1;
    W_DISABLE_INTERRUPT_HANDLER DisableInterruptHandler;
    W_ENABLE_INTERRUPT_HANDLER EnableInterruptHandler;
    W_SEND_PACKETS_HANDLER SendPacketsHandler;
    NDIS_M_START_SENDS DeferredSendHandler;
    ETH_RCV_INDICATE_HANDLER EthRxIndicateHandler;
    TR_RCV_INDICATE_HANDLER TrRxIndicateHandler;
    PVOID Reserved2;
    ETH_RCV_COMPLETE_HANDLER EthRxCompleteHandler;
    TR_RCV_COMPLETE_HANDLER TrRxCompleteHandler;
    PVOID Reserved22;
    NDIS_M_STATUS_HANDLER StatusHandler;
    NDIS_M_STS_COMPLETE_HANDLER StatusCompleteHandler;
    NDIS_M_TD_COMPLETE_HANDLER TDCompleteHandler;
    NDIS_M_REQ_COMPLETE_HANDLER QueryCompleteHandler;
    NDIS_M_REQ_COMPLETE_HANDLER SetCompleteHandler;
    NDIS_WM_SEND_COMPLETE_HANDLER WanSendCompleteHandler;
    WAN_RCV_HANDLER WanRcvHandler;
    WAN_RCV_COMPLETE_HANDLER WanRcvCompleteHandler;
} NDIS_MINIPORT_BLOCK, *PNDIS_MINIPORT_BLOCK;

/* -- Functions -------------------------------------------------------------------------------- */

NDISAPI VOID NTAPI NdisOpenProtocolConfiguration(PNDIS_STATUS Status,
                                                 PNDIS_HANDLE ConfigurationHandle,
                                                 PCNDIS_STRING ProtocolSection);
NDISAPI VOID NTAPI NdisRegisterProtocol(PNDIS_STATUS Status, PNDIS_HANDLE NdisProtocolHandle,
                                        PNDIS_PROTOCOL_CHARACTERISTICS ProtocolCharacteristics,
                                        UINT CharacteristicsLength);
NDISAPI VOID NTAPI NdisDeregisterProtocol(PNDIS_STATUS Status, NDIS_HANDLE NdisProtocolHandle);
NDISAPI VOID NTAPI NdisOpenAdapter(PNDIS_STATUS Status, PNDIS_STATUS OpenErrorStatus,
                                   PNDIS_HANDLE NdisBindingHandle, PUINT SelectedMediumIndex,
                                   PNDIS_MEDIUM MediumArray, UINT MediumArraySize,
                                   NDIS_HANDLE NdisProtocolHandle,
                                   NDIS_HANDLE ProtocolBindingContext, PNDIS_STRING AdapterName,
                                   UINT OpenOptions, PSTRING AddressingInformation);
NDISAPI VOID NTAPI NdisCloseAdapter(PNDIS_STATUS Status, NDIS_HANDLE NdisBindingHandle);
NDISAPI VOID NTAPI NdisRequest(PNDIS_STATUS Status, NDIS_HANDLE NdisBindingHandle,
                               PNDIS_REQUEST NdisRequest);
NDISAPI VOID NTAPI NdisTerminateWrapper(NDIS_HANDLE NdisWrapperHandle, PVOID SystemSpecific);
NDISAPI VOID NTAPI NdisMSetAttributesEx(NDIS_HANDLE MiniportAdapterHandle,
                                        NDIS_HANDLE MiniportAdapterContext,
                                        UINT CheckForHangTimeInSeconds, ULONG AttributeFlags,
                                        NDIS_INTERFACE_TYPE AdapterType);
NDISAPI VOID NTAPI NdisMRegisterUnloadHandler(NDIS_HANDLE NdisWrapperHandle,
                                              PDRIVER_UNLOAD UnloadHandler);
NDISAPI NDIS_STATUS NTAPI NdisMRegisterDevice(NDIS_HANDLE NdisWrapperHandle,
                                              PNDIS_STRING DeviceName, PNDIS_STRING SymbolicName,
                                              PDRIVER_DISPATCH *MajorFunctions,
                                              PDEVICE_OBJECT *pDeviceObject,
                                              NDIS_HANDLE *NdisDeviceHandle);
NDISAPI NDIS_STATUS NTAPI NdisMDeregisterDevice(NDIS_HANDLE NdisDeviceHandle);
NDISAPI VOID NTAPI NdisMIndicateStatus(NDIS_HANDLE MiniportHandle, NDIS_STATUS GeneralStatus,
                                       PVOID StatusBuffer, UINT StatusBufferSize);
NDISAPI VOID NTAPI NdisAllocateBufferPool(PNDIS_STATUS Status, PNDIS_HANDLE PoolHandle,
                                          UINT NumberOfDescriptors);
NDISAPI VOID NTAPI NdisAllocateBuffer(PNDIS_STATUS Status, PNDIS_BUFFER *Buffer,
                                      NDIS_HANDLE PoolHandle, PVOID VirtualAddress, UINT Length);
NDISAPI VOID NTAPI NdisAllocatePacketPoolEx(PNDIS_STATUS Status, PNDIS_HANDLE PoolHandle,
                                            UINT NumberOfDescriptors,
                                            UINT NumberOfOverflowDescriptors,
                                            UINT ProtocolReservedLength);
NDISAPI VOID NTAPI NdisFreePacketPool(NDIS_HANDLE PoolHandle);
NDISAPI UINT NTAPI NdisPacketPoolUsage(NDIS_HANDLE PoolHandle);
NDISAPI VOID NTAPI NdisUnchainBufferAtBack(PNDIS_PACKET Packet, PNDIS_BUFFER *Buffer);
NDISAPI VOID NTAPI NdisCopyFromPacketToPacketSafe(PNDIS_PACKET Destination, UINT DestinationOffset,
                                                  UINT BytesToCopy, PNDIS_PACKET Source,
                                                  UINT SourceOffset, PUINT BytesCopied,
                                                  MM_PAGE_PRIORITY Priority);
NDISAPI PNDIS_PACKET NTAPI NdisGetReceivedPacket(NDIS_HANDLE NdisBindingHandle,
                                                 NDIS_HANDLE MacContext);
NDISAPI VOID NTAPI NdisCancelSendPackets(NDIS_HANDLE NdisBindingHandle, PVOID CancelId);
NDISAPI NDIS_STATUS NTAPI NdisMCmRegisterAddressFamily(
    NDIS_HANDLE Handle0, PCO_ADDRESS_FAMILY PcoAddressFamily1,
    PNDIS_CALL_MANAGER_CHARACTERISTICS PndisCallManagerCharacteristics2, UINT Value3);
NDISAPI NDIS_STATUS NTAPI NdisCmRegisterAddressFamily(
    NDIS_HANDLE Handle0, PCO_ADDRESS_FAMILY PcoAddressFamily1,
    PNDIS_CALL_MANAGER_CHARACTERISTICS PndisCallManagerCharacteristics2, UINT Value3);
NDISAPI NDIS_STATUS NTAPI NdisClOpenAddressFamily(
    NDIS_HANDLE Handle0, PCO_ADDRESS_FAMILY PcoAddressFamily1, NDIS_HANDLE Handle2,
    PNDIS_CLIENT_CHARACTERISTICS PndisClientCharacteristics3, UINT Value4,
    PNDIS_HANDLE PndisHandle5);
NDISAPI VOID NTAPI NdisCoSendPackets(NDIS_HANDLE Handle0, PPNDIS_PACKET PpndisPacket1, UINT Value2);
NDISAPI NDIS_STATUS NTAPI NdisCoRequest(NDIS_HANDLE Handle0, NDIS_HANDLE Handle1,
                                        NDIS_HANDLE Handle2, NDIS_HANDLE Handle3,
                                        PNDIS_REQUEST PndisRequest4);
NDISAPI VOID NTAPI NdisCoRequestComplete(NDIS_STATUS Status0, NDIS_HANDLE Handle1,
                                         NDIS_HANDLE Handle2, NDIS_HANDLE Handle3,
                                         PNDIS_REQUEST PndisRequest4);
NDISAPI NDIS_STATUS NTAPI NdisMCmRequest(NDIS_HANDLE Handle0, NDIS_HANDLE Handle1,
                                         NDIS_HANDLE Handle2, PNDIS_REQUEST PndisRequest3);
NDISAPI VOID NTAPI NdisMCoRequestComplete(NDIS_STATUS Status0, NDIS_HANDLE Handle1,
                                          PNDIS_REQUEST PndisRequest2);
NDISAPI VOID NTAPI NdisMCoSendComplete(NDIS_STATUS Status0, NDIS_HANDLE Handle1,
                                       PNDIS_PACKET PndisPacket2);
NDISAPI VOID NTAPI NdisMCoIndicateReceivePacket(NDIS_HANDLE Handle0, PPNDIS_PACKET PpndisPacket1,
                                                UINT Value2);
NDISAPI VOID NTAPI NdisMCoReceiveComplete(NDIS_HANDLE Handle0);
NDISAPI VOID NTAPI NdisMCoIndicateStatus(NDIS_HANDLE Handle0, NDIS_HANDLE Handle1,
                                         NDIS_STATUS Status2, PVOID Buffer3, ULONG Value4);
NDISAPI NDIS_STATUS NTAPI NdisMRegisterMiniport(
    NDIS_HANDLE Handle0, PNDIS_MINIPORT_CHARACTERISTICS PndisMiniportCharacteristics1, UINT Value2);
NDISAPI VOID NTAPI NdisInitializeWrapper(PNDIS_HANDLE PndisHandle0, PVOID Buffer1, PVOID Buffer2,
                                         PVOID Buffer3);
NDISAPI NDIS_STATUS NTAPI NdisAllocateMemory(PVOID *Pvoid0, UINT Value1, UINT Value2,
                                             NDIS_PHYSICAL_ADDRESS NdisPhysicalAddress3);
NDISAPI VOID NTAPI NdisAllocatePacketPool(PNDIS_STATUS Status0, PNDIS_HANDLE PndisHandle1,
                                          UINT Value2, UINT Value3);
NDISAPI VOID NTAPI NdisAllocatePacket(PNDIS_STATUS Status0, PNDIS_PACKET *PndisPacket1,
                                      NDIS_HANDLE Handle2);
NDISAPI VOID NTAPI NdisFreePacket(PNDIS_PACKET PndisPacket0);
NDISAPI VOID NTAPI NdisDprAllocatePacket(PNDIS_STATUS Status0, PNDIS_PACKET *PndisPacket1,
                                         NDIS_HANDLE Handle2);
NDISAPI VOID NTAPI NdisDprFreePacket(PNDIS_PACKET PndisPacket0);
NDISAPI VOID NTAPI NdisDprAllocatePacketNonInterlocked(PNDIS_STATUS Status0,
                                                       PNDIS_PACKET *PndisPacket1,
                                                       NDIS_HANDLE Handle2);
NDISAPI VOID NTAPI NdisDprFreePacketNonInterlocked(PNDIS_PACKET PndisPacket0);
NDISAPI VOID NTAPI NdisFreeBufferPool(NDIS_HANDLE Handle0);
NDISAPI VOID NTAPI NdisUnchainBufferAtFront(PNDIS_PACKET PndisPacket0, PNDIS_BUFFER *PndisBuffer1);
NDISAPI VOID NTAPI NdisCopyBuffer(PNDIS_STATUS Status0, PNDIS_BUFFER *PndisBuffer1,
                                  NDIS_HANDLE Handle2, PVOID Buffer3, UINT Value4, UINT Value5);
NDISAPI VOID NTAPI NdisCopyFromPacketToPacket(PNDIS_PACKET PndisPacket0, UINT Value1, UINT Value2,
                                              PNDIS_PACKET PndisPacket3, UINT Value4, PUINT Puint5);
NDISAPI VOID NTAPI NdisReturnPackets(PNDIS_PACKET *PndisPacket0, UINT Value1);
NDISAPI NDIS_HANDLE NTAPI NdisGetPoolFromPacket(PNDIS_PACKET PndisPacket0);
NDISAPI UINT NTAPI NdisPacketSize(UINT Value0);
NDISAPI VOID NTAPI NdisSetPacketStatus(PNDIS_PACKET PndisPacket0, NDIS_STATUS Status1,
                                       NDIS_HANDLE Handle2, ULONG Value3);
NDISAPI VOID NTAPI NdisSetPacketPoolProtocolId(NDIS_HANDLE Handle0, UINT Value1);
NDISAPI VOID NTAPI NdisOpenConfiguration(PNDIS_STATUS Status0, PNDIS_HANDLE PndisHandle1,
                                         NDIS_HANDLE Handle2);
NDISAPI VOID NTAPI NdisCompleteBindAdapter(NDIS_HANDLE Handle0, NDIS_STATUS Status1,
                                           NDIS_STATUS Status2);
NDISAPI VOID NTAPI NdisCompleteUnbindAdapter(NDIS_HANDLE Handle0, NDIS_STATUS Status1);
NDISAPI VOID NTAPI NdisCompletePnPEvent(NDIS_STATUS Status0, NDIS_HANDLE Handle1,
                                        PNET_PNP_EVENT PnetPnpEvent2);
NDISAPI VOID NTAPI NdisReset(PNDIS_STATUS Status0, NDIS_HANDLE Handle1);
NDISAPI VOID NTAPI NdisGetDriverHandle(NDIS_HANDLE Handle0, PNDIS_HANDLE PndisHandle1);
NDISAPI VOID NTAPI NdisGetSystemUpTime(PULONG Pulong0);
NDISAPI VOID NTAPI NdisMIndicateStatusComplete(NDIS_HANDLE Handle0);
NDISAPI VOID NTAPI NdisMRegisterAdapterShutdownHandler(
    NDIS_HANDLE Handle0, PVOID Buffer1, ADAPTER_SHUTDOWN_HANDLER AdapterShutdownHandler2);
NDISAPI VOID NTAPI NdisMDeregisterAdapterShutdownHandler(NDIS_HANDLE Handle0);
NDISAPI NDIS_STATUS NTAPI NdisMRegisterInterrupt(PNDIS_MINIPORT_INTERRUPT PndisMiniportInterrupt0,
                                                 NDIS_HANDLE Handle1, UINT Value2, UINT Value3,
                                                 BOOLEAN Boolean4, BOOLEAN Boolean5,
                                                 NDIS_INTERRUPT_MODE NdisInterruptMode6);
NDISAPI VOID NTAPI NdisMDeregisterInterrupt(PNDIS_MINIPORT_INTERRUPT PndisMiniportInterrupt0);
NDISAPI NDIS_STATUS NTAPI NdisMInitializeScatterGatherDma(NDIS_HANDLE Handle0, BOOLEAN Boolean1,
                                                          ULONG Value2);
NDISAPI VOID NTAPI NdisMQueryAdapterResources(PNDIS_STATUS Status0, NDIS_HANDLE Handle1,
                                              PNDIS_RESOURCE_LIST PndisResourceList2, PUINT Puint3);
NDISAPI ULONG NTAPI NdisReadPciSlotInformation(NDIS_HANDLE Handle0, ULONG Value1, ULONG Value2,
                                               PVOID Buffer3, ULONG Value4);
NDISAPI ULONG NTAPI NdisWritePciSlotInformation(NDIS_HANDLE Handle0, ULONG Value1, ULONG Value2,
                                                PVOID Buffer3, ULONG Value4);
NDISAPI ULONG NTAPI NdisReadPcmciaAttributeMemory(NDIS_HANDLE Handle0, ULONG Value1, PVOID Buffer2,
                                                  ULONG Value3);
NDISAPI ULONG NTAPI NdisWritePcmciaAttributeMemory(NDIS_HANDLE Handle0, ULONG Value1, PVOID Buffer2,
                                                   ULONG Value3);
NDISAPI NDIS_STATUS NTAPI NdisQueryPendingIOCount(PVOID Buffer0, PULONG Pulong1);

#endif

EXTERN_C_END

#endif
