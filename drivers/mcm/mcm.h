/* mcm.h - a miniport call manager (MCM) for a device with a few lines and signalling of its own.
 *
 * The device is software: it has lines but no hardware behind them. The driver registers with NDIS
 * as an MCM, announces the TAPI proxy address family on each of its adapters, serves the clients
 * that open it, and gives every resource back in reverse order.
 *
 *   driver.c    DriverEntry, registration, unload
 *   adapter.c   initialize, pause, restart, halt, OID requests
 *   callmgr.c   address families, VCs and calls: what clients ask of a call manager
 */
#ifndef MCM_H
#define MCM_H

#define NDIS_MINIPORT_DRIVER 1
#define NDIS620_MINIPORT     1
#include <ndis.h>
#include <ndiswan.h>
#include <ndistapi.h>

#define MCM_POOL_TAG      'mcmC'
#define MCM_LINES_DEFAULT 2
#define MCM_LINES_MAX     64
#define MCM_LINK_SPEED    64000ULL /* bits per second of one line: an ISDN B channel */
#define MCM_MTU           1500

/* One device. Lock guards what is marked [L]; the rest is settled before NDIS knows the adapter. */
typedef struct _MCM_ADAPTER {
    NDIS_HANDLE AdapterHandle;
    NDIS_SPIN_LOCK Lock;
    ULONG Lines;
    LIST_ENTRY Afs;         /* [L] MCM_AF.Link: one entry for each client */
    BOOLEAN Running;        /* [L] between MiniportRestart and MiniportPause */
    BOOLEAN Gone;           /* [L] the device was removed by surprise */
    LONG PendingNotices;    /* close notifications not complete, plus one while they are sent */
    NDIS_EVENT NoticesDone; /* set when PendingNotices is back at 0 */
} MCM_ADAPTER, *PMCM_ADAPTER;

/* One client's open of the address family. */
typedef struct _MCM_AF {
    LIST_ENTRY Link;
    PMCM_ADAPTER Adapter;
    NDIS_HANDLE NdisAfHandle;
    ULONG References; /* [L] the open itself, and a close notification until it is complete */
    BOOLEAN Notified; /* [L] the client was told that the adapter goes away */
    BOOLEAN Closing;  /* [L] the client asked to close; deleting the last VC completes it */
    ULONG Vcs;        /* [L] VCs not deleted */
} MCM_AF, *PMCM_AF;

/* One virtual circuit, made by a client for a call. */
typedef struct _MCM_VC {
    PMCM_AF Af;
    NDIS_HANDLE NdisVcHandle;
} MCM_VC, *PMCM_VC;

extern NDIS_HANDLE McmDriverHandle;

/* adapter.c */
MINIPORT_INITIALIZE McmInitializeEx;
MINIPORT_HALT McmHaltEx;
MINIPORT_PAUSE McmPause;
MINIPORT_RESTART McmRestart;
MINIPORT_SHUTDOWN McmShutdownEx;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY McmDevicePnPEventNotify;
MINIPORT_OID_REQUEST McmOidRequest;
MINIPORT_CANCEL_OID_REQUEST McmCancelOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS McmSendNetBufferLists;
MINIPORT_RETURN_NET_BUFFER_LISTS McmReturnNetBufferLists;
MINIPORT_CANCEL_SEND McmCancelSend;
MINIPORT_CO_ACTIVATE_VC McmActivateVc;
MINIPORT_CO_DEACTIVATE_VC McmDeactivateVc;
MINIPORT_CO_SEND_NET_BUFFER_LISTS McmCoSendNetBufferLists;
MINIPORT_CO_OID_REQUEST McmCoOidRequest;

/* callmgr.c */
VOID McmNotifyClients(PMCM_ADAPTER Adapter);
PROTOCOL_CM_OPEN_AF McmOpenAf;
PROTOCOL_CM_CLOSE_AF McmCloseAf;
PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE McmNotifyCloseAfComplete;
PROTOCOL_CO_CREATE_VC McmCreateVc;
PROTOCOL_CO_DELETE_VC McmDeleteVc;
PROTOCOL_CM_REG_SAP McmRegisterSap;
PROTOCOL_CM_DEREGISTER_SAP McmDeregisterSap;
PROTOCOL_CM_MAKE_CALL McmMakeCall;
PROTOCOL_CM_CLOSE_CALL McmCloseCall;
PROTOCOL_CM_INCOMING_CALL_COMPLETE McmIncomingCallComplete;
PROTOCOL_CM_ADD_PARTY McmAddParty;
PROTOCOL_CM_DROP_PARTY McmDropParty;
PROTOCOL_CM_ACTIVATE_VC_COMPLETE McmActivateVcComplete;
PROTOCOL_CM_DEACTIVATE_VC_COMPLETE McmDeactivateVcComplete;
PROTOCOL_CM_MODIFY_QOS_CALL McmModifyCallQoS;
PROTOCOL_CO_OID_REQUEST McmCmOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE McmCmOidRequestComplete;

#endif
