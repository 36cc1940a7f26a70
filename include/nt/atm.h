/* atm.h - addresses, information elements and call parameters of ATM connections. */
#ifndef CONDIS_NT_ATM_H
#define CONDIS_NT_ATM_H

#include "ntdef.h"

EXTERN_C_START

typedef ULONG ATM_AAL_TYPE, *PATM_AAL_TYPE;
typedef ULONG ATM_ADDRESSTYPE;
typedef ULONG ATM_SERVICE_CATEGORY, *PATM_SERVICE_CATEGORY;
typedef ULONG ATM_SERVICE_REGISTRY_TYPE;

/* Addresses. */
#define ATM_NSAP                  0
#define ATM_E164                  1
#define SAP_TYPE_NSAP             1
#define SAP_TYPE_E164             2
#define ATM_MAC_ADDRESS_LENGTH    6
#define ATM_ADDRESS_LENGTH        0x14
#define ATM_ADDR_BLANK_CHAR       0x20
#define ATM_ADDR_E164_START_CHAR  0x2B
#define ATM_ADDR_PUNCTUATION_CHAR 0x2E
#define SAP_FIELD_ANY_AESA_SEL    0xFFFFFFFA
#define SAP_FIELD_ANY_AESA_REST   0xFFFFFFFB
#define SAP_FIELD_ABSENT          0xFFFFFFFE
#define SAP_FIELD_ANY             0xFFFFFFFF

/* Adaptation layers. */
#define AAL5_SSCS_NULL              0
#define AAL5_MODE_MESSAGE           1
#define AAL5_SSCS_SSCOP_ASSURED     1
#define AAL_TYPE_AAL0               1
#define AAL5_MODE_STREAMING         2
#define AAL5_SSCS_SSCOP_NON_ASSURED 2
#define AAL_TYPE_AAL1               2
#define AAL5_SSCS_FRAME_RELAY       4
#define AAL_TYPE_AAL34              4
#define AAL_TYPE_AAL5               8

/* Service categories and registries. */
#define ATM_SERVICE_CATEGORY_CBR  1
#define ATM_SERVICE_REGISTRY_LECS 1
#define ATM_SERVICE_CATEGORY_VBR  2
#define ATM_SERVICE_REGISTRY_ANS  2
#define ATM_SERVICE_CATEGORY_UBR  4
#define ATM_SERVICE_CATEGORY_ABR  8

/* Bearer classes, traffic types, timing, clipping, user plane. */
#define BCOB_A           0
#define CLIP_NOT         0
#define QOS_CLASS0       0
#define TR_NOIND         0
#define TT_NOIND         0
#define UP_P2P           0
#define BCOB_C           1
#define QOS_CLASS1       1
#define TR_END_TO_END    1
#define UP_P2MP          1
#define BCOB_X           2
#define QOS_CLASS2       2
#define TR_NO_END_TO_END 2
#define QOS_CLASS3       3
#define QOS_CLASS4       4
#define TT_CBR           4
#define TT_VBR           8
#define CLIP_SUS         0x20

/* High and low layer information. */
#define BHLI_ISO                 0
#define BHLI_UserSpecific        1
#define BLLI_L2_ISO_1745         1
#define BHLI_HighLayerProfile    2
#define BLLI_L2_Q921             2
#define BHLI_VendorSpecificAppId 3
#define BLLI_L2_X25L             6
#define BLLI_L3_X25              6
#define BLLI_L2_X25M             7
#define BLLI_L3_ISO_8208         7
#define BLLI_L2_ELAPB            8
#define BLLI_L3_X223             8
#define BLLI_L2_HDLC_ARM         9
#define BLLI_L3_SIO_8473         9
#define BLLI_L2_HDLC_NRM         0xA
#define BLLI_L3_T70              0xA
#define BLLI_L2_HDLC_ABM         0xB
#define BLLI_L3_ISO_TR9577       0xB
#define BLLI_L2_LLC              0xC
#define BLLI_L2_X75              0xD
#define BLLI_L2_Q922             0xE
#define BLLI_L2_USER_SPECIFIED   0x10
#define BLLI_L3_USER_SPECIFIED   0x10
#define BLLI_L2_ISO_7776         0x11
#define BLLI_L3_IPI_SNAP         0x80
#define BLLI_L3_IPI_IP           0xCC

