/* crypto.h - numbers of IPsec, switch and packet direct interfaces that condis does not model. */
#ifndef CONDIS_NT_NDIS_CRYPTO_H
#define CONDIS_NT_NDIS_CRYPTO_H

/* Results of IPsec work, in out of band data. */
#define CRYPTO_SUCCESS                   0
#define CRYPTO_GENERIC_ERROR             1
#define CRYPTO_TRANSPORT_AH_AUTH_FAILED  2
#define CRYPTO_TRANSPORT_ESP_AUTH_FAILED 3
#define CRYPTO_TUNNEL_AH_AUTH_FAILED     4
#define CRYPTO_TUNNEL_ESP_AUTH_FAILED    5
#define CRYPTO_INVALID_PACKET_SYNTAX     6
#define CRYPTO_INVALID_PROTOCOL          7

/* UDP encapsulation. */
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_NONE                  0
#define IPSEC_OFFLOAD_V2_ESN_SA                                      1
#define IPSEC_OFFLOAD_V2_INBOUND                                     1
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_TRANSPORT             1
#define IPSEC_TPT_UDPESP_ENCAPTYPE_IKE                               1
#define IPSEC_OFFLOAD_V2_MAX_EXTENSION_HEADERS                       2
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_TUNNEL                2
#define IPSEC_TUN_UDPESP_ENCAPTYPE_IKE                               2
#define IPSEC_OFFLOAD_V2_TRANSPORT_OVER_UDP_ESP_ENCAPSULATION_TUNNEL 4
#define IPSEC_TPTOVERTUN_UDPESP_ENCAPTYPE_IKE                        4
#define MAX_HASHES                                                   4
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_TRANSPORT_OVER_TUNNEL 8
#define IPSEC_TPT_UDPESP_OVER_PURE_TUN_ENCAPTYPE_IKE                 8
#define TRUNCATED_HASH_LEN                                           0xC
#define IPSEC_OFFLOAD_V2_IPv6                                        0x10
#define IPSEC_TPT_UDPESP_ENCAPTYPE_OTHER                             0x10
#define IPSEC_TUN_UDPESP_ENCAPTYPE_OTHER                             0x20
#define IPSEC_TPTOVERTUN_UDPESP_ENCAPTYPE_OTHER                      0x40
#define IPSEC_TPT_UDPESP_OVER_PURE_TUN_ENCAPTYPE_OTHER               0x80

typedef enum _IPSEC_OFFLOAD_V2_OPERATION {
    IPsecOffloadV2Ah = 1,
    IPsecOffloadV2Esp,
    IPsecOffloadV2Max,
} IPSEC_OFFLOAD_V2_OPERATION,
    *PIPSEC_OFFLOAD_V2_OPERATION;

/* String formats. */
#define STRINGFORMAT_ASCII   1
#define STRINGFORMAT_DBCS    2
#define STRINGFORMAT_UNICODE 3
#define STRINGFORMAT_BINARY  4

/* Switches, flow tables, packet direct. */
#define NDIS_PD_NOTIFICATION_GROUP_ID_NONE                        0
#define NDIS_SWITCH_DEFAULT_NIC_INDEX                             0
#define NDIS_SWITCH_DEFAULT_PORT_ID                               0
#define NDIS_GFT_OFFLOAD_INFO_DIRECTION_INGRESS                   1
#define NDIS_PD_ACQUIRE_QUEUES_FLAG_DRAIN_NOTIFICATION            1
#define NDIS_PD_QUEUE_FLAG_DRAIN_NOTIFICATION                     1
#define PD_BUFFER_ATTR_BUILT_IN_DATA_BUFFER                       1
#define PD_BUFFER_FLAG_PARTIAL_PACKET_HEAD                        1
#define NDIS_PD_ACQUIRE_QUEUES_PARAMETERS_REVISION_1              1
#define NDIS_PD_CLOSE_PROVIDER_PARAMETERS_REVISION_1              1
#define NDIS_PD_COUNTER_PARAMETERS_REVISION_1                     1
#define NDIS_PD_FILTER_PARAMETERS_REVISION_1                      1
#define NDIS_PD_OPEN_PROVIDER_PARAMETERS_REVISION_1               1
#define NDIS_PD_PROVIDER_DISPATCH_REVISION_1                      1
#define NDIS_PD_QUEUE_DISPATCH_REVISION_1                         1
#define NDIS_PD_QUEUE_PARAMETERS_REVISION_1                       1
#define NDIS_PD_QUEUE_REVISION_1                                  1
#define NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY_REVISION_1       1
#define NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO_REVISION_1  1
#define NDIS_SWITCH_NIC_STATUS_INDICATION_REVISION_1              1
#define NDIS_SWITCH_OPTIONAL_HANDLERS_REVISION_1                  1
#define NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_DESTINATIONS     1
#define NDIS_SWITCH_REPORT_FILTERED_NBL_FLAGS_IS_INCOMING         1
#define NDIS_GFT_OFFLOAD_INFO_EXCEPTION_PACKET                    2
#define PD_BUFFER_MIN_RX_DATA_START_ALIGNMENT                     2
#define PD_BUFFER_MIN_TX_DATA_START_ALIGNMENT                     2
#define NDIS_SWITCH_OPTIONAL_HANDLERS_REVISION_2                  2
#define NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_SWITCH_INFO_ONLY 2
#define NDIS_GFT_OFFLOAD_INFO_COPY_PACKET                         4
#define NDIS_GFT_OFFLOAD_INFO_SAMPLE_PACKET                       8
#define NDIS_SWITCH_OPTIONAL_HANDLERS_PD_RESERVED_SIZE            0xE
#define PD_BUFFER_MIN_RX_DATA_START_VALUE                         0x20
#define NDIS_PD_INVALID_TRAFFIC_CLASS_ID                          0xFFFFFFFF

/* Others. */
#define NDIS_TASK_OFFLOAD_VERSION 1
#define NDIS_M_MAX_LOOKAHEAD      0x20E

#endif
