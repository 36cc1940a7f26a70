/* Tests of src/ndis/binding.c, open.c and event.c: bindings from the offer to the unbind. */
#include "kit.h"

/* An MCM below, so that the client is offered a family; most tests look at the client's binding. */
static void start(bool pend)
{
    kit_start_with(&(struct cn_ndis_config){.pend = pend});
    mp_options = 0;
    cl_options = 0;
    genattr.MediaType = NdisMedium802_3;
}

static void life(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_entry(cl, cl_register);
    if (kit_adapter() != NULL) {
        binding = cn_binding_of(adapter, cl);
        cn_adapter_stop(adapter);
        cn_adapter_remove(adapter);
    }
    kit_gone(cl);
    kit_gone(mp);
}

TEST(a_binding_moves_through_the_documented_states)
{
    for (int pend = 0; pend < 2; pend++) {
        start(pend != 0);
        kit_run(life);
        CN_STREQ(broken, "");
        CN_STREQ(notes, pend ? "vIBoRrpPUcH" : "vIBRrpPUH");
        CN_HAS(states, "binding 0:Opening binding 0:adapter opening binding 0:adapter open "
                       "binding 0:Paused ");
        CN_HAS(states, "binding 0:Restarting binding 0:Running binding 0:Pausing binding 0:Paused");
        CN_HAS(states, "binding 0:Closing binding 0:adapter closing binding 0:adapter closed "
                       "binding 0:Unbound ");
        CN_EQ(cn_pool_live(cl), 0);
    }
}

/* -- Opening ----------------------------------------------------------------------------------- */

static NDIS_STATUS (*opening)(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p);
static NDIS_STATUS NTAPI bind_with(NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    (void)driver;
    return opening(bind, p);
}
static const char *bound_with(NDIS_STATUS (*open)(NDIS_HANDLE, PNDIS_BIND_PARAMETERS))
{
    opening = open;
    clc.BindAdapterHandlerEx = bind_with;
    kit_run(life);
    return broken;
}

static NDIS_MEDIUM ethernet = NdisMedium802_3, atm = NdisMediumAtm;
static UINT medium_index;
static NDIS_OPEN_PARAMETERS parameters(PNDIS_BIND_PARAMETERS p)
{
    return (NDIS_OPEN_PARAMETERS){HEADER(NDIS_OBJECT_TYPE_OPEN_PARAMETERS,
                                         NDIS_OPEN_PARAMETERS_REVISION_1,
                                         NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1),
                                  .AdapterName = p->AdapterName, .MediumArray = &ethernet,
                                  .MediumArraySize = 1, .SelectedMediumIndex = &medium_index};
}

static NDIS_HANDLE opened;
static NDIS_STATUS open_wrong_medium(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    o.MediumArray = &atm;
    return noted(NdisOpenAdapterEx(cl_handle, NULL, &o, bind, &opened));
}
static NDIS_STATUS open_wrong_name(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    static WCHAR text[] = L"\\DEVICE\\other";
    NDIS_STRING name = {26, 28, text};
    NDIS_OPEN_PARAMETERS o = parameters(p);
    o.AdapterName = &name;
    return noted(NdisOpenAdapterEx(cl_handle, NULL, &o, bind, &opened));
}
static NDIS_STATUS open_wrong_header(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    o.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    return noted(NdisOpenAdapterEx(cl_handle, NULL, &o, bind, &opened));
}
static NDIS_STATUS open_wrong_protocol(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    return noted(NdisOpenAdapterEx(mp_handle, NULL, &o, bind, &opened));
}
static NDIS_STATUS open_wrong_bind(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    (void)bind;
    return noted(NdisOpenAdapterEx(cl_handle, NULL, &o, cl_handle, &opened));
}
static NDIS_STATUS open_no_handle(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    return noted(NdisOpenAdapterEx(cl_handle, NULL, &o, bind, NULL));
}

