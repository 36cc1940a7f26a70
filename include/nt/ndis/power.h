/* power.h - wake-up and low power capabilities. */
#ifndef CONDIS_NT_NDIS_POWER_H
#define CONDIS_NT_NDIS_POWER_H

#include "../ntdef.h"
#include "object.h"
#include "media.h"

EXTERN_C_START

/* -- Before NDIS 6.20 ------------------------------------------------------------------------- */

typedef struct _NDIS_PM_PACKET_PATTERN {
    ULONG Priority;
    ULONG Reserved;
    ULONG MaskSize;
    ULONG PatternOffset;
    ULONG PatternSize;
    ULONG PatternFlags;
} NDIS_PM_PACKET_PATTERN, *PNDIS_PM_PACKET_PATTERN;

typedef struct _NDIS_PM_WAKE_UP_CAPABILITIES {
    NDIS_DEVICE_POWER_STATE MinMagicPacketWakeUp;
    NDIS_DEVICE_POWER_STATE MinPatternWakeUp;
    NDIS_DEVICE_POWER_STATE MinLinkChangeWakeUp;
} NDIS_PM_WAKE_UP_CAPABILITIES, *PNDIS_PM_WAKE_UP_CAPABILITIES;

typedef struct _NDIS_PNP_CAPABILITIES {
    ULONG Flags;
    NDIS_PM_WAKE_UP_CAPABILITIES WakeUpCapabilities;
} NDIS_PNP_CAPABILITIES, *PNDIS_PNP_CAPABILITIES;

#define NDIS_DEVICE_WAKE_UP_ENABLE               0x00000001
#define NDIS_PNP_WAKE_UP_MAGIC_PACKET            0x00000001
#define NDIS_DEVICE_WAKE_ON_PATTERN_MATCH_ENABLE 0x00000002
#define NDIS_PNP_WAKE_UP_PATTERN_MATCH           0x00000002
#define NDIS_DEVICE_WAKE_ON_MAGIC_PACKET_ENABLE  0x00000004
#define NDIS_PNP_WAKE_UP_LINK_CHANGE             0x00000004

/* -- NDIS 6.20 and later ---------------------------------------------------------------------- */

#define NDIS_PM_PRIVATE_PATTERN_ID 1
#define NDIS_PM_MAX_STRING_SIZE    0x40
#define NDIS_PM_MAX_PATTERN_ID     0xFFFF

typedef struct _NDIS_PM_COUNTED_STRING {
    USHORT Length;
    WCHAR String[65];
} NDIS_PM_COUNTED_STRING, *PNDIS_PM_COUNTED_STRING;

typedef struct _NDIS_PM_CAPABILITIES {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG SupportedWoLPacketPatterns;
    ULONG NumTotalWoLPatterns;
    ULONG MaxWoLPatternSize;
    ULONG MaxWoLPatternOffset;
    ULONG MaxWoLPacketSaveBuffer;
    ULONG SupportedProtocolOffloads;
    ULONG NumArpOffloadIPv4Addresses;
    ULONG NumNSOffloadIPv6Addresses;
    NDIS_DEVICE_POWER_STATE MinMagicPacketWakeUp;
    NDIS_DEVICE_POWER_STATE MinPatternWakeUp;
    NDIS_DEVICE_POWER_STATE MinLinkChangeWakeUp;
#if NDIS_SUPPORT_NDIS630
    ULONG SupportedWakeUpEvents;
    ULONG MediaSpecificWakeUpEvents;
#endif
} NDIS_PM_CAPABILITIES, *PNDIS_PM_CAPABILITIES;
#define NDIS_PM_CAPABILITIES_REVISION_1 1
#define NDIS_PM_CAPABILITIES_REVISION_2 2
#define NDIS_SIZEOF_NDIS_PM_CAPABILITIES_REVISION_1                                                \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_PM_CAPABILITIES, MinLinkChangeWakeUp)
#define NDIS_SIZEOF_NDIS_PM_CAPABILITIES_REVISION_2                                                \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_PM_CAPABILITIES, MediaSpecificWakeUpEvents)

