/* driver.h - one small correct driver for each role, for rule drivers that spoil one thing in it.
 *
 * A rule driver says its role, spoils something, and includes this file:
 *
 *     #define ROLE_MCM              or ROLE_MINIPORT, ROLE_CALLMGR, ROLE_CLIENT, ROLE_PROTOCOL
 *     #define ON_CHARACTERISTICS(c) ((c)->HaltHandlerEx = NULL)
 *     #include "driver.h"
 *
 * Two ways to spoil: a hook (ON_xxx: statements at a place; xxx_RESULT(s): an expression that
 * replaces a status) and a whole function (OWN_Xxx: the file defines the function Xxx after the
 * include). What the hooks call is defined before the include, after `#include "view.h"`. Hooks see
 * the local variables of their place. All of them do nothing by default:
 *
 *   ON_ENTRY              DriverEntry begins
 *   ON_CHARACTERISTICS(c) before the registration          REGISTER(c) the registration itself
 *   ON_REGISTERED         after a successful registration  ENTRY_RESULT(s) what DriverEntry returns
 *   ON_SET_OPTIONS        SetOptions begins                SET_OPTIONS_RESULT(s) what it returns
 *   ON_CO(c) ON_CM(c) ON_CL(c)     before NdisSetOptionalHandlers with that structure
 *   ON_UNLOAD             the unload routine begins        ON_UNLOADED after the deregistration
 *   ON_INITIALIZE         MiniportInitializeEx begins, Adapter is allocated
 *   ON_REGISTRATION(a) ON_GENERAL(a)   before NdisMSetMiniportAttributes with that structure
 *   ON_ATTRIBUTES         after both were set              ON_INITIALIZED its last statement
 *   INITIALIZE_RESULT(s) PAUSE_RESULT(s) RESTART_RESULT(s) what these functions return
 *   ON_PAUSE ON_RESTART ON_HALT ON_HALTED (after all was freed)   ON_PNP (both kinds of drivers)
 *   ON_BIND               ProtocolBindAdapterEx begins, Binding is allocated
 *   ON_OPEN(p)            before NdisOpenAdapterEx          ON_OPENING after it, with its Status
 *   ON_OPENED             after the open succeeded
 *   BIND_RESULT(s) UNBIND_RESULT(s) PNP_RESULT(s)          ON_UNBIND ON_CLOSED (adapter closed)
 *   ON_FAMILY(f)          before the address family is registered, ON_FAMILY_REGISTERED after it
 *   ON_OPEN_AF ON_CLOSE_AF OPEN_AF_RESULT(s) CLOSE_AF_RESULT(s)     call manager
 *   ON_OFFER ON_AF_OPENING (after the call) ON_AF_OPENED ON_AF_CLOSED     client
 */
#ifndef RULES_DRIVER_H
#define RULES_DRIVER_H

#include "view.h"

#define RULE_STATISTICS                                                                            \
    (NDIS_STATISTICS_XMIT_OK_SUPPORTED | NDIS_STATISTICS_RCV_OK_SUPPORTED |                        \
     NDIS_STATISTICS_XMIT_ERROR_SUPPORTED | NDIS_STATISTICS_RCV_ERROR_SUPPORTED |                  \
     NDIS_STATISTICS_RCV_CRC_ERROR_SUPPORTED | NDIS_STATISTICS_RCV_NO_BUFFER_SUPPORTED |           \
     NDIS_STATISTICS_TRANSMIT_QUEUE_LENGTH_SUPPORTED | NDIS_STATISTICS_BYTES_RCV_SUPPORTED |       \
     NDIS_STATISTICS_BYTES_XMIT_SUPPORTED | NDIS_STATISTICS_DIRECTED_BYTES_XMIT_SUPPORTED |        \
     NDIS_STATISTICS_DIRECTED_FRAMES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_MULTICAST_BYTES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_MULTICAST_FRAMES_XMIT_SUPPORTED |                                             \
     NDIS_STATISTICS_BROADCAST_BYTES_XMIT_SUPPORTED |                                              \
     NDIS_STATISTICS_BROADCAST_FRAMES_XMIT_SUPPORTED |                                             \
     NDIS_STATISTICS_DIRECTED_BYTES_RCV_SUPPORTED |                                                \
     NDIS_STATISTICS_DIRECTED_FRAMES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_MULTICAST_BYTES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_MULTICAST_FRAMES_RCV_SUPPORTED |                                              \
     NDIS_STATISTICS_BROADCAST_BYTES_RCV_SUPPORTED |                                               \
     NDIS_STATISTICS_BROADCAST_FRAMES_RCV_SUPPORTED | NDIS_STATISTICS_GEN_STATISTICS_SUPPORTED |   \
     NDIS_STATISTICS_RCV_DISCARDS_SUPPORTED | NDIS_STATISTICS_XMIT_DISCARDS_SUPPORTED)

