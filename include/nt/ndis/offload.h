/* offload.h - work that network hardware takes over, as OIDs and adapter attributes describe it. */
#ifndef CONDIS_NT_NDIS_OFFLOAD_H
#define CONDIS_NT_NDIS_OFFLOAD_H

#include "../ntdef.h"
#include "select.h"
#include "object.h"

EXTERN_C_START

/* Encapsulations and settings. */
#define NDIS_ENCAPSULATION_NOT_SUPPORTED             0x00000000
#define NDIS_OFFLOAD_NOT_SUPPORTED                   0x00000000
#define NDIS_OFFLOAD_SET_NO_CHANGE                   0x00000000
#define NDIS_ENCAPSULATION_NULL                      0x00000001
#define NDIS_OFFLOAD_SET_ON                          0x00000001
#define NDIS_OFFLOAD_SUPPORTED                       0x00000001
#define NDIS_ENCAPSULATION_IEEE_802_3                0x00000002
#define NDIS_OFFLOAD_SET_OFF                         0x00000002
#define NDIS_ENCAPSULATION_IEEE_802_3_P_AND_Q        0x00000004
#define NDIS_ENCAPSULATION_IEEE_802_3_P_AND_Q_IN_OOB 0x00000008
#define NDIS_ENCAPSULATION_IEEE_LLC_SNAP_ROUTED      0x00000010

#define NDIS_TCP_LARGE_SEND_OFFLOAD_IPv4          0
#define NDIS_TCP_LARGE_SEND_OFFLOAD_V1_TYPE       0
#define NDIS_UDP_SEGMENTATION_OFFLOAD_IPV4        0
#define NDIS_TCP_LARGE_SEND_OFFLOAD_IPv6          1
#define NDIS_TCP_LARGE_SEND_OFFLOAD_V2_TYPE       1
#define NDIS_UDP_SEGMENTATION_OFFLOAD_IPV6        1
#define NDIS_LARGE_SEND_OFFLOAD_MAX_HEADER_LENGTH 0x80

#define NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_NOT_SUPPORTED 0
#define NDIS_OFFLOAD_PARAMETERS_NO_CHANGE                   0
#define NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_INNER_IPV4    1
#define NDIS_ENCAPSULATION_TYPE_GRE_MAC                     1
#define NDIS_OFFLOAD_PARAMETERS_CONNECTION_OFFLOAD_DISABLED 1
#define NDIS_OFFLOAD_PARAMETERS_IPSECV1_DISABLED            1
#define NDIS_OFFLOAD_PARAMETERS_IPSECV2_DISABLED            1
#define NDIS_OFFLOAD_PARAMETERS_LSOV1_DISABLED              1
#define NDIS_OFFLOAD_PARAMETERS_LSOV2_DISABLED              1
#define NDIS_OFFLOAD_PARAMETERS_RSC_DISABLED                1
#define NDIS_OFFLOAD_PARAMETERS_SKIP_REGISTRY_UPDATE        1
#define NDIS_OFFLOAD_PARAMETERS_TX_RX_DISABLED              1
#define NDIS_OFFLOAD_PARAMETERS_USO_DISABLED                1
#define NDIS_OFFLOAD_PARAMETERS_REVISION_1                  1
#define NDIS_OFFLOAD_FLAGS_GROUP_CHECKSUM_CAPABILITIES      1
#define NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_OUTER_IPV4    2
#define NDIS_ENCAPSULATION_TYPE_VXLAN                       2
#define NDIS_OFFLOAD_PARAMETERS_CONNECTION_OFFLOAD_ENABLED  2
#define NDIS_OFFLOAD_PARAMETERS_IPSECV1_AH_ENABLED          2
#define NDIS_OFFLOAD_PARAMETERS_IPSECV2_AH_ENABLED          2
#define NDIS_OFFLOAD_PARAMETERS_LSOV1_ENABLED               2
#define NDIS_OFFLOAD_PARAMETERS_LSOV2_ENABLED               2
#define NDIS_OFFLOAD_PARAMETERS_RSC_ENABLED                 2
#define NDIS_OFFLOAD_PARAMETERS_TX_ENABLED_RX_DISABLED      2
#define NDIS_OFFLOAD_PARAMETERS_USO_ENABLED                 2
#define NDIS_OFFLOAD_PARAMETERS_REVISION_2                  2
#define NDIS_OFFLOAD_PARAMETERS_IPSECV1_ESP_ENABLED         3
#define NDIS_OFFLOAD_PARAMETERS_IPSECV2_ESP_ENABLED         3
#define NDIS_OFFLOAD_PARAMETERS_RX_ENABLED_TX_DISABLED      3
#define NDIS_OFFLOAD_PARAMETERS_REVISION_3                  3
#define NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_INNER_IPV6    4
#define NDIS_OFFLOAD_PARAMETERS_IPSECV1_AH_AND_ESP_ENABLED  4
#define NDIS_OFFLOAD_PARAMETERS_IPSECV2_AH_AND_ESP_ENABLED  4
#define NDIS_OFFLOAD_PARAMETERS_TX_RX_ENABLED               4
#define NDIS_OFFLOAD_PARAMETERS_REVISION_4                  4
#define NDIS_OFFLOAD_PARAMETERS_REVISION_5                  5
#define NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_OUTER_IPV6    8