typedef struct _NDIS_PM_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG EnabledWoLPacketPatterns;
    ULONG EnabledProtocolOffloads;
    ULONG WakeUpFlags;
#if NDIS_SUPPORT_NDIS630
    ULONG MediaSpecificWakeUpEvents;
#endif
} NDIS_PM_PARAMETERS, *PNDIS_PM_PARAMETERS;
#define NDIS_PM_PARAMETERS_REVISION_1 1
#define NDIS_PM_PARAMETERS_REVISION_2 2
#define NDIS_SIZEOF_NDIS_PM_PARAMETERS_REVISION_1                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_PM_PARAMETERS, WakeUpFlags)
#define NDIS_SIZEOF_NDIS_PM_PARAMETERS_REVISION_2                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_PM_PARAMETERS, MediaSpecificWakeUpEvents)

/* Flags of capabilities and parameters. */
#define EAPOL_REQUEST_ID_WOL_FLAG_MUST_ENCRYPT             0x00000001
#define NDIS_PM_PROTOCOL_OFFLOAD_ARP_ENABLED               0x00000001
#define NDIS_PM_PROTOCOL_OFFLOAD_ARP_SUPPORTED             0x00000001
#define NDIS_PM_PROTOCOL_OFFLOAD_PRIORITY_HIGHEST          0x00000001
#define NDIS_PM_WAKE_ON_LINK_CHANGE_ENABLED                0x00000001
#define NDIS_PM_WAKE_ON_MEDIA_CONNECT_SUPPORTED            0x00000001
#define NDIS_PM_WAKE_PACKET_INDICATION_SUPPORTED           0x00000001
#define NDIS_PM_WOL_BITMAP_PATTERN_ENABLED                 0x00000001
#define NDIS_PM_WOL_BITMAP_PATTERN_SUPPORTED               0x00000001
#define NDIS_PM_WOL_PRIORITY_HIGHEST                       0x00000001
#define NDIS_WLAN_WAKE_ON_NLO_DISCOVERY_ENABLED            0x00000001
#define NDIS_WLAN_WAKE_ON_NLO_DISCOVERY_SUPPORTED          0x00000001
#define NDIS_WWAN_WAKE_ON_REGISTER_STATE_ENABLED           0x00000001
#define NDIS_WWAN_WAKE_ON_REGISTER_STATE_SUPPORTED         0x00000001
#define NDIS_PM_PROTOCOL_OFFLOAD_REVISION_1                0x00000001
#define NDIS_PM_WAKE_PACKET_REVISION_1                     0x00000001
#define NDIS_PM_WAKE_REASON_REVISION_1                     0x00000001
#define NDIS_PM_WOL_PATTERN_REVISION_1                     0x00000001
#define NDIS_PM_PROTOCOL_OFFLOAD_NS_ENABLED                0x00000002
#define NDIS_PM_PROTOCOL_OFFLOAD_NS_SUPPORTED              0x00000002
#define NDIS_PM_SELECTIVE_SUSPEND_SUPPORTED                0x00000002
#define NDIS_PM_WAKE_ON_MEDIA_DISCONNECT_ENABLED           0x00000002
#define NDIS_PM_WAKE_ON_MEDIA_DISCONNECT_SUPPORTED         0x00000002
#define NDIS_PM_WOL_MAGIC_PACKET_ENABLED                   0x00000002
#define NDIS_PM_WOL_MAGIC_PACKET_SUPPORTED                 0x00000002
#define NDIS_WLAN_WAKE_ON_AP_ASSOCIATION_LOST_ENABLED      0x00000002
#define NDIS_WLAN_WAKE_ON_AP_ASSOCIATION_LOST_SUPPORTED    0x00000002
#define NDIS_WWAN_WAKE_ON_SMS_RECEIVE_ENABLED              0x00000002
#define NDIS_WWAN_WAKE_ON_SMS_RECEIVE_SUPPORTED            0x00000002
#define NDIS_PM_PROTOCOL_OFFLOAD_REVISION_2                0x00000002
#define NDIS_PM_WOL_PATTERN_REVISION_2                     0x00000002
#define NDIS_PM_WOL_IPV4_TCP_SYN_ENABLED                   0x00000004
#define NDIS_PM_WOL_IPV4_TCP_SYN_SUPPORTED                 0x00000004
#define NDIS_WLAN_WAKE_ON_GTK_HANDSHAKE_ERROR_ENABLED      0x00000004
#define NDIS_WLAN_WAKE_ON_GTK_HANDSHAKE_ERROR_SUPPORTED    0x00000004
#define NDIS_WWAN_WAKE_ON_USSD_RECEIVE_ENABLED             0x00000004
#define NDIS_WWAN_WAKE_ON_USSD_RECEIVE_SUPPORTED           0x00000004
#define NDIS_PM_WOL_IPV6_TCP_SYN_ENABLED                   0x00000008
#define NDIS_PM_WOL_IPV6_TCP_SYN_SUPPORTED                 0x00000008
#define NDIS_WLAN_WAKE_ON_4WAY_HANDSHAKE_REQUEST_ENABLED   0x00000008
#define NDIS_WLAN_WAKE_ON_4WAY_HANDSHAKE_REQUEST_SUPPORTED 0x00000008
#define NDIS_WWAN_WAKE_ON_PACKET_STATE_ENABLED             0x00000008
#define NDIS_WWAN_WAKE_ON_PACKET_STATE_SUPPORTED           0x00000008
#define NDIS_PM_SELECTIVE_SUSPEND_ENABLED                  0x00000010
#define NDIS_WWAN_WAKE_ON_UICC_CHANGE_ENABLED              0x00000010
#define NDIS_WWAN_WAKE_ON_UICC_CHANGE_SUPPORTED            0x00000010
#define NDIS_PM_PROTOCOL_OFFLOAD_80211_RSN_REKEY_ENABLED   0x00000080
#define NDIS_PM_PROTOCOL_OFFLOAD_80211_RSN_REKEY_SUPPORTED 0x00000080
#define NDIS_PM_WOL_IPV4_DEST_ADDR_WILDCARD_ENABLED        0x00000200
#define NDIS_PM_WOL_IPV4_DEST_ADDR_WILDCARD_SUPPORTED      0x00000200
#define NDIS_PM_WOL_IPV6_DEST_ADDR_WILDCARD_ENABLED        0x00000800
#define NDIS_PM_WOL_IPV6_DEST_ADDR_WILDCARD_SUPPORTED      0x00000800
#define NDIS_PM_WOL_EAPOL_REQUEST_ID_MESSAGE_ENABLED       0x00010000
#define NDIS_PM_WOL_EAPOL_REQUEST_ID_MESSAGE_SUPPORTED     0x00010000
#define NDIS_PM_PROTOCOL_OFFLOAD_PRIORITY_NORMAL           0x10000000
#define NDIS_PM_WOL_PRIORITY_NORMAL                        0x10000000
#define NDIS_PM_PROTOCOL_OFFLOAD_PRIORITY_LOWEST           0xFFFFFFFF
#define NDIS_PM_WOL_PRIORITY_LOWEST                        0xFFFFFFFF

