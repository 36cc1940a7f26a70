/* kit.h - for tests of NDIS: a runtime with three drivers that the test itself plays, written as
 * small as a driver can be: a miniport driver (or MCM), a call manager, a client.
 *
 *     TEST(...) { kit_start(); <change a structure or a knob>; kit_run(body); CN_STREQ(broken,
 * "ADP-009 "); }
 *
 * body runs in an engine context. It does not check anything itself (a failed check would leave the
 * context's stack) but notes what it saw: note('x') in `notes`, statuses in `got`. `broken` lists
 * the rules that were broken, in order.
 */
#ifndef CN_TESTS_NDIS_KIT_H
#define CN_TESTS_NDIS_KIT_H

/* Not each test needs each part. */
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"

#include "cn_test.h"

#include "co/af.h"
#include "load/trap.h"
#include "ndis/binding.h"
#include "ndis/upcall.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define TAG 0x74736554 /* 'Test' */

enum { MCO = 1, CM = 2, PCO = 4, CL = 8 };

static struct cn_driver *mp, *cm, *cl;
static NDIS_HANDLE mp_handle, cm_handle, cl_handle;
static unsigned mp_options, cm_options, cl_options;
static NDIS_MINIPORT_DRIVER_CHARACTERISTICS mpc;
static NDIS_PROTOCOL_DRIVER_CHARACTERISTICS cmc, clc;
static NDIS_MINIPORT_CO_CHARACTERISTICS mco;
static NDIS_PROTOCOL_CO_CHARACTERISTICS pco;
static NDIS_CO_CLIENT_OPTIONAL_HANDLERS clh;
static NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS cmh;
static NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES regattr;
static NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES genattr;
static CO_ADDRESS_FAMILY family = {CO_ADDRESS_FAMILY_TAPI_PROXY, 1, 0};

static char broken[512], notes[256], found[512], states[4096], facts[2048], member[128];
static NDIS_STATUS got[16];
static unsigned got_count;
static enum cn_engine_end run_end;
static struct cn_adapter *adapter;
static struct cn_binding *binding;
static struct cn_ndis_config kit_config;

/* What the drivers remember of one adapter or binding. */
struct kit_context {
    NDIS_HANDLE handle; /* adapter or binding */
    NDIS_HANDLE operation;
    NDIS_HANDLE af;
    NDIS_HANDLE driver;
    NDIS_EVENT done;
    NDIS_STATUS status;
    struct kit_context *owner;
    BOOLEAN notified, closing;
    UINT medium;
};
static struct kit_context *mp_context, *cm_context, *cl_context, *cl_af_context, *cm_af_context;
static PNET_PNP_EVENT_NOTIFICATION event;

static inline void note(char c)
{
    size_t n = strlen(notes);
    if (n + 1 < sizeof(notes)) {
        notes[n] = c;
        notes[n + 1] = '\0';
    }
}

static inline NDIS_STATUS noted(NDIS_STATUS s)
{
    if (got_count < CN_ARRAY_SIZE(got))
        got[got_count++] = s;
    return s;
}

static inline struct kit_context *kit_alloc(NDIS_HANDLE handle)
{
    struct kit_context *c =
        NdisAllocateMemoryWithTagPriority(handle, sizeof(*c), TAG, NormalPoolPriority);
    memset(c, 0, sizeof(*c));
    NdisInitializeEvent(&c->done);
    return c;
}

/* -- The miniport driver ----------------------------------------------------------------------- */

static inline NDIS_STATUS kit_attributes(NDIS_HANDLE adapter_handle)
{
    NDIS_STATUS s =
        NdisMSetMiniportAttributes(adapter_handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&regattr);
    if (s == NDIS_STATUS_SUCCESS)
        s = NdisMSetMiniportAttributes(adapter_handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&genattr);
    return s;
}

