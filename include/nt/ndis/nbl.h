/* nbl.h - net buffers and net buffer lists: packets since NDIS 6.0. */
#ifndef CONDIS_NT_NDIS_NBL_H
#define CONDIS_NT_NDIS_NBL_H

#include "types.h"

EXTERN_C_START

typedef struct _NET_BUFFER NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST NET_BUFFER_LIST, *PNET_BUFFER_LIST;

/* Slots of NetBufferListInfo. Each version appends some, and a driver sees as many as its version
 * has: 11 in 6.0, 13 in 6.1, 18 in 6.20, 24 in 6.30, 26 in 6.50, 27 since 6.80. */
typedef enum _NDIS_NET_BUFFER_LIST_INFO {
    TcpIpChecksumNetBufferListInfo,
    TcpOffloadBytesTransferred = TcpIpChecksumNetBufferListInfo,
    IPsecOffloadV1NetBufferListInfo,
#if NDIS_SUPPORT_NDIS61
    IPsecOffloadV2NetBufferListInfo = IPsecOffloadV1NetBufferListInfo,
#endif
    TcpLargeSendNetBufferListInfo,
    TcpReceiveNoPush = TcpLargeSendNetBufferListInfo,
    ClassificationHandleNetBufferListInfo,
    Ieee8021QNetBufferListInfo,
    NetBufferListCancelId,
    MediaSpecificInformation,
    NetBufferListFrameType,
    NetBufferListProtocolId = NetBufferListFrameType,
    NetBufferListHashValue,
    NetBufferListHashInfo,
    WfpNetBufferListInfo,
#if NDIS_SUPPORT_NDIS61
    IPsecOffloadV2TunnelNetBufferListInfo,
    IPsecOffloadV2HeaderNetBufferListInfo,
#endif
#if NDIS_SUPPORT_NDIS620
    NetBufferListCorrelationId,
    NetBufferListFilteringInfo,
    MediaSpecificInformationEx,
    NblOriginalInterfaceIfIndex,
    NblReAuthWfpFlowContext = NblOriginalInterfaceIfIndex,
    TcpReceiveBytesTransferred,
    NrtNameResolutionId = TcpReceiveBytesTransferred,
#if NDIS_SUPPORT_NDIS684
    UdpRecvSegCoalesceOffloadInfo = TcpReceiveBytesTransferred,
#endif
#endif
#if NDIS_SUPPORT_NDIS630
    SwitchForwardingReserved,
    SwitchForwardingDetail,
    VirtualSubnetInfo,
    IMReserved,
    TcpRecvSegCoalesceInfo,
#if NDIS_SUPPORT_NDIS683
    UdpSegmentationOffloadInfo = TcpRecvSegCoalesceInfo,
#endif
    RscTcpTimestampDelta,
    TcpSendOffloadsSupplementalNetBufferListInfo = RscTcpTimestampDelta,
#endif
#if NDIS_SUPPORT_NDIS650
    GftOffloadInformation,
    GftFlowEntryId,
#endif
#if NDIS_SUPPORT_NDIS680
    NetBufferListInfoReserved3,
#endif
    MaxNetBufferListInfo,
} NDIS_NET_BUFFER_LIST_INFO,
    *PNDIS_NET_BUFFER_LIST_INFO;

/* -- NET_BUFFER ------------------------------------------------------------------------------- */

typedef struct _NET_BUFFER_SHARED_MEMORY {
    struct _NET_BUFFER_SHARED_MEMORY *NextSharedMemorySegment;
    ULONG SharedMemoryFlags;
    NDIS_HANDLE SharedMemoryHandle;
    ULONG SharedMemoryOffset;
    ULONG SharedMemoryLength;
} NET_BUFFER_SHARED_MEMORY, *PNET_BUFFER_SHARED_MEMORY;

typedef union _NET_BUFFER_DATA_LENGTH {
    ULONG DataLength;
    SIZE_T stDataLength;
} NET_BUFFER_DATA_LENGTH, *PNET_BUFFER_DATA_LENGTH;

typedef struct _NET_BUFFER_DATA {
    NET_BUFFER *Next;
    MDL *CurrentMdl;
    ULONG CurrentMdlOffset;
    union {
        ULONG DataLength;
        SIZE_T stDataLength;
    };
    MDL *MdlChain;
    ULONG DataOffset;
} NET_BUFFER_DATA, *PNET_BUFFER_DATA;

