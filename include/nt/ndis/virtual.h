/* virtual.h - numbers of virtualisation, receive filters and flow tables.
 *
 * Hardware that condis does not model; the structures are left out, their revisions and sizes stand
 * in ndis/sizes.h. */
#ifndef CONDIS_NT_NDIS_VIRTUAL_H
#define CONDIS_NT_NDIS_VIRTUAL_H

#include "../ntdef.h"

EXTERN_C_START

typedef ULONG NDIS_NIC_SWITCH_ID, *PNDIS_NIC_SWITCH_ID;
typedef ULONG NDIS_NIC_SWITCH_VPORT_ID, *PNDIS_NIC_SWITCH_VPORT_ID;
typedef ULONG NDIS_RECEIVE_QUEUE_ID, *PNDIS_RECEIVE_QUEUE_ID;

/* Switches of virtual adapters. */
#define NDIS_DEFAULT_RECEIVE_FILTER_ID                                             0
#define NDIS_DEFAULT_RECEIVE_QUEUE_GROUP_ID                                        0
#define NDIS_DEFAULT_RECEIVE_QUEUE_ID                                              0
#define NDIS_DEFAULT_SWITCH_ID                                                     0
#define NDIS_DEFAULT_VPORT_ID                                                      0
#define NDIS_DEVICE_TYPE_ENDPOINT                                                  1
#define NDIS_NIC_SWITCH_CAPS_VLAN_SUPPORTED                                        1
#define NDIS_NIC_SWITCH_PARAMETERS_DEFAULT_NUMBER_OF_QUEUE_PAIRS_FOR_DEFAULT_VPORT 1
#define NDIS_NIC_SWITCH_VF_INFO_ARRAY_ENUM_ON_SPECIFIC_SWITCH                      1
#define NDIS_NIC_SWITCH_VPORT_INFO_ARRAY_ENUM_ON_SPECIFIC_FUNCTION                 1
#define NDIS_NIC_SWITCH_VPORT_INFO_LOOKAHEAD_SPLIT_ENABLED                         1
#define NDIS_NIC_SWITCH_VPORT_PARAMS_LOOKAHEAD_SPLIT_ENABLED                       1
#define NDIS_SRIOV_CAPS_SRIOV_SUPPORTED                                            1
#define NDIS_SRIOV_OVERLYING_ADAPTER_INFO_VERSION_1                                1
#define NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION_1                                 1
#define NDIS_SWITCH_PORT_PARAMETERS_FLAG_UNTRUSTED_INTERNAL_PORT                   1
#define NDIS_ISOLATION_PARAMETERS_REVISION_1                                       1
#define NDIS_NIC_SWITCH_CAPABILITIES_REVISION_1                                    1
#define NDIS_NIC_SWITCH_DELETE_SWITCH_PARAMETERS_REVISION_1                        1
#define NDIS_NIC_SWITCH_DELETE_VPORT_PARAMETERS_REVISION_1                         1
#define NDIS_NIC_SWITCH_FREE_VF_PARAMETERS_REVISION_1                              1
#define NDIS_NIC_SWITCH_INFO_ARRAY_REVISION_1                                      1
#define NDIS_NIC_SWITCH_INFO_REVISION_1                                            1
#define NDIS_NIC_SWITCH_PARAMETERS_REVISION_1                                      1
#define NDIS_NIC_SWITCH_VF_INFO_ARRAY_REVISION_1                                   1
#define NDIS_NIC_SWITCH_VF_INFO_REVISION_1                                         1
#define NDIS_NIC_SWITCH_VF_PARAMETERS_REVISION_1                                   1
#define NDIS_NIC_SWITCH_VPORT_INFO_ARRAY_REVISION_1                                1
#define NDIS_NIC_SWITCH_VPORT_INFO_REVISION_1                                      1
#define NDIS_NIC_SWITCH_VPORT_PARAMETERS_REVISION_1                                1
#define NDIS_SRIOV_BAR_RESOURCES_INFO_REVISION_1                                   1
#define NDIS_SRIOV_CAPABILITIES_REVISION_1                                         1
#define NDIS_SRIOV_PF_LUID_INFO_REVISION_1                                         1
#define NDIS_SRIOV_PROBED_BARS_INFO_REVISION_1                                     1
#define NDIS_SRIOV_READ_VF_CONFIG_BLOCK_PARAMETERS_REVISION_1                      1
#define NDIS_SRIOV_READ_VF_CONFIG_SPACE_PARAMETERS_REVISION_1                      1
#define NDIS_SRIOV_RESET_VF_PARAMETERS_REVISION_1                                  1
#define NDIS_SRIOV_SET_VF_POWER_STATE_PARAMETERS_REVISION_1                        1
#define NDIS_SRIOV_VF_INVALIDATE_CONFIG_BLOCK_INFO_REVISION_1                      1
#define NDIS_SRIOV_VF_SERIAL_NUMBER_INFO_REVISION_1                                1
#define NDIS_SRIOV_VF_VENDOR_DEVICE_ID_INFO_REVISION_1                             1
#define NDIS_SRIOV_WRITE_VF_CONFIG_BLOCK_PARAMETERS_REVISION_1                     1
#define NDIS_SRIOV_WRITE_VF_CONFIG_SPACE_PARAMETERS_REVISION_1                     1
#define NDIS_SWITCH_FEATURE_STATUS_CUSTOM_REVISION_1                               1
#define NDIS_SWITCH_FEATURE_STATUS_PARAMETERS_REVISION_1                           1
#define NDIS_SWITCH_NIC_ARRAY_REVISION_1                                           1
#define NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1                                     1
#define NDIS_SWITCH_NIC_PARAMETERS_REVISION_1                                      1
#define NDIS_SWITCH_NIC_SAVE_STATE_REVISION_1                                      1
#define NDIS_SWITCH_PARAMETERS_REVISION_1                                          1
#define NDIS_SWITCH_PORT_ARRAY_REVISION_1                                          1
#define NDIS_SWITCH_PORT_FEATURE_STATUS_CUSTOM_REVISION_1                          1
#define NDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS_REVISION_1                      1
#define NDIS_SWITCH_PORT_PARAMETERS_REVISION_1                                     1
#define NDIS_SWITCH_PORT_PROPERTY_CUSTOM_REVISION_1                                1
#define NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS_REVISION_1                     1
#define NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO_REVISION_1                             1
#define NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_REVISION_1                       1
#define NDIS_SWITCH_PORT_PROPERTY_ISOLATION_REVISION_1                             1
#define NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_REVISION_1                            1
#define NDIS_SWITCH_PORT_PROPERTY_PROFILE_REVISION_1                               1
#define NDIS_SWITCH_PORT_PROPERTY_ROUTING_DOMAIN_REVISION_1                        1
#define NDIS_SWITCH_PORT_PROPERTY_SECURITY_REVISION_1                              1
#define NDIS_SWITCH_PORT_PROPERTY_VLAN_REVISION_1                                  1
#define NDIS_SWITCH_PROPERTY_CUSTOM_REVISION_1                                     1
#define NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS_REVISION_1                          1
#define NDIS_SWITCH_PROPERTY_ENUM_INFO_REVISION_1                                  1
#define NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS_REVISION_1                            1
#define NDIS_SWITCH_PROPERTY_PARAMETERS_REVISION_1                                 1
#define NDIS_SWITCH_NIC_FLAGS_NIC_INITIALIZING                                     1
#define NDIS_NIC_SWITCH_CAPS_PER_VPORT_INTERRUPT_MODERATION_SUPPORTED              2
#define NDIS_NIC_SWITCH_VPORT_INFO_ARRAY_ENUM_ON_SPECIFIC_SWITCH                   2
#define NDIS_NIC_SWITCH_VPORT_INFO_PACKET_DIRECT_RX_ONLY                           2
#define NDIS_NIC_SWITCH_VPORT_PARAMS_PACKET_DIRECT_RX_ONLY                         2
#define NDIS_SRIOV_CAPS_PF_MINIPORT                                                2
#define NDIS_SWITCH_PORT_PARAMETERS_FLAG_RESTORING_PORT                            2
#define NDIS_NIC_SWITCH_CAPABILITIES_REVISION_2                                    2
#define NDIS_NIC_SWITCH_PARAMETERS_REVISION_2                                      2
#define NDIS_NIC_SWITCH_VPORT_PARAMETERS_REVISION_2                                2
#define NDIS_SWITCH_NIC_PARAMETERS_REVISION_2                                      2
#define NDIS_SWITCH_NIC_SAVE_STATE_REVISION_2                                      2
#define NDIS_SWITCH_PORT_PROPERTY_SECURITY_REVISION_2                              2
#define NDIS_SWITCH_NIC_FLAGS_NIC_SUSPENDED                                        2
#define NDIS_NIC_SWITCH_CAPABILITIES_REVISION_3                                    3
#define NDIS_NIC_SWITCH_CAPS_ASYMMETRIC_QUEUE_PAIRS_FOR_NONDEFAULT_VPORT_SUPPORTED 4
#define NDIS_NIC_SWITCH_VPORT_INFO_GFT_ENABLED                                     4
#define NDIS_SRIOV_CAPS_VF_MINIPORT                                                4
#define NDIS_SWITCH_NIC_FLAGS_MAPPED_NIC_UPDATED                                   4
#define NDIS_NIC_SWITCH_CAPS_VF_RSS_SUPPORTED                                      8
#define NDIS_NIC_SWITCH_CAPS_SINGLE_VPORT_POOL                                     0x10
#define NDIS_SWITCH_NIC_FLAGS_NIC_SUSPENDED_LM                                     0x10
#define NDIS_NIC_SWITCH_CAPS_RSS_PARAMETERS_PER_PF_VPORT_SUPPORTED                 0x20
#define NDIS_NIC_SWITCH_CAPS_NIC_SWITCH_WITHOUT_IOV_SUPPORTED                      0x40
#define NDIS_ISOLATION_NAME_MAX_STRING_SIZE                                        0x7F
#define NDIS_NIC_SWITCH_CAPS_RSS_ON_PF_VPORTS_SUPPORTED                            0x80
#define NDIS_NIC_SWITCH_CAPS_RSS_PER_PF_VPORT_INDIRECTION_TABLE_SUPPORTED          0x100
#define NDIS_NIC_SWITCH_CAPS_RSS_PER_PF_VPORT_HASH_FUNCTION_SUPPORTED              0x200
#define NDIS_NIC_SWITCH_CAPS_RSS_PER_PF_VPORT_HASH_TYPE_SUPPORTED                  0x400
#define NDIS_NIC_SWITCH_CAPS_RSS_PER_PF_VPORT_HASH_KEY_SUPPORTED                   0x800
#define NDIS_NIC_SWITCH_CAPS_RSS_PER_PF_VPORT_MASK                                 0xF00
#define NDIS_NIC_SWITCH_CAPS_RSS_PER_PF_VPORT_INDIRECTION_TABLE_SIZE_RESTRICTED    0x1000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_ENFORCE_MAX_SG_LIST                           0x8000
#define NDIS_INVALID_VF_FUNCTION_ID                                                0xFFFF
#define NDIS_PF_FUNCTION_ID                                                        0xFFFF
#define NDIS_NIC_SWITCH_PARAMETERS_SWITCH_NAME_CHANGED                             0x10000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_FLAGS_CHANGED                                 0x10000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_NAME_CHANGED                                  0x20000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_INT_MOD_CHANGED                               0x40000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_STATE_CHANGED                                 0x80000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_PROCESSOR_AFFINITY_CHANGED                    0x100000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_NDK_PARAMS_CHANGED                            0x200000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_QOS_SQ_ID_CHANGED                             0x400000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_NUM_QUEUE_PAIRS_CHANGED                       0x800000
#define NDIS_NIC_SWITCH_PARAMETERS_CHANGE_MASK                                     0xFFFF0000
#define NDIS_NIC_SWITCH_VPORT_PARAMS_CHANGE_MASK                                   0xFFFF0000
#define NDIS_INVALID_RID                                                           0xFFFFFFFF
#define NDIS_INVALID_SWITCH_ID                                                     0xFFFFFFFF
#define NDIS_INVALID_VPORT_ID                                                      0xFFFFFFFF

