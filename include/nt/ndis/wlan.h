/* wlan.h - numbers of wireless OIDs. The structures are not declared: they are not part of CoNDIS.
 */
#ifndef CONDIS_NT_NDIS_WLAN_H
#define CONDIS_NT_NDIS_WLAN_H

typedef enum _NDIS_802_11_AUTHENTICATION_MODE {
    Ndis802_11AuthModeOpen,
    Ndis802_11AuthModeShared,
    Ndis802_11AuthModeAutoSwitch,
    Ndis802_11AuthModeWPA,
    Ndis802_11AuthModeWPAPSK,
    Ndis802_11AuthModeWPANone,
    Ndis802_11AuthModeWPA2,
    Ndis802_11AuthModeWPA2PSK,
    Ndis802_11AuthModeWPA3,
    Ndis802_11AuthModeWPA3Ent192 = 8,
    Ndis802_11AuthModeWPA3SAE,
    Ndis802_11AuthModeOWE,
    Ndis802_11AuthModeWPA3Ent,
    Ndis802_11AuthModeMax,
} NDIS_802_11_AUTHENTICATION_MODE,
    *PNDIS_802_11_AUTHENTICATION_MODE;

typedef enum _NDIS_802_11_MEDIA_STREAM_MODE {
    Ndis802_11MediaStreamOff,
    Ndis802_11MediaStreamOn,
} NDIS_802_11_MEDIA_STREAM_MODE,
    *PNDIS_802_11_MEDIA_STREAM_MODE;

typedef enum _NDIS_802_11_NETWORK_INFRASTRUCTURE {
    Ndis802_11IBSS,
    Ndis802_11Infrastructure,
    Ndis802_11AutoUnknown,
    Ndis802_11InfrastructureMax,
} NDIS_802_11_NETWORK_INFRASTRUCTURE,
    *PNDIS_802_11_NETWORK_INFRASTRUCTURE;

typedef enum _NDIS_802_11_NETWORK_TYPE {
    Ndis802_11FH,
    Ndis802_11DS,
    Ndis802_11OFDM5,
    Ndis802_11OFDM24,
    Ndis802_11Automode,
    Ndis802_11NetworkTypeMax,
} NDIS_802_11_NETWORK_TYPE,
    *PNDIS_802_11_NETWORK_TYPE;

typedef enum _NDIS_802_11_POWER_MODE {
    Ndis802_11PowerModeCAM,
    Ndis802_11PowerModeMAX_PSP,
    Ndis802_11PowerModeFast_PSP,
    Ndis802_11PowerModeMax,
} NDIS_802_11_POWER_MODE,
    *PNDIS_802_11_POWER_MODE;

typedef enum _NDIS_802_11_PRIVACY_FILTER {
    Ndis802_11PrivFilterAcceptAll,
    Ndis802_11PrivFilter8021xWEP,
} NDIS_802_11_PRIVACY_FILTER,
    *PNDIS_802_11_PRIVACY_FILTER;

typedef enum _NDIS_802_11_RADIO_STATUS {
    Ndis802_11RadioStatusOn,
    Ndis802_11RadioStatusHardwareOff,
    Ndis802_11RadioStatusSoftwareOff,
    Ndis802_11RadioStatusHardwareSoftwareOff,
    Ndis802_11RadioStatusMax,
} NDIS_802_11_RADIO_STATUS,
    *PNDIS_802_11_RADIO_STATUS;

typedef enum _NDIS_802_11_RELOAD_DEFAULTS {
    Ndis802_11ReloadWEPKeys,
} NDIS_802_11_RELOAD_DEFAULTS,
    *PNDIS_802_11_RELOAD_DEFAULTS;

typedef enum _NDIS_802_11_STATUS_TYPE {
    Ndis802_11StatusType_Authentication,
    Ndis802_11StatusType_MediaStreamMode,
    Ndis802_11StatusType_PMKID_CandidateList,
    Ndis802_11StatusTypeMax,
} NDIS_802_11_STATUS_TYPE,
    *PNDIS_802_11_STATUS_TYPE;

typedef enum _NDIS_802_11_WEP_STATUS {
    Ndis802_11Encryption1Enabled,
    Ndis802_11WEPEnabled = 0,
    Ndis802_11EncryptionDisabled,
    Ndis802_11WEPDisabled = 1,
    Ndis802_11Encryption1KeyAbsent,
    Ndis802_11WEPKeyAbsent = 2,
    Ndis802_11EncryptionNotSupported,
    Ndis802_11WEPNotSupported = 3,
    Ndis802_11Encryption2Enabled,
    Ndis802_11Encryption2KeyAbsent,
    Ndis802_11Encryption3Enabled,
    Ndis802_11Encryption3KeyAbsent,
} NDIS_802_11_WEP_STATUS,
    *PNDIS_802_11_WEP_STATUS;

/* Flags. */
#define NDIS_802_11_AI_REQFI_CAPABILITIES           1
#define NDIS_802_11_AI_RESFI_CAPABILITIES           1
#define NDIS_802_11_AUTH_REQUEST_REAUTH             1
#define NDIS_802_11_PMKID_CANDIDATE_PREAUTH_ENABLED 1
#define NDIS_802_11_AI_REQFI_LISTENINTERVAL         2
#define NDIS_802_11_AI_RESFI_STATUSCODE             2
#define NDIS_802_11_AUTH_REQUEST_KEYUPDATE          2
#define NDIS_802_11_AI_REQFI_CURRENTAPADDRESS       4
#define NDIS_802_11_AI_RESFI_ASSOCIATIONID          4
#define NDIS_802_11_AUTH_REQUEST_PAIRWISE_ERROR     6
#define NDIS_802_11_LENGTH_RATES                    8
#define NDIS_802_11_AUTH_REQUEST_GROUP_ERROR        0xE
#define NDIS_802_11_AUTH_REQUEST_AUTH_FIELDS        0xF
#define NDIS_802_11_LENGTH_RATES_EX                 0x10
#define NDIS_802_11_LENGTH_SSID                     0x20

#endif
