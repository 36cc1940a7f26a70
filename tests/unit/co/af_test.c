/* Tests of src/co/family.c and af.c: address families are registered, offered, opened, closed, and
 * called back, by an MCM and by a stand-alone call manager. */
#include "../ndis/kit.h"

/* Below lies an MCM, or a miniport driver with a call manager of its own. */
static void start(bool mcm)
{
    kit_start();
    if (!mcm)
        return;
    mp_options = MCO | CM;
    mco.CoCreateVcHandler = NULL;
    mco.CoDeleteVcHandler = NULL;
}

static const char *lived(void)
{
    kit_run(kit_life);
    return broken;
}

static const char *calls_of(const char *only)
{
    static char out[64];
    size_t n = 0;
    for (const char *c = notes; *c != '\0' && n + 1 < sizeof(out); c++)
        if (strchr(only, *c) != NULL)
            out[n++] = *c;
    out[n] = '\0';
    return out;
}

TEST(a_family_lives_its_whole_life)
{
    for (int mcm = 0; mcm < 2; mcm++) {
        start(mcm != 0);
        CN_STREQ(lived(), "");
        CN_EQ(run_end, CN_END_IDLE);
        /* offered, opened by the call manager, notified, closed */
        CN_STREQ(calls_of("AFnGHN"), mcm ? "AFHnG" : "AFNnGH");
        CN_HAS(facts, "address family=TAPI_PROXY 1.0;");
        CN_HAS(states, "address family 0:opening address family 0:open ");
        CN_HAS(states, "address family 0:notified address family 0:closing "
                       "address family 0:closed address family 0:notification complete ");
        CN_EQ(cn_pool_live(mp) + cn_pool_live(cm) + cn_pool_live(cl), 0);
    }
}

TEST(names_of_families)
{
    start(true);
    family = (CO_ADDRESS_FAMILY){CO_ADDRESS_FAMILY_PROXY | CO_ADDRESS_FAMILY_TAPI, 6, 20};
    regattr.AttributeFlags = 0; /* it is one of TAPI's */
    CN_STREQ(lived(), "");
    CN_HAS(facts, "address family=TAPI (proxy) 6.20;");
    start(true);
    family = (CO_ADDRESS_FAMILY){0x77, 0, 1};
    CN_STREQ(lived(), "");
    CN_HAS(facts, "address family=0x77 0.1;");
    family = (CO_ADDRESS_FAMILY){CO_ADDRESS_FAMILY_TAPI_PROXY, 1, 0};
}

/* -- Registering ------------------------------------------------------------------------------- */

static NDIS_STATUS (*registering)(NDIS_HANDLE handle);
static NDIS_STATUS NTAPI initialize_registering(NDIS_HANDLE handle, NDIS_HANDLE driver,
                                                PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    unsigned options = mp_options;
    mp_options &= ~(unsigned)CM; /* the kit registers nothing */
    NDIS_STATUS s = mp_initialize(handle, driver, p);
    mp_options = options;
    noted(registering(handle));
    return s;
}
static const char *initialized_registering(NDIS_STATUS (*call)(NDIS_HANDLE))
{
    registering = call;
    mpc.InitializeHandlerEx = initialize_registering;
    return lived();
}
/* What the miniport driver got; nobody else notes before it. */
#define REGISTERED got[mp_options & CM ? 3 : 4]

static NDIS_STATUS once(NDIS_HANDLE h)
{
    return NdisMCmRegisterAddressFamilyEx(h, &family);
}
static NDIS_STATUS twice(NDIS_HANDLE h)
{
    once(h);
    return once(h);
}
static NDIS_STATUS nothing_given(NDIS_HANDLE h)
{
    return NdisMCmRegisterAddressFamilyEx(h, NULL);
}
static NDIS_STATUS no_handle(NDIS_HANDLE h)
{
    (void)h;
    return NdisMCmRegisterAddressFamilyEx(NULL, &family);
}
static NDIS_STATUS as_call_manager(NDIS_HANDLE h)
{
    return NdisCmRegisterAddressFamilyEx(h, &family);
}