typedef struct _NDIS_OFFLOAD_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    UCHAR IPv4Checksum;
    UCHAR TCPIPv4Checksum;
    UCHAR UDPIPv4Checksum;
    UCHAR TCPIPv6Checksum;
    UCHAR UDPIPv6Checksum;
    UCHAR LsoV1;
    UCHAR IPsecV1;
    UCHAR LsoV2IPv4;
    UCHAR LsoV2IPv6;
    UCHAR TcpConnectionIPv4;
    UCHAR TcpConnectionIPv6;
    ULONG Flags;
#if NDIS_SUPPORT_NDIS61
    UCHAR IPsecV2;
    UCHAR IPsecV2IPv4;
#endif
#if NDIS_SUPPORT_NDIS630
    UCHAR RscIPv4;
    UCHAR RscIPv6;
    UCHAR EncapsulatedPacketTaskOffload;
    UCHAR EncapsulationTypes;
#endif
#if NDIS_SUPPORT_NDIS650
    union {
#if NDIS_SUPPORT_NDIS650
        struct {
#if NDIS_SUPPORT_NDIS650
            USHORT VxlanUDPPortNumber;
#endif
        } VxlanParameters;
        ULONG Value;
#endif
    } EncapsulationProtocolParameters;
#endif
#if NDIS_SUPPORT_NDIS683
    struct {
#if NDIS_SUPPORT_NDIS683
        UCHAR IPv4;
        UCHAR IPv6;
#endif
    } UdpSegmentation;
#endif
} NDIS_OFFLOAD_PARAMETERS, *PNDIS_OFFLOAD_PARAMETERS;
#define NDIS_SIZEOF_OFFLOAD_PARAMETERS_REVISION_1                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD_PARAMETERS, Flags)
#define NDIS_SIZEOF_OFFLOAD_PARAMETERS_REVISION_2                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD_PARAMETERS, IPsecV2IPv4)
#define NDIS_SIZEOF_OFFLOAD_PARAMETERS_REVISION_3                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD_PARAMETERS, EncapsulationTypes)
#define NDIS_SIZEOF_OFFLOAD_PARAMETERS_REVISION_4                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD_PARAMETERS, EncapsulationProtocolParameters)
#define NDIS_SIZEOF_OFFLOAD_PARAMETERS_REVISION_5                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD_PARAMETERS, UdpSegmentation)

typedef struct _NDIS_TCP_IP_CHECKSUM_OFFLOAD {
    struct {
        ULONG Encapsulation;
        ULONG IpOptionsSupported : 2;
        ULONG TcpOptionsSupported : 2;
        ULONG TcpChecksum : 2;
        ULONG UdpChecksum : 2;
        ULONG IpChecksum : 2;
    } IPv4Transmit;
    struct {
        ULONG Encapsulation;
        ULONG IpOptionsSupported : 2;
        ULONG TcpOptionsSupported : 2;
        ULONG TcpChecksum : 2;
        ULONG UdpChecksum : 2;
        ULONG IpChecksum : 2;
    } IPv4Receive;
    struct {
        ULONG Encapsulation;
        ULONG IpExtensionHeadersSupported : 2;
        ULONG TcpOptionsSupported : 2;
        ULONG TcpChecksum : 2;
        ULONG UdpChecksum : 2;
    } IPv6Transmit;
    struct {
        ULONG Encapsulation;
        ULONG IpExtensionHeadersSupported : 2;
        ULONG TcpOptionsSupported : 2;
        ULONG TcpChecksum : 2;
        ULONG UdpChecksum : 2;
    } IPv6Receive;
} NDIS_TCP_IP_CHECKSUM_OFFLOAD, *PNDIS_TCP_IP_CHECKSUM_OFFLOAD;

