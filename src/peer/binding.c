/* binding.c - a protocol driver that opens each adapter it is offered and closes it again.
 *
 * Opens and closes that pend are waited for, which ProtocolBindAdapterEx and
 * ProtocolUnbindAdapterEx may do: they run at PASSIVE_LEVEL. So a bind or unbind of these drivers
 * never pends itself. NDIS calls them for one binding one after the other, so the binding needs no
 * lock.
 */
#include "peer/peer_impl.h"

static struct cn_peer_binding *new_binding(struct cn_peer_protocol *p)
{
    struct cn_peer_binding *b =
        NdisAllocateMemoryWithTagPriority(p->handle, sizeof(*b), CN_PEER_TAG, NormalPoolPriority);
    if (b == NULL)
        return NULL;
    NdisZeroMemory(b, sizeof(*b));
    b->protocol = p;
    NdisInitializeEvent(&b->done);
    return b;
}

static void close_adapter(struct cn_peer_binding *b)
{
    NDIS_HANDLE handle = b->handle;
    NdisResetEvent(&b->done);
    b->handle = NULL;
    if (NdisCloseAdapterEx(handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&b->done, 0);
}

static NDIS_STATUS open_adapter(struct cn_peer_binding *b, NDIS_HANDLE bind_context,
                                PNDIS_BIND_PARAMETERS parameters)
{
    NDIS_MEDIUM media[] = {parameters->MediaType};
    UINT selected = 0;
    NDIS_OPEN_PARAMETERS open = {
        .Header = {NDIS_OBJECT_TYPE_OPEN_PARAMETERS, NDIS_OPEN_PARAMETERS_REVISION_1,
                   NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1},
        .AdapterName = parameters->AdapterName,
        .MediumArray = media,
        .MediumArraySize = 1,
        .SelectedMediumIndex = &selected,
    };
    NDIS_STATUS s = NdisOpenAdapterEx(b->protocol->handle, b, &open, bind_context, &b->handle);
    if (s != NDIS_STATUS_PENDING)
        return s;
    NdisWaitEvent(&b->done, 0);
    return b->status;
}

static NDIS_STATUS NTAPI bind_adapter(NDIS_HANDLE driver_context, NDIS_HANDLE bind_context,
                                      PNDIS_BIND_PARAMETERS parameters)
{
    struct cn_peer_protocol *p = driver_context;
    struct cn_peer_binding *b = new_binding(p);
    if (b == NULL)
        return NDIS_STATUS_RESOURCES;
    NDIS_STATUS s = open_adapter(b, bind_context, parameters);
    if (s == NDIS_STATUS_SUCCESS && p->opened != NULL) {
        s = p->opened(b);
        if (s != NDIS_STATUS_SUCCESS)
            close_adapter(b);
    }
    if (s != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(b, 0, 0);
    return s;
}

static VOID NTAPI open_complete(NDIS_HANDLE binding_context, NDIS_STATUS status)
{
    struct cn_peer_binding *b = binding_context;
    b->status = status;
    NdisSetEvent(&b->done);
}

static VOID NTAPI close_complete(NDIS_HANDLE binding_context)
{
    struct cn_peer_binding *b = binding_context;
    NdisSetEvent(&b->done);
}

static NDIS_STATUS NTAPI unbind_adapter(NDIS_HANDLE unbind_context, NDIS_HANDLE binding_context)
{
    UNREFERENCED_PARAMETER(unbind_context);
    struct cn_peer_binding *b = binding_context;
    if (b->protocol->closing != NULL)
        b->protocol->closing(b);
    close_adapter(b);
    NdisFreeMemory(b, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

/* Pause, restart and all other events: there is never anything outstanding. */
static NDIS_STATUS NTAPI net_pnp_event(NDIS_HANDLE binding_context,
                                       PNET_PNP_EVENT_NOTIFICATION event)
{
    UNREFERENCED_PARAMETER(binding_context);
    UNREFERENCED_PARAMETER(event);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NTAPI set_options(NDIS_HANDLE driver, NDIS_HANDLE driver_context)
{
    struct cn_peer_protocol *p = driver_context;
    p->handle = driver;
    return p->set_options != NULL ? p->set_options(driver) : NDIS_STATUS_SUCCESS;
}

NTSTATUS cn_peer_protocol_start(struct cn_peer_protocol *p, PDRIVER_OBJECT driver,
                                PDRIVER_UNLOAD unload, PCWSTR name)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS c = {
        .Header = {NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
                   NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
                   NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2},
        .MajorNdisVersion = CN_PEER_MAJOR,
        .MinorNdisVersion = CN_PEER_MINOR,
        .SetOptionsHandler = set_options,
        .BindAdapterHandlerEx = bind_adapter,
        .UnbindAdapterHandlerEx = unbind_adapter,
        .OpenAdapterCompleteHandlerEx = open_complete,
        .CloseAdapterCompleteHandlerEx = close_complete,
        .NetPnPEventHandler = net_pnp_event,
        .OidRequestCompleteHandler = CN_PEER_UNUSED,
        .ReceiveNetBufferListsHandler = CN_PEER_UNUSED,
        .SendNetBufferListsCompleteHandler = CN_PEER_UNUSED,
    };
    RtlInitUnicodeString(&c.Name, name);
    driver->DriverUnload = unload;
    return NdisRegisterProtocolDriver(p, &c, &p->handle);
}

struct cn_peer_open *cn_peer_open_new(struct cn_peer_open *opens, struct cn_peer_binding *b)
{
    for (UINT i = 0; i < CN_PEER_OPENS; i++) {
        if (opens[i].used)
            continue;
        NdisZeroMemory(&opens[i], sizeof(opens[i]));
        NdisInitializeEvent(&opens[i].done);
        opens[i].binding = b;
        opens[i].used = TRUE;
        return &opens[i];
    }
    return NULL;
}

BOOLEAN cn_peer_later(struct cn_peer_open *o, PWORKER_THREAD_ROUTINE routine)
{
    if (!cn_peer_pends)
        return FALSE;
    ExInitializeWorkItem(&o->later, routine, o);
    ExQueueWorkItem(&o->later, DelayedWorkQueue);
    return TRUE;
}

NDIS_STATUS NTAPI cn_peer_not_supported(void)
{
    return NDIS_STATUS_NOT_SUPPORTED;
}