TEST(an_mcm_registers_a_family_once)
{
    start(true);
    CN_STREQ(initialized_registering(once), "");
    CN_EQ(got[2], NDIS_STATUS_SUCCESS);
    start(true);
    CN_STREQ(initialized_registering(twice), "AF-005 ");
    start(true);
    CN_STREQ(initialized_registering(nothing_given), "AF-007 ");
    start(true);
    CN_STREQ(initialized_registering(no_handle), "AF-007 ");
    start(true);
    CN_STREQ(initialized_registering(as_call_manager), "AF-001 ");
}

TEST(only_a_whole_mcm_registers_a_family)
{
    start(false);
    mp_options = 0;
    genattr.MediaType = NdisMedium802_3;
    cmc.BindAdapterHandlerEx = cl_bind;
    cmc.UnbindAdapterHandlerEx = cl_unbind;
    kit_run(kit_life);
    start(false);
    mp_options = 0;
    registering = once;
    mpc.InitializeHandlerEx = initialize_registering;
    kit_run(kit_life);
    CN_HAS(broken, "AF-046 ");
    start(false);
    registering = once;
    mpc.InitializeHandlerEx = initialize_registering;
    kit_run(kit_life);
    CN_STREQ(broken, "AF-002 ");
    start(false);
    mp_options = CM;
    registering = once;
    mpc.InitializeHandlerEx = initialize_registering;
    kit_run(kit_life);
    CN_HAS(broken, "REG-034 ");
}