typedef union _NET_BUFFER_HEADER {
    struct {
        NET_BUFFER *Next;
        MDL *CurrentMdl;
        ULONG CurrentMdlOffset;
        union {
            ULONG DataLength;
            SIZE_T stDataLength;
        };
        MDL *MdlChain;
        ULONG DataOffset;
    };
    SLIST_HEADER Link;
} NET_BUFFER_HEADER, *PNET_BUFFER_HEADER;

struct _NET_BUFFER {
    union {
        struct {
            NET_BUFFER *Next;
            MDL *CurrentMdl;
            ULONG CurrentMdlOffset;
            union {
                ULONG DataLength;
                SIZE_T stDataLength;
            };
            MDL *MdlChain;
            ULONG DataOffset;
        };
        SLIST_HEADER Link;
        NET_BUFFER_HEADER NetBufferHeader;
    };
    USHORT ChecksumBias;
    USHORT Reserved;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2] DECLSPEC_ALIGN(16);
    PVOID ProtocolReserved[6] DECLSPEC_ALIGN(16);
    PVOID MiniportReserved[4] DECLSPEC_ALIGN(16);
    PHYSICAL_ADDRESS DataPhysicalAddress;
#if NDIS_SUPPORT_NDIS620
    union {
        NET_BUFFER_SHARED_MEMORY *SharedMemoryInfo;
        SCATTER_GATHER_LIST *ScatterGatherList;
    };
#endif
};

/* -- NET_BUFFER_LIST -------------------------------------------------------------------------- */

typedef struct _NET_BUFFER_LIST_CONTEXT {
    struct _NET_BUFFER_LIST_CONTEXT *Next;
    USHORT Size;
    USHORT Offset;
    DECLSPEC_ALIGN(16) UCHAR ContextData[];
} NET_BUFFER_LIST_CONTEXT, *PNET_BUFFER_LIST_CONTEXT;

typedef struct _NET_BUFFER_LIST_DATA {
    NET_BUFFER_LIST *Next;
    NET_BUFFER *FirstNetBuffer;
} NET_BUFFER_LIST_DATA, *PNET_BUFFER_LIST_DATA;

typedef union _NET_BUFFER_LIST_HEADER {
    struct {
        NET_BUFFER_LIST *Next;
        NET_BUFFER *FirstNetBuffer;
    };
    SLIST_HEADER Link;
} NET_BUFFER_LIST_HEADER, *PNET_BUFFER_LIST_HEADER;

struct _NET_BUFFER_LIST {
    union {
        struct {
            NET_BUFFER_LIST *Next;
            NET_BUFFER *FirstNetBuffer;
        };
        SLIST_HEADER Link;
        NET_BUFFER_LIST_HEADER NetBufferListHeader;
    };
    NET_BUFFER_LIST_CONTEXT *Context;
    NET_BUFFER_LIST *ParentNetBufferList;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2] DECLSPEC_ALIGN(16);
    PVOID ProtocolReserved[4] DECLSPEC_ALIGN(16);
    PVOID MiniportReserved[2] DECLSPEC_ALIGN(16);
    PVOID Scratch;
    NDIS_HANDLE SourceHandle;
    ULONG NblFlags;
    LONG ChildRefCount;
    ULONG Flags;
    union {
        NDIS_STATUS Status;
        ULONG NdisReserved2;
    };
    PVOID NetBufferListInfo[MaxNetBufferListInfo];
};

/* Flags, the member for NDIS and drivers. */
#if NDIS_SUPPORT_NDIS61
#define NBL_FLAGS_PROTOCOL_RESERVED 0xFFF00003
#define NBL_FLAGS_NDIS_RESERVED     0x00000FFC
#else
#define NBL_FLAGS_PROTOCOL_RESERVED 0xFFF00000
#define NBL_FLAGS_NDIS_RESERVED     0x00000FFF
#endif
#define NBL_PROT_RSVD_FLAGS         NBL_FLAGS_PROTOCOL_RESERVED
#define NBL_FLAGS_MINIPORT_RESERVED 0x0000F000
#define NBL_FLAGS_SCRATCH           0x000F0000

/* NblFlags: what the packets are. */
#define NDIS_NBL_FLAGS_SEND_READ_ONLY                        0x00000001
#define NDIS_NBL_FLAGS_RECV_READ_ONLY                        0x00000002
#define NDIS_NBL_FLAGS_HD_SPLIT                              0x00000100
#define NDIS_NBL_FLAGS_IS_IPV4                               0x00000200
#define NDIS_NBL_FLAGS_IS_IPV6                               0x00000400
#define NDIS_NBL_FLAGS_IS_TCP                                0x00000800
#define NDIS_NBL_FLAGS_IS_UDP                                0x00001000
#define NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_HEADER  0x00002000
#define NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_PAYLOAD 0x00004000
#define NDIS_NBL_FLAGS_IS_LOOPBACK_PACKET                    0x00008000
#define NDIS_NBL_FLAGS_CAPTURE_TIMESTAMP_ON_TRANSMIT         0x00010000