/* Causes. */
#define ATM_CAUSE_COND_UNKNOWN                      0
#define ATM_CAUSE_LOC_USER                          0
#define ATM_CAUSE_NA_NORMAL                         0
#define ATM_CAUSE_PU_PROVIDER                       0
#define ATM_CAUSE_REASON_USER                       0
#define ATM_CAUSE_COND_PERMANENT                    1
#define ATM_CAUSE_LOC_PRIVATE_LOCAL                 1
#define ATM_CAUSE_UNALLOCATED_NUMBER                1
#define ATM_CAUSE_COND_TRANSIENT                    2
#define ATM_CAUSE_LOC_PUBLIC_LOCAL                  2
#define ATM_CAUSE_NO_ROUTE_TO_TRANSIT_NETWORK       2
#define ATM_CAUSE_LOC_TRANSIT_NETWORK               3
#define ATM_CAUSE_NO_ROUTE_TO_DESTINATION           3
#define ATM_CAUSE_LOC_PUBLIC_REMOTE                 4
#define ATM_CAUSE_NA_ABNORMAL                       4
#define ATM_CAUSE_REASON_IE_MISSING                 4
#define ATM_CAUSE_LOC_PRIVATE_REMOTE                5
#define ATM_CAUSE_LOC_INTERNATIONAL_NETWORK         7
#define ATM_CAUSE_PU_USER                           8
#define ATM_CAUSE_REASON_IE_INSUFFICIENT            8
#define ATM_CAUSE_LOC_BEYOND_INTERWORKING           0xA
#define ATM_CAUSE_VPI_VCI_UNACCEPTABLE              0xA
#define ATM_CAUSE_NORMAL_CALL_CLEARING              0x10
#define ATM_CAUSE_USER_BUSY                         0x11
#define ATM_CAUSE_NO_USER_RESPONDING                0x12
#define ATM_CAUSE_CALL_REJECTED                     0x15
#define ATM_CAUSE_NUMBER_CHANGED                    0x16
#define ATM_CAUSE_USER_REJECTS_CLIR                 0x17
#define ATM_CAUSE_DESTINATION_OUT_OF_ORDER          0x1B
#define ATM_CAUSE_INVALID_NUMBER_FORMAT             0x1C
#define ATM_CAUSE_STATUS_ENQUIRY_RESPONSE           0x1E
#define ATM_CAUSE_NORMAL_UNSPECIFIED                0x1F
#define ATM_CAUSE_VPI_VCI_UNAVAILABLE               0x23
#define ATM_CAUSE_NETWORK_OUT_OF_ORDER              0x26
#define ATM_CAUSE_TEMPORARY_FAILURE                 0x29
#define ATM_CAUSE_ACCESS_INFORMAION_DISCARDED       0x2B
#define ATM_CAUSE_NO_VPI_VCI_AVAILABLE              0x2D
#define ATM_CAUSE_RESOURCE_UNAVAILABLE              0x2F
#define ATM_CAUSE_QOS_UNAVAILABLE                   0x31
#define ATM_CAUSE_USER_CELL_RATE_UNAVAILABLE        0x33
#define ATM_CAUSE_BEARER_CAPABILITY_UNAUTHORIZED    0x39
#define ATM_CAUSE_BEARER_CAPABILITY_UNAVAILABLE     0x3A
#define ATM_CAUSE_OPTION_UNAVAILABLE                0x3F
#define ATM_CAUSE_BEARER_CAPABILITY_UNIMPLEMENTED   0x41
#define ATM_CAUSE_UNSUPPORTED_TRAFFIC_PARAMETERS    0x49
#define ATM_CAUSE_INVALID_CALL_REFERENCE            0x51
#define ATM_CAUSE_CHANNEL_NONEXISTENT               0x52
#define ATM_CAUSE_INCOMPATIBLE_DESTINATION          0x58
#define ATM_CAUSE_INVALID_ENDPOINT_REFERENCE        0x59
#define ATM_CAUSE_INVALID_TRANSIT_NETWORK_SELECTION 0x5B
#define ATM_CAUSE_TOO_MANY_PENDING_ADD_PARTY        0x5C
#define ATM_CAUSE_AAL_PARAMETERS_UNSUPPORTED        0x5D
#define ATM_CAUSE_MANDATORY_IE_MISSING              0x60
#define ATM_CAUSE_UNIMPLEMENTED_MESSAGE_TYPE        0x61
#define ATM_CAUSE_UNIMPLEMENTED_IE                  0x63
#define ATM_CAUSE_INVALID_IE_CONTENTS               0x64
#define ATM_CAUSE_INVALID_STATE_FOR_MESSAGE         0x65
#define ATM_CAUSE_RECOVERY_ON_TIMEOUT               0x66
#define ATM_CAUSE_INCORRECT_MESSAGE_LENGTH          0x68
#define ATM_CAUSE_PROTOCOL_ERROR                    0x6F

