/* client.h - a CoNDIS client: a protocol driver that uses the address family of whoever offers one.
 *
 *   driver.c    DriverEntry, registration, unload
 *   binding.c   bind, unbind, PnP events: the adapter below
 *   af.c        the address family: offered, opened, closed; VCs and calls
 */
#ifndef CLIENT_H
#define CLIENT_H

#define NDIS620 1
#include <ndis.h>

#define CLIENT_POOL_TAG 'tnlC'

/* One binding to an adapter. Lock guards what is marked [L]. */
typedef struct _CLIENT_BINDING {
    NDIS_HANDLE BindingHandle;
    NDIS_SPIN_LOCK Lock;
    LIST_ENTRY Afs;         /* [L] CLIENT_AF.Link: families opened, or being opened */
    BOOLEAN Closing;        /* [L] no more families are opened */
    NDIS_EVENT AfsClosed;   /* set when Closing is and Afs is empty */
    NDIS_EVENT Done;        /* an open or a close of the adapter was completed... */
    NDIS_STATUS DoneStatus; /* ...with this status */
} CLIENT_BINDING, *PCLIENT_BINDING;

/* One open of an address family. */
typedef struct _CLIENT_AF {
    LIST_ENTRY Link;
    PCLIENT_BINDING Binding;
    NDIS_HANDLE NdisAfHandle;
    BOOLEAN Open;    /* [L] the call manager accepted the open */
    BOOLEAN Closing; /* [L] NdisClCloseAddressFamily was called, or is about to be */
    BOOLEAN Notice;  /* [L] a close notification waits for the end of the close */
} CLIENT_AF, *PCLIENT_AF;

extern NDIS_HANDLE ClientProtocolHandle;

/* binding.c */
PROTOCOL_BIND_ADAPTER_EX ClientBindAdapterEx;
PROTOCOL_UNBIND_ADAPTER_EX ClientUnbindAdapterEx;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX ClientOpenAdapterCompleteEx;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ClientCloseAdapterCompleteEx;
PROTOCOL_NET_PNP_EVENT ClientNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE ClientOidRequestComplete;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS ClientReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE ClientSendNetBufferListsComplete;
PROTOCOL_CO_STATUS_EX ClientCoStatusEx;
PROTOCOL_CO_RECEIVE_NET_BUFFER_LISTS ClientCoReceiveNetBufferLists;
PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE ClientCoSendNetBufferListsComplete;

/* af.c */
VOID ClientCloseAllAfs(PCLIENT_BINDING Binding);
PROTOCOL_CO_AF_REGISTER_NOTIFY ClientCoAfRegisterNotify;
PROTOCOL_CL_OPEN_AF_COMPLETE_EX ClientOpenAfCompleteEx;
PROTOCOL_CL_CLOSE_AF_COMPLETE ClientCloseAfComplete;
PROTOCOL_CL_NOTIFY_CLOSE_AF ClientNotifyCloseAf;
PROTOCOL_CO_CREATE_VC ClientCreateVc;
PROTOCOL_CO_DELETE_VC ClientDeleteVc;
PROTOCOL_CO_OID_REQUEST ClientCoOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE ClientCoOidRequestComplete;
PROTOCOL_CL_REGISTER_SAP_COMPLETE ClientRegisterSapComplete;
PROTOCOL_CL_DEREGISTER_SAP_COMPLETE ClientDeregisterSapComplete;
PROTOCOL_CL_MAKE_CALL_COMPLETE ClientMakeCallComplete;
PROTOCOL_CL_MODIFY_CALL_QOS_COMPLETE ClientModifyCallQoSComplete;
PROTOCOL_CL_CLOSE_CALL_COMPLETE ClientCloseCallComplete;
PROTOCOL_CL_ADD_PARTY_COMPLETE ClientAddPartyComplete;
PROTOCOL_CL_DROP_PARTY_COMPLETE ClientDropPartyComplete;
PROTOCOL_CL_INCOMING_CALL ClientIncomingCall;
PROTOCOL_CL_INCOMING_CALL_QOS_CHANGE ClientIncomingCallQoSChange;
PROTOCOL_CL_INCOMING_CLOSE_CALL ClientIncomingCloseCall;
PROTOCOL_CL_INCOMING_DROP_PARTY ClientIncomingDropParty;
PROTOCOL_CL_CALL_CONNECTED ClientCallConnected;

#endif