/* -- Out of band information ------------------------------------------------------------------ */

typedef struct _NDIS_NET_BUFFER_LIST_8021Q_INFO {
    union {
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 Reserved : 16;
        } TagHeader;
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 WMMInfo : 4;
            UINT32 Reserved : 12;
        } WLanTagHeader;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_8021Q_INFO, *PNDIS_NET_BUFFER_LIST_8021Q_INFO;

typedef struct _NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG IsIPv4 : 1;
            ULONG IsIPv6 : 1;
            ULONG TcpChecksum : 1;
            ULONG UdpChecksum : 1;
            ULONG IpHeaderChecksum : 1;
            ULONG Reserved : 11;
            ULONG TcpHeaderOffset : 10;
        } Transmit;
        struct {
            ULONG TcpChecksumFailed : 1;
            ULONG UdpChecksumFailed : 1;
            ULONG IpChecksumFailed : 1;
            ULONG TcpChecksumSucceeded : 1;
            ULONG UdpChecksumSucceeded : 1;
            ULONG IpChecksumSucceeded : 1;
            ULONG Loopback : 1;
#if NDIS_SUPPORT_NDIS630
            ULONG TcpChecksumValueInvalid : 1;
            ULONG IpChecksumValueInvalid : 1;
#endif
        } Receive;
        PVOID Value;
    };
} NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO, *PNDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_NET_BUFFER_LIST_MEDIA_SPECIFIC_INFO {
    union {
        PVOID MediaSpecificInfo;
        PVOID NativeWifiSpecificInfo;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_MEDIA_SPECIFIC_INFO, *PNDIS_NET_BUFFER_LIST_MEDIA_SPECIFIC_INFO;

typedef struct _NDIS_NBL_MEDIA_SPECIFIC_INFORMATION {
    struct _NDIS_NBL_MEDIA_SPECIFIC_INFORMATION *NextEntry;
    ULONG Tag;
    DECLSPEC_ALIGN(16) UCHAR Data[1];
} NDIS_NBL_MEDIA_SPECIFIC_INFORMATION, *PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION;
typedef NDIS_NBL_MEDIA_SPECIFIC_INFORMATION NDIS_NBL_MEDIA_MEDIA_SPECIFIC_INFORMATION;

typedef struct _NDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX {
    NDIS_OBJECT_HEADER Header;
    struct _NDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX *NextEntry;
    ULONG Tag;
    PVOID Data;
} NDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX, *PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX;

/* Tags of media specific information. */
#define NDIS_MEDIA_SPECIFIC_INFO_TUNDL    0x00010001
#define NDIS_MEDIA_SPECIFIC_INFO_FCOE     0x80010000
#define NDIS_MEDIA_SPECIFIC_INFO_EAPOL    0x80010001
#define NDIS_MEDIA_SPECIFIC_INFO_LLDP     0x80010002
#define NDIS_MEDIA_SPECIFIC_INFO_TIMESYNC 0x80010003

typedef struct _NDIS_NET_BUFFER_LIST_FILTERING_INFO {
    union {
        struct {
            USHORT FilterId;
#if NDIS_SUPPORT_NDIS630
            union {
#if NDIS_SUPPORT_NDIS630
                USHORT QueueId;
                USHORT VPortId;
#endif
            } QueueVPortInfo;
#endif
        } FilteringInfo;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_FILTERING_INFO, *PNDIS_NET_BUFFER_LIST_FILTERING_INFO;

typedef struct _NDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO {
    union {
        struct {
            UINT32 VirtualSubnetId : 24;
            UINT32 ReservedVsidBits : 8;
            UINT32 Reserved;
        };
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO, *PNDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO;

typedef union _NDIS_RSC_NBL_INFO {
    struct {
        USHORT CoalescedSegCount;
        USHORT DupAckCount;
    } Info;
    PVOID Value;
} NDIS_RSC_NBL_INFO, *PNDIS_RSC_NBL_INFO;

typedef struct _NDIS_TCP_SEND_OFFLOADS_SUPPLEMENTAL_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG IsEncapsulatedPacket : 1;
            ULONG EncapsulatedPacketOffsetsValid : 1;
            ULONG InnerFrameOffset : 8;
            ULONG TransportIpHeaderRelativeOffset : 6;
            ULONG TcpHeaderRelativeOffset : 10;
            ULONG IsInnerIPv6 : 1;
            ULONG TcpOptionsPresent : 1;
            ULONG Reserved : 4;
        } EncapsulatedPacketOffsets;
        PVOID Value;
    };
} NDIS_TCP_SEND_OFFLOADS_SUPPLEMENTAL_NET_BUFFER_LIST_INFO,
    *PNDIS_TCP_SEND_OFFLOADS_SUPPLEMENTAL_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_NBL_TIMESTAMP {
    UINT64 Timestamp;
} NET_BUFFER_LIST_TIMESTAMP, *PNET_BUFFER_LIST_TIMESTAMP;

/* -- Sending and receiving -------------------------------------------------------------------- */

/* SendFlags. */
#define NDIS_SEND_FLAGS_DISPATCH_LEVEL           0x00000001
#define NDIS_SEND_FLAGS_CHECK_FOR_LOOPBACK       0x00000002
#define NDIS_SEND_FLAGS_SINGLE_QUEUE             0x00000004
#define NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP 0x00000010
#define NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE     0x00000020

/* SendCompleteFlags. */
#define NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL       0x00000001
#define NDIS_SEND_COMPLETE_FLAGS_SINGLE_QUEUE         0x00000002
#define NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE 0x00000004

/* ReceiveFlags. */
#define NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL           0x00000001
#define NDIS_RECEIVE_FLAGS_RESOURCES                0x00000002
#define NDIS_RECEIVE_FLAGS_SINGLE_ETHER_TYPE        0x00000100
#define NDIS_RECEIVE_FLAGS_SINGLE_VLAN              0x00000200
#define NDIS_RECEIVE_FLAGS_PERFECT_FILTERED         0x00000400
#define NDIS_RECEIVE_FLAGS_SINGLE_QUEUE             0x00000800
#define NDIS_RECEIVE_FLAGS_SHARED_MEMORY_INFO_VALID 0x00001000
#define NDIS_RECEIVE_FLAGS_MORE_NBLS                0x00002000
#define NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP 0x00004000
#define NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE     0x00008000

/* ReturnFlags. */
#define NDIS_RETURN_FLAGS_DISPATCH_LEVEL       0x00000001
#define NDIS_RETURN_FLAGS_SINGLE_QUEUE         0x00000002
#define NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE 0x00000004

/* Clones. */
#define NDIS_CLONE_FLAGS_RESERVED          0x00000001
#define NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS 0x00000002

/* -- Pools ------------------------------------------------------------------------------------ */

typedef struct _NET_BUFFER_LIST_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    UCHAR ProtocolId;
    BOOLEAN fAllocateNetBuffer;
    USHORT ContextSize;
    ULONG PoolTag;
    ULONG DataSize;
#if NDIS_SUPPORT_NDIS687
    ULONG Flags;
#endif
} NET_BUFFER_LIST_POOL_PARAMETERS, *PNET_BUFFER_LIST_POOL_PARAMETERS;
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 1
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2 2
#define NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1                                     \
    RTL_SIZEOF_THROUGH_FIELD(NET_BUFFER_LIST_POOL_PARAMETERS, DataSize)
#define NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2                                     \
    RTL_SIZEOF_THROUGH_FIELD(NET_BUFFER_LIST_POOL_PARAMETERS, Flags)

typedef struct _NET_BUFFER_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG PoolTag;
    ULONG DataSize;
#if NDIS_SUPPORT_NDIS687
    ULONG Flags;
#endif
} NET_BUFFER_POOL_PARAMETERS, *PNET_BUFFER_POOL_PARAMETERS;
#define NET_BUFFER_POOL_PARAMETERS_REVISION_1 1
#define NET_BUFFER_POOL_PARAMETERS_REVISION_2 2
#define NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1                                          \
    RTL_SIZEOF_THROUGH_FIELD(NET_BUFFER_POOL_PARAMETERS, DataSize)
#define NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_2                                          \
    RTL_SIZEOF_THROUGH_FIELD(NET_BUFFER_POOL_PARAMETERS, Flags)

#define NET_BUFFER_LIST_POOL_FLAG_VERIFY 0x00000001
#define NET_BUFFER_POOL_FLAG_VERIFY      0x00000001

typedef MDL *(NTAPI NET_BUFFER_ALLOCATE_MDL)(ULONG *BufferSize);
typedef NET_BUFFER_ALLOCATE_MDL *NET_BUFFER_ALLOCATE_MDL_HANDLER;
typedef VOID(NTAPI NET_BUFFER_FREE_MDL)(MDL *Mdl);
typedef NET_BUFFER_FREE_MDL *NET_BUFFER_FREE_MDL_HANDLER;

NDISAPI NDIS_HANDLE NTAPI NdisAllocateNetBufferListPool(
    NDIS_HANDLE NdisHandle, const NET_BUFFER_LIST_POOL_PARAMETERS *Parameters);
NDISAPI VOID NTAPI NdisFreeNetBufferListPool(NDIS_HANDLE PoolHandle);
NDISAPI NET_BUFFER_LIST *NTAPI NdisAllocateNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize,
                                                         USHORT ContextBackFill);