/* Transit networks, rates, media parameters. */
#define ATM_FLOW_PARAMS_RSVD1_MPP              1
#define ATM_MEDIA_SPECIFIC                     1
#define TNS_PLAN_CARRIER_ID_CODE               1
#define TNS_TYPE_NATIONAL                      0x40
#define ATM_USER_DATA_RATE_IBM_25              0x378E4
#define ATM_USER_DATA_RATE_SONET_155           0x14B21D
#define ATM_CELL_TRANSFER_CAPACITY_IBM_25      0x17F6426
#define ATM_PHYS_RATE_IBM_25                   0x186A000
#define ATM_CELL_TRANSFER_CAPACITY_SONET_STS3C 0x8ED2800
#define ATM_PHYS_RATE_SONET_STS3C              0x9450C00

/* Flags of calls. */
#define CALLMGR_SPECIFIC_Q2931 1
#define CO_FLAG_SIGNALING_VC   1
#define CO_FLAG_NO_DEST_SAP    2
#define CO_FLAG_NO_LOCAL_SAP   4

typedef enum _Q2931_IE_TYPE {
    IE_AALParameters,
    IE_TrafficDescriptor,
    IE_BroadbandBearerCapability,
    IE_BHLI,
    IE_BLLI,
    IE_CalledPartyNumber,
    IE_CalledPartySubaddress,
    IE_CallingPartyNumber,
    IE_CallingPartySubaddress,
    IE_Cause,
    IE_QOSClass,
    IE_TransitNetworkSelection,
    IE_BroadbandSendingComplete,
    IE_LIJCallId,
    IE_Raw,
} Q2931_IE_TYPE;

typedef struct _ATM_ADDRESS {
    ATM_ADDRESSTYPE AddressType;
    ULONG NumberOfDigits;
    UCHAR Address[20];
} ATM_ADDRESS, *PATM_ADDRESS;

typedef struct _Q2931_IE {
    Q2931_IE_TYPE IEType;
    ULONG IELength;
    UCHAR IE[1];
} Q2931_IE, *PQ2931_IE;

typedef struct _AAL1_PARAMETERS {
    UCHAR Subtype;
    UCHAR CBRRate;
    USHORT Multiplier;
    UCHAR SourceClockRecoveryMethod;
    UCHAR ErrorCorrectionMethod;
    USHORT StructuredDataTransferBlocksize;
    UCHAR PartiallyFilledCellsMethod;
} AAL1_PARAMETERS, *PAAL1_PARAMETERS;

typedef struct _AAL34_PARAMETERS {
    USHORT ForwardMaxCPCSSDUSize;
    USHORT BackwardMaxCPCSSDUSize;
    USHORT LowestMID;
    USHORT HighestMID;
    UCHAR SSCSType;
} AAL34_PARAMETERS, *PAAL34_PARAMETERS;

typedef struct _AAL5_PARAMETERS {
    ULONG ForwardMaxCPCSSDUSize;
    ULONG BackwardMaxCPCSSDUSize;
    UCHAR Mode;
    UCHAR SSCSType;
} AAL5_PARAMETERS, *PAAL5_PARAMETERS;

typedef struct _AALUSER_PARAMETERS {
    ULONG UserDefined;
} AALUSER_PARAMETERS, *PAALUSER_PARAMETERS;

typedef struct _AAL_PARAMETERS_IE {
    ATM_AAL_TYPE AALType;
    union {
        AAL1_PARAMETERS AAL1Parameters;
        AAL34_PARAMETERS AAL34Parameters;
        AAL5_PARAMETERS AAL5Parameters;
        AALUSER_PARAMETERS AALUserParameters;
    } AALSpecificParameters;
} AAL_PARAMETERS_IE, *PAAL_PARAMETERS_IE;