typedef struct _NDIS_TCP_LARGE_SEND_OFFLOAD_V1 {
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount;
        ULONG TcpOptions : 2;
        ULONG IpOptions : 2;
    } IPv4;
} NDIS_TCP_LARGE_SEND_OFFLOAD_V1, *PNDIS_TCP_LARGE_SEND_OFFLOAD_V1;

typedef struct _NDIS_TCP_LARGE_SEND_OFFLOAD_V2 {
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount;
    } IPv4;
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount;
        ULONG IpExtensionHeadersSupported : 2;
        ULONG TcpOptionsSupported : 2;
    } IPv6;
} NDIS_TCP_LARGE_SEND_OFFLOAD_V2, *PNDIS_TCP_LARGE_SEND_OFFLOAD_V2;

typedef struct _NDIS_IPSEC_OFFLOAD_V1 {
    struct {
        ULONG Encapsulation;
        ULONG AhEspCombined;
        ULONG TransportTunnelCombined;
        ULONG IPv4Options;
        ULONG Flags;
    } Supported;
    struct {
        ULONG Md5 : 2;
        ULONG Sha_1 : 2;
        ULONG Transport : 2;
        ULONG Tunnel : 2;
        ULONG Send : 2;
        ULONG Receive : 2;
    } IPv4AH;
    struct {
        ULONG Des : 2;
        ULONG Reserved : 2;
        ULONG TripleDes : 2;
        ULONG NullEsp : 2;
        ULONG Transport : 2;
        ULONG Tunnel : 2;
        ULONG Send : 2;
        ULONG Receive : 2;
    } IPv4ESP;
} NDIS_IPSEC_OFFLOAD_V1, *PNDIS_IPSEC_OFFLOAD_V1;

typedef struct _NDIS_IPSEC_OFFLOAD_V2 {
    ULONG Encapsulation;
    BOOLEAN IPv6Supported;
    BOOLEAN IPv4Options;
    BOOLEAN IPv6NonIPsecExtensionHeaders;
    BOOLEAN Ah;
    BOOLEAN Esp;
    BOOLEAN AhEspCombined;
    BOOLEAN Transport;
    BOOLEAN Tunnel;
    BOOLEAN TransportTunnelCombined;
    BOOLEAN LsoSupported;
    BOOLEAN ExtendedSequenceNumbers;
    ULONG UdpEsp;
    ULONG AuthenticationAlgorithms;
    ULONG EncryptionAlgorithms;
    ULONG SaOffloadCapacity;
} NDIS_IPSEC_OFFLOAD_V2, *PNDIS_IPSEC_OFFLOAD_V2;

typedef struct _NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD {
    ULONG TransmitChecksumOffloadSupported : 4;
    ULONG ReceiveChecksumOffloadSupported : 4;
    ULONG LsoV2Supported : 4;
    ULONG RssSupported : 4;
    ULONG VmqSupported : 4;
    ULONG UsoSupported : 4;
    ULONG Reserved : 8;
    ULONG MaxHeaderSizeSupported;
} NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD, *PNDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD;

typedef struct _NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_V2 {
    ULONG TransmitChecksumOffloadSupported : 4;
    ULONG ReceiveChecksumOffloadSupported : 4;
    ULONG LsoV2Supported : 4;
    ULONG RssSupported : 4;
    ULONG VmqSupported : 4;
    ULONG UsoSupported : 4;
    ULONG Reserved : 8;
    ULONG MaxHeaderSizeSupported;
    union {
        struct {
            USHORT VxlanUDPPortNumber;
            USHORT VxlanUDPPortNumberConfigurable : 1;
        } VxlanInfo;
        ULONG Value;
    } EncapsulationProtocolInfo;
    ULONG Reserved1;
    ULONG Reserved2;
} NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_V2, *PNDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_V2;