typedef enum _NDIS_PM_WOL_PACKET {
    NdisPMWoLPacketUnspecified,
    NdisPMWoLPacketBitmapPattern,
    NdisPMWoLPacketMagicPacket,
    NdisPMWoLPacketIPv4TcpSyn,
    NdisPMWoLPacketIPv6TcpSyn,
    NdisPMWoLPacketEapolRequestIdMessage,
    NdisPMWoLPacketMaximum,
} NDIS_PM_WOL_PACKET,
    *PNDIS_PM_WOL_PACKET;

typedef enum _NDIS_PM_PROTOCOL_OFFLOAD_TYPE {
    NdisPMProtocolOffloadIdUnspecified,
    NdisPMProtocolOffloadIdIPv4ARP,
    NdisPMProtocolOffloadIdIPv6NS,
    NdisPMProtocolOffload80211RSNRekey,
    NdisPMProtocolOffload80211RSNRekeyV2,
    NdisPMProtocolOffloadIdMaximum,
} NDIS_PM_PROTOCOL_OFFLOAD_TYPE,
    *PNDIS_PM_PROTOCOL_OFFLOAD_TYPE;

#define DOT11_RSN_KCK_LENGTH            0x10
#define DOT11_RSN_KEK_LENGTH            0x10
#define DOT11_RSN_MAX_CIPHER_KEY_LENGTH 0x20