typedef struct _ATM_TRAFFIC_DESCRIPTOR {
    ULONG PeakCellRateCLP0;
    ULONG PeakCellRateCLP01;
    ULONG SustainableCellRateCLP0;
    ULONG SustainableCellRateCLP01;
    ULONG MaximumBurstSizeCLP0;
    ULONG MaximumBurstSizeCLP01;
    BOOLEAN Tagging;
} ATM_TRAFFIC_DESCRIPTOR, *PATM_TRAFFIC_DESCRIPTOR;

typedef struct _ATM_TRAFFIC_DESCRIPTOR_IE {
    ATM_TRAFFIC_DESCRIPTOR ForwardTD;
    ATM_TRAFFIC_DESCRIPTOR BackwardTD;
    BOOLEAN BestEffort;
} ATM_TRAFFIC_DESCRIPTOR_IE, *PATM_TRAFFIC_DESCRIPTOR_IE;

typedef struct _ATM_BROADBAND_BEARER_CAPABILITY_IE {
    UCHAR BearerClass;
    UCHAR TrafficType;
    UCHAR TimingRequirements;
    UCHAR ClippingSusceptability;
    UCHAR UserPlaneConnectionConfig;
} ATM_BROADBAND_BEARER_CAPABILITY_IE, *PATM_BROADBAND_BEARER_CAPABILITY_IE;

typedef struct _ATM_BHLI_IE {
    ULONG HighLayerInfoType;
    ULONG HighLayerInfoLength;
    UCHAR HighLayerInfo[8];
} ATM_BHLI_IE, *PATM_BHLI_IE;

typedef struct _ATM_BLLI_IE {
    ULONG Layer2Protocol;
    UCHAR Layer2Mode;
    UCHAR Layer2WindowSize;
    ULONG Layer2UserSpecifiedProtocol;
    ULONG Layer3Protocol;
    UCHAR Layer3Mode;
    UCHAR Layer3DefaultPacketSize;
    UCHAR Layer3PacketWindowSize;
    ULONG Layer3UserSpecifiedProtocol;
    ULONG Layer3IPI;
    UCHAR SnapId[5];
} ATM_BLLI_IE, *PATM_BLLI_IE;

typedef struct _ATM_CALLING_PARTY_NUMBER_IE {
    ATM_ADDRESS Number;
    UCHAR PresentationIndication;
    UCHAR ScreeningIndicator;
} ATM_CALLING_PARTY_NUMBER_IE, *PATM_CALLING_PARTY_NUMBER_IE;

typedef struct _ATM_BROADBAND_SENDING_COMPLETE_IE {
    UCHAR SendingComplete;
} ATM_BROADBAND_SENDING_COMPLETE_IE, *PATM_BROADBAND_SENDING_COMPLETE_IE;

typedef struct _ATM_TRANSIT_NETWORK_SELECTION_IE {
    UCHAR TypeOfNetworkId;
    UCHAR NetworkIdPlan;
    UCHAR NetworkIdLength;
    UCHAR NetworkId[1];
} ATM_TRANSIT_NETWORK_SELECTION_IE, *PATM_TRANSIT_NETWORK_SELECTION_IE;

typedef struct _ATM_CAUSE_IE {
    UCHAR Location;
    UCHAR Cause;
    UCHAR DiagnosticsLength;
    UCHAR Diagnostics[4];
} ATM_CAUSE_IE, *PATM_CAUSE_IE;

typedef struct _ATM_LIJ_CALLID_IE {
    ULONG Identifier;
} ATM_LIJ_CALLID_IE, *PATM_LIJ_CALLID_IE;

typedef struct _ATM_RAW_IE {
    ULONG RawIELength;
    ULONG RawIEType;
    UCHAR RawIEValue[1];
} ATM_RAW_IE, *PATM_RAW_IE;

typedef struct _Q2931_CALLMGR_PARAMETERS {
    ATM_ADDRESS CalledParty;
    ATM_ADDRESS CallingParty;
    ULONG InfoElementCount;
    UCHAR InfoElements[1];
} Q2931_CALLMGR_PARAMETERS, *PQ2931_CALLMGR_PARAMETERS;