NDISAPI VOID NTAPI NdisFreeNetBufferList(NET_BUFFER_LIST *NetBufferList);
NDISAPI NET_BUFFER_LIST *NTAPI NdisAllocateNetBufferAndNetBufferList(
    NDIS_HANDLE PoolHandle, USHORT ContextSize, USHORT ContextBackFill, MDL *MdlChain,
    ULONG DataOffset, SIZE_T DataLength);
NDISAPI NDIS_HANDLE NTAPI NdisAllocateNetBufferPool(NDIS_HANDLE NdisHandle,
                                                    const NET_BUFFER_POOL_PARAMETERS *Parameters);
NDISAPI VOID NTAPI NdisFreeNetBufferPool(NDIS_HANDLE PoolHandle);
NDISAPI NET_BUFFER *NTAPI NdisAllocateNetBuffer(NDIS_HANDLE PoolHandle, MDL *MdlChain,
                                                ULONG DataOffset, SIZE_T DataLength);
NDISAPI VOID NTAPI NdisFreeNetBuffer(NET_BUFFER *NetBuffer);
NDISAPI NET_BUFFER *NTAPI NdisAllocateNetBufferMdlAndData(NDIS_HANDLE PoolHandle);
NDISAPI MDL *NTAPI NdisAllocateMdl(NDIS_HANDLE Handle0, PVOID Buffer1, ULONG Value2);
NDISAPI VOID NTAPI NdisFreeMdl(MDL *Mdl0);
NDISAPI NDIS_HANDLE NTAPI NdisGetPoolFromNetBuffer(const NET_BUFFER *NetBuffer);
NDISAPI NDIS_HANDLE NTAPI NdisGetPoolFromNetBufferList(const NET_BUFFER_LIST *NetBufferList);