typedef struct _NDIS_UDP_SEGMENTATION_OFFLOAD {
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount : 6;
        ULONG SubMssFinalSegmentSupported : 1;
        ULONG Reserved : 25;
    } IPv4;
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount : 6;
        ULONG SubMssFinalSegmentSupported : 1;
        ULONG Reserved1 : 25;
        ULONG IpExtensionHeadersSupported : 2;
        ULONG Reserved2 : 30;
    } IPv6;
} NDIS_UDP_SEGMENTATION_OFFLOAD, *PNDIS_UDP_SEGMENTATION_OFFLOAD;

typedef struct _NDIS_TCP_RECV_SEG_COALESCE_OFFLOAD {
    struct {
        BOOLEAN Enabled;
    } IPv4;
    struct {
        BOOLEAN Enabled;
    } IPv6;
} NDIS_TCP_RECV_SEG_COALESCE_OFFLOAD, *PNDIS_TCP_RECV_SEG_COALESCE_OFFLOAD;

typedef enum _NDIS_RFC6877_464XLAT_OFFLOAD_OPTIONS {
    NDIS_RFC6877_464XLAT_OFFLOAD_NOT_SUPPORTED,
    NDIS_RFC6877_464XLAT_OFFLOAD_DISABLED,
    NDIS_RFC6877_464XLAT_OFFLOAD_ENABLED,
    NDIS_RFC6877_464XLAT_OFFLOAD_ON_DEMAND,
} NDIS_RFC6877_464XLAT_OFFLOAD_OPTIONS,
    *PNDIS_RFC6877_464XLAT_OFFLOAD_OPTIONS;

typedef struct _NDIS_RFC6877_464XLAT_OFFLOAD {
    NDIS_RFC6877_464XLAT_OFFLOAD_OPTIONS XlatOffload;
    ULONG Flags;
} NDIS_RFC6877_464XLAT_OFFLOAD, *PNDIS_RFC6877_464XLAT_OFFLOAD;

typedef struct _NDIS_OFFLOAD {
    NDIS_OBJECT_HEADER Header;
    NDIS_TCP_IP_CHECKSUM_OFFLOAD Checksum;
    NDIS_TCP_LARGE_SEND_OFFLOAD_V1 LsoV1;
    NDIS_IPSEC_OFFLOAD_V1 IPsecV1;
    NDIS_TCP_LARGE_SEND_OFFLOAD_V2 LsoV2;
    ULONG Flags;
#if NDIS_SUPPORT_NDIS61
    NDIS_IPSEC_OFFLOAD_V2 IPsecV2;
#endif
#if NDIS_SUPPORT_NDIS630
    NDIS_TCP_RECV_SEG_COALESCE_OFFLOAD Rsc;
    NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD EncapsulatedPacketTaskOffloadGre;
#endif
#if NDIS_SUPPORT_NDIS650
    NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD_V2 EncapsulatedPacketTaskOffloadVxlan;
    UCHAR EncapsulationTypes;
#endif
#if NDIS_SUPPORT_NDIS670
    NDIS_RFC6877_464XLAT_OFFLOAD Rfc6877Xlat;
#endif
#if NDIS_SUPPORT_NDIS683
    NDIS_UDP_SEGMENTATION_OFFLOAD UdpSegmentation;
#endif
} NDIS_OFFLOAD, *PNDIS_OFFLOAD;
#define NDIS_OFFLOAD_REVISION_1             1
#define NDIS_OFFLOAD_REVISION_2             2
#define NDIS_OFFLOAD_REVISION_3             3
#define NDIS_OFFLOAD_REVISION_4             4
#define NDIS_OFFLOAD_REVISION_5             5
#define NDIS_OFFLOAD_REVISION_6             6
#define NDIS_OFFLOAD_REVISION_7             7
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, Flags)
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_2 RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, IPsecV2)
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_3                                                        \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, EncapsulatedPacketTaskOffloadGre)
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_4                                                        \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, EncapsulationTypes)
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_5 RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, Rfc6877Xlat)
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_6 RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, UdpSegmentation)
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_7 RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, UdpSegmentation)