typedef enum _NDIS_ISOLATION_MODE {
    NdisIsolationModeNone,
    NdisIsolationModeNativeVirtualSubnet,
    NdisIsolationModeExternalVirtualSubnet,
    NdisIsolationModeVlan,
} NDIS_ISOLATION_MODE,
    *PNDIS_ISOLATION_MODE;

typedef enum _NDIS_NIC_SWITCH_TYPE {
    NdisNicSwitchTypeUnspecified,
    NdisNicSwitchTypeExternal,
    NdisNicSwitchTypeMax,
} NDIS_NIC_SWITCH_TYPE,
    *PNDIS_NIC_SWITCH_TYPE;

typedef enum _NDIS_NIC_SWITCH_VPORT_INTERRUPT_MODERATION {
    NdisNicSwitchVPortInterruptModerationUndefined,
    NdisNicSwitchVPortInterruptModerationAdaptive,
    NdisNicSwitchVPortInterruptModerationOff,
    NdisNicSwitchVPortInterruptModerationLow = 100,
    NdisNicSwitchVPortInterruptModerationMedium = 200,
    NdisNicSwitchVPortInterruptModerationHigh = 300,
} NDIS_NIC_SWITCH_VPORT_INTERRUPT_MODERATION,
    *PNDIS_NIC_SWITCH_VPORT_INTERRUPT_MODERATION;

typedef enum _NDIS_NIC_SWITCH_VPORT_STATE {
    NdisNicSwitchVPortStateUndefined,
    NdisNicSwitchVPortStateActivated,
    NdisNicSwitchVPortStateDeactivated,
    NdisNicSwitchVPortStateMaximum,
} NDIS_NIC_SWITCH_VPORT_STATE,
    *PNDIS_NIC_SWITCH_VPORT_STATE;

typedef enum _NDIS_SWITCH_FEATURE_STATUS_TYPE {
    NdisSwitchFeatureStatusTypeUndefined,
    NdisSwitchFeatureStatusTypeCustom,
    NdisSwitchFeatureStatusTypeMaximum,
} NDIS_SWITCH_FEATURE_STATUS_TYPE,
    *PNDIS_SWITCH_FEATURE_STATUS_TYPE;

typedef enum _NDIS_SWITCH_NIC_STATE {
    NdisSwitchNicStateUnknown,
    NdisSwitchNicStateCreated,
    NdisSwitchNicStateConnected,
    NdisSwitchNicStateDisconnected,
    NdisSwitchNicStateDeleted,
} NDIS_SWITCH_NIC_STATE,
    *PNDIS_SWITCH_NIC_STATE;

typedef enum _NDIS_SWITCH_NIC_TYPE {
    NdisSwitchNicTypeExternal,
    NdisSwitchNicTypeSynthetic,
    NdisSwitchNicTypeEmulated,
    NdisSwitchNicTypeInternal,
} NDIS_SWITCH_NIC_TYPE,
    *PNDIS_SWITCH_NIC_TYPE;

