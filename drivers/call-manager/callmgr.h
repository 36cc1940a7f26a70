/* callmgr.h - a stand-alone call manager: a protocol driver that adds signalling to any CoNDIS
 * miniport.
 *
 *   driver.c    DriverEntry, registration, unload
 *   binding.c   bind, unbind, PnP events: the adapter below
 *   callmgr.c   address families, VCs and calls: the clients above
 */
#ifndef CALLMGR_H
#define CALLMGR_H

#define NDIS620 1
#include <ndis.h>

#define CALLMGR_POOL_TAG 'mgrC'

/* One binding to an adapter. Lock guards what is marked [L]. */
typedef struct _CALLMGR_BINDING {
    NDIS_HANDLE BindingHandle;
    NDIS_SPIN_LOCK Lock;
    LIST_ENTRY Afs;         /* [L] CALLMGR_AF.Link: one entry for each client */
    NDIS_EVENT Done;        /* an open or a close of the adapter was completed... */
    NDIS_STATUS DoneStatus; /* ...with this status */
    LONG PendingNotices;    /* close notifications not complete, plus one while they are sent */
    NDIS_EVENT NoticesDone; /* set when PendingNotices is back at 0 */
} CALLMGR_BINDING, *PCALLMGR_BINDING;

/* One client's open of the address family. */
typedef struct _CALLMGR_AF {
    LIST_ENTRY Link;
    PCALLMGR_BINDING Binding;
    NDIS_HANDLE NdisAfHandle;
    ULONG References; /* [L] the open itself, and a close notification until it is complete */
    BOOLEAN Notified; /* [L] the client was told that the call manager leaves the adapter */
    BOOLEAN Closing;  /* [L] the client asked to close; deleting the last VC completes it */
    ULONG Vcs;        /* [L] VCs not deleted */
} CALLMGR_AF, *PCALLMGR_AF;

/* One virtual circuit, made by a client for a call. */
typedef struct _CALLMGR_VC {
    PCALLMGR_AF Af;
    NDIS_HANDLE NdisVcHandle;
} CALLMGR_VC, *PCALLMGR_VC;

extern NDIS_HANDLE CallMgrProtocolHandle;

/* binding.c */
PROTOCOL_BIND_ADAPTER_EX CallMgrBindAdapterEx;
PROTOCOL_UNBIND_ADAPTER_EX CallMgrUnbindAdapterEx;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX CallMgrOpenAdapterCompleteEx;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX CallMgrCloseAdapterCompleteEx;
PROTOCOL_NET_PNP_EVENT CallMgrNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE CallMgrOidRequestComplete;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS CallMgrReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE CallMgrSendNetBufferListsComplete;
PROTOCOL_CO_STATUS_EX CallMgrCoStatusEx;
PROTOCOL_CO_AF_REGISTER_NOTIFY CallMgrCoAfRegisterNotify;
PROTOCOL_CO_RECEIVE_NET_BUFFER_LISTS CallMgrCoReceiveNetBufferLists;
PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE CallMgrCoSendNetBufferListsComplete;

/* callmgr.c */
VOID CallMgrNotifyClients(PCALLMGR_BINDING Binding);
PROTOCOL_CM_OPEN_AF CallMgrOpenAf;
PROTOCOL_CM_CLOSE_AF CallMgrCloseAf;
PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE CallMgrNotifyCloseAfComplete;
PROTOCOL_CO_CREATE_VC CallMgrCreateVc;
PROTOCOL_CO_DELETE_VC CallMgrDeleteVc;
PROTOCOL_CM_REG_SAP CallMgrRegisterSap;
PROTOCOL_CM_DEREGISTER_SAP CallMgrDeregisterSap;
PROTOCOL_CM_MAKE_CALL CallMgrMakeCall;
PROTOCOL_CM_CLOSE_CALL CallMgrCloseCall;
PROTOCOL_CM_INCOMING_CALL_COMPLETE CallMgrIncomingCallComplete;
PROTOCOL_CM_ADD_PARTY CallMgrAddParty;
PROTOCOL_CM_DROP_PARTY CallMgrDropParty;
PROTOCOL_CM_ACTIVATE_VC_COMPLETE CallMgrActivateVcComplete;
PROTOCOL_CM_DEACTIVATE_VC_COMPLETE CallMgrDeactivateVcComplete;
PROTOCOL_CM_MODIFY_QOS_CALL CallMgrModifyCallQoS;
PROTOCOL_CO_OID_REQUEST CallMgrCmOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE CallMgrCmOidRequestComplete;

#endif
