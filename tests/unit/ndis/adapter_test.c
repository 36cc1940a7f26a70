/* Tests of src/ndis/adapter.c, attrs.c and pnp.c: the life of an adapter and what it tells of
 * itself. */
#include "kit.h"

/* A miniport driver alone, not connection oriented unless a test says so. */
static void start_alone(void)
{
    kit_start();
    mp_options = 0;
    genattr.MediaType = NdisMedium802_3;
}

static void life(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    if (kit_adapter() != NULL) {
        cn_adapter_stop(adapter);
        cn_adapter_remove(adapter);
    }
    kit_gone(mp);
}

/* The status of cn_adapter_start. */
#define STARTED got[2]

TEST(an_adapter_moves_through_the_documented_states)
{
    start_alone();
    kit_run(life);
    CN_EQ(STARTED, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "");
    CN_STREQ(notes, "IRPH");
    CN_STREQ(states, "adapter 0:Initializing adapter 0:Paused adapter 0:Restarting "
                     "adapter 0:Running adapter 0:Pausing adapter 0:Paused adapter 0:Halted ");
    CN_EQ(cn_pool_live(mp), 0);
}

TEST(the_facts_of_an_adapter_are_told)
{
    start_alone();
    kit_run(life);
    CN_STREQ(facts, "role=miniport driver 6.30;medium=802.3;physical medium=unspecified;"
                    "connection type=dedicated;mtu=1500;link speed=64000 bit/s;vendor=kit;");
    start_alone();
    genattr.XmitLinkSpeed = NDIS_LINK_SPEED_UNKNOWN;
    genattr.MediaType = (NDIS_MEDIUM)77;
    kit_run(life);
    CN_HAS(facts, "medium=77;");
    CN_HAS(facts, "link speed=unknown;");
    start_alone();
    genattr.RcvLinkSpeed = 128000;
    kit_run(life);
    CN_HAS(facts, "link speed=64000 bit/s out, 128000 bit/s in;");
}

/* -- Attributes -------------------------------------------------------------------------------- */

static NDIS_STATUS (*attributes)(NDIS_HANDLE handle);

static NDIS_STATUS NTAPI initialize_with(NDIS_HANDLE handle, NDIS_HANDLE driver,
                                         PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    (void)driver, (void)p;
    mp_context = kit_alloc(handle);
    regattr.MiniportAdapterContext = mp_context;
    NDIS_STATUS s = attributes(handle);
    if (s != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(mp_context, 0, 0);
    return s;
}

#define SET(handle, structure)                                                                     \
    noted(NdisMSetMiniportAttributes(handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)(structure)))

static const char *initialized_with(NDIS_STATUS (*set)(NDIS_HANDLE))
{
    attributes = set;
    mpc.InitializeHandlerEx = initialize_with;
    kit_run(life);
    return broken;
}

static NDIS_STATUS general_first(NDIS_HANDLE h)
{
    return SET(h, &genattr);
}
static NDIS_STATUS others_second(NDIS_HANDLE h)
{
    NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES o = {
        HEADER(NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES,
               NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1,
               NDIS_SIZEOF_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1)};
    SET(h, &regattr);
    return SET(h, &o);
}
static NDIS_STATUS others_last(NDIS_HANDLE h)
{
    NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES o = {
        HEADER(NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES,
               NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1,
               NDIS_SIZEOF_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1)};
    NDIS_OBJECT_HEADER ndk = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_NDK_ATTRIBUTES, 1, 16};
    SET(h, &regattr);
    SET(h, &genattr);
    SET(h, &ndk);
    return SET(h, &o);
}
static NDIS_STATUS registration_only(NDIS_HANDLE h)
{
    return SET(h, &regattr);
}
static NDIS_STATUS nothing(NDIS_HANDLE h)
{
    (void)h;
    return NDIS_STATUS_SUCCESS;
}

TEST(the_order_of_attributes_is_fixed)
{
    start_alone();
    CN_STREQ(initialized_with(general_first), "ADP-002 ");
    CN_EQ(got[2], NDIS_STATUS_FAILURE);
    start_alone();
    CN_STREQ(initialized_with(others_second), "ADP-002 ");
    CN_EQ(got[3], NDIS_STATUS_FAILURE);
    start_alone();
    CN_STREQ(initialized_with(others_last), "");
    CN_EQ(got[6], NDIS_STATUS_SUCCESS);
}

