/* Tests of src/ndis/registration.c: both registrations and both deregistrations. */
#include "kit.h"

static NDIS_STATUS entry_status;

static void register_miniport(void *arg)
{
    (void)arg;
    entry_status = kit_entry(mp, mp_register);
    if (entry_status == NDIS_STATUS_SUCCESS)
        kit_gone(mp);
}

static void register_client(void *arg)
{
    (void)arg;
    entry_status = kit_entry(cl, cl_register);
    if (entry_status == NDIS_STATUS_SUCCESS)
        kit_gone(cl);
}

/* Each version with the revision that belongs to it. */
static const struct {
    uint8_t minor, miniport, protocol;
} versions[] = {{0, 1, 1},  {1, 2, 2},  {20, 2, 2}, {30, 2, 2}, {40, 2, 2}, {50, 2, 2}, {51, 2, 2},
                {60, 2, 2}, {70, 2, 2}, {80, 3, 2}, {81, 3, 2}, {82, 3, 2}, {83, 3, 2}, {84, 3, 2},
                {85, 3, 2}, {86, 3, 2}, {87, 3, 2}, {88, 3, 2}, {89, 3, 2}};

static uint16_t miniport_size(unsigned revision)
{
    return revision == 1   ? NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1
           : revision == 2 ? NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2
                           : NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3;
}

static uint16_t protocol_size(unsigned revision)
{
    return revision == 1 ? NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1
                         : NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
}

TEST(every_version_registers_with_its_own_revision_only)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(versions); i++)
        for (unsigned revision = 1; revision <= 3; revision++) {
            bool good = revision == versions[i].miniport;
            kit_start();
            mpc.MinorNdisVersion = versions[i].minor;
            mpc.Header.Revision = (UCHAR)revision;
            mpc.Header.Size = miniport_size(revision);
            kit_run(register_miniport);
            CN_EQ(entry_status, good ? NDIS_STATUS_SUCCESS : NDIS_STATUS_BAD_CHARACTERISTICS);
            CN_STREQ(broken, good ? "" : "REG-007 ");
        }
}

TEST(every_version_of_a_protocol_registers_with_its_own_revision_only)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(versions); i++)
        for (unsigned revision = 1; revision <= 2; revision++) {
            bool good = revision == versions[i].protocol;
            kit_start();
            clc.MinorNdisVersion = versions[i].minor;
            clc.Header.Revision = (UCHAR)revision;
            clc.Header.Size = protocol_size(revision);
            kit_run(register_client);
            CN_EQ(entry_status, good ? NDIS_STATUS_SUCCESS : NDIS_STATUS_BAD_CHARACTERISTICS);
            CN_STREQ(broken, good ? "" : "REG-007 ");
        }
}

TEST(versions_that_do_not_exist_are_refused)
{
    static const struct {
        uint8_t major, minor;
        const char *rules;
    } bad[] = {{6, 2, "REG-002 "},  {6, 0x20, "REG-002 "}, {6, 90, "REG-002 "},
               {7, 0, "REG-002 "},  {5, 1, "REG-002 "},    {4, 0, "REG-001 "},
               {0, 30, "REG-001 "}, {255, 255, "REG-002 "}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(bad); i++) {
        kit_start();
        mpc.MajorNdisVersion = bad[i].major;
        mpc.MinorNdisVersion = bad[i].minor;
        kit_run(register_miniport);
        CN_EQ(entry_status, NDIS_STATUS_BAD_VERSION);
        CN_STREQ(broken, bad[i].rules);
        CN_OK(mp_handle == NULL);
    }
    kit_start();
    clc.MinorNdisVersion = 31;
    kit_run(register_client);
    CN_EQ(entry_status, NDIS_STATUS_BAD_VERSION);
    CN_STREQ(broken, "REG-003 ");
}