typedef enum _NDIS_SWITCH_PORT_FEATURE_STATUS_TYPE {
    NdisSwitchPortFeatureStatusTypeUndefined,
    NdisSwitchPortFeatureStatusTypeCustom,
    NdisSwitchPortFeatureStatusTypeMaximum,
} NDIS_SWITCH_PORT_FEATURE_STATUS_TYPE,
    *PNDIS_SWITCH_PORT_FEATURE_STATUS_TYPE;

typedef enum _NDIS_SWITCH_PORT_PROPERTY_TYPE {
    NdisSwitchPortPropertyTypeUndefined,
    NdisSwitchPortPropertyTypeCustom,
    NdisSwitchPortPropertyTypeSecurity,
    NdisSwitchPortPropertyTypeVlan,
    NdisSwitchPortPropertyTypeProfile,
    NdisSwitchPortPropertyTypeIsolation,
    NdisSwitchPortPropertyTypeRoutingDomain,
    NdisSwitchPortPropertyTypeMaximum,
} NDIS_SWITCH_PORT_PROPERTY_TYPE,
    *PNDIS_SWITCH_PORT_PROPERTY_TYPE;

typedef enum _NDIS_SWITCH_PORT_PVLAN_MODE {
    NdisSwitchPortPvlanModeUndefined,
    NdisSwitchPortPvlanModeIsolated,
    NdisSwitchPortPvlanModeCommunity,
    NdisSwitchPortPvlanModePromiscuous,
} NDIS_SWITCH_PORT_PVLAN_MODE,
    *PNDIS_SWITCH_PORT_PVLAN_MODE;

typedef enum _NDIS_SWITCH_PORT_STATE {
    NdisSwitchPortStateUnknown,
    NdisSwitchPortStateCreated,
    NdisSwitchPortStateTeardown,
    NdisSwitchPortStateDeleted,
} NDIS_SWITCH_PORT_STATE,
    *PNDIS_SWITCH_PORT_STATE;

typedef enum _NDIS_SWITCH_PORT_TYPE {
    NdisSwitchPortTypeGeneric,
    NdisSwitchPortTypeExternal,
    NdisSwitchPortTypeSynthetic,
    NdisSwitchPortTypeEmulated,
    NdisSwitchPortTypeInternal,
} NDIS_SWITCH_PORT_TYPE,
    *PNDIS_SWITCH_PORT_TYPE;

typedef enum _NDIS_SWITCH_PORT_VLAN_MODE {
    NdisSwitchPortVlanModeUnknown,
    NdisSwitchPortVlanModeAccess,
    NdisSwitchPortVlanModeTrunk,
    NdisSwitchPortVlanModePrivate,
    NdisSwitchPortVlanModeMax,
} NDIS_SWITCH_PORT_VLAN_MODE,
    *PNDIS_SWITCH_PORT_VLAN_MODE;

typedef enum _NDIS_SWITCH_PROPERTY_TYPE {
    NdisSwitchPropertyTypeUndefined,
    NdisSwitchPropertyTypeCustom,
    NdisSwitchPropertyTypeMaximum,
} NDIS_SWITCH_PROPERTY_TYPE,
    *PNDIS_SWITCH_PROPERTY_TYPE;

/* Receive filters and queues, header split. */
#define NDIS_HD_SPLIT_CAPS_SUPPORTS_HEADER_DATA_SPLIT                                     1
#define NDIS_HD_SPLIT_COMBINE_ALL_HEADERS                                                 1
#define NDIS_HD_SPLIT_ENABLE_HEADER_DATA_SPLIT                                            1
#define NDIS_RECEIVE_FILTER_ARP_HEADER_OPERATION_SUPPORTED                                1
#define NDIS_RECEIVE_FILTER_FIELD_MAC_HEADER_VLAN_UNTAGGED_OR_ZERO                        1
#define NDIS_RECEIVE_FILTER_INFO_ARRAY_VPORT_ID_SPECIFIED                                 1
#define NDIS_RECEIVE_FILTER_IPV4_HEADER_PROTOCOL_SUPPORTED                                1
#define NDIS_RECEIVE_FILTER_IPV6_HEADER_PROTOCOL_SUPPORTED                                1
#define NDIS_RECEIVE_FILTER_MAC_HEADER_DEST_ADDR_SUPPORTED                                1
#define NDIS_RECEIVE_FILTER_MAC_HEADER_SUPPORTED                                          1
#define NDIS_RECEIVE_FILTER_MSI_X_SUPPORTED                                               1
#define NDIS_RECEIVE_FILTER_TEST_HEADER_FIELD_EQUAL_SUPPORTED                             1
#define NDIS_RECEIVE_FILTER_UDP_HEADER_DEST_PORT_SUPPORTED                                1
#define NDIS_RECEIVE_FILTER_VMQ_FILTERS_ENABLED                                           1
#define NDIS_RECEIVE_FILTER_VM_QUEUES_ENABLED                                             1
#define NDIS_RECEIVE_QUEUE_PARAMETERS_PER_QUEUE_RECEIVE_INDICATION                        1
#define NDIS_HD_SPLIT_CURRENT_CONFIG_REVISION_1                                           1
#define NDIS_HD_SPLIT_PARAMETERS_REVISION_1                                               1
#define NDIS_RECEIVE_FILTER_CAPABILITIES_REVISION_1                                       1
#define NDIS_RECEIVE_FILTER_CLEAR_PARAMETERS_REVISION_1                                   1
#define NDIS_RECEIVE_FILTER_FIELD_PARAMETERS_REVISION_1                                   1
#define NDIS_RECEIVE_FILTER_GLOBAL_PARAMETERS_REVISION_1                                  1
#define NDIS_RECEIVE_FILTER_INFO_ARRAY_REVISION_1                                         1
#define NDIS_RECEIVE_FILTER_INFO_REVISION_1                                               1
#define NDIS_RECEIVE_FILTER_MOVE_FILTER_PARAMETERS_REVISION_1                             1
#define NDIS_RECEIVE_FILTER_PARAMETERS_REVISION_1                                         1
#define NDIS_RECEIVE_QUEUE_ALLOCATION_COMPLETE_ARRAY_REVISION_1                           1
#define NDIS_RECEIVE_QUEUE_ALLOCATION_COMPLETE_PARAMETERS_REVISION_1                      1
#define NDIS_RECEIVE_QUEUE_FREE_PARAMETERS_REVISION_1                                     1
#define NDIS_RECEIVE_QUEUE_INFO_ARRAY_REVISION_1                                          1
#define NDIS_RECEIVE_QUEUE_INFO_REVISION_1                                                1
#define NDIS_RECEIVE_QUEUE_PARAMETERS_REVISION_1                                          1
#define NDIS_RECEIVE_FILTER_FLAGS_RESERVED                                                1
#define NDIS_HD_SPLIT_CAPS_SUPPORTS_IPV4_OPTIONS                                          2
#define NDIS_RECEIVE_FILTER_ARP_HEADER_SPA_SUPPORTED                                      2
#define NDIS_RECEIVE_FILTER_IPV4_HEADER_SUPPORTED                                         2
#define NDIS_RECEIVE_FILTER_MAC_HEADER_SOURCE_ADDR_SUPPORTED                              2
#define NDIS_RECEIVE_FILTER_PACKET_COALESCING_FILTERS_ENABLED                             2
#define NDIS_RECEIVE_FILTER_PACKET_ENCAPSULATION                                          2
#define NDIS_RECEIVE_FILTER_PACKET_ENCAPSULATION_GRE                                      2
#define NDIS_RECEIVE_FILTER_TEST_HEADER_FIELD_MASK_EQUAL_SUPPORTED                        2
#define NDIS_RECEIVE_FILTER_VM_QUEUE_SUPPORTED                                            2
#define NDIS_RECEIVE_QUEUE_PARAMETERS_LOOKAHEAD_SPLIT_REQUIRED                            2
#define NDIS_RECEIVE_FILTER_CAPABILITIES_REVISION_2                                       2
#define NDIS_RECEIVE_FILTER_FIELD_PARAMETERS_REVISION_2                                   2
#define NDIS_RECEIVE_FILTER_INFO_ARRAY_REVISION_2                                         2
#define NDIS_RECEIVE_FILTER_PARAMETERS_REVISION_2                                         2
#define NDIS_RECEIVE_QUEUE_INFO_REVISION_2                                                2
#define NDIS_RECEIVE_QUEUE_PARAMETERS_REVISION_2                                          2
#define NDIS_RECEIVE_QUEUE_PARAMETERS_REVISION_3                                          3
#define NDIS_HD_SPLIT_CAPS_SUPPORTS_IPV6_EXTENSION_HEADERS                                4
#define NDIS_RECEIVE_FILTER_ARP_HEADER_TPA_SUPPORTED                                      4
#define NDIS_RECEIVE_FILTER_IPV6_HEADER_SUPPORTED                                         4
#define NDIS_RECEIVE_FILTER_LOOKAHEAD_SPLIT_SUPPORTED                                     4
#define NDIS_RECEIVE_FILTER_MAC_HEADER_PROTOCOL_SUPPORTED                                 4
#define NDIS_RECEIVE_FILTER_TEST_HEADER_FIELD_NOT_EQUAL_SUPPORTED                         4
#define NDIS_HD_SPLIT_CAPS_SUPPORTS_TCP_OPTIONS                                           8
#define NDIS_RECEIVE_FILTER_ARP_HEADER_SUPPORTED                                          8
#define NDIS_RECEIVE_FILTER_DYNAMIC_PROCESSOR_AFFINITY_CHANGE_SUPPORTED                   8
#define NDIS_RECEIVE_FILTER_MAC_HEADER_VLAN_ID_SUPPORTED                                  8
#define NDIS_RECEIVE_FILTER_INTERRUPT_VECTOR_COALESCING_SUPPORTED                         0x10
#define NDIS_RECEIVE_FILTER_MAC_HEADER_PRIORITY_SUPPORTED                                 0x10
#define NDIS_RECEIVE_FILTER_UDP_HEADER_SUPPORTED                                          0x10
#define NDIS_RECEIVE_FILTER_ANY_VLAN_SUPPORTED                                            0x20
#define NDIS_RECEIVE_FILTER_MAC_HEADER_PACKET_TYPE_SUPPORTED                              0x20
#define NDIS_RECEIVE_FILTER_DYNAMIC_PROCESSOR_AFFINITY_CHANGE_FOR_DEFAULT_QUEUE_SUPPORTED 0x40
#define NDIS_RECEIVE_FILTER_IMPLAT_MIN_OF_QUEUES_MODE                                     0x40
#define NDIS_RECEIVE_FILTER_IMPLAT_SUM_OF_QUEUES_MODE                                     0x80
#define NDIS_RECEIVE_FILTER_RESERVED                                                      0xFE
#define NDIS_RECEIVE_FILTER_PACKET_COALESCING_SUPPORTED_ON_DEFAULT_QUEUE                  0x100
#define NDIS_RECEIVE_QUEUE_PARAMETERS_FLAGS_CHANGED                                       0x10000
#define NDIS_RECEIVE_QUEUE_PARAMETERS_PROCESSOR_AFFINITY_CHANGED                          0x20000
#define NDIS_RECEIVE_QUEUE_PARAMETERS_SUGGESTED_RECV_BUFFER_NUMBERS_CHANGED               0x40000
#define NDIS_RECEIVE_QUEUE_PARAMETERS_NAME_CHANGED                                        0x80000
#define NDIS_RECEIVE_QUEUE_PARAMETERS_INTERRUPT_COALESCING_DOMAIN_ID_CHANGED              0x100000
#define NDIS_RECEIVE_QUEUE_PARAMETERS_QOS_SQ_ID_CHANGED                                   0x200000
#define NDIS_RECEIVE_QUEUE_PARAMETERS_CHANGE_MASK                                         0xFFFF0000