TEST(open_parameters_are_judged)
{
    static const struct {
        NDIS_STATUS (*open)(NDIS_HANDLE, PNDIS_BIND_PARAMETERS);
        NDIS_STATUS status;
        const char *rules, *member;
    } cases[] = {
        {open_wrong_medium, NDIS_STATUS_UNSUPPORTED_MEDIA, "BND-021 ", "MediumArray"},
        {open_wrong_name, NDIS_STATUS_ADAPTER_NOT_FOUND, "BND-021 ", "AdapterName"},
        {open_wrong_header, NDIS_STATUS_FAILURE, "BND-021 ", "Header.Type"},
        {open_wrong_protocol, NDIS_STATUS_FAILURE, "GEN-001 ", "NdisProtocolHandle"},
        {open_wrong_bind, NDIS_STATUS_FAILURE, "BND-001 ", "BindContext"},
        {open_no_handle, NDIS_STATUS_FAILURE, "GEN-005 ", "NdisBindingHandle"},
    };
    for (size_t i = 0; i < CN_ARRAY_SIZE(cases); i++) {
        start(false);
        CN_STREQ(bound_with(cases[i].open), cases[i].rules);
        CN_EQ(got[3], cases[i].status);
        CN_STREQ(member, cases[i].member);
        CN_HAS(states, "binding 0:Opening ");
        CN_HAS(states, "binding 0:Unbound ");
    }
}

static NDIS_BIND_PARAMETERS seen;
static NDIS_STATUS look_and_open(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    seen = (NDIS_BIND_PARAMETERS){0};
    memcpy(&seen, p, p->Header.Size);
    note(cn_guard_is((char *)p + p->Header.Size) ? 'g' : '-');
    return cl_bind(NULL, bind, p);
}

TEST(bind_parameters_have_the_revision_of_the_version)
{
    static const struct {
        uint8_t minor, characteristics, revision;
    } rows[] = {{0, 1, 1}, {1, 2, 2}, {20, 2, 3}, {30, 2, 4}, {89, 2, 4}};
    static const uint16_t sizes[] = {
        0, NDIS_SIZEOF_BIND_PARAMETERS_REVISION_1, NDIS_SIZEOF_BIND_PARAMETERS_REVISION_2,
        NDIS_SIZEOF_BIND_PARAMETERS_REVISION_3, NDIS_SIZEOF_BIND_PARAMETERS_REVISION_4};
    for (size_t i = 0; i < CN_ARRAY_SIZE(rows); i++) {
        start(false);
        clc.MinorNdisVersion = rows[i].minor;
        clc.Header.Revision = rows[i].characteristics;
        CN_STREQ(bound_with(look_and_open), "");
        CN_EQ(seen.Header.Revision, rows[i].revision);
        CN_EQ(seen.Header.Size, sizes[rows[i].revision]);
        CN_EQ(seen.MediaType, NdisMedium802_3);
        CN_EQ(seen.MtuSize, 1500);
        CN_EQ(cl_context == NULL, false);
        CN_HAS(notes, "g");
    }
}

TEST(the_selected_medium_is_written)
{
    start(false);
    kit_run(life);
    CN_STREQ(broken, "");
    kit_start();
    kit_run(kit_life);
    CN_STREQ(broken, "");
}

static void open_outside(void)
{
    NDIS_BIND_PARAMETERS p = {.AdapterName = (PNDIS_STRING)&adapter->device_name};
    NDIS_OPEN_PARAMETERS o = parameters(&p);
    noted(NdisOpenAdapterEx(cl_handle, NULL, &o, cl_context->operation, &opened));
}
static NDIS_STATUS keep_bind(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_STATUS s = cl_bind(NULL, bind, p);
    cl_context->operation = bind;
    return s;
}
static void outside(void *arg)
{
    (void)arg;
    opening = keep_bind;
    clc.BindAdapterHandlerEx = bind_with;
    kit_entry(mp, mp_register);
    kit_entry(cl, cl_register);
    kit_adapter();
    kit_as(cl, open_outside);
    cn_adapter_remove(adapter);
}

TEST(an_adapter_is_opened_inside_a_bind_only)
{
    start(false);
    kit_run(outside);
    CN_STREQ(broken, "BND-001 ");
    CN_EQ(got[4], NDIS_STATUS_FAILURE);
}

/* -- While an open is pending ------------------------------------------------------------------ */