#define HEADER(name, n)                                                                            \
    {                                                                                              \
        NDIS_OBJECT_TYPE_##name, NDIS_##n, NDIS_SIZEOF_##n                                         \
    }

static NDIS_HANDLE RuleDriver; /* the registration */

/* The adapter of a miniport, or the binding of a protocol. */
struct RuleAdapter {
    NDIS_HANDLE Handle;
    NDIS_EVENT Event;
    NDIS_STATUS Status;
    struct RuleAf *Af;   /* one client, or one family, is all these drivers meet */
    NDIS_HANDLE Context; /* BindContext or UnbindContext */
};
struct RuleAf {
    struct RuleAdapter *Adapter;
    NDIS_HANDLE Handle;
    NDIS_EVENT Event;
    BOOLEAN Closed, Notified;
};
/* The newest of them, for hooks that have none at hand. */
static struct RuleAdapter *volatile RuleLast;

#ifndef ON_ENTRY
#define ON_ENTRY
#endif
#ifndef ON_CHARACTERISTICS
#define ON_CHARACTERISTICS(c)
#endif
#ifndef ON_REGISTERED
#define ON_REGISTERED
#endif
#ifndef ENTRY_RESULT
#define ENTRY_RESULT(s) (s)
#endif
#ifndef ON_SET_OPTIONS
#define ON_SET_OPTIONS
#endif
#ifndef ON_CO
#define ON_CO(c)
#endif
#ifndef ON_CM
#define ON_CM(c)
#endif
#ifndef ON_CL
#define ON_CL(c)
#endif
#ifndef SET_OPTIONS_RESULT
#define SET_OPTIONS_RESULT(s) (s)
#endif
#ifndef ON_UNLOAD
#define ON_UNLOAD
#endif
#ifndef ON_UNLOADED
#define ON_UNLOADED
#endif
#ifndef ON_INITIALIZE
#define ON_INITIALIZE
#endif
#ifndef ON_REGISTRATION
#define ON_REGISTRATION(a)
#endif
#ifndef ON_GENERAL
#define ON_GENERAL(a)
#endif
#ifndef ON_ATTRIBUTES
#define ON_ATTRIBUTES
#endif
#ifndef ON_INITIALIZED
#define ON_INITIALIZED
#endif
#ifndef INITIALIZE_RESULT
#define INITIALIZE_RESULT(s) (s)
#endif
#ifndef PAUSE_RESULT
#define PAUSE_RESULT(s) (s)
#endif
#ifndef RESTART_RESULT
#define RESTART_RESULT(s) (s)
#endif
#ifndef ON_PAUSE
#define ON_PAUSE
#endif
#ifndef ON_RESTART
#define ON_RESTART
#endif
#ifndef ON_HALT
#define ON_HALT
#endif
#ifndef ON_HALTED
#define ON_HALTED
#endif
#ifndef ON_PNP
#define ON_PNP
#endif
#ifndef ON_BIND
#define ON_BIND
#endif
#ifndef ON_OPEN
#define ON_OPEN(p)
#endif
#ifndef ON_OPENING
#define ON_OPENING
#endif
#ifndef ON_OPENED
#define ON_OPENED
#endif
#ifndef BIND_RESULT
#define BIND_RESULT(s) (s)
#endif
#ifndef UNBIND_RESULT
#define UNBIND_RESULT(s) (s)
#endif
#ifndef PNP_RESULT
#define PNP_RESULT(s) (s)
#endif
#ifndef ON_UNBIND
#define ON_UNBIND
#endif
#ifndef ON_CLOSED
#define ON_CLOSED
#endif
#ifndef ON_FAMILY
#define ON_FAMILY(f)
#endif
#ifndef ON_FAMILY_REGISTERED
#define ON_FAMILY_REGISTERED
#endif
#ifndef ON_OPEN_AF
#define ON_OPEN_AF
#endif
#ifndef ON_CLOSE_AF
#define ON_CLOSE_AF
#endif
#ifndef OPEN_AF_RESULT
#define OPEN_AF_RESULT(s) (s)
#endif
#ifndef CLOSE_AF_RESULT
#define CLOSE_AF_RESULT(s) (s)
#endif
#ifndef ON_OFFER
#define ON_OFFER
#endif
#ifndef ON_AF_OPENING
#define ON_AF_OPENING
#endif
#ifndef ON_AF_OPENED
#define ON_AF_OPENED
#endif
#ifndef ON_AF_CLOSED
#define ON_AF_CLOSED
#endif

DRIVER_INITIALIZE DriverEntry;

static inline void *RuleAllocate(ULONG Size)
{
    void *p = NdisAllocateMemoryWithTagPriority(RuleDriver, Size, RULE_TAG, NormalPoolPriority);

    if (p != NULL)
        NdisZeroMemory(p, Size);
    return p;
}

#include "callmgr.h"
#if IS_MINIPORT
#include "miniport.h"
#else
#include "protocol.h"
#endif

#endif