typedef enum _NDIS_RECEIVE_FILTER_TYPE {
    NdisReceiveFilterTypeUndefined,
    NdisReceiveFilterTypeVMQueue,
    NdisReceiveFilterTypePacketCoalescing,
    NdisReceiveFilterTypeMaximum,
} NDIS_RECEIVE_FILTER_TYPE,
    *PNDIS_RECEIVE_FILTER_TYPE;

typedef enum _NDIS_RECEIVE_FILTER_TEST {
    NdisReceiveFilterTestUndefined,
    NdisReceiveFilterTestEqual,
    NdisReceiveFilterTestMaskEqual,
    NdisReceiveFilterTestNotEqual,
    NdisReceiveFilterTestMaximum,
} NDIS_RECEIVE_FILTER_TEST,
    *PNDIS_RECEIVE_FILTER_TEST;

typedef enum _NDIS_RECEIVE_QUEUE_TYPE {
    NdisReceiveQueueTypeUnspecified,
    NdisReceiveQueueTypeVMQueue,
    NdisReceiveQueueTypeMaximum,
} NDIS_RECEIVE_QUEUE_TYPE,
    *PNDIS_RECEIVE_QUEUE_TYPE;

typedef enum _NDIS_RECEIVE_QUEUE_OPERATIONAL_STATE {
    NdisReceiveQueueOperationalStateUndefined,
    NdisReceiveQueueOperationalStateRunning,
    NdisReceiveQueueOperationalStatePaused,
    NdisReceiveQueueOperationalStateDmaStopped,
    NdisReceiveQueueOperationalStateMaximum,
} NDIS_RECEIVE_QUEUE_OPERATIONAL_STATE,
    *PNDIS_RECEIVE_QUEUE_OPERATIONAL_STATE;

typedef enum _NDIS_FRAME_HEADER {
    NdisFrameHeaderUndefined,
    NdisFrameHeaderMac,
    NdisFrameHeaderArp,
    NdisFrameHeaderIPv4,
    NdisFrameHeaderIPv6,
    NdisFrameHeaderUdp,
    NdisFrameHeaderMaximum,
} NDIS_FRAME_HEADER,
    *PNDIS_FRAME_HEADER;

typedef enum _NDIS_MAC_HEADER_FIELD {
    NdisMacHeaderFieldUndefined,
    NdisMacHeaderFieldDestinationAddress,
    NdisMacHeaderFieldSourceAddress,
    NdisMacHeaderFieldProtocol,
    NdisMacHeaderFieldVlanId,
    NdisMacHeaderFieldPriority,
    NdisMacHeaderFieldPacketType,
    NdisMacHeaderFieldMaximum,
} NDIS_MAC_HEADER_FIELD,
    *PNDIS_MAC_HEADER_FIELD;

typedef enum _NDIS_MAC_PACKET_TYPE {
    NdisMacPacketTypeUndefined,
    NdisMacPacketTypeUnicast,
    NdisMacPacketTypeMulticast,
    NdisMacPacketTypeBroadcast,
    NdisMacPacketTypeMaximum,
} NDIS_MAC_PACKET_TYPE,
    *PNDIS_MAC_PACKET_TYPE;

typedef enum _NDIS_ARP_HEADER_FIELD {
    NdisARPHeaderFieldUndefined,
    NdisARPHeaderFieldOperation,
    NdisARPHeaderFieldSPA,
    NdisARPHeaderFieldTPA,
    NdisARPHeaderFieldMaximum,
} NDIS_ARP_HEADER_FIELD,
    *PNDIS_ARP_HEADER_FIELD;

