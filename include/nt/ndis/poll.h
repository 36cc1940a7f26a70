/* poll.h - polled execution of adapters, NDIS 6.85 and later. */
#ifndef CONDIS_NT_NDIS_POLL_H
#define CONDIS_NT_NDIS_POLL_H

#include "types.h"
#include "nbl.h"

EXTERN_C_START

#if NDIS_SUPPORT_NDIS685
typedef struct _NDIS_POLL_HANDLE *NDIS_POLL_HANDLE;

typedef struct _NDIS_POLL_TRANSMIT_DATA {
    ULONG MaxNblsToComplete;
    ULONG Reserved1;
    PNET_BUFFER_LIST CompletedNblChain;
    ULONG NumberOfCompletedNbls;
    ULONG NumberOfRemainingNbls;
    ULONG SendCompleteFlags;
    ULONG Reserved2;
    PVOID Reserved3[5];
} NDIS_POLL_TRANSMIT_DATA;

typedef struct _NDIS_POLL_RECEIVE_DATA {
    ULONG MaxNblsToIndicate;
    ULONG Reserved1;
    PNET_BUFFER_LIST IndicatedNblChain;
    ULONG NumberOfIndicatedNbls;
    ULONG NumberOfRemainingNbls;
    ULONG Flags;
    ULONG Reserved2;
    PVOID Reserved3[5];
} NDIS_POLL_RECEIVE_DATA;

typedef struct _NDIS_POLL_DATA {
    NDIS_OBJECT_HEADER Header;
    NDIS_POLL_TRANSMIT_DATA Transmit;
    NDIS_POLL_RECEIVE_DATA Receive;
} NDIS_POLL_DATA;

typedef struct _NDIS_POLL_NOTIFICATION {
    NDIS_OBJECT_HEADER Header;
    BOOLEAN Enabled;
} NDIS_POLL_NOTIFICATION;

typedef VOID(NTAPI NDIS_POLL)(PVOID Context, NDIS_POLL_DATA *PollData);
typedef VOID(NTAPI NDIS_SET_POLL_NOTIFICATION)(PVOID Context, NDIS_POLL_NOTIFICATION *Notification);

typedef struct _NDIS_POLL_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    NDIS_SET_POLL_NOTIFICATION *SetPollNotificationHandler;
    NDIS_POLL *PollHandler;
} NDIS_POLL_CHARACTERISTICS;

NDISAPI NDIS_STATUS NTAPI NdisRegisterPoll(NDIS_HANDLE NdisHandle, PVOID Context,
                                           const NDIS_POLL_CHARACTERISTICS *Characteristics,
                                           NDIS_POLL_HANDLE *PollHandle);
NDISAPI VOID NTAPI NdisDeregisterPoll(NDIS_POLL_HANDLE PollHandle);
NDISAPI VOID NTAPI NdisRequestPoll(NDIS_POLL_HANDLE PollHandle, PVOID Reserved);
NDISAPI VOID NTAPI NdisSetPollAffinity(NDIS_POLL_HANDLE PollHandle,
                                       const PROCESSOR_NUMBER *PollAffinity);
#endif

#define NDIS_POLL_CHARACTERISTICS_REVISION_1 1
#define NDIS_POLL_DATA_REVISION_1            1
#define NDIS_POLL_NOTIFICATION_REVISION_1    1
#define NDIS_SIZEOF_NDIS_POLL_CHARACTERISTICS_REVISION_1                                           \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_POLL_CHARACTERISTICS, PollHandler)
#define NDIS_SIZEOF_NDIS_POLL_DATA_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_POLL_DATA, Receive)
#define NDIS_SIZEOF_NDIS_POLL_NOTIFICATION_REVISION_1                                              \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_POLL_NOTIFICATION, Enabled)

#define NDIS_ANY_NUMBER_OF_NBLS 0xFFFFFFFF

EXTERN_C_END

#endif