/* Contexts, clones, fragments. */
NDISAPI NDIS_STATUS NTAPI NdisAllocateNetBufferListContext(NET_BUFFER_LIST *NetBufferList,
                                                           USHORT ContextSize,
                                                           USHORT ContextBackFill, ULONG PoolTag);
NDISAPI VOID NTAPI NdisFreeNetBufferListContext(NET_BUFFER_LIST *NetBufferList, USHORT ContextSize);
NDISAPI NET_BUFFER_LIST *NTAPI NdisAllocateCloneNetBufferList(
    NET_BUFFER_LIST *OriginalNetBufferList, NDIS_HANDLE NetBufferListPoolHandle,
    NDIS_HANDLE NetBufferPoolHandle, ULONG AllocateCloneFlags);
NDISAPI VOID NTAPI NdisFreeCloneNetBufferList(NET_BUFFER_LIST *CloneNetBufferList,
                                              ULONG FreeCloneFlags);
NDISAPI NET_BUFFER_LIST *NTAPI NdisAllocateFragmentNetBufferList(
    NET_BUFFER_LIST *OriginalNetBufferList, NDIS_HANDLE NetBufferListPool,
    NDIS_HANDLE NetBufferPool, ULONG StartOffset, ULONG MaximumLength, ULONG DataOffsetDelta,
    ULONG DataBackFill, ULONG AllocateFragmentFlags);
NDISAPI VOID NTAPI NdisFreeFragmentNetBufferList(NET_BUFFER_LIST *FragmentNetBufferList,
                                                 ULONG DataOffsetDelta, ULONG FreeFragmentFlags);
NDISAPI NET_BUFFER_LIST *NTAPI NdisAllocateReassembledNetBufferList(
    NET_BUFFER_LIST *FragmentNetBufferList, NDIS_HANDLE NetBufferAndNetBufferListPoolHandle,
    ULONG StartOffset, ULONG DataOffsetDelta, ULONG DataBackFill, ULONG AllocateReassembleFlags);
NDISAPI VOID NTAPI NdisFreeReassembledNetBufferList(NET_BUFFER_LIST *ReassembledNetBufferList,
                                                    ULONG DataOffsetDelta,
                                                    ULONG FreeReassembleFlags);