typedef enum _NDIS_IPV4_HEADER_FIELD {
    NdisIPv4HeaderFieldUndefined,
    NdisIPv4HeaderFieldProtocol,
    NdisIPv4HeaderFieldMaximum,
} NDIS_IPV4_HEADER_FIELD,
    *PNDIS_IPV4_HEADER_FIELD;

typedef enum _NDIS_IPV6_HEADER_FIELD {
    NdisIPv6HeaderFieldUndefined,
    NdisIPv6HeaderFieldProtocol,
    NdisIPv6HeaderFieldMaximum,
} NDIS_IPV6_HEADER_FIELD,
    *PNDIS_IPV6_HEADER_FIELD;

typedef enum _NDIS_UDP_HEADER_FIELD {
    NdisUdpHeaderFieldUndefined,
    NdisUdpHeaderFieldDestinationPort,
    NdisUdpHeaderFieldMaximum,
} NDIS_UDP_HEADER_FIELD,
    *PNDIS_UDP_HEADER_FIELD;

/* Quality of service. */
#define NDIS_QOS_ACTION_PRIORITY                      0
#define NDIS_QOS_CONDITION_RESERVED                   0
#define NDIS_QOS_DEFAULT_SQ_ID                        0
#define NDIS_QOS_TSA_STRICT                           0
#define NDIS_QOS_ACTION_MAXIMUM                       1
#define NDIS_QOS_CAPABILITIES_STRICT_TSA_SUPPORTED    1
#define NDIS_QOS_CONDITION_DEFAULT                    1
#define NDIS_QOS_OFFLOAD_CAPS_STANDARD_SQ             1
#define NDIS_QOS_PARAMETERS_ETS_CHANGED               1
#define NDIS_QOS_SQ_TRANSMIT_CAP_ENABLED              1
#define NDIS_QOS_TSA_CBS                              1
#define NDIS_QOS_CAPABILITIES_REVISION_1              1
#define NDIS_QOS_CLASSIFICATION_ELEMENT_REVISION_1    1
#define NDIS_QOS_OFFLOAD_CAPABILITIES_REVISION_1      1
#define NDIS_QOS_PARAMETERS_REVISION_1                1
#define NDIS_QOS_SQ_ARRAY_REVISION_1                  1
#define NDIS_QOS_SQ_PARAMETERS_ARRAY_REVISION_1       1
#define NDIS_QOS_SQ_PARAMETERS_REVISION_1             1
#define NDIS_QOS_SQ_STATS_REVISION_1                  1
#define NDIS_QOS_CAPABILITIES_MACSEC_BYPASS_SUPPORTED 2
#define NDIS_QOS_CONDITION_TCP_PORT                   2
#define NDIS_QOS_OFFLOAD_CAPS_GFT_SQ                  2
#define NDIS_QOS_PARAMETERS_ETS_CONFIGURED            2
#define NDIS_QOS_SQ_TRANSMIT_RESERVATION_ENABLED      2
#define NDIS_QOS_TSA_ETS                              2
#define NDIS_QOS_OFFLOAD_CAPABILITIES_REVISION_2      2
#define NDIS_QOS_SQ_PARAMETERS_REVISION_2             2
#define NDIS_QOS_CONDITION_UDP_PORT                   3
#define NDIS_QOS_TSA_MAXIMUM                          3
#define NDIS_QOS_CAPABILITIES_CEE_DCBX_SUPPORTED      4
#define NDIS_QOS_CONDITION_TCP_OR_UDP_PORT            4
#define NDIS_QOS_SQ_RECEIVE_CAP_ENABLED               4
#define NDIS_QOS_CONDITION_ETHERTYPE                  5
#define NDIS_QOS_CONDITION_NETDIRECT_PORT             6
#define NDIS_QOS_CONDITION_MAXIMUM                    7
#define NDIS_QOS_CAPABILITIES_IEEE_DCBX_SUPPORTED     8
#define NDIS_QOS_MAXIMUM_PRIORITIES                   8
#define NDIS_QOS_MAXIMUM_TRAFFIC_CLASSES              8
#define NDIS_QOS_PARAMETERS_PFC_CHANGED               0x100
#define NDIS_QOS_PARAMETERS_PFC_CONFIGURED            0x200
#define NDIS_QOS_PARAMETERS_CLASSIFICATION_CHANGED    0x10000
#define NDIS_QOS_PARAMETERS_CLASSIFICATION_CONFIGURED 0x20000
#define NDIS_QOS_CLASSIFICATION_ENFORCED_BY_MINIPORT  0x1000000
#define NDIS_QOS_PARAMETERS_WILLING                   0x80000000
#define NDIS_QOS_CLASSIFICATION_SET_BY_MINIPORT_MASK  0xFF000000

typedef enum _NDIS_QOS_SQ_TYPE {
    NdisQosSqTypeUndefined,
    NdisQosSqTypeStandard,
    NdisQosSqTypeGFT,
    NdisQosSqTypeMax,
} NDIS_QOS_SQ_TYPE,
    *PNDIS_QOS_SQ_TYPE;