static NDIS_STATUS NTAPI mp_initialize(NDIS_HANDLE handle, NDIS_HANDLE driver,
                                       PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    (void)driver, (void)p;
    note('I');
    mp_context = kit_alloc(handle);
    mp_context->handle = handle;
    regattr.MiniportAdapterContext = mp_context;
    NDIS_STATUS s = kit_attributes(handle);
    if (s == NDIS_STATUS_SUCCESS && (mp_options & CM) != 0)
        s = NdisMCmRegisterAddressFamilyEx(handle, &family);
    if (s != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(mp_context, 0, 0);
    return s;
}

/* The call manager's half of the end: tells each client and waits. */
static inline void kit_leave(void)
{
    struct kit_context *c = cm_af_context;
    if (c == NULL)
        return;
    NDIS_STATUS s = NdisCmNotifyCloseAddressFamily(c->af);
    if (s == NDIS_STATUS_PENDING)
        NdisWaitEvent(&c->done, 0);
    NdisFreeMemory(c, 0, 0);
    cm_af_context = NULL;
}

static VOID NTAPI mp_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    (void)action;
    note('H');
    kit_leave();
    NdisFreeMemory(context, 0, 0);
}

static NDIS_STATUS NTAPI mp_pause(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)context, (void)p;
    note('P');
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NTAPI mp_restart(NDIS_HANDLE context, PNDIS_MINIPORT_RESTART_PARAMETERS p)
{
    (void)context, (void)p;
    note('R');
    return NDIS_STATUS_SUCCESS;
}

static VOID NTAPI mp_unload(PDRIVER_OBJECT object)
{
    (void)object;
    NdisMDeregisterMiniportDriver(mp_handle);
}

static VOID NTAPI mp_event(NDIS_HANDLE context, PNET_DEVICE_PNP_EVENT e)
{
    (void)context;
    note(e->DevicePnPEvent == NdisDevicePnPEventSurpriseRemoved ? 'S' : 'e');
}

static VOID NTAPI mp_shutdown(NDIS_HANDLE context, NDIS_SHUTDOWN_ACTION action)
{
    (void)context, (void)action;
    note('D');
}

static NDIS_STATUS NTAPI mp_oid(NDIS_HANDLE context, PNDIS_OID_REQUEST request)
{
    (void)context;
    static const char text[] = "kit";
    if (request->DATA.QUERY_INFORMATION.Oid != OID_GEN_VENDOR_DESCRIPTION)
        return NDIS_STATUS_NOT_SUPPORTED;
    memcpy(request->DATA.QUERY_INFORMATION.InformationBuffer, text, sizeof(text));
    request->DATA.QUERY_INFORMATION.BytesWritten = sizeof(text);
    return NDIS_STATUS_SUCCESS;
}

/* For members that nobody calls here; never mind the arguments under this ABI. */
static NDIS_STATUS NTAPI unused(void)
{
    return NDIS_STATUS_NOT_SUPPORTED;
}
static NDIS_STATUS NTAPI unused_too(void)
{
    return NDIS_STATUS_NOT_ACCEPTED;
}
#define UNUSED     ((void *)(uintptr_t)unused)
#define UNUSED_TOO ((void *)(uintptr_t)unused_too)

#define HEADER(type, revision, size) .Header = {(type), (revision), (size)}

static NDIS_STATUS kit_set(NDIS_HANDLE driver, unsigned options)
{
    NDIS_STATUS s = NDIS_STATUS_SUCCESS;
    void *const all[] = {&mco, &cmh, &pco, &clh};
    for (unsigned i = 0; i < 4 && s == NDIS_STATUS_SUCCESS; i++)
        if ((options >> i & 1) != 0)
            s = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)all[i]);
    return s;
}

static NDIS_STATUS NTAPI mp_set_options(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    return kit_set(driver, mp_options);
}

/* -- Protocol drivers: what client and call manager share -------------------------------------- */

static VOID NTAPI pt_open_complete(NDIS_HANDLE context, NDIS_STATUS status)
{
    struct kit_context *c = context;
    note('o');
    c->status = status;
    NdisSetEvent(&c->done);
}

static VOID NTAPI pt_close_complete(NDIS_HANDLE context)
{
    struct kit_context *c = context;
    note('c');
    NdisSetEvent(&c->done);
}

static NDIS_STATUS kit_open(struct kit_context *c, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_MEDIUM media[] = {NdisMedium802_3, NdisMediumCoWan};
    NDIS_OPEN_PARAMETERS o = {HEADER(NDIS_OBJECT_TYPE_OPEN_PARAMETERS,
                                     NDIS_OPEN_PARAMETERS_REVISION_1,
                                     NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1),
                              .AdapterName = p->AdapterName, .MediumArray = media,
                              .MediumArraySize = 2, .SelectedMediumIndex = &c->medium};
    NDIS_STATUS s = NdisOpenAdapterEx(c->driver, c, &o, bind, &c->handle);
    if (s == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&c->done, 0);
        s = c->status;
    }
    return s;
}