TEST(success_without_both_attributes_is_no_success)
{
    start_alone();
    CN_STREQ(initialized_with(registration_only), "ADP-003 ");
    CN_EQ(got[3], NDIS_STATUS_FAILURE);
    CN_HAS(notes, "H"); /* the driver is told, and cleans up */
    start_alone();
    initialized_with(nothing);
    CN_HAS(broken, "ADP-003 ADP-003 ");
    CN_EQ(got[2], NDIS_STATUS_FAILURE);
    CN_OK(strchr(notes, 'H') == NULL); /* there is no context to call it with */
}

static NDIS_STATUS wrong_type(NDIS_HANDLE h)
{
    NDIS_OBJECT_HEADER x = {NDIS_OBJECT_TYPE_OPEN_PARAMETERS, 1, 64};
    return SET(h, &x);
}
static NDIS_STATUS no_structure(NDIS_HANDLE h)
{
    return SET(h, NULL);
}

TEST(a_wrong_header_of_attributes_is_a_bad_version)
{
    start_alone();
    CN_STREQ(initialized_with(wrong_type), "ADP-004 ");
    CN_EQ(got[2], NDIS_STATUS_BAD_VERSION);
    start_alone();
    CN_STREQ(initialized_with(no_structure), "ADP-004 ");
    CN_EQ(got[2], NDIS_STATUS_FAILURE);
    start_alone();
    regattr.Header.Revision = 3;
    CN_STREQ(initialized_with(kit_attributes), "ADP-004 ");
    start_alone();
    genattr.Header.Size = 8;
    CN_STREQ(initialized_with(kit_attributes), "REG-006 ");
    start_alone();
    mpc.MinorNdisVersion = 20;
    CN_STREQ(initialized_with(kit_attributes), "REG-007 ");
}

/* Version by version: the newest revision it may use. */
TEST(attributes_follow_the_version)
{
    static const struct {
        uint8_t minor, driver, registration, general;
    } rows[] = {{0, 1, 1, 1}, {1, 2, 1, 1}, {20, 2, 1, 2}, {30, 2, 2, 2}, {89, 3, 2, 2}};
    static const uint16_t sizes[3] = {0, NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1,
                                      NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2};
    for (size_t i = 0; i < CN_ARRAY_SIZE(rows); i++) {
        start_alone();
        mpc.MinorNdisVersion = rows[i].minor;
        mpc.Header.Revision = rows[i].driver;
        mpc.Header.Size = sizeof(mpc);
        regattr.Header.Revision = rows[i].registration;
        genattr.Header.Revision = rows[i].general;
        genattr.Header.Size = sizes[rows[i].general];
        kit_run(life);
        CN_STREQ(broken, "");
        CN_EQ(STARTED, NDIS_STATUS_SUCCESS);
    }
}