/* Flow tables. */
#define NDIS_GFP_UNDEFINED_PROFILE_ID                                          0
#define NDIS_GFT_UNDEFINED_COUNTER_ID                                          0
#define NDIS_GFT_UNDEFINED_CUSTOM_ACTION                                       0
#define NDIS_GFT_UNDEFINED_FLOW_ENTRY_ID                                       0
#define NDIS_GFT_UNDEFINED_TABLE_ID                                            0
#define NDIS_GFP_ENCAPSULATION_TYPE_NOT_ENCAPSULATED                           1
#define NDIS_GFP_EXACT_MATCH_PROFILE_RDMA_FLOW                                 1
#define NDIS_GFP_HEADER_FIELD_DEST_MAC_ADDR                                    1
#define NDIS_GFP_HEADER_GROUP_EXACT_MATCH_IS_TTL_ONE                           1
#define NDIS_GFP_HEADER_GROUP_EXACT_MATCH_PROFILE_IS_TTL_ONE                   1
#define NDIS_GFP_HEADER_GROUP_WILDCARD_MATCH_IS_TTL_ONE                        1
#define NDIS_GFP_HEADER_GROUP_WILDCARD_MATCH_PROFILE_IS_TTL_ONE                1
#define NDIS_GFP_HEADER_PRESENT_ETHERNET                                       1
#define NDIS_GFT_COUNTER_PARAMETERS_CLIENT_SPECIFIED_ADDRESS                   1
#define NDIS_GFT_COUNTER_VALUE_ARRAY_UPDATE_MEMORY_MAPPED_COUNTERS             1
#define NDIS_GFT_CUSTOM_ACTION_LAST_ACTION                                     1
#define NDIS_GFT_DELETE_PROFILE_ALL_PROFILES                                   1
#define NDIS_GFT_EMFE_ADD_IN_ACTIVATED_STATE                                   1
#define NDIS_GFT_EMFE_COUNTER_ALLOCATE                                         1
#define NDIS_GFT_FLOW_ENTRY_ID_ALL_NIC_SWITCH_FLOW_ENTRIES                     1
#define NDIS_GFT_FLOW_ENTRY_INFO_ALL_FLOW_ENTRIES                              1
#define NDIS_GFT_HEADER_GROUP_TRANSPOSITION_DECREMENT_TTL_IF_NOT_ONE           1
#define NDIS_GFT_HEADER_GROUP_TRANSPOSITION_PROFILE_DECREMENT_TTL_IF_NOT_ONE   1
#define NDIS_GFT_HTP_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT                        1
#define NDIS_GFT_OFFLOAD_CAPS_ADD_FLOW_ENTRY_DEACTIVATED_PREFERRED             1
#define NDIS_GFT_OFFLOAD_CAPS_INGRESS_WILDCARD_MATCH                           1
#define NDIS_GFT_OFFLOAD_CAPS_MEMORY_MAPPED_COUNTERS                           1
#define NDIS_GFT_OFFLOAD_CAPS_POP                                              1
#define NDIS_GFT_OFFLOAD_PARAMETERS_ENABLE_OFFLOAD                             1
#define NDIS_GFT_TABLE_INCLUDE_EXTERNAL_VPPORT                                 1
#define NDIS_GFT_VPORT_DSCP_GUARD_ENABLE_RX                                    1
#define NDIS_GFT_VPORT_ENABLE                                                  1
#define NDIS_GFT_WCFE_ADD_IN_ACTIVATED_STATE                                   1
#define NDIS_GFT_WCFE_COUNTER_ALLOCATE                                         1
#define NDIS_GFP_EXACT_MATCH_PROFILE_REVISION_1                                1
#define NDIS_GFP_HEADER_GROUP_EXACT_MATCH_PROFILE_REVISION_1                   1
#define NDIS_GFP_HEADER_GROUP_EXACT_MATCH_REVISION_1                           1
#define NDIS_GFP_HEADER_GROUP_WILDCARD_MATCH_PROFILE_REVISION_1                1
#define NDIS_GFP_HEADER_GROUP_WILDCARD_MATCH_REVISION_1                        1
#define NDIS_GFP_WILDCARD_MATCH_PROFILE_REVISION_1                             1
#define NDIS_GFT_COUNTER_INFO_ARRAY_REVISION_1                                 1
#define NDIS_GFT_COUNTER_INFO_REVISION_1                                       1
#define NDIS_GFT_COUNTER_PARAMETERS_REVISION_1                                 1
#define NDIS_GFT_COUNTER_VALUE_ARRAY_REVISION_1                                1
#define NDIS_GFT_CUSTOM_ACTION_PROFILE_REVISION_1                              1
#define NDIS_GFT_CUSTOM_ACTION_REVISION_1                                      1
#define NDIS_GFT_DELETE_PROFILE_PARAMETERS_REVISION_1                          1
#define NDIS_GFT_DELETE_TABLE_PARAMETERS_REVISION_1                            1
#define NDIS_GFT_EXACT_MATCH_FLOW_ENTRY_REVISION_1                             1
#define NDIS_GFT_FLOW_ENTRY_ARRAY_REVISION_1                                   1
#define NDIS_GFT_FLOW_ENTRY_ID_ARRAY_REVISION_1                                1
#define NDIS_GFT_FLOW_ENTRY_INFO_ARRAY_REVISION_1                              1
#define NDIS_GFT_FREE_COUNTER_PARAMETERS_REVISION_1                            1
#define NDIS_GFT_HEADER_GROUP_TRANSPOSITION_PROFILE_REVISION_1                 1
#define NDIS_GFT_HEADER_GROUP_TRANSPOSITION_REVISION_1                         1
#define NDIS_GFT_HEADER_TRANSPOSITION_PROFILE_REVISION_1                       1
#define NDIS_GFT_OFFLOAD_CAPABILITIES_REVISION_1                               1
#define NDIS_GFT_OFFLOAD_PARAMETERS_REVISION_1                                 1
#define NDIS_GFT_PROFILE_INFO_ARRAY_REVISION_1                                 1
#define NDIS_GFT_PROFILE_INFO_REVISION_1                                       1
#define NDIS_GFT_STATISTICS_REVISION_1                                         1
#define NDIS_GFT_TABLE_INFO_ARRAY_REVISION_1                                   1
#define NDIS_GFT_TABLE_INFO_REVISION_1                                         1
#define NDIS_GFT_TABLE_PARAMETERS_REVISION_1                                   1
#define NDIS_GFT_VPORT_PARAMETERS_REVISION_1                                   1
#define NDIS_GFT_WILDCARD_MATCH_FLOW_ENTRY_REVISION_1                          1
#define NDIS_GFP_ENCAPSULATION_TYPE_IP_IN_IP                                   2
#define NDIS_GFP_HEADER_FIELD_SRC_MAC_ADDR                                     2
#define NDIS_GFP_HEADER_PRESENT_IPV4                                           2
#define NDIS_GFT_COUNTER_VALUE_ARRAY_GET_VALUES                                2
#define NDIS_GFT_EMFE_COUNTER_MEMORY_MAPPED                                    2
#define NDIS_GFT_EMFE_MATCH_AND_ACTION_MUST_BE_SUPPORTED                       2
#define NDIS_GFT_FLOW_ENTRY_ID_ALL_TABLE_FLOW_ENTRIES                          2
#define NDIS_GFT_HTP_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT                         2
#define NDIS_GFT_OFFLOAD_CAPS_EGRESS_WILDCARD_MATCH                            2
#define NDIS_GFT_OFFLOAD_CAPS_MEMORY_MAPPED_PAKCET_AND_BYTE_COUNTERS           2
#define NDIS_GFT_OFFLOAD_CAPS_PUSH                                             2
#define NDIS_GFT_OFFLOAD_CAPS_RATE_LIMITING_QUEUE_SUPPORTED                    2
#define NDIS_GFT_VPORT_DSCP_GUARD_ENABLE_TX                                    2
#define NDIS_GFT_VPORT_PARSE_VXLAN                                             2
#define NDIS_GFT_WCFE_COUNTER_MEMORY_MAPPED                                    2
#define NDIS_GFT_WCFE_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT                       2
#define NDIS_GFP_ENCAPSULATION_TYPE_IP_IN_GRE                                  4
#define NDIS_GFP_HEADER_FIELD_ETH_TYPE                                         4
#define NDIS_GFP_HEADER_PRESENT_IPV6                                           4
#define NDIS_GFT_EMFE_COUNTER_CLIENT_SPECIFIED_ADDRESS                         4
#define NDIS_GFT_EMFE_RDMA_FLOW                                                4
#define NDIS_GFT_FLOW_ENTRY_ID_ALL_VPORT_FLOW_ENTRIES                          4
#define NDIS_GFT_HTP_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE          4
#define NDIS_GFT_OFFLOAD_CAPS_INGRESS_EXACT_MATCH                              4
#define NDIS_GFT_OFFLOAD_CAPS_MODIFY                                           4
#define NDIS_GFT_OFFLOAD_CAPS_PER_FLOW_ENTRY_COUNTERS                          4
#define NDIS_GFT_VPORT_DSCP_MASK_ENABLE_RX                                     4
#define NDIS_GFT_VPORT_PARSE_VXLAN_NOT_IN_SRC_PORT_RANGE                       4
#define NDIS_GFT_WCFE_COUNTER_CLIENT_SPECIFIED_ADDRESS                         4
#define NDIS_GFT_WCFE_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT                        4
#define NDIS_GFP_ENCAPSULATION_TYPE_NVGRE                                      8
#define NDIS_GFP_HEADER_FIELD_CUSTOMER_VLAN_ID                                 8
#define NDIS_GFP_HEADER_PRESENT_TCP                                            8
#define NDIS_GFT_EMFE_COUNTER_TRACK_TCP_FLOW                                   8
#define NDIS_GFT_FLOW_ENTRY_ID_RANGE_DEFINED                                   8
#define NDIS_GFT_HTP_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE           8
#define NDIS_GFT_MAX_COUNTER_OBJECTS_PER_FLOW_ENTRY                            8
#define NDIS_GFT_OFFLOAD_CAPS_EGRESS_EXACT_MATCH                               8
#define NDIS_GFT_OFFLOAD_CAPS_IGNORE_ACTION_SUPPORTED                          8
#define NDIS_GFT_OFFLOAD_CAPS_PER_PACKET_COUNTER_UPDATE                        8
#define NDIS_GFT_VPORT_DSCP_MASK_ENABLE_TX                                     8
#define NDIS_GFT_VPORT_MAX_PRIORITY_MASK_COUNTER_OBJECTS                       8
#define NDIS_GFT_WCFE_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE         8
#define NDIS_GFP_ENCAPSULATION_TYPE_VXLAN                                      0x10
#define NDIS_GFP_HEADER_FIELD_PROVIDER_VLAN_ID                                 0x10
#define NDIS_GFP_HEADER_PRESENT_UDP                                            0x10
#define NDIS_GFT_FLOW_ENTRY_ID_ARRAY_DEFINED                                   0x10
#define NDIS_GFT_HTP_COPY_ALL_PACKETS                                          0x10
#define NDIS_GFT_OFFLOAD_CAPS_CLIENT_SPECIFIED_MEMORY_MAPPED_COUNTERS          0x10
#define NDIS_GFT_OFFLOAD_CAPS_EXT_VPORT_INGRESS_WILDCARD_MATCH                 0x10
#define NDIS_GFT_OFFLOAD_CAPS_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT               0x10
#define NDIS_GFT_WCFE_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE          0x10
#define NDIS_GFP_HEADER_FIELD_8021P_PRIORITY                                   0x20
#define NDIS_GFP_HEADER_PRESENT_ICMP                                           0x20
#define NDIS_GFT_HTP_COPY_FIRST_PACKET                                         0x20
#define NDIS_GFT_OFFLOAD_CAPS_EXT_VPORT_EGRESS_WILDCARD_MATCH                  0x20
#define NDIS_GFT_OFFLOAD_CAPS_INGRESS_AGGREGATE_COUNTERS                       0x20
#define NDIS_GFT_OFFLOAD_CAPS_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT                0x20
#define NDIS_GFT_WCFE_COPY_ALL_PACKETS                                         0x20
#define NDIS_GFP_HEADER_FIELD_SRC_IP_ADDR                                      0x40
#define NDIS_GFP_HEADER_PRESENT_NO_ENCAP                                       0x40
#define NDIS_GFT_HTP_COPY_WHEN_TCP_FLAG_SET                                    0x40
#define NDIS_GFT_OFFLOAD_CAPS_EGRESS_AGGREGATE_COUNTERS                        0x40
#define NDIS_GFT_OFFLOAD_CAPS_EXT_VPORT_INGRESS_EXACT_MATCH                    0x40
#define NDIS_GFT_OFFLOAD_CAPS_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE 0x40
#define NDIS_GFT_VPORT_MAX_DSCP_MASK_COUNTER_OBJECTS                           0x40
#define NDIS_GFT_WCFE_CUSTOM_ACTION_PRESENT                                    0x40
#define NDIS_GFP_HEADER_FIELD_DEST_IP_ADDR                                     0x80
#define NDIS_GFP_HEADER_PRESENT_IP_IN_IP_ENCAP                                 0x80
#define NDIS_GFT_HTP_CUSTOM_ACTION_PRESENT                                     0x80
#define NDIS_GFT_OFFLOAD_CAPS_EXT_VPORT_EGRESS_EXACT_MATCH                     0x80
#define NDIS_GFT_OFFLOAD_CAPS_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE  0x80
#define NDIS_GFT_OFFLOAD_CAPS_TRACK_TCP_FLOW_STATE                             0x80
#define NDIS_GFP_HEADER_FIELD_TTL                                              0x100
#define NDIS_GFP_HEADER_PRESENT_IP_IN_GRE_ENCAP                                0x100
#define NDIS_GFT_HTP_META_ACTION_BEFORE_HEADER_TRANSPOSITION                   0x100
#define NDIS_GFT_OFFLOAD_CAPS_COMBINED_COUNTER_AND_STATE                       0x100
#define NDIS_GFT_OFFLOAD_CAPS_COPY_ALL                                         0x100
#define NDIS_GFT_RESERVED_CUSTOM_ACTIONS                                       0x100
#define NDIS_GFP_HEADER_FIELD_IP_PROTOCOL                                      0x200
#define NDIS_GFP_HEADER_PRESENT_NVGRE_ENCAP                                    0x200
#define NDIS_GFT_OFFLOAD_CAPS_COPY_FIRST                                       0x200
#define NDIS_GFP_HEADER_FIELD_IP_DSCP                                          0x400
#define NDIS_GFP_HEADER_PRESENT_VXLAN_ENCAP                                    0x400
#define NDIS_GFT_OFFLOAD_CAPS_COPY_WHEN_TCP_FLAG_SET                           0x400
#define NDIS_GFP_HEADER_FIELD_TRANSPORT_SRC_PORT                               0x800
#define NDIS_GFP_HEADER_PRESENT_ESP                                            0x800
#define NDIS_GFT_OFFLOAD_CAPS_SAMPLE                                           0x800
#define NDIS_GFP_HEADER_FIELD_TRANSPORT_DEST_PORT                              0x1000
#define NDIS_GFT_EMFE_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT                       0x1000
#define NDIS_GFT_OFFLOAD_CAPS_META_ACTION_BEFORE_HEADER_TRANSPOSITION          0x1000
#define NDIS_GFP_HEADER_FIELD_TCP_FLAGS                                        0x2000
#define NDIS_GFT_EMFE_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT                        0x2000
#define NDIS_GFT_OFFLOAD_CAPS_META_ACTION_AFTER_HEADER_TRANSPOSITION           0x2000
#define NDIS_GFP_HEADER_FIELD_TENANT_ID                                        0x4000
#define NDIS_GFT_EMFE_REDIRECT_TO_INGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE         0x4000
#define NDIS_GFT_OFFLOAD_CAPS_PER_VPORT_EXCEPTION_VPORT                        0x4000
#define NDIS_GFP_HEADER_FIELD_ENTROPY                                          0x8000
#define NDIS_GFT_EMFE_REDIRECT_TO_EGRESS_QUEUE_OF_VPORT_IF_TTL_IS_ONE          0x8000
#define NDIS_GFT_OFFLOAD_CAPS_DESIGNATED_EXCEPTION_VPORT                       0x8000
#define NDIS_GFP_HEADER_FIELD_ICMP_TYPE                                        0x10000
#define NDIS_GFT_EMFE_COPY_ALL_PACKETS                                         0x10000
#define NDIS_GFT_FLOW_ENTRY_ID_ARRAY_COUNTER_VALUES                            0x10000
#define NDIS_GFT_OFFLOAD_CAPS_DSCP_MASK                                        0x10000
#define NDIS_GFP_HEADER_FIELD_ICMP_CODE                                        0x20000
#define NDIS_GFT_EMFE_COPY_FIRST_PACKET                                        0x20000
#define NDIS_GFT_OFFLOAD_CAPS_8021P_PRIORITY_MASK                              0x20000
#define NDIS_GFP_HEADER_FIELD_OOB_VLAN                                         0x40000
#define NDIS_GFT_EMFE_COPY_WHEN_TCP_FLAG_SET                                   0x40000
#define NDIS_GFT_OFFLOAD_CAPS_ALLOW                                            0x40000
#define NDIS_GFP_HEADER_FIELD_OOB_TENANT_ID                                    0x80000
#define NDIS_GFT_EMFE_CUSTOM_ACTION_PRESENT                                    0x80000
#define NDIS_GFT_OFFLOAD_CAPS_DROP                                             0x80000
#define NDIS_GFT_VPORT_PARAMS_CUSTOM_PROVIDER_RESERVED                         0xFF000
#define NDIS_GFP_HEADER_FIELD_GRE_PROTOCOL                                     0x100000
#define NDIS_GFT_EMFE_META_ACTION_BEFORE_HEADER_TRANSPOSITION                  0x100000
#define NDIS_GFT_VPORT_ENABLE_STATE_CHANGED                                    0x100000
#define NDIS_GFT_EMFE_COPY_AFTER_TCP_FIN_FLAG_SET                              0x200000
#define NDIS_GFT_VPORT_EXCEPTION_VPORT_CHANGED                                 0x200000
#define NDIS_GFT_EMFE_COPY_AFTER_TCP_RST_FLAG_SET                              0x400000
#define NDIS_GFT_VPORT_SAMPLING_RATE_CHANGED                                   0x400000
#define NDIS_GFT_VPORT_DSCP_MASK_CHANGED                                       0x800000
#define NDIS_GFT_EMFE_COPY_CONDITION_CHANGED                                   0x1000000
#define NDIS_GFT_VPORT_PRIORITY_MASK_CHANGED                                   0x1000000
#define NDIS_GFT_EMFE_ALL_VPORT_FLOW_ENTRIES                                   0x2000000
#define NDIS_GFT_VPORT_VXLAN_SETTINGS_CHANGED                                  0x2000000
#define NDIS_GFT_VPORT_DSCP_FLAGS_CHANGED                                      0x4000000
#define NDIS_GFT_OFFLOAD_PARAMETERS_CUSTOM_PROVIDER_RESERVED                   0xFF000000
#define NDIS_GFT_VPORT_PARAMS_CHANGE_MASK                                      0xFFF00000

