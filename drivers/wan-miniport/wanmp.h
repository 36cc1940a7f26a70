/* wanmp.h - a CoNDIS WAN miniport without a call manager of its own.
 *
 * The device is software: it carries the VCs that a stand-alone call manager sets up, and its wire
 * ends inside the device, so that what is sent is counted and gone.
 *
 *   driver.c    DriverEntry, registration, unload
 *   adapter.c   initialize, pause, restart, halt, OID requests
 *   vc.c        virtual circuits and their data
 */
#ifndef WANMP_H
#define WANMP_H

#define NDIS_MINIPORT_DRIVER 1
#define NDIS620_MINIPORT     1
#include <ndis.h>

#define WANMP_POOL_TAG   'pmnW'
#define WANMP_LINK_SPEED 2048000ULL /* bits per second: an E1 line */
#define WANMP_MTU        1500

/* One device. Lock guards what is marked [L]. */
typedef struct _WANMP_ADAPTER {
    NDIS_HANDLE AdapterHandle;
    NDIS_SPIN_LOCK Lock;
    BOOLEAN Running;      /* [L] between MiniportRestart and MiniportPause */
    BOOLEAN Gone;         /* [L] the device was removed by surprise */
    ULONG64 FramesSent;   /* [L] */
    ULONG64 BytesSent;    /* [L] */
    ULONG64 SendsRefused; /* [L] frames on a VC that was not active, or while paused */
} WANMP_ADAPTER, *PWANMP_ADAPTER;

/* One virtual circuit. */
typedef struct _WANMP_VC {
    PWANMP_ADAPTER Adapter;
    NDIS_HANDLE NdisVcHandle;
    BOOLEAN Active; /* [L] of the adapter */
} WANMP_VC, *PWANMP_VC;

extern NDIS_HANDLE WanMpDriverHandle;

/* adapter.c */
MINIPORT_INITIALIZE WanMpInitializeEx;
MINIPORT_HALT WanMpHaltEx;
MINIPORT_PAUSE WanMpPause;
MINIPORT_RESTART WanMpRestart;
MINIPORT_SHUTDOWN WanMpShutdownEx;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY WanMpDevicePnPEventNotify;
MINIPORT_OID_REQUEST WanMpOidRequest;
MINIPORT_CANCEL_OID_REQUEST WanMpCancelOidRequest;
MINIPORT_CO_OID_REQUEST WanMpCoOidRequest;

/* vc.c */
MINIPORT_CO_CREATE_VC WanMpCreateVc;
MINIPORT_CO_DELETE_VC WanMpDeleteVc;
MINIPORT_CO_ACTIVATE_VC WanMpActivateVc;
MINIPORT_CO_DEACTIVATE_VC WanMpDeactivateVc;
MINIPORT_CO_SEND_NET_BUFFER_LISTS WanMpCoSendNetBufferLists;
MINIPORT_SEND_NET_BUFFER_LISTS WanMpSendNetBufferLists;
MINIPORT_RETURN_NET_BUFFER_LISTS WanMpReturnNetBufferLists;
MINIPORT_CANCEL_SEND WanMpCancelSend;

#endif