TEST(a_wrong_header_is_refused)
{
    kit_start();
    mpc.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_STREQ(broken, "REG-004 ");
    CN_STREQ(member, "Header.Type");
    kit_start();
    mpc.Header.Revision = 4;
    kit_run(register_miniport);
    CN_STREQ(broken, "REG-004 ");
    kit_start();
    clc.Header.Revision = 0;
    kit_run(register_client);
    CN_STREQ(broken, "REG-005 ");
    kit_start();
    clc.Header.Size--;
    kit_run(register_client);
    CN_EQ(entry_status, NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_STREQ(broken, "REG-006 ");
}

TEST(a_larger_size_is_accepted)
{
    kit_start();
    mpc.Header.Size = sizeof(mpc);
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "");
}

/* The handlers without which no driver registers, by offset. */
static const size_t miniport_needs[] = {
#define O(m) offsetof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS, m)
    O(InitializeHandlerEx),
    O(HaltHandlerEx),
    O(UnloadHandler),
    O(PauseHandler),
    O(RestartHandler),
    O(SendNetBufferListsHandler),
    O(ReturnNetBufferListsHandler),
    O(CancelSendHandler),
    O(DevicePnPEventNotifyHandler),
    O(ShutdownHandlerEx),
    O(CancelOidRequestHandler)
#undef O
};
static const size_t protocol_needs[] = {
#define O(m) offsetof(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS, m)
    O(BindAdapterHandlerEx),
    O(UnbindAdapterHandlerEx),
    O(OpenAdapterCompleteHandlerEx),
    O(CloseAdapterCompleteHandlerEx),
    O(NetPnPEventHandler),
    O(OidRequestCompleteHandler),
    O(ReceiveNetBufferListsHandler),
    O(SendNetBufferListsCompleteHandler)
#undef O
};

TEST(each_missing_handler_is_named)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(miniport_needs); i++) {
        kit_start();
        *(void **)((char *)&mpc + miniport_needs[i]) = NULL;
        kit_run(register_miniport);
        CN_EQ(entry_status, NDIS_STATUS_BAD_CHARACTERISTICS);
        CN_STREQ(broken, "REG-010 ");
        CN_STREQ(found, "NULL");
    }
    for (size_t i = 0; i < CN_ARRAY_SIZE(protocol_needs); i++) {
        kit_start();
        *(void **)((char *)&clc + protocol_needs[i]) = NULL;
        kit_run(register_client);
        CN_EQ(entry_status, NDIS_STATUS_BAD_CHARACTERISTICS);
        CN_STREQ(broken, "REG-045 ");
    }
}

TEST(all_missing_handlers_are_told_at_once)
{
    kit_start();
    mpc.PauseHandler = NULL;
    mpc.RestartHandler = NULL;
    mpc.ShutdownHandlerEx = NULL;
    kit_run(register_miniport);
    CN_STREQ(broken, "REG-010 REG-010 REG-010 ");
}

TEST(members_that_depend_on_each_other)
{
    kit_start();
    mpc.CheckForHangHandlerEx = UNUSED;
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_STREQ(broken, "REG-012 ");
    kit_start();
    mpc.DirectOidRequestHandler = UNUSED;
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_STREQ(broken, "REG-014 ");
    CN_STREQ(member, "CancelDirectOidRequestHandler");
    kit_start();
    mpc.CheckForHangHandlerEx = UNUSED;
    mpc.ResetHandlerEx = UNUSED;
    mpc.DirectOidRequestHandler = UNUSED;
    mpc.CancelDirectOidRequestHandler = UNUSED;
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "");
}

TEST(flags_are_warned_of_in_a_miniport_and_refused_in_a_protocol)
{
    kit_start();
    mpc.Flags = 0x80;
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "REG-015 ");
    kit_start();
    mpc.Flags = NDIS_INTERMEDIATE_DRIVER | NDIS_WDM_DRIVER;
    kit_run(register_miniport);
    CN_STREQ(broken, "");
    kit_start();
    mpc.Flags = NDIS_INTERMEDIATE_DRIVER;
    mpc.CheckForHangHandlerEx = UNUSED;
    mpc.ResetHandlerEx = UNUSED;
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "REG-013 ");
    kit_start();
    clc.Flags = 1;
    kit_run(register_client);
    CN_EQ(entry_status, NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_STREQ(broken, "REG-045 ");
}