static NDIS_STATUS NTAPI register_first(NDIS_HANDLE handle, NDIS_HANDLE driver,
                                        PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    noted(once(handle));
    return mp_initialize(handle, driver, p);
}
static NDIS_STATUS NTAPI register_between(NDIS_HANDLE handle, NDIS_HANDLE driver,
                                          PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    (void)driver, (void)p;
    mp_context = kit_alloc(handle);
    mp_context->handle = handle;
    regattr.MiniportAdapterContext = mp_context;
    NdisMSetMiniportAttributes(handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&regattr);
    noted(once(handle));
    return NdisMSetMiniportAttributes(handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&genattr);
}
static NDIS_STATUS NTAPI register_in_restart(NDIS_HANDLE context,
                                             PNDIS_MINIPORT_RESTART_PARAMETERS p)
{
    (void)context, (void)p;
    if (!mp_context->closing)
        noted(once(mp_context->handle));
    mp_context->closing = TRUE;
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS nothing_yet(NDIS_HANDLE h)
{
    (void)h;
    return NDIS_STATUS_SUCCESS;
}

TEST(a_family_is_registered_at_the_end_of_the_initialisation)
{
    start(true);
    mpc.InitializeHandlerEx = register_first;
    CN_STREQ(lived(), "ADP-001 ");
    start(true);
    mpc.InitializeHandlerEx = register_between;
    CN_STREQ(lived(), "AF-004 ");
    start(true);
    mpc.RestartHandler = register_in_restart;
    CN_STREQ(initialized_registering(nothing_yet), "AF-004 ");
}

TEST(an_adapter_without_connections_has_no_families)
{
    start(true);
    regattr.AttributeFlags |= NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS;
    CN_STREQ(initialized_registering(once), "ADP-007 ");
}

static NDIS_STATUS (*binding_call)(void);
static NDIS_STATUS NTAPI cm_bind_calling(NDIS_HANDLE driver, NDIS_HANDLE bind,
                                         PNDIS_BIND_PARAMETERS p)
{
    NDIS_STATUS s = cm_bind(driver, bind, p);
    if (s == NDIS_STATUS_SUCCESS && binding_call != NULL)
        noted(binding_call());
    return s;
}
static NDIS_STATUS again(void)
{
    return NdisCmRegisterAddressFamilyEx(cm_context->handle, &family);
}
static NDIS_STATUS as_mcm(void)
{
    return NdisMCmRegisterAddressFamilyEx(cm_context->handle, &family);
}
static NDIS_STATUS unreadable(void)
{
    return NdisCmRegisterAddressFamilyEx(cm_context->handle, (PCO_ADDRESS_FAMILY)(uintptr_t)64);
}

TEST(a_call_manager_registers_a_family_in_its_bind)
{
    static const struct {
        NDIS_STATUS (*call)(void);
        const char *rules;
    } cases[] = {{again, "AF-006 "}, {as_mcm, "AF-002 "}, {unreadable, "AF-007 "}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(cases); i++) {
        start(false);
        binding_call = cases[i].call;
        cmc.BindAdapterHandlerEx = cm_bind_calling;
        CN_STREQ(lived(), cases[i].rules);
        CN_EQ(got[4], NDIS_STATUS_FAILURE);
    }
}

TEST(a_call_manager_has_registered_both_halves)
{
    start(false);
    cm_options = PCO;
    CN_STREQ(lived(), "REG-036 ");
    start(false);
    cm_options = CM;
    CN_STREQ(lived(), "REG-036 ");
    start(false);
    cm_options = 0;
    CN_STREQ(lived(), "AF-045 ");
    start(false);
    mp_options = 0;
    genattr.MediaType = NdisMediumCoWan;
    CN_STREQ(lived(), "AF-045 ");
}

static NDIS_STATUS NTAPI register_in_event(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION e)
{
    if (context != NULL && e->NetPnPEvent.NetEvent == NetEventRestart)
        noted(again());
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI cm_bind_only(NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    (void)driver;
    cm_context = kit_alloc(cm_handle);
    cm_context->driver = cm_handle;
    return kit_open(cm_context, bind, p);
}
static NDIS_STATUS NTAPI cm_unbind_registering(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
    noted(again());
    return cm_unbind(unbind, context);
}

TEST(a_late_family_is_told_and_offered_all_the_same)
{
    start(false);
    cmc.BindAdapterHandlerEx = cm_bind_only;
    cmc.NetPnPEventHandler = register_in_event;
    CN_STREQ(lived(), "AF-003 ");
    CN_HAS(facts, "address family=");
    start(false);
    cmc.BindAdapterHandlerEx = cm_bind_only;
    cmc.UnbindAdapterHandlerEx = cm_unbind_registering;
    CN_STREQ(lived(), "AF-045 ");
}

/* -- Offering ---------------------------------------------------------------------------------- */

static void client_second(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_adapter();
    note('|');
    kit_entry(cl, cl_register);
    cn_adapter_stop(adapter);
    cn_adapter_remove(adapter);
    kit_gone(cl);
    kit_gone(mp);
}

TEST(clients_that_come_later_are_offered_what_is_there)
{
    start(true);
    kit_run(client_second);
    CN_STREQ(broken, "");
    CN_STREQ(calls_of("|BA"), "|BA");
}

static const void *offered_at;
static VOID NTAPI looking_offer(NDIS_HANDLE context, PCO_ADDRESS_FAMILY af)
{
    offered_at = af;
    note(cn_guard_is(af + 1) ? 'g' : '-');
    note(cn_irql_get() == CN_PASSIVE ? '0' : '2');
    cl_offered(context, af);
}

TEST(the_family_is_offered_in_memory_of_its_own)
{
    start(true);
    pco.CoAfRegisterNotifyHandler = looking_offer;
    CN_STREQ(lived(), "");
    CN_STREQ(calls_of("g0A"), "g0A");
}

/* -- Opening ----------------------------------------------------------------------------------- */

static NDIS_STATUS (*offered_call)(struct kit_context *b, PCO_ADDRESS_FAMILY af);
static VOID NTAPI offer_calling(NDIS_HANDLE context, PCO_ADDRESS_FAMILY af)
{
    noted(offered_call(context, af));
}
static const char *offered_calling(NDIS_STATUS (*call)(struct kit_context *, PCO_ADDRESS_FAMILY))
{
    offered_call = call;
    pco.CoAfRegisterNotifyHandler = offer_calling;
    return lived();
}

static NDIS_HANDLE af_handle;
static NDIS_STATUS open_other(struct kit_context *b, PCO_ADDRESS_FAMILY af)
{
    CO_ADDRESS_FAMILY other = *af;
    other.AddressFamily = CO_ADDRESS_FAMILY_Q2931;
    return NdisClOpenAddressFamilyEx(b->handle, &other, b, &af_handle);
}
static NDIS_STATUS open_changed(struct kit_context *b, PCO_ADDRESS_FAMILY af)
{
    CO_ADDRESS_FAMILY other = *af;
    other.MinorVersion++;
    return NdisClOpenAddressFamilyEx(b->handle, &other, b, &af_handle);
}
static NDIS_STATUS open_without_context(struct kit_context *b, PCO_ADDRESS_FAMILY af)
{
    return NdisClOpenAddressFamilyEx(b->handle, af, NULL, &af_handle);
}
static NDIS_STATUS open_with_number(struct kit_context *b, PCO_ADDRESS_FAMILY af)
{
    return NdisClOpenAddressFamilyEx(b->handle, af, (PVOID)(uintptr_t)1, &af_handle);
}
static NDIS_STATUS open_without_variable(struct kit_context *b, PCO_ADDRESS_FAMILY af)
{
    return NdisClOpenAddressFamilyEx(b->handle, af, b, NULL);
}
static NDIS_STATUS open_null(struct kit_context *b, PCO_ADDRESS_FAMILY af)
{
    (void)af;
    return NdisClOpenAddressFamilyEx(b->handle, NULL, b, &af_handle);
}

TEST(an_open_is_judged)
{
    static const struct {
        NDIS_STATUS (*call)(struct kit_context *, PCO_ADDRESS_FAMILY);
        const char *rules;
    } cases[] = {{open_other, "AF-012 "},
                 {open_changed, "AF-012 "},
                 {open_without_context, "AF-013 "},
                 {open_with_number, "AF-013 "},
                 {open_without_variable, "GEN-005 "},
                 {open_null, "HOST-005 "}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(cases); i++) {
        start(true);
        CN_STREQ(offered_calling(cases[i].call), cases[i].rules);
        CN_EQ(got[3], NDIS_STATUS_FAILURE);
    }
}

static NDIS_STATUS NTAPI open_in_bind(NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_STATUS s = cl_bind(driver, bind, p);
    noted(NdisClOpenAddressFamilyEx(cl_context->handle, &family, cl_context, &af_handle));
    return s;
}

TEST(a_family_is_opened_when_it_was_offered)
{
    start(true);
    clc.BindAdapterHandlerEx = open_in_bind;
    CN_STREQ(lived(), "AF-011 ");
    CN_EQ(got[3], NDIS_STATUS_FAILURE);
}

TEST(a_client_has_registered_both_halves)
{
    static const struct {
        unsigned options;
        const char *rules;
    } cases[] = {{CL, "REG-035 "}, {PCO, "REG-035 "}, {0, "REG-046 "}, {PCO | CM, "AF-048 "}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(cases); i++) {
        start(true);
        cl_options = cases[i].options;
        pco.CoAfRegisterNotifyHandler = not_for_me;
        clc.BindAdapterHandlerEx = open_in_bind;
        CN_STREQ(lived(), cases[i].rules);
    }
}

/* -- Completions of an open -------------------------------------------------------------------- */

static NDIS_STATUS open_completion;
static unsigned open_times;
static bool give_context;
static NDIS_HANDLE pended_af;
static struct kit_context *pended_context;

static struct cn_driver *manager(void)
{
    return mp_options & CM ? mp : cm;
}

static void complete_open(void *arg)
{
    struct cn_frame f;
    (void)arg;
    if (!cn_upcall_begin(&f, manager(), "worker", NULL, NULL))
        return;
    if (open_completion != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(pended_context, 0, 0);
    for (unsigned i = 0; i < open_times; i++)
        NdisCmOpenAddressFamilyComplete(open_completion, pended_af,
                                        give_context ? pended_context : NULL);
    cn_upcall_end(&f, NULL);
}

static NDIS_STATUS NTAPI pend_open(NDIS_HANDLE b, PCO_ADDRESS_FAMILY af, NDIS_HANDLE handle,
                                   PNDIS_HANDLE out)
{
    NDIS_HANDLE context;
    (void)out;
    cm_open_af(b, af, handle, &context);
    pended_af = handle;
    pended_context = context;
    cn_engine_spawn(complete_open, NULL, "worker");
    if (open_completion != NDIS_STATUS_SUCCESS)
        cm_af_context = NULL;
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI early_open(NDIS_HANDLE b, PCO_ADDRESS_FAMILY af, NDIS_HANDLE handle,
                                    PNDIS_HANDLE out)
{
    NDIS_HANDLE context;
    (void)out;
    cm_open_af(b, af, handle, &context);
    NdisCmOpenAddressFamilyComplete(NDIS_STATUS_SUCCESS, handle, context);
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI both_open(NDIS_HANDLE b, PCO_ADDRESS_FAMILY af, NDIS_HANDLE handle,
                                   PNDIS_HANDLE out)
{
    NDIS_STATUS s = cm_open_af(b, af, handle, out);
    NdisCmOpenAddressFamilyComplete(NDIS_STATUS_SUCCESS, handle, *out);
    return s;
}

static const char *opened_with(PROTOCOL_CM_OPEN_AF *open, NDIS_STATUS completion, unsigned times)
{
    open_completion = completion;
    open_times = times;
    give_context = true;
    cmh.CmOpenAfHandler = open;
    return lived();
}

TEST(an_open_may_pend)
{
    for (int mcm = 0; mcm < 2; mcm++) {
        start(mcm != 0);
        CN_STREQ(opened_with(pend_open, NDIS_STATUS_SUCCESS, 1), "");
        CN_HAS(notes, "f");
        CN_EQ(run_end, CN_END_IDLE);
        start(mcm != 0);
        CN_STREQ(opened_with(early_open, 0, 0), "");
        start(mcm != 0);
        CN_STREQ(opened_with(pend_open, NDIS_STATUS_RESOURCES, 1), "");
        CN_HAS(notes, "f");
        CN_HAS(states, "address family 0:closed");
    }
}

TEST(wrong_completions_of_an_open)
{
    start(true);
    CN_STREQ(opened_with(pend_open, NDIS_STATUS_SUCCESS, 2), "AF-018 ");
    start(true);
    CN_STREQ(opened_with(both_open, 0, 0), "AF-018 ");
    start(true);
    CN_STREQ(opened_with(pend_open, NDIS_STATUS_SUCCESS, 0), "");
    CN_EQ(run_end, CN_END_DEADLOCK);
    open_times = 1; /* late, but not wrong */
    kit_run(complete_open);
    CN_STREQ(broken, "");
    CN_EQ(run_end, CN_END_IDLE);
}

static NDIS_STATUS NTAPI forget_context(NDIS_HANDLE b, PCO_ADDRESS_FAMILY af, NDIS_HANDLE handle,
                                        PNDIS_HANDLE out)
{
    (void)b, (void)af, (void)handle, (void)out;
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI fail_leaking(NDIS_HANDLE b, PCO_ADDRESS_FAMILY af, NDIS_HANDLE handle,
                                      PNDIS_HANDLE out)
{
    cm_open_af(b, af, handle, out);
    cm_af_context = NULL;
    return NDIS_STATUS_RESOURCES;
}
static NDIS_STATUS NTAPI close_nothing(NDIS_HANDLE context)
{
    (void)context;
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI fail_and_use(NDIS_HANDLE b, PCO_ADDRESS_FAMILY af, NDIS_HANDLE handle,
                                      PNDIS_HANDLE out)
{
    (void)b, (void)af, (void)out;
    pended_af = handle;
    return NDIS_STATUS_RESOURCES;
}
static VOID NTAPI halt_using(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    noted(NdisCmNotifyCloseAddressFamily(pended_af));
    mp_halt(context, action);
}

TEST(what_a_call_manager_owes_an_open)
{
    start(true);
    cmh.CmOpenAfHandler = forget_context;
    cmh.CmCloseAfHandler = close_nothing;
    mpc.HaltHandlerEx = mp_halt;
    kit_run(kit_life);
    CN_HAS(broken, "AF-020 ");
    start(true);
    CN_STREQ(opened_with(fail_leaking, 0, 0), "AF-021 ");
    CN_HAS(found, "1 block");
    start(true);
    mpc.HaltHandlerEx = halt_using;
    CN_STREQ(opened_with(fail_and_use, 0, 0), "AF-028 ");
}

/* -- Closing ----------------------------------------------------------------------------------- */

static NDIS_STATUS close_answer, close_completion;
static unsigned close_times;
static void complete_close(void *arg)
{
    struct cn_frame f;
    (void)arg;
    if (!cn_upcall_begin(&f, manager(), "worker", NULL, NULL))
        return;
    if (pended_context != NULL && close_times != 0)
        NdisFreeMemory(pended_context, 0, 0);
    for (unsigned i = 0; i < close_times; i++)
        NdisCmCloseAddressFamilyComplete(close_completion, pended_af);
    cn_upcall_end(&f, NULL);
}
static NDIS_STATUS NTAPI close_with(NDIS_HANDLE context)
{
    struct kit_context *c = context;
    note('G');
    pended_af = c->af;
    pended_context = NULL;
    if (close_answer == NDIS_STATUS_PENDING) {
        if (strchr(notes, 'n') == NULL) {
            pended_context = c;
            cm_af_context = NULL;
        }
        cn_engine_spawn(complete_close, NULL, "worker");
    } else if (close_answer == NDIS_STATUS_SUCCESS) {
        cm_close_af(context);
    }
    return close_answer;
}
static const char *closed_with(NDIS_STATUS answer, NDIS_STATUS completion, unsigned times)
{
    close_answer = answer;
    close_completion = completion;
    close_times = times;
    cmh.CmCloseAfHandler = close_with;
    return lived();
}

/* The client leaves first: NdisUnbindAdapter, so that nobody is notified. */
static void client_leaves(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_entry(cl, cl_register);
    kit_adapter();
    cn_binding_unbind(cn_binding_of(adapter, cl));
    cn_adapter_stop(adapter);
    cn_adapter_remove(adapter);
    kit_gone(cl);
    kit_gone(mp);
}
static const char *left_with(NDIS_STATUS answer, NDIS_STATUS completion, unsigned times)
{
    close_answer = answer;
    close_completion = completion;
    close_times = times;
    cmh.CmCloseAfHandler = close_with;
    kit_run(client_leaves);
    return broken;
}

TEST(a_close_may_pend)
{
    for (int mcm = 0; mcm < 2; mcm++) {
        start(mcm != 0);
        CN_STREQ(closed_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1), "");
        CN_HAS(notes, "g");
        CN_EQ(run_end, CN_END_IDLE);
    }
    start(true);
    CN_STREQ(left_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1), "");
    CN_STREQ(calls_of("UGgH"), "UGgH");
}

TEST(wrong_completions_of_a_close)
{
    start(true);
    CN_STREQ(left_with(NDIS_STATUS_PENDING, NDIS_STATUS_FAILURE, 1), "AF-027 ");
    start(true);
    CN_STREQ(left_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 2), "AF-028 ");
    start(true);
    CN_STREQ(left_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 0), "");
    CN_EQ(run_end, CN_END_DEADLOCK);
    close_times = 1; /* late, but not wrong */
    kit_run(complete_close);
    CN_STREQ(broken, "");
    CN_EQ(run_end, CN_END_IDLE);
}

static NDIS_STATUS NTAPI complete_without_pending(NDIS_HANDLE context)
{
    struct kit_context *c = context;
    NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, c->af);
    cm_close_af(context);
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI close_leaking(NDIS_HANDLE context)
{
    (void)context;
    cm_af_context = NULL;
    return NDIS_STATUS_SUCCESS;
}

TEST(what_a_call_manager_owes_a_close)
{
    start(true);
    cmh.CmCloseAfHandler = complete_without_pending;
    kit_run(client_leaves);
    CN_STREQ(broken, "AF-027 ");
    start(true);
    cmh.CmCloseAfHandler = close_leaking;
    kit_run(client_leaves);
    CN_STREQ(broken, "AF-029 ");
    CN_EQ(cn_pool_live(mp), 0);
    start(true);
    CN_HAS(left_with(NDIS_STATUS_RESOURCES, 0, 0), "AF-030 ");
}

static VOID close_af_twice(void)
{
    struct kit_context *c = cl_af_context;
    noted(NdisClCloseAddressFamily(c->af));
    noted(NdisClCloseAddressFamily(c->af));
    NdisFreeMemory(c, 0, 0);
    cl_af_context = NULL;
}
static void (*unbinding)(void);
static NDIS_STATUS NTAPI cl_unbind_calling(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
    unbinding();
    return cl_unbind(unbind, context);
}
static const char *client_left_calling(void (*call)(void))
{
    unbinding = call;
    clc.UnbindAdapterHandlerEx = cl_unbind_calling;
    kit_run(client_leaves);
    return broken;
}
static void free_then_close(void)
{
    struct kit_context *c = cl_af_context;
    NDIS_HANDLE af = c->af;
    NdisFreeMemory(c, 0, 0);
    cl_af_context = NULL;
    NdisClCloseAddressFamily(af);
}
static void close_nonsense(void)
{
    noted(NdisClCloseAddressFamily(NULL));
    noted(NdisClCloseAddressFamily(cl_context->handle));
}
static void complete_nothing(void)
{
    NdisClNotifyCloseAddressFamilyComplete(cl_af_context->af, NDIS_STATUS_SUCCESS);
}
static void leave_open(void)
{
    NdisFreeMemory(cl_af_context, 0, 0);
    cl_af_context = NULL;
}
static void use_as_call_manager(void)
{
    NdisCmOpenAddressFamilyComplete(NDIS_STATUS_SUCCESS, cl_af_context->af, cl_context);
}

TEST(what_a_client_may_do_with_its_handle)
{
    static const struct {
        void (*call)(void);
        const char *rules;
    } cases[] = {{close_af_twice, "AF-043 "},
                 {free_then_close, "AF-013 "},
                 {close_nonsense, "AF-017 "},
                 {complete_nothing, "AF-036 "},
                 {use_as_call_manager, "AF-017 "}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(cases); i++) {
        start(true);
        CN_STREQ(client_left_calling(cases[i].call), cases[i].rules);
    }
    start(true);
    client_left_calling(leave_open);
    CN_HAS(broken, "BND-012 ");
}

/* A close that pends: the context has to stay, and the handle is dead. */
static void close_and_free(void)
{
    struct kit_context *c = cl_af_context;
    NdisClCloseAddressFamily(c->af);
    NdisFreeMemory(c, 0, 0);
    cl_af_context = NULL;
}
static void close_and_again(void)
{
    struct kit_context *c = cl_af_context;
    noted(NdisClCloseAddressFamily(c->af));
    noted(NdisClCloseAddressFamily(c->af));
    NdisWaitEvent(&c->done, 0);
    NdisFreeMemory(c, 0, 0);
    cl_af_context = NULL;
}

static void closing_pends(void)
{
    start(true);
    close_answer = NDIS_STATUS_PENDING;
    close_completion = NDIS_STATUS_SUCCESS;
    close_times = 1;
    cmh.CmCloseAfHandler = close_with;
}

TEST(while_a_close_is_pending)
{
    closing_pends();
    CN_HAS(client_left_calling(close_and_free), "AF-026 ");
    closing_pends();
    client_left_calling(close_and_again);
    CN_STREQ(broken, "AF-043 ");
}

/* -- Notifications ----------------------------------------------------------------------------- */

static NDIS_STATUS NTAPI notified_pending(NDIS_HANDLE context)
{
    struct kit_context *c = context;
    note('n');
    c->notified = TRUE;
    cl_af_context = NULL;
    if (NdisClCloseAddressFamily(c->af) != NDIS_STATUS_PENDING)
        cl_close_af_complete(NDIS_STATUS_SUCCESS, c);
    return NDIS_STATUS_PENDING;
}
static VOID NTAPI close_complete_freeing(NDIS_STATUS status, NDIS_HANDLE context)
{
    cl_close_af_complete(status, context);
    NdisFreeMemory(context, 0, 0);
}
static NDIS_STATUS NTAPI notified_pending_freeing(NDIS_HANDLE context)
{
    struct kit_context *c = context;
    note('n');
    c->notified = TRUE;
    cl_af_context = NULL;
    if (NdisClCloseAddressFamily(c->af) != NDIS_STATUS_PENDING)
        close_complete_freeing(NDIS_STATUS_SUCCESS, c);
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI notified_waiting(NDIS_HANDLE context)
{
    (void)context;
    note('n');
    return NDIS_STATUS_PENDING; /* and closed when it is unbound */
}
static NDIS_STATUS NTAPI notified_ignoring(NDIS_HANDLE context)
{
    (void)context;
    note('n');
    return NDIS_STATUS_SUCCESS;
}
static VOID NTAPI complete_twice(NDIS_STATUS status, NDIS_HANDLE context)
{
    struct kit_context *c = context;
    NDIS_HANDLE af = c->af;
    close_complete_freeing(status, context);
    NdisClNotifyCloseAddressFamilyComplete(af, NDIS_STATUS_SUCCESS);
}

TEST(a_notification_may_pend)
{
    for (int pend = 0; pend < 2; pend++)
        for (int mcm = 0; mcm < 2; mcm++) {
            start(mcm != 0);
            clh.ClNotifyCloseAfHandler = notified_pending_freeing;
            clh.ClCloseAfCompleteHandler = close_complete_freeing;
            CN_STREQ(closed_with(pend ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS,
                                 NDIS_STATUS_SUCCESS, 1),
                     "");
            CN_STREQ(calls_of("ngk"), pend ? "ngk" : "ngk");
            CN_EQ(run_end, CN_END_IDLE);
            CN_EQ(cn_pool_live(cl), 0);
        }
}

TEST(wrong_answers_to_a_notification)
{
    start(true);
    clh.ClNotifyCloseAfHandler = notified_ignoring;
    kit_run(kit_life);
    CN_HAS(broken, "AF-034 ");
    start(true);
    clh.ClNotifyCloseAfHandler = notified_pending_freeing;
    clh.ClCloseAfCompleteHandler = complete_twice;
    CN_STREQ(closed_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1), "AF-035 ");
}

static VOID NTAPI halt_silently(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    (void)action;
    note('H');
    NdisFreeMemory(context, 0, 0);
}
static VOID NTAPI halt_without_waiting(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    noted(NdisCmNotifyCloseAddressFamily(cm_af_context->af));
    halt_silently(context, action);
}
static VOID NTAPI halt_notifying_twice(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    NDIS_HANDLE af = cm_af_context->af;
    noted(NdisCmNotifyCloseAddressFamily(af));
    noted(NdisCmNotifyCloseAddressFamily(af));
    NdisWaitEvent(&cm_af_context->done, 0);
    NdisFreeMemory(cm_af_context, 0, 0);
    halt_silently(context, action);
}
static NDIS_STATUS NTAPI cm_unbind_silently(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
    (void)unbind;
    kit_close(context);
    NdisFreeMemory(context, 0, 0);
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI cm_unbind_without_waiting(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
    noted(NdisCmNotifyCloseAddressFamily(cm_af_context->af));
    return cm_unbind_silently(unbind, context);
}

TEST(a_call_manager_that_leaves_notifies_and_waits)
{
    start(true);
    mpc.HaltHandlerEx = halt_silently;
    kit_run(kit_life);
    CN_HAS(broken, "AF-032 ");
    start(false);
    cmc.UnbindAdapterHandlerEx = cm_unbind_silently;
    kit_run(kit_life);
    CN_HAS(broken, "AF-031 ");
    start(true);
    mpc.HaltHandlerEx = halt_without_waiting;
    clh.ClNotifyCloseAfHandler = notified_waiting;
    kit_run(kit_life);
    CN_HAS(broken, "AF-033 ");
    start(true); /* the close is the call manager's own affair */
    mpc.HaltHandlerEx = halt_without_waiting;
    clh.ClNotifyCloseAfHandler = notified_pending_freeing;
    clh.ClCloseAfCompleteHandler = close_complete_freeing;
    closed_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1);
    CN_HAS(broken, "AF-041 ");
    start(false);
    cmc.UnbindAdapterHandlerEx = cm_unbind_without_waiting;
    clh.ClNotifyCloseAfHandler = notified_pending_freeing;
    clh.ClCloseAfCompleteHandler = close_complete_freeing;
    closed_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1);
    CN_HAS(broken, "BND-013 ");
    start(true);
    mpc.HaltHandlerEx = halt_notifying_twice;
    clh.ClNotifyCloseAfHandler = notified_pending_freeing;
    clh.ClCloseAfCompleteHandler = close_complete_freeing;
    closed_with(NDIS_STATUS_PENDING, NDIS_STATUS_SUCCESS, 1);
    CN_STREQ(broken, "AF-044 ");
}

TEST(a_client_outlives_a_call_manager_that_left_badly)
{
    start(true);
    mpc.HaltHandlerEx = halt_silently;
    kit_run(kit_life);
    CN_EQ(run_end, CN_END_IDLE);
    CN_STREQ(calls_of("HU"), "HU"); /* unbound after the halt, without another finding of its own */
    CN_OK(strstr(broken, "AF-037") == NULL);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