/* -- The same for the management interface: one ULONG per capability -------------------------- */

typedef struct _NDIS_WMI_TCP_IP_CHECKSUM_OFFLOAD {
    struct {
        ULONG Encapsulation;
        ULONG IpOptionsSupported;
        ULONG TcpOptionsSupported;
        ULONG TcpChecksum;
        ULONG UdpChecksum;
        ULONG IpChecksum;
    } IPv4Transmit;
    struct {
        ULONG Encapsulation;
        ULONG IpOptionsSupported;
        ULONG TcpOptionsSupported;
        ULONG TcpChecksum;
        ULONG UdpChecksum;
        ULONG IpChecksum;
    } IPv4Receive;
    struct {
        ULONG Encapsulation;
        ULONG IpExtensionHeadersSupported;
        ULONG TcpOptionsSupported;
        ULONG TcpChecksum;
        ULONG UdpChecksum;
    } IPv6Transmit;
    struct {
        ULONG Encapsulation;
        ULONG IpExtensionHeadersSupported;
        ULONG TcpOptionsSupported;
        ULONG TcpChecksum;
        ULONG UdpChecksum;
    } IPv6Receive;
} NDIS_WMI_TCP_IP_CHECKSUM_OFFLOAD, *PNDIS_WMI_TCP_IP_CHECKSUM_OFFLOAD;

typedef struct _NDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V1 {
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount;
        ULONG TcpOptions;
        ULONG IpOptions;
    } IPv4;
} NDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V1, *PNDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V1;

typedef struct _NDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V2 {
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount;
    } IPv4;
    struct {
        ULONG Encapsulation;
        ULONG MaxOffLoadSize;
        ULONG MinSegmentCount;
        ULONG IpExtensionHeadersSupported;
        ULONG TcpOptionsSupported;
    } IPv6;
} NDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V2, *PNDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V2;

typedef struct _NDIS_WMI_IPSEC_OFFLOAD_V1 {
    struct {
        ULONG Encapsulation;
        ULONG AhEspCombined;
        ULONG TransportTunnelCombined;
        ULONG IPv4Options;
        ULONG Flags;
    } Supported;
    struct {
        ULONG Md5;
        ULONG Sha_1;
        ULONG Transport;
        ULONG Tunnel;
        ULONG Send;
        ULONG Receive;
    } IPv4AH;
    struct {
        ULONG Des;
        ULONG Reserved;
        ULONG TripleDes;
        ULONG NullEsp;
        ULONG Transport;
        ULONG Tunnel;
        ULONG Send;
        ULONG Receive;
    } IPv4ESP;
} NDIS_WMI_IPSEC_OFFLOAD_V1, *PNDIS_WMI_IPSEC_OFFLOAD_V1;

typedef struct _NDIS_WMI_OFFLOAD {
    NDIS_OBJECT_HEADER Header;
    NDIS_WMI_TCP_IP_CHECKSUM_OFFLOAD Checksum;
    NDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V1 LsoV1;
    NDIS_WMI_IPSEC_OFFLOAD_V1 IPsecV1;
    NDIS_WMI_TCP_LARGE_SEND_OFFLOAD_V2 LsoV2;
    ULONG Flags;
#if NDIS_SUPPORT_NDIS61
    NDIS_IPSEC_OFFLOAD_V2 IPsecV2;
#endif
#if NDIS_SUPPORT_NDIS630
    NDIS_TCP_RECV_SEG_COALESCE_OFFLOAD Rsc;
    NDIS_ENCAPSULATED_PACKET_TASK_OFFLOAD EncapsulatedPacketTaskOffloadGre;
#endif
#if NDIS_SUPPORT_NDIS683
    NDIS_UDP_SEGMENTATION_OFFLOAD UdpSegmentation;
#endif
} NDIS_WMI_OFFLOAD, *PNDIS_WMI_OFFLOAD;
#define NDIS_SIZEOF_NDIS_WMI_OFFLOAD_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_WMI_OFFLOAD, Flags)
#define NDIS_SIZEOF_NDIS_WMI_OFFLOAD_REVISION_2 RTL_SIZEOF_THROUGH_FIELD(NDIS_WMI_OFFLOAD, IPsecV2)
#define NDIS_SIZEOF_NDIS_WMI_OFFLOAD_REVISION_3                                                    \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_WMI_OFFLOAD, EncapsulatedPacketTaskOffloadGre)
#define NDIS_SIZEOF_NDIS_WMI_OFFLOAD_REVISION_4                                                    \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_WMI_OFFLOAD, UdpSegmentation)