typedef struct _ATM_VPIVCI {
    ULONG Vpi;
    ULONG Vci;
} ATM_VPIVCI, *PATM_VPIVCI;

typedef struct _ATM_FLOW_PARAMETERS {
    ATM_SERVICE_CATEGORY ServiceCategory;
    ULONG AverageCellRate;
    ULONG PeakCellRate;
    ULONG MinimumCellRate;
    ULONG InitialCellRate;
    ULONG BurstLengthCells;
    ULONG MaxSduSize;
    ULONG TransientBufferExposure;
    ULONG CumulativeRMFixedRTT;
    UCHAR RateIncreaseFactor;
    UCHAR RateDecreaseFactor;
    USHORT ACRDecreaseTimeFactor;
    UCHAR MaximumCellsPerForwardRMCell;
    UCHAR MaximumForwardRMCellInterval;
    UCHAR CutoffDecreaseFactor;
    UCHAR Reserved1;
    ULONG MissingRMCellCount;
    ULONG Reserved2;
    ULONG Reserved3;
} ATM_FLOW_PARAMETERS, *PATM_FLOW_PARAMETERS;

typedef struct _ATM_MEDIA_PARAMETERS {
    ATM_VPIVCI ConnectionId;
    ATM_AAL_TYPE AALType;
    ULONG CellDelayVariationCLP0;
    ULONG CellDelayVariationCLP1;
    ULONG CellLossRatioCLP0;
    ULONG CellLossRatioCLP1;
    ULONG CellTransferDelayCLP0;
    ULONG CellTransferDelayCLP1;
    ULONG DefaultCLP;
    ATM_FLOW_PARAMETERS Transmit;
    ATM_FLOW_PARAMETERS Receive;
} ATM_MEDIA_PARAMETERS, *PATM_MEDIA_PARAMETERS;

typedef struct _ATM_SAP {
    ATM_BLLI_IE Blli;
    ATM_BHLI_IE Bhli;
    ULONG NumberOfAddresses;
    UCHAR Addresses[1];
} ATM_SAP, *PATM_SAP;

typedef struct _ATM_PVC_SAP {
    ATM_BLLI_IE Blli;
    ATM_BHLI_IE Bhli;
} ATM_PVC_SAP, *PATM_PVC_SAP;

typedef struct _Q2931_ADD_PVC {
    ATM_ADDRESS CalledParty;
    ATM_ADDRESS CallingParty;
    ATM_VPIVCI ConnectionId;
    ATM_AAL_TYPE AALType;
    ATM_FLOW_PARAMETERS ForwardFP;
    ATM_FLOW_PARAMETERS BackwardFP;
    ULONG Flags;
    ATM_PVC_SAP LocalSap;
    ATM_PVC_SAP DestinationSap;
    BOOLEAN LIJIdPresent;
    ATM_LIJ_CALLID_IE LIJId;
} Q2931_ADD_PVC, *PQ2931_ADD_PVC;

typedef struct _Q2931_DELETE_PVC {
    ATM_VPIVCI ConnectionId;
} Q2931_DELETE_PVC, *PQ2931_DELETE_PVC;

typedef struct _ATM_VC_RATES_SUPPORTED {
    ULONG MinCellRate;
    ULONG MaxCellRate;
} ATM_VC_RATES_SUPPORTED, *PATM_VC_RATES_SUPPORTED;

typedef struct _ATM_AAL_OOB_INFO {
    ATM_AAL_TYPE AalType;
    union {
        struct {
            BOOLEAN CellLossPriority;
            UCHAR UserToUserIndication;
            UCHAR CommonPartIndicator;
        } ATM_AAL5_INFO;
        struct {
            BOOLEAN CellLossPriority;
            UCHAR PayLoadTypeIdentifier;
        } ATM_AAL0_INFO;
    };
} ATM_AAL_OOB_INFO, *PATM_AAL_OOB_INFO;

typedef struct _ATM_SERVICE_ADDRESS_LIST {
    ATM_SERVICE_REGISTRY_TYPE ServiceRegistryType;
    ULONG NumberOfAddressesAvailable;
    ULONG NumberOfAddressesReturned;
    ATM_ADDRESS Address[1];
} ATM_SERVICE_ADDRESS_LIST, *PATM_SERVICE_ADDRESS_LIST;

EXTERN_C_END

#endif