static void kit_close(struct kit_context *c)
{
    NdisResetEvent(&c->done);
    if (NdisCloseAdapterEx(c->handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&c->done, 0);
}

static NDIS_STATUS NTAPI cl_bind(NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    (void)driver;
    note('B');
    cl_context = kit_alloc(cl_handle);
    cl_context->driver = cl_handle;
    NDIS_STATUS s = kit_open(cl_context, bind, p);
    if (s != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(cl_context, 0, 0);
    return s;
}

static NDIS_STATUS NTAPI cm_bind(NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    (void)driver;
    note('M');
    cm_context = kit_alloc(cm_handle);
    cm_context->driver = cm_handle;
    NDIS_STATUS s = kit_open(cm_context, bind, p);
    if (s == NDIS_STATUS_SUCCESS) {
        s = NdisCmRegisterAddressFamilyEx(cm_context->handle, &family);
        if (s != NDIS_STATUS_SUCCESS)
            kit_close(cm_context);
    }
    if (s != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(cm_context, 0, 0);
    return s;
}

static void kit_close_af(void)
{
    struct kit_context *c = cl_af_context;
    if (c == NULL)
        return;
    NdisResetEvent(&c->done);
    if (NdisClCloseAddressFamily(c->af) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&c->done, 0);
    NdisFreeMemory(c, 0, 0);
    cl_af_context = NULL;
}

static NDIS_STATUS NTAPI cl_unbind(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
    (void)unbind;
    note('U');
    kit_close_af();
    kit_close(context);
    NdisFreeMemory(context, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NTAPI cm_unbind(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
    (void)unbind;
    note('N');
    kit_leave();
    kit_close(context);
    NdisFreeMemory(context, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS NTAPI pt_event(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION e)
{
    (void)context;
    note(e->NetPnPEvent.NetEvent == NetEventPause     ? 'p'
         : e->NetPnPEvent.NetEvent == NetEventRestart ? 'r'
                                                      : 'v');
    return NDIS_STATUS_SUCCESS;
}

static VOID NTAPI cm_unload(PDRIVER_OBJECT object)
{
    (void)object;
    NdisDeregisterProtocolDriver(cm_handle);
}
static VOID NTAPI cl_unload(PDRIVER_OBJECT object)
{
    (void)object;
    NdisDeregisterProtocolDriver(cl_handle);
}

static NDIS_STATUS NTAPI cl_set_options(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    cl_handle = driver;
    return kit_set(driver, cl_options);
}

/* -- The client's half of address families ----------------------------------------------------- */

static VOID NTAPI cl_open_af_complete(NDIS_HANDLE context, NDIS_HANDLE af, NDIS_STATUS status)
{
    struct kit_context *c = context;
    note('f');
    c->af = af;
    c->status = status;
    NdisSetEvent(&c->done);
}

static VOID NTAPI cl_close_af_complete(NDIS_STATUS status, NDIS_HANDLE context)
{
    struct kit_context *c = context;
    note('g');
    c->status = status;
    if (c->notified)
        NdisClNotifyCloseAddressFamilyComplete(c->af, NDIS_STATUS_SUCCESS);
    NdisSetEvent(&c->done);
}

static VOID NTAPI cl_offered(NDIS_HANDLE context, PCO_ADDRESS_FAMILY af)
{
    struct kit_context *b = context;
    note('A');
    cl_af_context = kit_alloc(cl_handle);
    cl_af_context->owner = b;
    NDIS_STATUS s =
        noted(NdisClOpenAddressFamilyEx(b->handle, af, cl_af_context, &cl_af_context->af));
    if (s == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&cl_af_context->done, 0);
        s = cl_af_context->status;
    }
    if (s != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(cl_af_context, 0, 0);
        cl_af_context = NULL;
    }
}

static NDIS_STATUS NTAPI cl_notified(NDIS_HANDLE context)
{
    (void)context;
    note('n');
    kit_close_af();
    return NDIS_STATUS_SUCCESS;
}

static VOID NTAPI not_for_me(NDIS_HANDLE context, PCO_ADDRESS_FAMILY af)
{
    (void)context, (void)af;
}

static NDIS_STATUS NTAPI cm_set_options(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    cm_handle = driver;
    CO_AF_REGISTER_NOTIFY_HANDLER offered = pco.CoAfRegisterNotifyHandler;
    if ((cm_options & CL) == 0 && offered == cl_offered)
        pco.CoAfRegisterNotifyHandler = not_for_me;
    NDIS_STATUS s = kit_set(driver, cm_options);
    pco.CoAfRegisterNotifyHandler = offered;
    return s;
}

/* -- The call manager's ------------------------------------------------------------------------ */

static NDIS_STATUS NTAPI cm_open_af(NDIS_HANDLE binding_context, PCO_ADDRESS_FAMILY af,
                                    NDIS_HANDLE handle, PNDIS_HANDLE out)
{
    (void)binding_context, (void)af;
    note('F');
    cm_af_context = kit_alloc(mp_options & CM ? mp_handle : cm_handle);
    cm_af_context->af = handle;
    *out = cm_af_context;
    return NDIS_STATUS_SUCCESS;
}

/* The state of the open goes here, or when the client was told to close, after that (kit_leave). */
static NDIS_STATUS NTAPI cm_close_af(NDIS_HANDLE context)
{
    note('G');
    if (strchr(notes, 'n') == NULL) {
        NdisFreeMemory(context, 0, 0);
        cm_af_context = NULL;
    }
    return NDIS_STATUS_SUCCESS;
}

static VOID NTAPI cm_notify_complete(NDIS_HANDLE context, NDIS_STATUS status)
{
    struct kit_context *c = context;
    (void)status;
    note('k');
    NdisSetEvent(&c->done);
}

/* -- Structures -------------------------------------------------------------------------------- */

static inline void kit_fill(void *structure, size_t from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ((void **)((char *)structure + from))[i] = UNUSED;
}

static inline void kit_co_structures(void)
{
    mco = (NDIS_MINIPORT_CO_CHARACTERISTICS){HEADER(
        NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS, NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1,
        NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1)};
    kit_fill(&mco, offsetof(NDIS_MINIPORT_CO_CHARACTERISTICS, CoCreateVcHandler), 6);
    pco = (NDIS_PROTOCOL_CO_CHARACTERISTICS){HEADER(
        NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS, NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1,
        NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1)};
    kit_fill(&pco, offsetof(NDIS_PROTOCOL_CO_CHARACTERISTICS, CoStatusHandlerEx), 4);
    pco.CoAfRegisterNotifyHandler = cl_offered;
    clh = (NDIS_CO_CLIENT_OPTIONAL_HANDLERS){HEADER(
        NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS, NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1,
        NDIS_SIZEOF_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1)};
    kit_fill(&clh, offsetof(NDIS_CO_CLIENT_OPTIONAL_HANDLERS, ClCreateVcHandler), 19);
    clh.ClOpenAfCompleteHandlerEx = cl_open_af_complete;
    clh.ClCloseAfCompleteHandler = cl_close_af_complete;
    clh.ClNotifyCloseAfHandler = cl_notified;
    cmh = (NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS){
        HEADER(NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS,
               NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1,
               NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1)};
    kit_fill(&cmh, offsetof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS, CmCreateVcHandler), 17);
    cmh.CmOpenAfHandler = cm_open_af;
    cmh.CmCloseAfHandler = cm_close_af;
    cmh.CmNotifyCloseAfCompleteHandler = cm_notify_complete;
    cmh.CmOidRequestHandler = UNUSED_TOO;
}

/* All NDIS_STATISTICS_Xxx_SUPPORTED flags that the page names. */
#define ALL_STATISTICS 0x0FFFFFFFu

static inline void kit_structures(void)
{
    mpc = (NDIS_MINIPORT_DRIVER_CHARACTERISTICS){
        HEADER(NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2),
        .MajorNdisVersion = 6,
        .MinorNdisVersion = 30,
        .SetOptionsHandler = mp_set_options,
        .InitializeHandlerEx = mp_initialize,
        .HaltHandlerEx = mp_halt,
        .UnloadHandler = mp_unload,
        .PauseHandler = mp_pause,
        .RestartHandler = mp_restart,
        .OidRequestHandler = mp_oid,
        .SendNetBufferListsHandler = UNUSED,
        .ReturnNetBufferListsHandler = UNUSED,
        .CancelSendHandler = UNUSED,
        .DevicePnPEventNotifyHandler = mp_event,
        .ShutdownHandlerEx = mp_shutdown,
        .CancelOidRequestHandler = UNUSED};
    clc = (NDIS_PROTOCOL_DRIVER_CHARACTERISTICS){
        HEADER(NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
               NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
               NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2),
        .MajorNdisVersion = 6,
        .MinorNdisVersion = 30,
        .SetOptionsHandler = cl_set_options,
        .BindAdapterHandlerEx = cl_bind,
        .UnbindAdapterHandlerEx = cl_unbind,
        .OpenAdapterCompleteHandlerEx = pt_open_complete,
        .CloseAdapterCompleteHandlerEx = pt_close_complete,
        .NetPnPEventHandler = pt_event,
        .OidRequestCompleteHandler = UNUSED,
        .ReceiveNetBufferListsHandler = UNUSED,
        .SendNetBufferListsCompleteHandler = UNUSED};
    cmc = clc;
    cmc.SetOptionsHandler = cm_set_options;
    cmc.BindAdapterHandlerEx = cm_bind;
    cmc.UnbindAdapterHandlerEx = cm_unbind;
    regattr = (NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES){
        HEADER(NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
               NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2,
               NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2),
        .AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_DO_NOT_BIND_TO_ALL_CO};
    genattr = (NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES){
        HEADER(NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
               NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2,
               NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2),
        .MediaType = NdisMediumCoWan,
        .PhysicalMediumType = NdisPhysicalMediumUnspecified,
        .MtuSize = 1500,
        .XmitLinkSpeed = 64000,
        .RcvLinkSpeed = 64000,
        .ConnectionType = NET_IF_CONNECTION_DEDICATED,
        .SupportedStatistics = ALL_STATISTICS};
    kit_co_structures();
}

/* -- The runtime ------------------------------------------------------------------------------- */

static inline const char *field(const struct cn_event *ev, const char *key)
{
    const struct cn_field *f = cn_event_field(ev, key);
    return f == NULL || f->str == NULL ? "" : f->str;
}

static inline void append(char *to, size_t size, const char *format, const char *a, const char *b)
{
    size_t n = strlen(to);
    snprintf(to + n, size - n, format, a, b);
}

static inline void kit_event(void *arg, const struct cn_event *ev)
{
    (void)arg;
    if (ev->kind == CN_EV_FINDING) {
        append(broken, sizeof(broken), "%s%s", ev->name, " ");
        snprintf(found, sizeof(found), "%s", field(ev, "found"));
        snprintf(member, sizeof(member), "%s", field(ev, "member"));
    }
    if (ev->kind == CN_EV_STATE)
        append(states, sizeof(states), "%s:%s ", field(ev, "object"), field(ev, "to"));
    if (ev->kind == CN_EV_FACT)
        append(facts, sizeof(facts), "%s=%s;", ev->name, field(ev, "value"));
    if (ev->kind == CN_EV_ROLE)
        append(facts, sizeof(facts), "role=%s %s;", field(ev, "role"), field(ev, "version"));
}

/* A fault outside of a probe is the test's own. */
static inline void kit_fault(void *arg, const struct cn_fault *fault)
{
    (void)arg, (void)fault;
    abort();
}
static inline void kit_stack(void *arg, void **low, void **high)
{
    (void)arg;
    *low = *high = NULL;
}

static struct cn_sink kit_sink = {.event = kit_event};
static bool kit_up;

static inline void kit_stop(void)
{
    if (!kit_up)
        return;
    kit_up = false;
    cn_co_stop();
    cn_ndis_stop();
    while (!cn_list_empty(cn_driver_list())) {
        struct cn_driver *d = CN_LIST_ENTRY(cn_driver_list()->next, struct cn_driver, link);
        cn_nt_driver_end(d, true);
        cn_driver_free(d);
    }
    cn_nt_stop();
    cn_engine_stop();
    cn_handle_reset();
    cn_obj_reset();
    cn_trap_remove();
    cn_trace_remove(&kit_sink);
}

static inline struct cn_driver *kit_driver(const char *name)
{
    struct cn_driver *d = cn_driver_new(name, NULL);
    d->peer = true; /* its functions lie in no image */
    cn_nt_driver_new(d);
    return d;
}

static inline void kit_start_with(const struct cn_ndis_config *config)
{
    kit_stop();
    kit_config = *config;
    broken[0] = notes[0] = found[0] = states[0] = facts[0] = member[0] = '\0';
    got_count = 0;
    adapter = NULL;
    binding = NULL;
    mp_handle = cm_handle = cl_handle = NULL;
    mp_context = cm_context = cl_context = cl_af_context = cm_af_context = NULL;
    mp_options = MCO;
    cm_options = PCO | CM;
    cl_options = PCO | CL;
    kit_structures();
    cn_verify_reset();
    cn_engine_start(&(struct cn_engine_config){.start_100ns = UINT64_C(133000000000000000)});
    cn_nt_start();
    cn_trap_install(&(struct cn_trap_env){.fault = kit_fault, .stack = kit_stack});
    cn_ndis_start(config);
    cn_co_start();
    cn_trace_add(&kit_sink);
    mp = kit_driver("mp.sys");
    cm = kit_driver("cm.sys");
    cl = kit_driver("cl.sys");
    kit_up = true;
}

static inline void kit_start(void)
{
    kit_start_with(&(struct cn_ndis_config){0});
}

static inline void kit_run(void (*body)(void *))
{
    cn_engine_spawn(body, NULL, "test");
    run_end = cn_engine_run();
}

/* -- Steps of a body
 * ------------------------------------------------------------------------------- */

/* Calls `call` as DriverEntry of the driver. */
static inline NDIS_STATUS kit_entry(struct cn_driver *d, NDIS_STATUS (*call)(void))
{
    struct cn_frame f;
    if (!cn_upcall_begin(&f, d, "DriverEntry", NULL, NULL))
        return NDIS_STATUS_FAILURE;
    NDIS_STATUS s = call();
    const int32_t status = s;
    cn_upcall_end(&f, &status);
    cn_ndis_entry_over(d, s);
    return noted(s);
}

static inline NDIS_STATUS mp_register(void)
{
    return NdisMRegisterMiniportDriver(cn_nt_driver_object(mp), NULL, NULL, &mpc, &mp_handle);
}
static inline NDIS_STATUS cl_register(void)
{
    cn_nt_driver_object(cl)->DriverUnload = cl_unload;
    return NdisRegisterProtocolDriver(NULL, &clc, &cl_handle);
}
static inline NDIS_STATUS cm_register(void)
{
    cn_nt_driver_object(cm)->DriverUnload = cm_unload;
    return NdisRegisterProtocolDriver(NULL, &cmc, &cm_handle);
}

/* An adapter that is up; NULL and the status noted when it does not come up. */
static inline struct cn_adapter *kit_adapter(void)
{
    adapter = NULL;
    if (noted(cn_adapter_add(mp, NULL, &adapter)) != NDIS_STATUS_SUCCESS)
        return NULL;
    noted(cn_adapter_start(adapter));
    return adapter;
}

static inline void kit_gone(struct cn_driver *d)
{
    cn_ndis_unload(d);
    cn_ndis_driver_end(d, false);
    cn_nt_driver_end(d, false);
}

/* In a function of the driver that is no handler of NDIS: a thread of its own, say. */
static inline void kit_as(struct cn_driver *d, void (*call)(void))
{
    struct cn_frame f;
    if (!cn_upcall_begin(&f, d, "thread", NULL, NULL))
        return;
    call();
    cn_upcall_end(&f, NULL);
}

/* The whole life: client and call manager register as asked, one adapter comes and goes, all
 * unload. */
static inline void kit_life(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    if ((mp_options & CM) == 0)
        kit_entry(cm, cm_register);
    kit_entry(cl, cl_register);
    if (kit_adapter() != NULL) {
        cn_adapter_stop(adapter);
        cn_adapter_remove(adapter);
    }
    kit_gone(cl);
    kit_gone(cm);
    kit_gone(mp);
}

#endif