/* Data. */
NDISAPI NDIS_STATUS NTAPI
NdisRetreatNetBufferDataStart(NET_BUFFER *NetBuffer, ULONG DataOffsetDelta, ULONG DataBackFill,
                              NET_BUFFER_ALLOCATE_MDL *AllocateMdlHandler);
NDISAPI VOID NTAPI NdisAdvanceNetBufferDataStart(NET_BUFFER *NetBuffer, ULONG DataOffsetDelta,
                                                 BOOLEAN FreeMdl,
                                                 NET_BUFFER_FREE_MDL *FreeMdlHandler);
NDISAPI NDIS_STATUS NTAPI NdisRetreatNetBufferListDataStart(
    NET_BUFFER_LIST *NetBufferList, ULONG DataOffsetDelta, ULONG DataBackFill,
    NET_BUFFER_ALLOCATE_MDL *AllocateMdlHandler, NET_BUFFER_FREE_MDL *FreeMdlHandler);
NDISAPI VOID NTAPI NdisAdvanceNetBufferListDataStart(NET_BUFFER_LIST *NetBufferList,
                                                     ULONG DataOffsetDelta, BOOLEAN FreeMdl,
                                                     NET_BUFFER_FREE_MDL *FreeMdlMdlHandler);
NDISAPI PVOID NTAPI NdisGetDataBuffer(NET_BUFFER *NetBuffer, ULONG BytesNeeded, PVOID Storage,
                                      ULONG AlignMultiple, ULONG AlignOffset);
NDISAPI NDIS_STATUS NTAPI NdisCopyFromNetBufferToNetBuffer(NET_BUFFER *Destination,
                                                           ULONG DestinationOffset,
                                                           ULONG BytesToCopy,
                                                           const NET_BUFFER *Source,
                                                           ULONG SourceOffset, ULONG *BytesCopied);
NDISAPI ULONG NTAPI NdisQueryNetBufferPhysicalCount(NET_BUFFER *NetBuffer);
NDISAPI VOID NTAPI NdisCopySendNetBufferListInfo(NET_BUFFER_LIST *DestNetBufferList,
                                                 const NET_BUFFER_LIST *SrcNetBufferList);
NDISAPI VOID NTAPI NdisCopyReceiveNetBufferListInfo(NET_BUFFER_LIST *DestNetBufferList,
                                                    const NET_BUFFER_LIST *SrcNetBufferList);
NDISAPI UCHAR NTAPI NdisGetNetBufferListProtocolId(const NET_BUFFER_LIST *NetBufferList);
NDISAPI UCHAR NTAPI NdisGeneratePartialCancelId(VOID);

/* -- Accessors -------------------------------------------------------------------------------- */
#define NET_BUFFER_NEXT_NB(nb)               ((nb)->Next)
#define NET_BUFFER_FIRST_MDL(nb)             ((nb)->MdlChain)
#define NET_BUFFER_DATA_LENGTH(nb)           ((nb)->DataLength)
#define NET_BUFFER_DATA_OFFSET(nb)           ((nb)->DataOffset)
#define NET_BUFFER_CURRENT_MDL(nb)           ((nb)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(nb)    ((nb)->CurrentMdlOffset)
#define NET_BUFFER_PROTOCOL_RESERVED(nb)     ((nb)->ProtocolReserved)
#define NET_BUFFER_MINIPORT_RESERVED(nb)     ((nb)->MiniportReserved)
#define NET_BUFFER_CHECKSUM_BIAS(nb)         ((nb)->ChecksumBias)
#define NET_BUFFER_DATA_PHYSICAL_ADDRESS(nb) ((nb)->DataPhysicalAddress)
#if NDIS_SUPPORT_NDIS620
#define NET_BUFFER_FIRST_SHARED_MEM_INFO(nb)       ((nb)->SharedMemoryInfo)
#define NET_BUFFER_SCATTER_GATHER_LIST(nb)         ((nb)->ScatterGatherList)
#define NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(memory) ((memory)->NextSharedMemorySegment)
#define NET_BUFFER_SHARED_MEM_FLAGS(memory)        ((memory)->SharedMemoryFlags)
#define NET_BUFFER_SHARED_MEM_HANDLE(memory)       ((memory)->SharedMemoryHandle)
#define NET_BUFFER_SHARED_MEM_OFFSET(memory)       ((memory)->SharedMemoryOffset)
#define NET_BUFFER_SHARED_MEM_LENGTH(memory)       ((memory)->SharedMemoryLength)
#endif

