/* call_manager.c - a stand-alone call manager; its handlers also serve the MCM of miniport.c.
 *
 * It registers its address families, agrees to every open and close, and supports no calls.
 * The context that NDIS passes to ProtocolCmOpenAf is the binding's here and the adapter's in an
 * MCM; both begin with the array of opens.
 */
#include "peer/peer_impl.h"

const CO_ADDRESS_FAMILY cn_peer_families[CN_PEER_FAMILIES] = {
    {CO_ADDRESS_FAMILY_TAPI_PROXY, CN_PEER_MAJOR, 0},
    {CO_ADDRESS_FAMILY_TAPI, CN_PEER_MAJOR, 0},
};

static VOID NTAPI open_later(PVOID context)
{
    struct cn_peer_open *o = context;
    NdisCmOpenAddressFamilyComplete(NDIS_STATUS_SUCCESS, o->af, o);
}

static VOID NTAPI close_later(PVOID context)
{
    struct cn_peer_open *o = context;
    NDIS_HANDLE af = o->af;
    o->used = FALSE;
    NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, af);
}

static NDIS_STATUS NTAPI open_af(NDIS_HANDLE context, PCO_ADDRESS_FAMILY family, NDIS_HANDLE af,
                                 PNDIS_HANDLE af_context)
{
    UNREFERENCED_PARAMETER(family);
    struct cn_peer_open *o = cn_peer_open_new(context, NULL);
    if (o == NULL)
        return NDIS_STATUS_RESOURCES;
    o->af = af;
    *af_context = o;
    return cn_peer_later(o, open_later) ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NTAPI close_af(NDIS_HANDLE af_context)
{
    struct cn_peer_open *o = af_context;
    if (cn_peer_later(o, close_later))
        return NDIS_STATUS_PENDING;
    o->used = FALSE;
    return NDIS_STATUS_SUCCESS;
}

static VOID NTAPI notify_complete(NDIS_HANDLE af_context, NDIS_STATUS status)
{
    UNREFERENCED_PARAMETER(status);
    struct cn_peer_open *o = af_context;
    NdisSetEvent(&o->done);
}

void cn_peer_cm_leave(struct cn_peer_open *opens)
{
    for (UINT i = 0; i < CN_PEER_OPENS; i++) {
        struct cn_peer_open *o = &opens[i];
        if (!o->used)
            continue;
        if (NdisCmNotifyCloseAddressFamily(o->af) == NDIS_STATUS_PENDING)
            NdisWaitEvent(&o->done, 0);
    }
}

const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS cn_peer_cm_handlers = {
    .Header = {NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS,
               NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1,
               sizeof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS)},
    .CmCreateVcHandler = CN_PEER_UNUSED,
    .CmDeleteVcHandler = CN_PEER_UNUSED,
    .CmOpenAfHandler = open_af,
    .CmCloseAfHandler = close_af,
    .CmRegisterSapHandler = CN_PEER_UNUSED,
    .CmDeregisterSapHandler = CN_PEER_UNUSED,
    .CmMakeCallHandler = CN_PEER_UNUSED,
    .CmCloseCallHandler = CN_PEER_UNUSED,
    .CmIncomingCallCompleteHandler = CN_PEER_UNUSED,
    .CmAddPartyHandler = CN_PEER_UNUSED,
    .CmDropPartyHandler = CN_PEER_UNUSED,
    .CmActivateVcCompleteHandler = CN_PEER_UNUSED,
    .CmDeactivateVcCompleteHandler = CN_PEER_UNUSED,
    .CmModifyCallQoSHandler = CN_PEER_UNUSED,
    .CmOidRequestHandler = CN_PEER_UNUSED,
    .CmOidRequestCompleteHandler = CN_PEER_UNUSED,
    .CmNotifyCloseAfCompleteHandler = notify_complete,
};

/* -- The stand-alone call manager -------------------------------------------------------------- */

/* Its own families are offered to it too, as to every CoNDIS protocol on the adapter. */
static VOID NTAPI af_register_notify(NDIS_HANDLE binding_context, PCO_ADDRESS_FAMILY family)
{
    UNREFERENCED_PARAMETER(binding_context);
    UNREFERENCED_PARAMETER(family);
}

static NDIS_STATUS set_options(NDIS_HANDLE driver)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS co = {
        .Header = {NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS,
                   NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1,
                   NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1},
        .CoStatusHandlerEx = CN_PEER_UNUSED,
        .CoAfRegisterNotifyHandler = af_register_notify,
        .CoReceiveNetBufferListsHandler = CN_PEER_UNUSED,
        .CoSendNetBufferListsCompleteHandler = CN_PEER_UNUSED,
    };
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS cm = cn_peer_cm_handlers;
    NDIS_STATUS s = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&co);
    if (s == NDIS_STATUS_SUCCESS)
        s = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&cm);
    return s;
}

static NDIS_STATUS opened(struct cn_peer_binding *b)
{
    NDIS_STATUS s = NDIS_STATUS_SUCCESS;
    for (UINT i = 0; i < CN_PEER_FAMILIES && s == NDIS_STATUS_SUCCESS; i++) {
        CO_ADDRESS_FAMILY family = cn_peer_families[i];
        s = NdisCmRegisterAddressFamilyEx(b->handle, &family);
    }
    return s;
}

static void closing(struct cn_peer_binding *b)
{
    cn_peer_cm_leave(b->opens);
}

static struct cn_peer_protocol self = {
    .set_options = set_options, .opened = opened, .closing = closing};

static VOID NTAPI unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    NdisDeregisterProtocolDriver(self.handle);
}

static NTSTATUS NTAPI entry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    return cn_peer_protocol_start(&self, driver, unload, L"CONDISCM");
}

const struct cn_peer cn_peer_call_manager = {"condis call manager", entry};
