/* client.c - a connection-oriented client: it opens every address family that it is offered, closes
 * it when it is asked to or when its binding goes, and makes no calls. */
#include "peer/peer_impl.h"

/* The family is closed: the entry is free, and who asked for the close is told. */
static void closed(struct cn_peer_open *o)
{
    NDIS_HANDLE af = o->af;
    BOOLEAN notified = o->notified;
    o->used = FALSE;
    NdisSetEvent(&o->done);
    if (notified)
        NdisClNotifyCloseAddressFamilyComplete(af, NDIS_STATUS_SUCCESS);
}

static VOID NTAPI close_af_complete(NDIS_STATUS status, NDIS_HANDLE af_context)
{
    UNREFERENCED_PARAMETER(status);
    closed(af_context);
}

static VOID NTAPI open_af_complete(NDIS_HANDLE af_context, NDIS_HANDLE af, NDIS_STATUS status)
{
    struct cn_peer_open *o = af_context;
    o->af = status == NDIS_STATUS_SUCCESS ? af : NULL;
    o->used = status == NDIS_STATUS_SUCCESS;
    NdisSetEvent(&o->done);
}

static VOID NTAPI af_register_notify(NDIS_HANDLE binding_context, PCO_ADDRESS_FAMILY family)
{
    struct cn_peer_binding *b = binding_context;
    struct cn_peer_open *o = cn_peer_open_new(b->opens, b);
    if (o == NULL)
        return;
    NDIS_STATUS s = NdisClOpenAddressFamilyEx(b->handle, family, o, &o->af);
    if (s == NDIS_STATUS_PENDING)
        NdisWaitEvent(&o->done, 0);
    else
        open_af_complete(o, o->af, s);
}

static NDIS_STATUS close_af(struct cn_peer_open *o)
{
    o->closing = TRUE;
    NdisResetEvent(&o->done);
    NDIS_STATUS s = NdisClCloseAddressFamily(o->af);
    if (s != NDIS_STATUS_PENDING)
        o->used = FALSE;
    return s;
}

static VOID NTAPI close_later(PVOID context)
{
    struct cn_peer_open *o = context;
    if (close_af(o) != NDIS_STATUS_PENDING)
        closed(o);
}

static NDIS_STATUS NTAPI notify_close_af(NDIS_HANDLE af_context)
{
    struct cn_peer_open *o = af_context;
    if (!o->used || o->closing)
        return NDIS_STATUS_SUCCESS;
    o->notified = TRUE;
    o->closing = TRUE;
    if (cn_peer_later(o, close_later))
        return NDIS_STATUS_PENDING;
    return close_af(o) == NDIS_STATUS_PENDING ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS;
}

static void closing(struct cn_peer_binding *b)
{
    for (UINT i = 0; i < CN_PEER_OPENS; i++) {
        struct cn_peer_open *o = &b->opens[i];
        if (!o->used)
            continue;
        if (o->closing || close_af(o) == NDIS_STATUS_PENDING)
            NdisWaitEvent(&o->done, 0);
    }
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
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS client = {
        .Header = {NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS,
                   NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1,
                   NDIS_SIZEOF_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1},
        .ClCreateVcHandler = CN_PEER_UNUSED,
        .ClDeleteVcHandler = CN_PEER_UNUSED,
        .ClOidRequestHandler = CN_PEER_UNUSED,
        .ClOidRequestCompleteHandler = CN_PEER_UNUSED,
        .ClOpenAfCompleteHandlerEx = open_af_complete,
        .ClCloseAfCompleteHandler = close_af_complete,
        .ClRegisterSapCompleteHandler = CN_PEER_UNUSED,
        .ClDeregisterSapCompleteHandler = CN_PEER_UNUSED,
        .ClMakeCallCompleteHandler = CN_PEER_UNUSED,
        .ClModifyCallQoSCompleteHandler = CN_PEER_UNUSED,
        .ClCloseCallCompleteHandler = CN_PEER_UNUSED,
        .ClAddPartyCompleteHandler = CN_PEER_UNUSED,
        .ClDropPartyCompleteHandler = CN_PEER_UNUSED,
        .ClIncomingCallHandler = CN_PEER_UNUSED,
        .ClIncomingCallQoSChangeHandler = CN_PEER_UNUSED,
        .ClIncomingCloseCallHandler = CN_PEER_UNUSED,
        .ClIncomingDropPartyHandler = CN_PEER_UNUSED,
        .ClCallConnectedHandler = CN_PEER_UNUSED,
        .ClNotifyCloseAfHandler = notify_close_af,
    };
    NDIS_STATUS s = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&co);
    if (s == NDIS_STATUS_SUCCESS)
        s = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&client);
    return s;
}

static struct cn_peer_protocol self = {.set_options = set_options, .closing = closing};

static VOID NTAPI unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    NdisDeregisterProtocolDriver(self.handle);
}

static NTSTATUS NTAPI entry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    return cn_peer_protocol_start(&self, driver, unload, L"CONDISCLIENT");
}

const struct cn_peer cn_peer_client = {"condis client", entry};