/* -- Receive side scaling --------------------------------------------------------------------- */

/* Hash functions and types. */
#define NdisHashFunctionToeplitz  0x00000001
#define NdisHashFunctionReserved1 0x00000002
#define NdisHashFunctionReserved2 0x00000004
#define NdisHashFunctionReserved3 0x00000008
#define NDIS_HASH_FUNCTION_MASK   0x000000FF
#define NDIS_HASH_IPV4            0x00000100
#define NDIS_HASH_TCP_IPV4        0x00000200
#define NDIS_HASH_IPV6            0x00000400
#define NDIS_HASH_IPV6_EX         0x00000800
#define NDIS_HASH_TCP_IPV6        0x00001000
#define NDIS_HASH_TCP_IPV6_EX     0x00002000
#define NDIS_HASH_UDP_IPV4        0x00004000
#define NDIS_HASH_UDP_IPV6        0x00008000
#define NDIS_HASH_UDP_IPV6_EX     0x00010000
#define NDIS_HASH_TYPE_MASK       0x00FFFF00

typedef ULONG NDIS_RSS_CAPS_FLAGS;

#define NDIS_RECEIVE_HASH_FLAG_ENABLE_HASH                    0x00000001
#define NDIS_RECEIVE_SCALE_PARAM_ENABLE_RSS                   0x00000001
#define NDIS_RSS_PARAM_FLAG_BASE_CPU_UNCHANGED                0x00000001
#define NDIS_RSS_SET_INDIRECTION_ENTRY_FLAG_PRIMARY_PROCESSOR 0x00000001
#define NDIS_RECEIVE_HASH_PARAMETERS_REVISION_1               0x00000001
#define NDIS_RECEIVE_SCALE_CAPABILITIES_REVISION_1            0x00000001
#define NDIS_RECEIVE_SCALE_PARAMETERS_REVISION_1              0x00000001
#define NDIS_RECEIVE_SCALE_PARAMETERS_V2_REVISION_1           0x00000001
#define NDIS_RSS_SET_INDIRECTION_ENTRIES_REVISION_1           0x00000001
#define NDIS_RECEIVE_HASH_FLAG_HASH_INFO_UNCHANGED            0x00000002
#define NDIS_RECEIVE_SCALE_PARAM_HASH_INFO_CHANGED            0x00000002
#define NDIS_RSS_PARAM_FLAG_HASH_INFO_UNCHANGED               0x00000002
#define NDIS_RSS_SET_INDIRECTION_ENTRY_FLAG_DEFAULT_PROCESSOR 0x00000002
#define NDIS_RECEIVE_SCALE_CAPABILITIES_REVISION_2            0x00000002
#define NDIS_RECEIVE_SCALE_PARAMETERS_REVISION_2              0x00000002
#define NDIS_RECEIVE_SCALE_CAPABILITIES_REVISION_3            0x00000003
#define NDIS_RECEIVE_SCALE_PARAMETERS_REVISION_3              0x00000003
#define NDIS_RECEIVE_HASH_FLAG_HASH_KEY_UNCHANGED             0x00000004
#define NDIS_RECEIVE_SCALE_PARAM_HASH_KEY_CHANGED             0x00000004
#define NDIS_RSS_PARAM_FLAG_ITABLE_UNCHANGED                  0x00000004
#define NDIS_RECEIVE_SCALE_PARAM_NUMBER_OF_QUEUES_CHANGED     0x00000008
#define NDIS_RSS_PARAM_FLAG_HASH_KEY_UNCHANGED                0x00000008
#define NDIS_RECEIVE_SCALE_PARAM_NUMBER_OF_ENTRIES_CHANGED    0x00000010
#define NDIS_RSS_PARAM_FLAG_DISABLE_RSS                       0x00000010
#define NDIS_RSS_PARAM_FLAG_DEFAULT_PROCESSOR_UNCHANGED       0x00000020
#define NDIS_RSS_CAPS_HASH_TYPE_TCP_IPV4                      0x00000100
#define NDIS_RSS_CAPS_HASH_TYPE_TCP_IPV6                      0x00000200
#define NDIS_RSS_CAPS_HASH_TYPE_TCP_IPV6_EX                   0x00000400
#define NDIS_RSS_CAPS_HASH_TYPE_UDP_IPV4                      0x00000800
#define NDIS_RSS_CAPS_HASH_TYPE_UDP_IPV6                      0x00001000
#define NDIS_RSS_CAPS_HASH_TYPE_UDP_IPV6_EX                   0x00002000
#define NDIS_RSS_CAPS_MESSAGE_SIGNALED_INTERRUPTS             0x01000000
#define NDIS_RSS_CAPS_CLASSIFICATION_AT_ISR                   0x02000000
#define NDIS_RSS_CAPS_CLASSIFICATION_AT_DPC                   0x04000000
#define NDIS_RSS_CAPS_USING_MSI_X                             0x08000000
#define NDIS_RSS_CAPS_RSS_AVAILABLE_ON_PORTS                  0x10000000
#define NDIS_RSS_CAPS_SUPPORTS_MSI_X                          0x20000000
#define NDIS_RSS_CAPS_SUPPORTS_INDEPENDENT_ENTRY_MOVE         0x40000000