typedef struct _NDIS_PM_PROTOCOL_OFFLOAD {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG Priority;
    NDIS_PM_PROTOCOL_OFFLOAD_TYPE ProtocolOffloadType;
    NDIS_PM_COUNTED_STRING FriendlyName;
    ULONG ProtocolOffloadId;
    ULONG NextProtocolOffloadOffset;
    union {
        struct {
            ULONG Flags;
            UCHAR RemoteIPv4Address[4];
            UCHAR HostIPv4Address[4];
            UCHAR MacAddress[6];
        } IPv4ARPParameters;
        struct {
            ULONG Flags;
            UCHAR RemoteIPv6Address[16];
            UCHAR SolicitedNodeIPv6Address[16];
            UCHAR MacAddress[6];
            UCHAR TargetIPv6Addresses[2][16];
        } IPv6NSParameters;
        struct {
            ULONG Flags;
            UCHAR KCK[16];
            UCHAR KEK[16];
            ULONGLONG KeyReplayCounter;
        } Dot11RSNRekeyParameters;
#if NDIS_SUPPORT_NDIS684
        struct {
#if NDIS_SUPPORT_NDIS684
            ULONG Flags;
            ULONGLONG KeyReplayCounter;
            ULONG AuthAlgo;
            ULONG KCKLength;
            ULONG KEKLength;
            UCHAR KCK[32];
            UCHAR KEK[32];
#endif
        } Dot11RSNRekeyParametersV2;
#endif
    } ProtocolOffloadParameters;
} NDIS_PM_PROTOCOL_OFFLOAD, *PNDIS_PM_PROTOCOL_OFFLOAD;
/* Revision 1 ends behind the first three alternatives of its union. */
#define NDIS_SIZEOF_NDIS_PM_PROTOCOL_OFFLOAD_REVISION_1 240
#define NDIS_SIZEOF_NDIS_PM_PROTOCOL_OFFLOAD_REVISION_2                                            \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_PM_PROTOCOL_OFFLOAD, ProtocolOffloadParameters)

typedef enum _NDIS_PM_WAKE_REASON_TYPE {
    NdisWakeReasonUnspecified,
    NdisWakeReasonPacket,
    NdisWakeReasonMediaDisconnect,
    NdisWakeReasonMediaConnect,
    NdisWakeReasonWlanNLODiscovery = 4096,
    NdisWakeReasonWlanAPAssociationLost,
    NdisWakeReasonWlanGTKHandshakeError,
    NdisWakeReasonWlan4WayHandshakeRequest,
    NdisWakeReasonWwanRegisterState = 8192,
    NdisWakeReasonWwanSMSReceive,
    NdisWakeReasonWwanUSSDReceive,
    NdisWakeReasonWwanPacketState = 8196,
    NdisWakeReasonWwanUiccChange,
} NDIS_PM_WAKE_REASON_TYPE,
    *PNDIS_PM_WAKE_REASON_TYPE;