static NDIS_STATUS null_context(NDIS_HANDLE h)
{
    regattr.MiniportAdapterContext = NULL;
    return SET(h, &regattr);
}
static NDIS_STATUS index_context(NDIS_HANDLE h)
{
    regattr.MiniportAdapterContext = (PVOID)(uintptr_t)3;
    return SET(h, &regattr);
}
static NDIS_STATUS freed_context(NDIS_HANDLE h)
{
    NDIS_STATUS s = kit_attributes(h);
    NdisFreeMemory(mp_context, 0, 0);
    return s;
}
static VOID NTAPI halt_nothing(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    (void)context, (void)action;
}
static NDIS_STATUS NTAPI pause_and_free(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)p;
    NdisFreeMemory(context, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

TEST(the_adapter_context_lives_until_the_halt)
{
    start_alone();
    CN_STREQ(initialized_with(null_context), "ADP-005 ");
    start_alone();
    CN_STREQ(initialized_with(index_context), "ADP-005 ");
    start_alone();
    mpc.HaltHandlerEx = halt_nothing;
    CN_STREQ(initialized_with(freed_context), "ADP-005 ");
    CN_HAS(found, "freed");
    start_alone();
    mpc.PauseHandler = pause_and_free;
    mpc.HaltHandlerEx = halt_nothing;
    kit_run(life);
    CN_STREQ(broken, "ADP-005 ");
}

TEST(members_of_the_general_attributes)
{
    static NDIS_OID oids[3] = {1, 2, 3};
    start_alone();
    genattr.SupportedStatistics = 0;
    kit_run(life);
    CN_STREQ(broken, "ADP-011 ");
    start_alone();
    genattr.SupportedOidList = oids;
    genattr.SupportedOidListLength = 3;
    kit_run(life);
    CN_STREQ(broken, "ADP-010 ");
    start_alone();
    genattr.SupportedOidList = NULL;
    genattr.SupportedOidListLength = 12;
    kit_run(life);
    CN_STREQ(broken, "ADP-010 ");
    start_alone();
    genattr.SupportedOidList = oids;
    genattr.SupportedOidListLength = sizeof(oids);
    kit_run(life);
    CN_STREQ(broken, "");
}

TEST(a_connection_oriented_driver_reports_the_medium_cowan)
{
    kit_start();
    genattr.MediaType = NdisMediumWan;
    kit_run(life);
    CN_STREQ(broken, "ADP-009 ");
    start_alone();
    genattr.MediaType = NdisMediumCoWan;
    mpc.SetOptionsHandler = NULL;
    kit_run(life);
    CN_STREQ(broken, "REG-009 ");
}

TEST(ndproxy_is_bound_to_every_connection_oriented_adapter_that_does_not_forbid_it)
{
    kit_start();
    regattr.AttributeFlags = 0;
    kit_run(life);
    CN_STREQ(broken, "ADP-006 ");
    kit_start();
    regattr.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS;
    kit_run(life);
    CN_STREQ(broken, "");
}

static NDIS_STATUS slow(NDIS_HANDLE h)
{
    NdisMSleep(3000000);
    return kit_attributes(h);
}

TEST(the_hang_check_waits_longer_than_the_initialisation)
{
    start_alone();
    mpc.CheckForHangHandlerEx = UNUSED;
    mpc.ResetHandlerEx = UNUSED;
    CN_STREQ(initialized_with(slow), "ADP-008 ");
    start_alone();
    mpc.CheckForHangHandlerEx = UNUSED;
    mpc.ResetHandlerEx = UNUSED;
    regattr.CheckForHangTimeInSeconds = 4;
    CN_STREQ(initialized_with(slow), "");
    start_alone();
    CN_STREQ(initialized_with(slow), "");
}

/* -- MiniportInitializeEx that fails ----------------------------------------------------------- */

static NDIS_STATUS NTAPI pending_initialize(NDIS_HANDLE h, NDIS_HANDLE d,
                                            PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    (void)h, (void)d, (void)p;
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI leaking_initialize(NDIS_HANDLE h, NDIS_HANDLE d,
                                            PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    (void)d, (void)p;
    kit_alloc(h);
    kit_alloc(h);
    return NDIS_STATUS_RESOURCES;
}
static NDIS_STATUS NTAPI pool_initialize(NDIS_HANDLE h, NDIS_HANDLE d,
                                         PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    (void)d, (void)p;
    NET_BUFFER_LIST_POOL_PARAMETERS pool = {
        HEADER(NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
               NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1),
        .PoolTag = TAG};
    NdisAllocateNetBufferListPool(h, &pool);
    return NDIS_STATUS_FAILURE;
}

TEST(a_failed_initialisation_leaves_nothing)
{
    start_alone();
    mpc.InitializeHandlerEx = pending_initialize;
    kit_run(life);
    CN_EQ(STARTED, NDIS_STATUS_FAILURE);
    CN_STREQ(broken, "ADP-014 ");
    start_alone();
    mpc.InitializeHandlerEx = leaking_initialize;
    kit_run(life);
    CN_EQ(STARTED, NDIS_STATUS_RESOURCES);
    CN_STREQ(broken, "ADP-013 ");
    CN_HAS(found, "2 blocks");
    CN_EQ(cn_pool_live(mp), 0);
    start_alone();
    mpc.InitializeHandlerEx = pool_initialize;
    kit_run(life);
    CN_STREQ(broken, "ADP-013 ");
    CN_HAS(found, "NET_BUFFER_LIST pool");
}

/* -- Parameters that are lent ------------------------------------------------------------------ */

static NDIS_MINIPORT_INIT_PARAMETERS seen;
static NDIS_STATUS NTAPI looking_initialize(NDIS_HANDLE h, NDIS_HANDLE d,
                                            PNDIS_MINIPORT_INIT_PARAMETERS p)
{
    seen = *p;
    note(cn_guard_is((char *)p + p->Header.Size) ? 'g' : '-');
    return mp_initialize(h, d, p);
}

TEST(the_parameters_end_at_a_guard_page)
{
    start_alone();
    mpc.InitializeHandlerEx = looking_initialize;
    kit_run(life);
    CN_EQ(seen.Header.Type, NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS);
    CN_EQ(seen.Header.Revision, NDIS_MINIPORT_INIT_PARAMETERS_REVISION_1);
    CN_EQ(seen.Header.Size, NDIS_SIZEOF_MINIPORT_INIT_PARAMETER_REVISION_1);
    CN_EQ(seen.IfIndex, 1);
    CN_HAS(notes, "g");
}

/* -- Pause and restart that pend --------------------------------------------------------------- */

static NDIS_STATUS complete_status;
static bool always(void *arg)
{
    (void)arg;
    return true;
}
static void sleep_a_little(uint64_t by)
{
    cn_engine_park(&seen, always, NULL, cn_engine_now() + by, "a little");
}

static uint64_t delay;
static void pause_later(void *arg)
{
    (void)arg;
    sleep_a_little(delay);
    struct cn_frame f;
    if (cn_upcall_begin(&f, mp, "later", NULL, NULL)) {
        NdisMPauseComplete(mp_context->handle);
        cn_upcall_end(&f, NULL);
    }
}
static void restart_later(void *arg)
{
    (void)arg;
    sleep_a_little(delay);
    struct cn_frame f;
    if (cn_upcall_begin(&f, mp, "later", NULL, NULL)) {
        NdisMRestartComplete(mp_context->handle, complete_status);
        cn_upcall_end(&f, NULL);
    }
}
static NDIS_STATUS NTAPI pending_pause(NDIS_HANDLE c, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)c, (void)p;
    cn_engine_spawn(pause_later, NULL, "pause");
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI pending_restart(NDIS_HANDLE c, PNDIS_MINIPORT_RESTART_PARAMETERS p)
{
    (void)c, (void)p;
    cn_engine_spawn(restart_later, NULL, "restart");
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI early_pause(NDIS_HANDLE c, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)c, (void)p;
    NdisMPauseComplete(mp_context->handle);
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI both_pause(NDIS_HANDLE c, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)c, (void)p;
    NdisMPauseComplete(mp_context->handle);
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI double_pause(NDIS_HANDLE c, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)c, (void)p;
    NdisMPauseComplete(mp_context->handle);
    NdisMPauseComplete(mp_context->handle);
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI failing_pause(NDIS_HANDLE c, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)c, (void)p;
    return NDIS_STATUS_FAILURE;
}
static NDIS_STATUS NTAPI never_pause(NDIS_HANDLE c, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)c, (void)p;
    return NDIS_STATUS_PENDING;
}

TEST(pended_pause_and_restart_are_waited_for)
{
    start_alone();
    delay = 10000;
    complete_status = NDIS_STATUS_SUCCESS;
    mpc.PauseHandler = pending_pause;
    mpc.RestartHandler = pending_restart;
    kit_run(life);
    CN_STREQ(broken, "");
    CN_HAS(states, "Restarting adapter 0:Running adapter 0:Pausing adapter 0:Paused");
    start_alone();
    mpc.PauseHandler = early_pause;
    kit_run(life);
    CN_STREQ(broken, "");
    start_alone();
    complete_status = NDIS_STATUS_RESOURCES;
    mpc.RestartHandler = pending_restart;
    kit_run(life);
    CN_STREQ(broken, "");
    CN_EQ(STARTED, NDIS_STATUS_RESOURCES);
    CN_HAS(states, "adapter 0:Restarting adapter 0:Paused adapter 0:Halted");
}

TEST(wrong_completions_of_a_pause)
{
    start_alone();
    mpc.PauseHandler = both_pause;
    kit_run(life);
    CN_STREQ(broken, "PNP-010 ");
    start_alone();
    mpc.PauseHandler = double_pause;
    kit_run(life);
    CN_STREQ(broken, "PNP-010 ");
    start_alone();
    mpc.PauseHandler = failing_pause;
    kit_run(life);
    CN_STREQ(broken, "PNP-009 ");
    CN_HAS(notes, "H");
    start_alone();
    delay = UINT64_C(110000000);
    mpc.PauseHandler = pending_pause;
    kit_run(life);
    CN_STREQ(broken, "PNP-022 ");
}

TEST(a_pause_that_is_never_completed_is_a_deadlock_that_names_it)
{
    const char *name, *what;
    void *local;
    start_alone();
    mpc.PauseHandler = never_pause;
    kit_run(life);
    CN_EQ(run_end, CN_END_DEADLOCK);
    CN_OK(cn_engine_stuck(0, &name, &what, &local));
    CN_HAS(what, "NdisMPauseComplete was not called");
}

static NDIS_STATUS NTAPI stray_restart(NDIS_HANDLE c, PNDIS_MINIPORT_RESTART_PARAMETERS p)
{
    (void)c, (void)p;
    NdisMPauseComplete(mp_context->handle);
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI restart_twice(NDIS_HANDLE c, PNDIS_MINIPORT_RESTART_PARAMETERS p)
{
    (void)c, (void)p;
    NdisMRestartComplete(mp_context->handle, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS NTAPI pause_completes_restart(NDIS_HANDLE c, PNDIS_MINIPORT_PAUSE_PARAMETERS p)
{
    (void)c, (void)p;
    mp_context->closing = TRUE;
    NdisMRestartComplete(mp_context->handle, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

TEST(a_completion_out_of_the_blue_breaks_the_rule_of_states)
{
    start_alone();
    mpc.RestartHandler = stray_restart;
    kit_run(life);
    CN_STREQ(broken, "ADP-026 ");
    start_alone();
    mpc.RestartHandler = restart_twice;
    mpc.PauseHandler = pause_completes_restart;
    kit_run(life);
    CN_STREQ(broken, "PNP-012 ");
}

/* -- Halt -------------------------------------------------------------------------------------- */

static void *left;
static NDIS_STATUS NTAPI allocating_restart(NDIS_HANDLE c, PNDIS_MINIPORT_RESTART_PARAMETERS p)
{
    (void)c, (void)p;
    left = NdisAllocateMemoryWithTagPriority(mp_context->handle, 16, TAG, NormalPoolPriority);
    return NDIS_STATUS_SUCCESS;
}
static NDIS_HANDLE dead;
static VOID NTAPI remembering_halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
    dead = mp_context->handle;
    mp_halt(context, action);
}
static void use_dead(void)
{
    NDIS_STRING name;
    noted(NdisMQueryAdapterInstanceName(&name, dead));
}
static void halt_then_use(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_adapter();
    cn_adapter_stop(adapter);
    kit_as(mp, use_dead);
    cn_adapter_remove(adapter);
    kit_gone(mp);
}

TEST(what_belongs_to_the_adapter_is_gone_after_the_halt)
{
    start_alone();
    mpc.RestartHandler = allocating_restart;
    kit_run(life);
    CN_STREQ(broken, "ADP-022 ");
    CN_HAS(found, "1 block of 16 bytes");
    start_alone();
    mpc.HaltHandlerEx = remembering_halt;
    kit_run(halt_then_use);
    CN_STREQ(broken, "ADP-025 ");
    CN_HAS(found, "'adapter 0' was ended by MiniportHaltEx of mp.sys");
    CN_EQ(got[3], NDIS_STATUS_FAILURE);
}

static void up_and_down_again(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_adapter();
    cn_adapter_stop(adapter);
    noted(cn_adapter_start(adapter));
    cn_adapter_halt(adapter);
    cn_adapter_remove(adapter);
    kit_gone(mp);
}

TEST(an_adapter_may_come_up_again)
{
    start_alone();
    kit_run(up_and_down_again);
    CN_STREQ(broken, "");
    CN_STREQ(notes, "IRPHIRPH");
    CN_EQ(got[3], NDIS_STATUS_SUCCESS);
}

static void surprise(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_adapter();
    cn_adapter_surprise_remove(adapter);
    cn_adapter_remove(adapter);
    kit_gone(mp);
}
static void shut_down(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_adapter();
    cn_adapter_shutdown(adapter);
    cn_adapter_shutdown(adapter);
    cn_adapter_remove(adapter);
}

TEST(surprise_removal_and_shutdown)
{
    start_alone();
    kit_run(surprise);
    CN_STREQ(notes, "IRSPH");
    CN_STREQ(broken, "");
    start_alone();
    kit_run(shut_down);
    CN_STREQ(notes, "IRD");
    CN_HAS(states, "adapter 0:Shutdown");
    CN_STREQ(broken, "");
}

/* -- Requests of the driver -------------------------------------------------------------------- */

static NDIS_STATUS NTAPI reset_now(NDIS_HANDLE c, PBOOLEAN addressing)
{
    (void)c;
    note('X');
    *addressing = TRUE;
    return NDIS_STATUS_SUCCESS;
}
static NDIS_STATUS NTAPI reset_pends(NDIS_HANDLE c, PBOOLEAN addressing)
{
    (void)c, (void)addressing;
    note('X');
    NdisMResetComplete(mp_context->handle, NDIS_STATUS_SUCCESS, TRUE);
    return NDIS_STATUS_PENDING;
}
static void ask_reset(void)
{
    NdisMResetMiniport(mp_context->handle);
}
static void ask_removal(void)
{
    noted(NdisMRemoveMiniport(mp_context->handle));
    noted(NdisMRemoveMiniport(mp_context->handle));
}
static void (*asking)(void);
static void ask(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    kit_adapter();
    kit_as(mp, asking);
    sleep_a_little(1000);
    cn_adapter_remove(adapter);
    kit_gone(mp);
}

TEST(a_driver_may_ask_for_a_reset)
{
    MINIPORT_RESET_HANDLER handlers[] = {reset_now, reset_pends};
    for (size_t i = 0; i < 2; i++) {
        start_alone();
        mpc.ResetHandlerEx = handlers[i];
        asking = ask_reset;
        kit_run(ask);
        CN_STREQ(notes, "IRXPH");
        CN_STREQ(broken, "");
        CN_HAS(states, "adapter 0:in reset adapter 0:not in reset");
    }
    start_alone();
    asking = ask_reset; /* without a handler nothing happens */
    kit_run(ask);
    CN_STREQ(notes, "IRPH");
}

TEST(a_driver_may_give_its_device_up)
{
    start_alone();
    asking = ask_removal;
    kit_run(ask);
    CN_EQ(got[3], NDIS_STATUS_SUCCESS);
    CN_EQ(got[4], NDIS_STATUS_FAILURE);
    CN_STREQ(notes, "IRPH");
    CN_STREQ(broken, "");
}

/* -- Devices ----------------------------------------------------------------------------------- */

static void *device_context;
static NDIS_STATUS add_status;
static NDIS_STATUS NTAPI add_device(NDIS_HANDLE handle, NDIS_HANDLE driver)
{
    (void)driver;
    note('a');
    device_context = NdisAllocateMemoryWithTagPriority(handle, 32, TAG, NormalPoolPriority);
    NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES d = {
        HEADER(NDIS_OBJECT_TYPE_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES,
               NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES_REVISION_1,
               NDIS_SIZEOF_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES_REVISION_1),
        .MiniportAddDeviceContext = device_context};
    NdisMSetMiniportAttributes(handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&d);
    return add_status;
}
static VOID NTAPI remove_device(NDIS_HANDLE context)
{
    note(context == device_context ? 'z' : '?');
    NdisFreeMemory(context, 0, 0);
}
static VOID NTAPI remove_nothing(NDIS_HANDLE context)
{
    (void)context;
}
static NDIS_MINIPORT_PNP_CHARACTERISTICS pnp;
static NDIS_STATUS NTAPI pnp_options(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    return NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&pnp);
}
static NDIS_STATUS sharing(NDIS_HANDLE h)
{
    regattr.MiniportAdapterContext = device_context;
    return SET(h, &regattr);
}
static void start_with_devices(void)
{
    start_alone();
    pnp = (NDIS_MINIPORT_PNP_CHARACTERISTICS){
        HEADER(NDIS_OBJECT_TYPE_MINIPORT_PNP_CHARACTERISTICS,
               NDIS_MINIPORT_PNP_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_PNP_CHARACTERISTICS_REVISION_1),
        .MiniportAddDeviceHandler = add_device, .MiniportRemoveDeviceHandler = remove_device};
    mpc.SetOptionsHandler = pnp_options;
    add_status = NDIS_STATUS_SUCCESS;
}

TEST(devices_are_added_and_removed_around_the_adapter)
{
    start_with_devices();
    mpc.InitializeHandlerEx = looking_initialize;
    kit_run(life);
    CN_STREQ(broken, "");
    CN_STREQ(notes, "agIRPHz");
    CN_OK(seen.MiniportAddDeviceContext == device_context);
    start_with_devices();
    pnp.MiniportRemoveDeviceHandler = remove_nothing;
    kit_run(life);
    CN_STREQ(broken, "ADP-031 ");
    start_with_devices();
    add_status = NDIS_STATUS_RESOURCES;
    kit_run(life);
    CN_STREQ(broken, "ADP-030 ");
    CN_EQ(got[1], NDIS_STATUS_RESOURCES);
    start_with_devices();
    initialized_with(sharing);
    CN_STREQ(broken, "ADP-031 ");
}

/* -- OID requests of NDIS ---------------------------------------------------------------------- */

static PNDIS_OID_REQUEST oid_request;
static void oid_later(void *arg)
{
    (void)arg;
    struct cn_frame f;
    sleep_a_little(1000);
    if (cn_upcall_begin(&f, mp, "later", NULL, NULL)) {
        NdisMOidRequestComplete(mp_context->handle, oid_request, mp_oid(NULL, oid_request));
        NdisMOidRequestComplete(mp_context->handle, oid_request, NDIS_STATUS_SUCCESS);
        cn_upcall_end(&f, NULL);
    }
}
static NDIS_STATUS NTAPI pending_oid(NDIS_HANDLE c, PNDIS_OID_REQUEST r)
{
    (void)c;
    oid_request = r;
    cn_engine_spawn(oid_later, NULL, "oid");
    return NDIS_STATUS_PENDING;
}

TEST(a_pended_query_is_completed_once)
{
    start_alone();
    mpc.OidRequestHandler = pending_oid;
    kit_run(life);
    CN_HAS(facts, "vendor=kit;");
    CN_STREQ(broken, "GEN-002 ");
}

/* -- Hardware, of which there is none ---------------------------------------------------------- */

static NDIS_STATUS hardware(NDIS_HANDLE h)
{
    NDIS_HANDLE out;
    PVOID address = &out;
    NDIS_PHYSICAL_ADDRESS where = {.QuadPart = 0};
    NDIS_STATUS s = SET(h, &regattr);
    noted(NdisMRegisterInterruptEx(h, NULL, NULL, &out));
    noted(NdisMMapIoSpace(&address, h, where, 4096));
    noted(NdisMRegisterIoPortRange(&address, h, 0x300, 16));
    noted(NdisMRegisterScatterGatherDma(h, NULL, &out));
    NdisMAllocateSharedMemory(h, 64, FALSE, &address, &where);
    note(address == NULL ? '0' : '1');
    noted((NDIS_STATUS)NdisMGetBusData(h, 0, 0, NULL, 0));
    return s == NDIS_STATUS_SUCCESS ? SET(h, &genattr) : s;
}
static NDIS_STATUS hardware_first(NDIS_HANDLE h)
{
    NDIS_HANDLE out;
    noted(NdisMRegisterInterruptEx(h, NULL, NULL, &out));
    return kit_attributes(h);
}

TEST(claims_of_hardware_are_refused)
{
    start_alone();
    CN_STREQ(initialized_with(hardware), "");
    CN_EQ(got[3], NDIS_STATUS_RESOURCES);
    CN_EQ(got[4], NDIS_STATUS_RESOURCE_CONFLICT);
    CN_EQ(got[5], NDIS_STATUS_RESOURCE_CONFLICT);
    CN_EQ(got[6], NDIS_STATUS_NOT_SUPPORTED);
    CN_EQ(got[7], 0);
    CN_HAS(notes, "0");
    start_alone();
    CN_STREQ(initialized_with(hardware_first), "ADP-001 ");
    CN_EQ(got[2], NDIS_STATUS_FAILURE);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