typedef enum _NDIS_RSS_PROFILE {
    NdisRssProfileClosest = 1,
    NdisRssProfileClosestStatic,
    NdisRssProfileNuma,
    NdisRssProfileNumaStatic,
    NdisRssProfileConservative,
    NdisRssProfileMaximum,
} NDIS_RSS_PROFILE,
    *PNDIS_RSS_PROFILE;

typedef struct _NDIS_RECEIVE_SCALE_CAPABILITIES {
    NDIS_OBJECT_HEADER Header;
    NDIS_RSS_CAPS_FLAGS CapabilitiesFlags;
    ULONG NumberOfInterruptMessages;
    ULONG NumberOfReceiveQueues;
#if NDIS_SUPPORT_NDIS630
    USHORT NumberOfIndirectionTableEntries;
#endif
} NDIS_RECEIVE_SCALE_CAPABILITIES, *PNDIS_RECEIVE_SCALE_CAPABILITIES;
#define NDIS_SIZEOF_RECEIVE_SCALE_CAPABILITIES_REVISION_1                                          \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RECEIVE_SCALE_CAPABILITIES, NumberOfReceiveQueues)
#define NDIS_SIZEOF_RECEIVE_SCALE_CAPABILITIES_REVISION_2                                          \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RECEIVE_SCALE_CAPABILITIES, NumberOfIndirectionTableEntries)
#define NDIS_SIZEOF_RECEIVE_SCALE_CAPABILITIES_REVISION_3                                          \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RECEIVE_SCALE_CAPABILITIES, NumberOfIndirectionTableEntries)

typedef struct _NDIS_RECEIVE_SCALE_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    USHORT Flags;
    USHORT BaseCpuNumber;
    ULONG HashInformation;
    USHORT IndirectionTableSize;
    ULONG IndirectionTableOffset;
    USHORT HashSecretKeySize;
    ULONG HashSecretKeyOffset;
#if NDIS_SUPPORT_NDIS620
    ULONG ProcessorMasksOffset;
    ULONG NumberOfProcessorMasks;
    ULONG ProcessorMasksEntrySize;
#endif
#if NDIS_SUPPORT_NDIS660
    PROCESSOR_NUMBER DefaultProcessorNumber;
#endif
} NDIS_RECEIVE_SCALE_PARAMETERS, *PNDIS_RECEIVE_SCALE_PARAMETERS;
#define NDIS_SIZEOF_RECEIVE_SCALE_PARAMETERS_REVISION_1                                            \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RECEIVE_SCALE_PARAMETERS, HashSecretKeyOffset)
#define NDIS_SIZEOF_RECEIVE_SCALE_PARAMETERS_REVISION_2                                            \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RECEIVE_SCALE_PARAMETERS, ProcessorMasksEntrySize)
#define NDIS_SIZEOF_RECEIVE_SCALE_PARAMETERS_REVISION_3                                            \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RECEIVE_SCALE_PARAMETERS, DefaultProcessorNumber)