typedef struct _NDIS_PM_WAKE_REASON {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_PM_WAKE_REASON_TYPE WakeReason;
    ULONG InfoBufferOffset;
    ULONG InfoBufferSize;
} NDIS_PM_WAKE_REASON, *PNDIS_PM_WAKE_REASON;
#define NDIS_SIZEOF_PM_WAKE_REASON_REVISION_1                                                      \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_PM_WAKE_REASON, InfoBufferSize)

typedef struct _NDIS_PM_WAKE_PACKET {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG PatternId;
    NDIS_PM_COUNTED_STRING PatternFriendlyName;
    ULONG OriginalPacketSize;
    ULONG SavedPacketSize;
    ULONG SavedPacketOffset;
} NDIS_PM_WAKE_PACKET, *PNDIS_PM_WAKE_PACKET;
#define NDIS_SIZEOF_PM_WAKE_PACKET_REVISION_1                                                      \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_PM_WAKE_PACKET, SavedPacketOffset)

/* -- Management interface --------------------------------------------------------------------- */

typedef enum _NDIS_PM_ADMIN_CONFIG_STATE {
    NdisPMAdminConfigUnspecified,
    NdisPMAdminConfigDisabled,
    NdisPMAdminConfigEnabled,
} NDIS_PM_ADMIN_CONFIG_STATE,
    *PNDIS_PM_ADMIN_CONFIG_STATE;

typedef enum _NDIS_PM_CAPABILITY_STATE {
    NdisPMAdminConfigUnsupported,
    NdisPMAdminConfigInactive,
    NdisPMAdminConfigActive,
} NDIS_PM_CAPABILITY_STATE,
    *PNDIS_PM_CAPABILITY_STATE;

typedef struct _NDIS_WMI_PM_ADMIN_CONFIG {
    NDIS_OBJECT_HEADER Header;
    NDIS_PM_ADMIN_CONFIG_STATE WakeOnPattern;
    NDIS_PM_ADMIN_CONFIG_STATE WakeOnMagicPacket;
    NDIS_PM_ADMIN_CONFIG_STATE DeviceSleepOnDisconnect;
    NDIS_PM_ADMIN_CONFIG_STATE PMARPOffload;
    NDIS_PM_ADMIN_CONFIG_STATE PMNSOffload;
    NDIS_PM_ADMIN_CONFIG_STATE PMWiFiRekeyOffload;
} NDIS_WMI_PM_ADMIN_CONFIG, *PNDIS_WMI_PM_ADMIN_CONFIG;
#define NDIS_WMI_PM_ADMIN_CONFIG_REVISION_1 1
#define NDIS_SIZEOF_WMI_PM_ADMIN_CONFIG_REVISION_1                                                 \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_WMI_PM_ADMIN_CONFIG, PMWiFiRekeyOffload)

typedef struct _NDIS_WMI_PM_ACTIVE_CAPABILITIES {
    NDIS_OBJECT_HEADER Header;
    NDIS_PM_CAPABILITY_STATE WakeOnPattern;
    NDIS_PM_CAPABILITY_STATE WakeOnMagicPacket;
    NDIS_PM_CAPABILITY_STATE DeviceSleepOnDisconnect;
    NDIS_PM_CAPABILITY_STATE PMARPOffload;
    NDIS_PM_CAPABILITY_STATE PMNSOffload;
    NDIS_PM_CAPABILITY_STATE PMWiFiRekeyOffload;
} NDIS_WMI_PM_ACTIVE_CAPABILITIES, *PNDIS_WMI_PM_ACTIVE_CAPABILITIES;
#define NDIS_WMI_PM_ACTIVE_CAPABILITIES_REVISION_1 1
#define NDIS_SIZEOF_WMI_PM_ACTIVE_CAPABILITIES_REVISION_1                                          \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_WMI_PM_ACTIVE_CAPABILITIES, PMWiFiRekeyOffload)

EXTERN_C_END

#endif