#define NET_BUFFER_LIST_NEXT_NBL(nbl)          ((nbl)->Next)
#define NET_BUFFER_LIST_FIRST_NB(nbl)          ((nbl)->FirstNetBuffer)
#define NET_BUFFER_LIST_FLAGS(nbl)             ((nbl)->Flags)
#define NET_BUFFER_LIST_NBL_FLAGS(nbl)         ((nbl)->NblFlags)
#define NET_BUFFER_LIST_STATUS(nbl)            ((nbl)->Status)
#define NET_BUFFER_LIST_PROTOCOL_RESERVED(nbl) ((nbl)->ProtocolReserved)
#define NET_BUFFER_LIST_MINIPORT_RESERVED(nbl) ((nbl)->MiniportReserved)
#define NET_BUFFER_LIST_INFO(nbl, id)          ((nbl)->NetBufferListInfo[(id)])
#define NET_BUFFER_LIST_CONTEXT_DATA_START(nbl)                                                    \
    ((PUCHAR)((nbl)->Context + 1) + (nbl)->Context->Offset)
#define NET_BUFFER_LIST_CONTEXT_DATA_SIZE(nbl) ((nbl)->Context->Size)

#define NBL_SET_FLAG(nbl, flag)                   ((nbl)->Flags |= (flag))
#define NBL_CLEAR_FLAG(nbl, flag)                 ((nbl)->Flags &= ~(flag))
#define NBL_TEST_FLAG(nbl, flag)                  (((nbl)->Flags & (flag)) != 0)
#define NBL_TEST_FLAGS(nbl, flags)                (((nbl)->Flags & (flags)) == (flags))
#define NBL_SET_PROTOCOL_RSVD_FLAG(nbl, flag)     ((nbl)->Flags |= ((flag)&NBL_PROT_RSVD_FLAGS))
#define NBL_CLEAR_PROTOCOL_RSVD_FLAG(nbl, flag)   ((nbl)->Flags &= ~((flag)&NBL_PROT_RSVD_FLAGS))
#define NBL_TEST_PROTOCOL_RSVD_FLAG(nbl, flag)    (((nbl)->Flags & (flag)&NBL_PROT_RSVD_FLAGS) != 0)
#define NdisSetNblFlag(nbl, flag)                 ((nbl)->NblFlags |= (flag))
#define NdisClearNblFlag(nbl, flag)               ((nbl)->NblFlags &= ~(flag))
#define NdisTestNblFlag(nbl, flag)                (((nbl)->NblFlags & (flag)) != 0)
#define NdisTestNblFlags(nbl, flags)              (((nbl)->NblFlags & (flags)) == (flags))
#define NDIS_TEST_SEND_FLAG(flags, flag)          (((flags) & (flag)) != 0)
#define NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags)   (((flags)&NDIS_SEND_FLAGS_DISPATCH_LEVEL) != 0)
#define NDIS_SET_SEND_FLAG(flags, flag)           ((flags) |= (flag))
#define NDIS_CLEAR_SEND_FLAG(flags, flag)         ((flags) &= ~(flag))
#define NDIS_TEST_SEND_COMPLETE_FLAG(flags, flag) (((flags) & (flag)) != 0)
#define NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(flags)                                           \
    (((flags)&NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL) != 0)
#define NDIS_SET_SEND_COMPLETE_FLAG(flags, flag)   ((flags) |= (flag))
#define NDIS_CLEAR_SEND_COMPLETE_FLAG(flags, flag) ((flags) &= ~(flag))
#define NDIS_TEST_RECEIVE_FLAG(flags, flag)        (((flags) & (flag)) != 0)
#define NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(flags)                                                 \
    (((flags)&NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL) != 0)
#define NDIS_TEST_RECEIVE_CANNOT_PEND(flags)      (((flags)&NDIS_RECEIVE_FLAGS_RESOURCES) != 0)
#define NDIS_TEST_RECEIVE_CAN_PEND(flags)         (((flags)&NDIS_RECEIVE_FLAGS_RESOURCES) == 0)
#define NDIS_SET_RECEIVE_FLAG(flags, flag)        ((flags) |= (flag))
#define NDIS_CLEAR_RECEIVE_FLAG(flags, flag)      ((flags) &= ~(flag))
#define NDIS_TEST_RETURN_FLAG(flags, flag)        (((flags) & (flag)) != 0)
#define NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(flags) (((flags)&NDIS_RETURN_FLAGS_DISPATCH_LEVEL) != 0)
#define NDIS_SET_RETURN_FLAG(flags, flag)         ((flags) |= (flag))
#define NDIS_CLEAR_RETURN_FLAG(flags, flag)       ((flags) &= ~(flag))