static NDIS_STRING name;
static NDIS_STATUS use_early(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    cl_context = kit_alloc(cl_handle);
    noted(NdisOpenAdapterEx(cl_handle, cl_context, &o, bind, &cl_context->handle));
    noted(NdisQueryAdapterInstanceName(&name, cl_context->handle));
    NdisWaitEvent(&cl_context->done, 0);
    return NDIS_STATUS_SUCCESS;
}
static VOID NTAPI use_failed(NDIS_HANDLE context, NDIS_STATUS status)
{
    pt_open_complete(context, status);
    noted(NdisQueryAdapterInstanceName(&name, cl_context->handle));
}
static NDIS_STATUS pend_wrong_medium(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    o.MediumArray = &atm;
    cl_context = kit_alloc(cl_handle);
    noted(NdisOpenAdapterEx(cl_handle, cl_context, &o, bind, &cl_context->handle));
    NdisWaitEvent(&cl_context->done, 0);
    NDIS_STATUS s = cl_context->status;
    NdisFreeMemory(cl_context, 0, 0);
    return s;
}

TEST(a_pended_open_gives_its_handle_at_the_end)
{
    start(true);
    CN_STREQ(bound_with(use_early), "BND-002 ");
    CN_EQ(got[3], NDIS_STATUS_PENDING);
    CN_EQ(got[4], NDIS_STATUS_FAILURE);
    start(true);
    clc.OpenAdapterCompleteHandlerEx = use_failed;
    CN_STREQ(bound_with(pend_wrong_medium), "BND-021 BND-022 ");
}

/* -- The end of a bind ------------------------------------------------------------------------- */

static NDIS_STATUS fail_open(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    cl_bind(NULL, bind, p);
    return NDIS_STATUS_RESOURCES;
}
static NDIS_STATUS fail_closed_but_leaking(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    cl_bind(NULL, bind, p);
    kit_close(cl_context);
    return NDIS_STATUS_RESOURCES;
}
static NDIS_STATUS fail_cleanly(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    cl_bind(NULL, bind, p);
    kit_close(cl_context);
    NdisFreeMemory(cl_context, 0, 0);
    return NDIS_STATUS_RESOURCES;
}
static NDIS_STATUS succeed_without(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    (void)bind, (void)p;
    return NDIS_STATUS_SUCCESS;
}

TEST(a_failed_bind_leaves_nothing)
{
    for (int pend = 0; pend < 2; pend++) {
        start(pend != 0);
        CN_HAS(bound_with(fail_open), "BND-004 ");
        start(pend != 0);
        CN_STREQ(bound_with(fail_closed_but_leaking), "BND-004 ");
        start(pend != 0);
        CN_STREQ(bound_with(fail_cleanly), "");
    }
    start(false);
    CN_STREQ(bound_with(succeed_without), "BND-015 ");
    CN_OK(binding == NULL);
}