static NDIS_STATUS with_bad_arguments(void)
{
    noted(NdisMRegisterMiniportDriver(NULL, NULL, NULL, &mpc, &mp_handle));
    noted(NdisMRegisterMiniportDriver(cn_nt_driver_object(cl), NULL, NULL, &mpc, &mp_handle));
    noted(NdisMRegisterMiniportDriver(cn_nt_driver_object(mp), NULL, NULL, &mpc, NULL));
    noted(NdisMRegisterMiniportDriver(cn_nt_driver_object(mp), NULL, NULL, NULL, &mp_handle));
    noted(NdisRegisterProtocolDriver(NULL, &clc, NULL));
    return NDIS_STATUS_FAILURE;
}

static void bad_arguments(void *arg)
{
    (void)arg;
    kit_entry(mp, with_bad_arguments);
}

TEST(bad_pointers_are_refused)
{
    kit_start();
    kit_run(bad_arguments);
    CN_EQ(got[0], NDIS_STATUS_FAILURE);
    CN_EQ(got[1], NDIS_STATUS_FAILURE);
    CN_EQ(got[2], NDIS_STATUS_FAILURE);
    CN_EQ(got[3], NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_EQ(got[4], NDIS_STATUS_FAILURE);
    CN_STREQ(broken, "GEN-001 GEN-005 REG-004 GEN-005 ");
}

/* -- SetOptions that fails, and DriverEntry that fails ----------------------------------------- */

static NDIS_STATUS NTAPI failing_options(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    kit_set(driver, MCO);
    return NDIS_STATUS_RESOURCES;
}

static void *kept;
static NDIS_STATUS NTAPI leaking_options(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    kept = NdisAllocateMemoryWithTagPriority(driver, 24, TAG, NormalPoolPriority);
    return NDIS_STATUS_FAILURE;
}

static NDIS_STATUS register_and_free(void)
{
    NDIS_STATUS s = mp_register();
    if (kept != NULL)
        NdisFreeMemory(kept, 0, 0);
    kept = NULL;
    return s;
}

static void register_freeing(void *arg)
{
    (void)arg;
    entry_status = kit_entry(mp, register_and_free);
}

TEST(a_failing_set_options_undoes_the_registration)
{
    kit_start();
    mpc.SetOptionsHandler = failing_options;
    kit_run(register_miniport);
    CN_EQ(entry_status, NDIS_STATUS_RESOURCES);
    CN_STREQ(broken, "");
    CN_EQ(mp->roles, 0);
    CN_OK(cn_registration_of(mp, CN_KIND_MINIPORT) == NULL);
    kit_start();
    mpc.SetOptionsHandler = leaking_options;
    kit_run(register_freeing);
    CN_STREQ(broken, "REG-037 ");
    CN_HAS(found, "1 block of 24 bytes, tag 'Test'");
}

static NDIS_STATUS register_then_fail(void)
{
    mp_register();
    return NDIS_STATUS_FAILURE;
}
static NDIS_STATUS client_then_fail(void)
{
    cl_register();
    return NDIS_STATUS_FAILURE;
}
static NDIS_STATUS client_then_pend(void)
{
    cl_register();
    return NDIS_STATUS_PENDING;
}
static NDIS_STATUS refused_and_leaks(void)
{
    mpc.MinorNdisVersion = 3;
    kept = ExAllocatePoolWithTag(NonPagedPool, 40, TAG);
    return mp_register();
}

static NDIS_STATUS (*entry)(void);
static struct cn_driver **entry_driver;
static void enter(void *arg)
{
    (void)arg;
    entry_status = kit_entry(*entry_driver, entry);
}

TEST(a_driver_entry_that_fails_deregisters_first)
{
    static const struct {
        struct cn_driver **driver;
        NDIS_STATUS (*entry)(void);
        const char *rules;
    } cases[] = {{&mp, register_then_fail, "REG-016 "},
                 {&cl, client_then_fail, "REG-042 "},
                 {&cl, client_then_pend, "REG-041 "},
                 {&mp, refused_and_leaks, "REG-002 REG-047 "}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(cases); i++) {
        kit_start();
        entry_driver = cases[i].driver;
        entry = cases[i].entry;
        kit_run(enter);
        CN_STREQ(broken, cases[i].rules);
    }
    CN_EQ(cn_pool_live(mp), 0);
}

/* -- Deregistering ----------------------------------------------------------------------------- */

static VOID NTAPI lazy_unload(PDRIVER_OBJECT object)
{
    (void)object;
}
static VOID NTAPI double_unload(PDRIVER_OBJECT object)
{
    mp_unload(object);
    mp_unload(object);
}
static VOID NTAPI double_client_unload(PDRIVER_OBJECT object)
{
    cl_unload(object);
    cl_unload(object);
}
static VOID NTAPI wrong_unload(PDRIVER_OBJECT object)
{
    NdisMDeregisterMiniportDriver(NULL);
    mp_unload(object);
}

TEST(an_unload_deregisters_once_with_the_right_handle)
{
    kit_start();
    mpc.UnloadHandler = lazy_unload;
    kit_run(register_miniport);
    CN_STREQ(broken, "REG-017 ");
    kit_start();
    mpc.UnloadHandler = double_unload;
    kit_run(register_miniport);
    CN_STREQ(broken, "REG-018 ");
    CN_HAS(found, "NdisMDeregisterMiniportDriver");
    kit_start();
    mpc.UnloadHandler = wrong_unload;
    kit_run(register_miniport);
    CN_STREQ(broken, "REG-018 ");
}

static void client_unload_with(PDRIVER_UNLOAD unload)
{
    kit_entry(cl, cl_register);
    cn_nt_driver_object(cl)->DriverUnload = unload;
    kit_gone(cl);
}
static void client_lazy(void *arg)
{
    (void)arg;
    client_unload_with(lazy_unload);
}
static void client_double(void *arg)
{
    (void)arg;
    client_unload_with(double_client_unload);
}

TEST(a_protocol_driver_deregisters_once)
{
    kit_start();
    kit_run(client_lazy);
    CN_STREQ(broken, "REG-051 ");
    kit_start();
    kit_run(client_double);
    CN_STREQ(broken, "REG-044 ");
}

static NDIS_STATUS NTAPI deregistering_event(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION e)
{
    (void)context;
    if (e->NetPnPEvent.NetEvent == NetEventReconfigure)
        NdisDeregisterProtocolDriver(cl_handle);
    return NDIS_STATUS_SUCCESS;
}

static void reconfigure(void *arg)
{
    (void)arg;
    kit_entry(cl, cl_register);
    cn_protocol_event(cl, NetEventReconfigure, NULL, 0);
}

TEST(deregistering_inside_a_function_that_ndis_called_is_refused)
{
    kit_start();
    clc.NetPnPEventHandler = deregistering_event;
    kit_run(reconfigure);
    CN_STREQ(broken, "REG-043 ");
    CN_HAS(found, "ProtocolNetPnPEvent");
    CN_OK(cn_registration_of(cl, CN_KIND_PROTOCOL) != NULL);
}

TEST(deregistering_a_protocol_unbinds_it_first)
{
    kit_start();
    mp_options = MCO | CM;
    mco.CoCreateVcHandler = NULL;
    mco.CoDeleteVcHandler = NULL;
    kit_run(kit_life);
    CN_STREQ(broken, "");
    CN_EQ(run_end, CN_END_IDLE);
    CN_EQ(cn_pool_live(cl), 0);
}

static void *set_options_memory;
static NDIS_STATUS NTAPI keeping_options(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    set_options_memory = NdisAllocateMemoryWithTagPriority(driver, 8, TAG, NormalPoolPriority);
    return mp_set_options(driver, context);
}

TEST(what_set_options_took_is_released_by_the_unload)
{
    kit_start();
    mpc.SetOptionsHandler = keeping_options;
    kit_run(register_miniport);
    CN_STREQ(broken, "REG-038 ");
    CN_EQ(cn_pool_live(mp), 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