typedef enum _NDIS_GFP_TABLE_TYPE {
    NdisGfpTableTypeUndefined,
    NdisGfpTableTypeWildcardIngress,
    NdisGfpTableTypeWildcardEgress,
    NdisGfpTableTypeExactMatchIngress,
    NdisGfpTableTypeExactMatchEgress,
    NdisGfpTableTypePacketDirect,
    NdisGfpTableTypeMax,
} NDIS_GFP_TABLE_TYPE,
    *PNDIS_GFP_TABLE_TYPE;

typedef enum _NDIS_GFP_WILDCARD_MATCH_TYPE {
    NdisGfpWildcardMatchTypeUndefined,
    NdisGfpWildcardMatchTypeEqual,
    NdisGfpWildcardMatchTypeMaskEqual,
    NdisGfpWildcardMatchTypeInRange,
    NdisGfpWildcardMatchTypeMax,
} NDIS_GFP_WILDCARD_MATCH_TYPE,
    *PNDIS_GFP_WILDCARD_MATCH_TYPE;

typedef enum _NDIS_GFT_COUNTER_TYPE {
    NdisGftCounterTypeUndefined,
    NdisGftCounterTypePacket,
    NdisGftCounterTypeByte,
    NdisGftCounterTypePacketByte,
    NdisGftCounterTypePacketByteAndState,
    NdisGftCounterTypeMax,
} NDIS_GFT_COUNTER_TYPE,
    *PNDIS_GFT_COUNTER_TYPE;