static unsigned completions;
static void complete_bind(void *arg)
{
    struct cn_frame f;
    (void)arg;
    if (!cn_upcall_begin(&f, cl, "worker", NULL, NULL))
        return;
    for (unsigned i = 0; i < completions; i++)
        NdisCompleteBindAdapterEx(cl_context->operation, NDIS_STATUS_SUCCESS);
    cn_upcall_end(&f, NULL);
}
static NDIS_STATUS pend_bind(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    keep_bind(bind, p);
    cn_engine_spawn(complete_bind, NULL, "worker");
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS early_bind(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    keep_bind(bind, p);
    NdisCompleteBindAdapterEx(bind, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS both_bind(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    keep_bind(bind, p);
    NdisCompleteBindAdapterEx(bind, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

TEST(a_bind_is_completed_once_when_it_pended)
{
    for (int pend = 0; pend < 2; pend++) {
        completions = 1;
        start(pend != 0);
        CN_STREQ(bound_with(pend_bind), "");
        CN_EQ(run_end, CN_END_IDLE);
        start(pend != 0);
        CN_STREQ(bound_with(early_bind), "");
        completions = 2;
        start(pend != 0);
        CN_STREQ(bound_with(pend_bind), "BND-003 ");
        start(pend != 0);
        CN_STREQ(bound_with(both_bind), "BND-003 ");
    }
    completions = 0;
    start(false);
    CN_STREQ(bound_with(pend_bind), "");
    CN_EQ(run_end, CN_END_DEADLOCK);
}

/* -- Closing ----------------------------------------------------------------------------------- */

static VOID (*closing)(NDIS_HANDLE unbind, struct kit_context *c);
static NDIS_STATUS unbind_status;
static NDIS_STATUS NTAPI unbind_with(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
    closing(unbind, context);
    return unbind_status;
}
static const char *unbound_with(VOID (*close)(NDIS_HANDLE, struct kit_context *),
                                NDIS_STATUS status)
{
    closing = close;
    unbind_status = status;
    clc.UnbindAdapterHandlerEx = unbind_with;
    kit_run(life);
    return broken;
}

static VOID close_and_free(NDIS_HANDLE unbind, struct kit_context *c)
{
    (void)unbind;
    kit_close(c);
    NdisFreeMemory(c, 0, 0);
}
static VOID just_free(NDIS_HANDLE unbind, struct kit_context *c)
{
    (void)unbind, (void)c;
}
static VOID close_twice(NDIS_HANDLE unbind, struct kit_context *c)
{
    (void)unbind;
    kit_close(c);
    noted(NdisCloseAdapterEx(c->handle));
    NdisFreeMemory(c, 0, 0);
}
static VOID close_and_use(NDIS_HANDLE unbind, struct kit_context *c)
{
    (void)unbind;
    kit_close(c);
    noted(NdisQueryAdapterInstanceName(&name, c->handle));
    NdisFreeMemory(c, 0, 0);
}
static VOID free_and_close(NDIS_HANDLE unbind, struct kit_context *c)
{
    NDIS_HANDLE handle = c->handle;
    (void)unbind;
    NdisFreeMemory(c, 0, 0);
    NdisCloseAdapterEx(handle);
}
static VOID close_without_wait(NDIS_HANDLE unbind, struct kit_context *c)
{
    (void)unbind;
    NdisCloseAdapterEx(c->handle);
}

TEST(an_unbind_closes_the_adapter_once)
{
    start(false);
    CN_STREQ(unbound_with(close_and_free, NDIS_STATUS_SUCCESS), "");
    start(false);
    CN_STREQ(unbound_with(close_and_free, NDIS_STATUS_FAILURE), "BND-007 ");
    start(false);
    CN_HAS(unbound_with(just_free, NDIS_STATUS_SUCCESS), "BND-007 ");
    start(false);
    CN_STREQ(unbound_with(close_twice, NDIS_STATUS_SUCCESS), "BND-005 ");
    start(false);
    CN_STREQ(unbound_with(close_and_use, NDIS_STATUS_SUCCESS), "BND-006 ");
    CN_HAS(found, "'binding 0' was ended by NdisCloseAdapterEx of cl.sys");
    start(false);
    CN_STREQ(unbound_with(free_and_close, NDIS_STATUS_SUCCESS), "BND-010 ");
}

static VOID NTAPI close_complete_and_free(NDIS_HANDLE context)
{
    note('c');
    NdisFreeMemory(context, 0, 0);
}

TEST(a_pending_close_is_waited_for)
{
    start(true);
    clc.CloseAdapterCompleteHandlerEx = close_complete_and_free;
    CN_STREQ(unbound_with(close_without_wait, NDIS_STATUS_SUCCESS), "BND-009 ");
    CN_HAS(notes, "c");
}

static void close_outside(void)
{
    noted(NdisCloseAdapterEx(cl_context->handle));
}
static void close_while_running(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_entry(cl, cl_register);
    kit_adapter();
    kit_as(cl, close_outside);
    cn_adapter_remove(adapter);
}

TEST(an_adapter_is_not_closed_while_it_is_used)
{
    start(false);
    kit_run(close_while_running);
    CN_STREQ(broken, "BND-005 ");
    CN_EQ(got[4], NDIS_STATUS_FAILURE);
    CN_HAS(notes, "UH"); /* and the unbind is in order then */
}

/* -- An unbind that pends ---------------------------------------------------------------------- */

static NDIS_HANDLE pended;
static VOID pend_unbind(NDIS_HANDLE unbind, struct kit_context *c)
{
    pended = unbind;
    c->operation = unbind;
    if (NdisCloseAdapterEx(c->handle) != NDIS_STATUS_PENDING)
        clc.CloseAdapterCompleteHandlerEx(c);
}
static VOID NTAPI complete_unbind(NDIS_HANDLE context)
{
    struct kit_context *c = context;
    NDIS_HANDLE unbind = c->operation;
    NdisCompleteUnbindAdapterEx(unbind);
    NdisFreeMemory(c, 0, 0);
}
static VOID NTAPI complete_unbind_twice(NDIS_HANDLE context)
{
    complete_unbind(context);
    NdisCompleteUnbindAdapterEx(pended);
}
static VOID NTAPI free_then_complete(NDIS_HANDLE context)
{
    NdisFreeMemory(context, 0, 0);
    NdisCompleteUnbindAdapterEx(pended);
}
static VOID complete_before_close(NDIS_HANDLE unbind, struct kit_context *c)
{
    NdisCompleteUnbindAdapterEx(unbind);
    pend_unbind(unbind, c);
}

TEST(a_pended_unbind_is_completed_after_the_close)
{
    for (int pend = 0; pend < 2; pend++) {
        start(pend != 0);
        clc.CloseAdapterCompleteHandlerEx = complete_unbind;
        CN_STREQ(unbound_with(pend_unbind, NDIS_STATUS_PENDING), "");
        CN_EQ(run_end, CN_END_IDLE);
        start(pend != 0);
        clc.CloseAdapterCompleteHandlerEx = complete_unbind_twice;
        CN_STREQ(unbound_with(pend_unbind, NDIS_STATUS_PENDING), "BND-024 ");
        start(pend != 0);
        clc.CloseAdapterCompleteHandlerEx = complete_unbind;
        CN_STREQ(unbound_with(complete_before_close, NDIS_STATUS_PENDING), "BND-008 ");
    }
    start(true);
    clc.CloseAdapterCompleteHandlerEx = free_then_complete;
    CN_STREQ(unbound_with(pend_unbind, NDIS_STATUS_PENDING), "BND-010 ");
}

/* -- Requests of the driver -------------------------------------------------------------------- */

static void leave(void)
{
    noted(NdisUnbindAdapter(cl_context->handle));
}
static void leave_and_use(void)
{
    NDIS_HANDLE h = cl_context->handle;
    noted(NdisUnbindAdapter(h));
    noted(NdisQueryAdapterInstanceName(&name, h));
}
static void enumerate(void)
{
    NdisReEnumerateProtocolBindings(cl_handle);
}
static bool always(void *arg)
{
    (void)arg;
    return true;
}
static void let_others_run(void)
{
    cn_engine_park(&binding, always, NULL, cn_engine_now() + 1000, "others");
}
static void (*first)(void), (*second)(void);
static void ask(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_entry(cl, cl_register);
    kit_adapter();
    kit_as(cl, first);
    let_others_run();
    if (second != NULL)
        kit_as(cl, second);
    let_others_run();
    cn_adapter_remove(adapter);
    kit_gone(cl);
}

TEST(a_driver_may_leave_and_come_back)
{
    for (int pend = 0; pend < 2; pend++) {
        start(pend != 0);
        first = leave;
        second = enumerate;
        kit_run(ask);
        CN_STREQ(broken, "");
        CN_EQ(got[4], NDIS_STATUS_SUCCESS);
        CN_STREQ(notes, pend ? "vIBoRrpUcBorpPUcH" : "vIBRrpUBrpPUH");
    }
    start(false);
    first = leave_and_use;
    second = NULL;
    kit_run(ask);
    CN_STREQ(broken, "BND-014 ");
}

static NDIS_STATUS enumerate_in_bind(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    enumerate();
    return cl_bind(NULL, bind, p);
}
static NDIS_STATUS NTAPI enumerate_in_event(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION e)
{
    (void)context;
    if (e->NetPnPEvent.NetEvent == NetEventRestart ||
        e->NetPnPEvent.NetEvent == NetEventReconfigure)
        enumerate();
    return NDIS_STATUS_SUCCESS;
}
static void reconfigure(void *arg)
{
    (void)arg;
    kit_entry(cl, cl_register);
    noted(cn_protocol_event(cl, NetEventReconfigure, NULL, 0));
}

TEST(enumerating_inside_a_bind_is_refused)
{
    start(false);
    CN_STREQ(bound_with(enumerate_in_bind), "BND-020 ");
    start(false);
    clc.NetPnPEventHandler = enumerate_in_event;
    kit_run(life);
    CN_STREQ(broken, "BND-020 ");
    start(false);
    clc.NetPnPEventHandler = enumerate_in_event;
    kit_run(reconfigure);
    CN_STREQ(broken, "");
}

static NDIS_STATUS bind_by_variable(NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_OPEN_PARAMETERS o = parameters(p);
    cl_context = kit_alloc(cl_handle);
    return noted(NdisOpenAdapterEx(cm_handle, cl_context, &o, bind, &cl_context->handle));
}
static NDIS_STATUS register_by_variable(void)
{
    return NdisRegisterProtocolDriver(NULL, &clc, &cm_handle);
}
static void adapter_first(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_adapter();
    opening = bind_by_variable;
    clc.BindAdapterHandlerEx = bind_with;
    cn_nt_driver_object(cl)->DriverUnload = cl_unload;
    kit_entry(cl, register_by_variable);
    cn_adapter_remove(adapter);
    kit_gone(cl);
}

TEST(adapters_that_are_up_are_offered_before_the_registration_returns)
{
    start(false);
    kit_run(adapter_first);
    CN_STREQ(broken, "REG-040 ");
    CN_EQ(got[3], NDIS_STATUS_SUCCESS); /* the bind goes on */
    CN_STREQ(notes, "IRrvpPUH");
}

/* -- Events ------------------------------------------------------------------------------------ */

static NDIS_STATUS event_answer, event_completion;
static int event_pended, event_times;
static void event_later(void *arg)
{
    struct cn_frame f;
    (void)arg;
    if (!cn_upcall_begin(&f, cl, "worker", NULL, NULL))
        return;
    for (int i = 0; i < event_times; i++)
        NdisCompleteNetPnPEvent(cl_context == NULL ? NULL : cl_context->handle, event,
                                event_completion);
    cn_upcall_end(&f, NULL);
}
static NDIS_STATUS NTAPI event_with(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION e)
{
    (void)context;
    if ((int)e->NetPnPEvent.NetEvent != event_pended)
        return NDIS_STATUS_SUCCESS;
    event = e;
    if (event_answer == NDIS_STATUS_PENDING)
        cn_engine_spawn(event_later, NULL, "worker");
    return event_answer;
}
static const char *event_told(int which, NDIS_STATUS answer, NDIS_STATUS completion, int times)
{
    event_pended = which;
    event_answer = answer;
    event_completion = completion;
    event_times = times;
    clc.NetPnPEventHandler = event_with;
    kit_run(life);
    return broken;
}

TEST(events_may_pend)
{
    for (int pend = 0; pend < 2; pend++) {
        start(pend != 0);
        CN_STREQ(event_told(NetEventPause, NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1), "");
        start(pend != 0);
        CN_STREQ(event_told(NetEventRestart, NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1), "");
        CN_HAS(states, "binding 0:Running");
        start(pend != 0);
        CN_STREQ(event_told(NetEventBindsComplete, NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1),
                 "");
        CN_EQ(run_end, CN_END_IDLE);
    }
}

TEST(wrong_answers_to_events)
{
    start(false);
    CN_STREQ(event_told(NetEventPause, NDIS_STATUS_FAILURE, 0, 0), "PNP-004 ");
    CN_HAS(states, "binding 0:Pausing binding 0:Paused");
    start(false);
    CN_STREQ(event_told(NetEventPause, NDIS_STATUS_NOT_SUPPORTED, 0, 0), "PNP-007 ");
    start(false);
    CN_STREQ(event_told(NetEventBindsComplete, NDIS_STATUS_RESOURCES, 0, 0), "PNP-004 ");
    start(false);
    CN_STREQ(event_told(NetEventRestart, NDIS_STATUS_RESOURCES, 0, 0), "");
    CN_HAS(states, "binding 0:Restarting binding 0:Paused");
    start(false);
    CN_STREQ(event_told(NetEventPause, NDIS_STATUS_PENDING, NDIS_STATUS_FAILURE, 1), "PNP-004 ");
    start(false);
    CN_STREQ(event_told(NetEventPause, NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 2), "PNP-003 ");
}

static NDIS_STATUS NTAPI stray_completion(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION e)
{
    if (context != NULL && e->NetPnPEvent.NetEvent == NetEventRestart)
        NdisCompleteNetPnPEvent(cl_context->handle, NULL, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

TEST(a_completion_without_a_pended_event)
{
    start(false);
    clc.NetPnPEventHandler = stray_completion;
    kit_run(life);
    CN_STREQ(broken, "BND-015 ");
}

/* -- Names ------------------------------------------------------------------------------------- */

static void ask_names(void)
{
    noted(NdisQueryAdapterInstanceName(&name, cl_context->handle));
}

TEST(names_that_were_given_away_are_freed)
{
    start(false);
    first = ask_names;
    second = NULL;
    kit_run(ask);
    CN_STREQ(broken, "BND-025 ");
    CN_EQ(name.Length, 2 * strlen("condis adapter 0"));
    CN_EQ(cn_pool_live(cl), 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