/* The cancel id is a whole slot, the protocol id one byte of another. */
#define NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(nbl) (NET_BUFFER_LIST_INFO(nbl, NetBufferListCancelId))
#define NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(nbl, id)                                                \
    (NET_BUFFER_LIST_INFO(nbl, NetBufferListCancelId) = (id))
#define NdisSetNetBufferListProtocolId(nbl, id)                                                    \
    (*(PUCHAR)&NET_BUFFER_LIST_INFO(nbl, NetBufferListProtocolId) = (UCHAR)(id))

/* Entries of media specific information form a list that hangs on a slot; removing one that is not
 * there does nothing. */
#define NDIS_NBL_GET_MEDIA_SPECIFIC_INFO_IN(type, slot, nbl, tag, found)                           \
    do {                                                                                           \
        type entry_ = (type)NET_BUFFER_LIST_INFO(nbl, slot);                                       \
        while (entry_ != NULL && entry_->Tag != (tag))                                             \
            entry_ = entry_->NextEntry;                                                            \
        (found) = entry_;                                                                          \
    } while (0)
#define NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO_IN(type, slot, nbl, entry)                                \
    do {                                                                                           \
        (entry)->NextEntry = (type)NET_BUFFER_LIST_INFO(nbl, slot);                                \
        NET_BUFFER_LIST_INFO(nbl, slot) = (entry);                                                 \
    } while (0)
#define NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO_IN(type, slot, nbl, entry)                             \
    do {                                                                                           \
        type *link_ = (type *)&NET_BUFFER_LIST_INFO(nbl, slot);                                    \
        while (*link_ != NULL && *link_ != (entry))                                                \
            link_ = &(*link_)->NextEntry;                                                          \
        if (*link_ != NULL)                                                                        \
            *link_ = (entry)->NextEntry;                                                           \
    } while (0)
#define NDIS_NBL_GET_MEDIA_SPECIFIC_INFO(nbl, tag, found)                                          \
    NDIS_NBL_GET_MEDIA_SPECIFIC_INFO_IN(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION,                      \
                                        MediaSpecificInformation, nbl, tag, found)
#define NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO(nbl, entry)                                               \
    NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO_IN(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION,                      \
                                        MediaSpecificInformation, nbl, entry)
#define NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO(nbl, entry)                                            \
    NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO_IN(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION,                   \
                                           MediaSpecificInformation, nbl, entry)
#if NDIS_SUPPORT_NDIS620
#define NDIS_NBL_GET_MEDIA_SPECIFIC_INFO_EX(nbl, tag, found)                                       \
    NDIS_NBL_GET_MEDIA_SPECIFIC_INFO_IN(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX,                   \
                                        MediaSpecificInformationEx, nbl, tag, found)
#define NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO_EX(nbl, entry)                                            \
    NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO_IN(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX,                   \
                                        MediaSpecificInformationEx, nbl, entry)
#define NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO_EX(nbl, entry)                                         \
    NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO_IN(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX,                \
                                           MediaSpecificInformationEx, nbl, entry)
#endif

/* MDLs of a net buffer. */
#define NdisAdjustMdlLength(mdl, length) ((mdl)->ByteCount = (length))
#define NdisGetNextMdl(mdl, next)        ((void)(*(next) = (mdl)->Next))
#define NDIS_MDL_LINKAGE(mdl)            ((mdl)->Next)
#define NDIS_MDL_TO_SPAN_PAGES(mdl)                                                                \
    ADDRESS_AND_SIZE_TO_SPAN_PAGES(MmGetMdlVirtualAddress(mdl), MmGetMdlByteCount(mdl))
#define NdisGetMdlPhysicalArraySize(mdl, n) ((void)(*(n) = NDIS_MDL_TO_SPAN_PAGES(mdl)))
#define NdisQueryMdlOffset(mdl, offset, length)                                                    \
    ((void)(*(offset) = MmGetMdlByteOffset(mdl), *(length) = MmGetMdlByteCount(mdl)))

/* VirtualAddress is NULL when the caller wants only the length. */
FORCEINLINE void NdisQueryMdl(PMDL Mdl, PVOID *VirtualAddress, PULONG Length, ULONG Priority)
{
    if (VirtualAddress != NULL)
        *VirtualAddress = MmGetSystemAddressForMdlSafe(Mdl, Priority);
    *Length = MmGetMdlByteCount(Mdl);
}

NDISAPI VOID NTAPI NdisAdjustNetBufferCurrentMdl(PNET_BUFFER NetBuffer);

EXTERN_C_END

#endif
