/* protocol.c - what a protocol driver calls about its bindings. */
#include "ddi/rows.h"
#include "ndis/binding.h"
#include "ndis/memory.h"
#include "ndis/oid.h"

NDIS_STATUS NTAPI NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                                    NDIS_HANDLE ProtocolBindingContext,
                                    PNDIS_OPEN_PARAMETERS OpenParameters, NDIS_HANDLE BindContext,
                                    PNDIS_HANDLE NdisBindingHandle)
{
    CN_DDI_ENTER(ddi, NdisOpenAdapterEx);
    NDIS_STATUS s = cn_adapter_open(NdisProtocolHandle, ProtocolBindingContext, OpenParameters,
                                    BindContext, NdisBindingHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NDIS_STATUS NTAPI NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle)
{
    CN_DDI_ENTER(ddi, NdisCloseAdapterEx, CN_OBJECT(NdisBindingHandle));
    NDIS_STATUS s = cn_adapter_close(NdisBindingHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisCompleteBindAdapterEx(NDIS_HANDLE BindAdapterContext, NDIS_STATUS Status)
{
    CN_DDI_ENTER(ddi, NdisCompleteBindAdapterEx, CN_STATUS("Status", Status));
    cn_bind_complete(BindAdapterContext, Status);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext)
{
    CN_DDI_ENTER(ddi, NdisCompleteUnbindAdapterEx);
    cn_unbind_complete(UnbindContext);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle)
{
    CN_DDI_ENTER(ddi, NdisUnbindAdapter, CN_OBJECT(NdisBindingHandle));
    NDIS_STATUS s = cn_unbind_ask(NdisBindingHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisReEnumerateProtocolBindings(NDIS_HANDLE NdisProtocolHandle)
{
    CN_DDI_ENTER(ddi, NdisReEnumerateProtocolBindings, CN_OBJECT(NdisProtocolHandle));
    cn_bindings_enumerate(NdisProtocolHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisCompleteNetPnPEvent(NDIS_HANDLE NdisBindingHandle,
                                   PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification,
                                   NDIS_STATUS Status)
{
    CN_DDI_ENTER(ddi, NdisCompleteNetPnPEvent, CN_OBJECT(NdisBindingHandle),
                 CN_STATUS("Status", Status));
    cn_event_complete(NdisBindingHandle, NetPnPEventNotification, Status);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisOidRequest(NDIS_HANDLE NdisHandle, PNDIS_OID_REQUEST OidRequest)
{
    CN_DDI_ENTER(ddi, NdisOidRequest, CN_OBJECT(NdisHandle));
    NDIS_STATUS s = cn_oid_request(NdisHandle, OidRequest);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NDIS_STATUS NTAPI NdisQueryAdapterInstanceName(PNDIS_STRING pAdapterInstanceName,
                                               NDIS_HANDLE NdisBindingHandle)
{
    CN_DDI_ENTER(ddi, NdisQueryAdapterInstanceName);
    struct cn_binding *b = cn_binding_get(NdisBindingHandle);
    NDIS_STATUS s = b == NULL ? NDIS_STATUS_FAILURE
                              : cn_name_give(pAdapterInstanceName, b->adapter->instance, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NDIS_STATUS NTAPI NdisQueryBindInstanceName(PNDIS_STRING pAdapterInstanceName,
                                            NDIS_HANDLE BindingContext)
{
    CN_DDI_ENTER(ddi, NdisQueryBindInstanceName);
    struct cn_binding *b = cn_handle_get(BindingContext, CN_KIND_BIND);
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    if (CN_CHECK(CN_GEN_001, b != NULL, .member = "BindingContext",
                 .found = cn_handle_explain(BindingContext, CN_KIND_BIND),
                 .allowed = "the BindContext of a bind that is going on"))
        s = cn_name_give(pAdapterInstanceName, b->adapter->instance, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}
