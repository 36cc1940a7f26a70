/* qos.h - flow specifications of connections. */
#ifndef CONDIS_NT_QOS_H
#define CONDIS_NT_QOS_H

#include "ntdef.h"

EXTERN_C_START

typedef ULONG SERVICETYPE;

/* Service types. */
#define SERVICETYPE_NOTRAFFIC           0x00000000
#define SERVICETYPE_BESTEFFORT          0x00000001
#define SERVICETYPE_CONTROLLEDLOAD      0x00000002
#define SERVICETYPE_GUARANTEED          0x00000003
#define SERVICETYPE_NETWORK_UNAVAILABLE 0x00000004
#define SERVICETYPE_GENERAL_INFORMATION 0x00000005
#define SERVICETYPE_NOCHANGE            0x00000006
#define SERVICETYPE_NONCONFORMING       0x00000009
#define SERVICETYPE_NETWORK_CONTROL     0x0000000A
#define SERVICETYPE_QUALITATIVE         0x0000000D
#define SERVICE_NO_QOS_SIGNALING        0x40000000
#define SERVICE_BESTEFFORT              0x80010000
#define SERVICE_CONTROLLEDLOAD          0x80020000
#define SERVICE_GUARANTEED              0x80040000
#define SERVICE_QUALITATIVE             0x80200000
#define SERVICE_NO_TRAFFIC_CONTROL      0x81000000

/* What one direction of a call asks for, in bytes, bytes per second and microseconds. */
typedef struct _flowspec {
    ULONG TokenRate;
    ULONG TokenBucketSize;
    ULONG PeakBandwidth;
    ULONG Latency;
    ULONG DelayVariation;
    SERVICETYPE ServiceType;
    ULONG MaxSduSize;
    ULONG MinimumPolicedSize;
} FLOWSPEC, *PFLOWSPEC, *LPFLOWSPEC;

/* Members that ask for nothing or for everything. */
#define POSITIVE_INFINITY_RATE 0xFFFFFFFE
#define QOS_NOT_SPECIFIED      0xFFFFFFFF

/* Objects that may follow a FLOWSPEC. */
#define QOS_GENERAL_ID_BASE     0x7D0
#define QOS_OBJECT_END_OF_LIST  0x7D1
#define QOS_OBJECT_SD_MODE      0x7D2
#define QOS_OBJECT_SHAPING_RATE 0x7D3
#define QOS_OBJECT_DESTADDR     0x7D4

/* What happens to traffic that exceeds its contract. */
#define TC_NONCONF_BORROW      0
#define TC_NONCONF_SHAPE       1
#define TC_NONCONF_DISCARD     2
#define TC_NONCONF_BORROW_PLUS 3

EXTERN_C_END

#endif