typedef struct _NDIS_RECEIVE_SCALE_PARAMETERS_V2 {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG HashInformation;
    ULONG HashSecretKeySize;
    ULONG HashSecretKeyOffset;
    ULONG NumberOfQueues;
    ULONG NumberOfIndirectionTableEntries;
} NDIS_RECEIVE_SCALE_PARAMETERS_V2, *PNDIS_RECEIVE_SCALE_PARAMETERS_V2;
#define NDIS_SIZEOF_RECEIVE_SCALE_PARAMETERS_V2_REVISION_1                                         \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_RECEIVE_SCALE_PARAMETERS_V2, NumberOfIndirectionTableEntries)

/* -- IPsec ------------------------------------------------------------------------------------ */

#define IPSEC_OFFLOAD_V2_AUTHENTICATION_MD5           1
#define IPSEC_OFFLOAD_V2_ENCRYPTION_NONE              1
#define OFFLOAD_INBOUND_SA                            1
#define IPSEC_OFFLOAD_V2_AND_TCP_CHECKSUM_COEXISTENCE 2
#define IPSEC_OFFLOAD_V2_AUTHENTICATION_SHA_1         2
#define IPSEC_OFFLOAD_V2_ENCRYPTION_DES_CBC           2
#define OFFLOAD_OUTBOUND_SA                           2
#define OFFLOAD_MAX_SAS                               3
#define IPSEC_OFFLOAD_V2_AND_UDP_CHECKSUM_COEXISTENCE 4
#define IPSEC_OFFLOAD_V2_AUTHENTICATION_SHA_256       4
#define IPSEC_OFFLOAD_V2_ENCRYPTION_3_DES_CBC         4
#define IPSEC_OFFLOAD_V2_AUTHENTICATION_AES_GCM_128   8
#define IPSEC_OFFLOAD_V2_ENCRYPTION_AES_GCM_128       8
#define IPSEC_OFFLOAD_V2_AUTHENTICATION_AES_GCM_192   0x10
#define IPSEC_OFFLOAD_V2_ENCRYPTION_AES_GCM_192       0x10
#define IPSEC_OFFLOAD_V2_AUTHENTICATION_AES_GCM_256   0x20
#define IPSEC_OFFLOAD_V2_ENCRYPTION_AES_GCM_256       0x20
#define IPSEC_OFFLOAD_V2_ENCRYPTION_AES_CBC_128       0x40
#define IPSEC_OFFLOAD_V2_ENCRYPTION_AES_CBC_192       0x80
#define IPSEC_OFFLOAD_V2_ENCRYPTION_AES_CBC_256       0x100

typedef enum _OFFLOAD_OPERATION_E {
    AUTHENTICATE = 1,
    ENCRYPT,
} OFFLOAD_OPERATION_E,
    *POFFLOAD_OPERATION_E;

typedef enum _OFFLOAD_CONF_ALGO {
    OFFLOAD_IPSEC_CONF_NONE,
    OFFLOAD_IPSEC_CONF_DES,
    OFFLOAD_IPSEC_CONF_RESERVED,
    OFFLOAD_IPSEC_CONF_3_DES,
    OFFLOAD_IPSEC_CONF_MAX,
} OFFLOAD_CONF_ALGO,
    *POFFLOAD_CONF_ALGO;

typedef enum _OFFLOAD_INTEGRITY_ALGO {
    OFFLOAD_IPSEC_INTEGRITY_NONE,
    OFFLOAD_IPSEC_INTEGRITY_MD5,
    OFFLOAD_IPSEC_INTEGRITY_SHA,
    OFFLOAD_IPSEC_INTEGRITY_MAX,
} OFFLOAD_INTEGRITY_ALGO,
    *POFFLOAD_INTEGRITY_ALGO;

typedef enum _UDP_ENCAP_TYPE {
    OFFLOAD_IPSEC_UDPESP_ENCAPTYPE_IKE,
    OFFLOAD_IPSEC_UDPESP_ENCAPTYPE_OTHER,
} UDP_ENCAP_TYPE,
    *PUDP_ENCAP_TYPE;

EXTERN_C_END

#endif