typedef enum _NDIS_GFT_COUNTER_UPDATE_FREQUENCY {
    NdisGftCounterUpdateFrequencyUndefined,
    NdisGftCounterUpdateFrequencyOnQuery,
    NdisGftCounterUpdateFrequencyPerUpdatePeriod,
    NdisGftCounterUpdateFrequencyPerPacket,
    NdisGftCounterUpdateFrequencyMax,
} NDIS_GFT_COUNTER_UPDATE_FREQUENCY,
    *PNDIS_GFT_COUNTER_UPDATE_FREQUENCY;

typedef enum _NDIS_GFT_COUNTER_VALUE_QUERY_METHOD {
    NdisGftQueryValueQueryMethodUndefined,
    NdisGftQueryValueQueryMethodUsingCounterIds,
    NdisGftQueryValueQueryMethodUsingFlowEntryIds,
    NdisGftQueryValueQueryMethodVPortFlowEntries,
    NdisGftQueryValueQueryMethodAllFlowEntries,
    NdisGftQueryValueQueryMethodMax,
} NDIS_GFT_COUNTER_VALUE_QUERY_METHOD,
    *PNDIS_GFT_COUNTER_VALUE_QUERY_METHOD;

typedef enum _NDIS_GFT_FLOW_ENTRY_CACHE_HINT {
    NdisGftFlowEntryCacheHintUndefined,
    NdisGftFlowEntryCacheHintLowFrequency = 100,
    NdisGftFlowEntryCacheHintMediumFrequency = 200,
    NdisGftFlowEntryCacheHintHighFrequency = 300,
    NdisGftFlowEntryCacheHintMax = 1000,
} NDIS_GFT_FLOW_ENTRY_CACHE_HINT,
    *PNDIS_GFT_FLOW_ENTRY_CACHE_HINT;

typedef enum _NDIS_GFT_FLOW_ENTRY_STATE {
    NdisGftFlowEntryStateUndefined,
    NdisGftFlowEntryStateDeactivated,
    NdisGftFlowEntryStateActivated,
    NdisGftFlowEntryStateMax,
} NDIS_GFT_FLOW_ENTRY_STATE,
    *PNDIS_GFT_FLOW_ENTRY_STATE;

typedef enum _NDIS_GFT_FLOW_ENTRY_TYPE {
    NdisGftFlowEntryTypeUndefined,
    NdisGftFlowEntryTypeExactMatch,
    NdisGftFlowEntryTypeWildcard,
    NdisGftFlowEntryTypeMax,
} NDIS_GFT_FLOW_ENTRY_TYPE,
    *PNDIS_GFT_FLOW_ENTRY_TYPE;

typedef enum _NDIS_GFT_HEADER_GROUP_TRANSPOSITION_ACTION {
    NdisGftHeaderGroupTranspositionActionUndefined,
    NdisGftHeaderGroupTranspositionActionModify,
    NdisGftHeaderGroupTranspositionActionIgnore,
    NdisGftHeaderGroupTranspositionActionPush,
    NdisGftHeaderGroupTranspositionActionPop,
    NdisGftHeaderGroupTranspositionActionMax,
} NDIS_GFT_HEADER_GROUP_TRANSPOSITION_ACTION,
    *PNDIS_GFT_HEADER_GROUP_TRANSPOSITION_ACTION;

typedef enum _NDIS_GFT_PROFILE_TYPE {
    NdisGftProfileTypeUndefined,
    NdisGftProfileTypeExactMatch,
    NdisGftProfileTypeHeaderTransposition,
    NdisGftProfileTypeWildcardMatch,
    NdisGftProfileTypeMax,
} NDIS_GFT_PROFILE_TYPE,
    *PNDIS_GFT_PROFILE_TYPE;

typedef enum _NDIS_GFT_WILDCARD_ACTION {
    NdisGftWildcardActionUndefined,
    NdisGftWildcardActionAllow,
    NdisGftWildcardActionDrop,
    NdisGftWildcardActionMax,
} NDIS_GFT_WILDCARD_ACTION,
    *PNDIS_GFT_WILDCARD_ACTION;

/* Packet direct. */
#define NDIS_PD_CAPS_RECEIVE_FILTER_COUNTERS_SUPPORTED          1
#define NDIS_PD_CAPABILITIES_REVISION_1                         1
#define NDIS_PD_CONFIG_REVISION_1                               1
#define NDIS_PD_CAPS_DRAIN_NOTIFICATIONS_SUPPORTED              2
#define NDIS_PD_CAPS_NOTIFICATION_MODERATION_INTERVAL_SUPPORTED 4
#define NDIS_PD_CAPS_NOTIFICATION_MODERATION_COUNT_SUPPORTED    8
#define NDIS_PD_QUEUE_COUNT_DYNAMIC                             0xFFFFFFFF

EXTERN_C_END

#endif
