/* Tests of src/ndis/options.c: NdisSetOptionalHandlers, and the roles that follow from it. */
#include "kit.h"

static NDIS_STATUS set_status;
static void *given;

static NDIS_STATUS NTAPI set_given(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    cl_handle = driver;
    set_status = NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)given);
    return NDIS_STATUS_SUCCESS;
}

static void miniport_sets(void *arg)
{
    (void)arg;
    mpc.SetOptionsHandler = set_given;
    kit_entry(mp, mp_register);
}
static void client_sets(void *arg)
{
    (void)arg;
    clc.SetOptionsHandler = set_given;
    kit_entry(cl, cl_register);
}

/* Sets one structure and tells the rules broken. */
static const char *miniport_gives(void *structure)
{
    given = structure;
    kit_run(miniport_sets);
    return broken;
}
static const char *client_gives(void *structure)
{
    given = structure;
    kit_run(client_sets);
    return broken;
}

static void register_mp(void *arg)
{
    (void)arg;
    set_status = kit_entry(mp, mp_register);
}
static void register_cl(void *arg)
{
    (void)arg;
    set_status = kit_entry(cl, cl_register);
}

TEST(the_roles_are_told_apart)
{
    static const struct {
        unsigned options;
        bool miniport;
        const char *role;
    } roles[] = {
        {0, true, "role=miniport driver 6.30;"},
        {MCO, true, "role=CoNDIS miniport driver 6.30;"},
        {MCO | CM, true, "role=miniport call manager (MCM) 6.30;"},
        {0, false, "role=protocol driver 6.30;"},
        {PCO, false, "role=CoNDIS protocol driver 6.30;"},
        {PCO | CL, false, "role=client 6.30;"},
        {PCO | CM, false, "role=call manager 6.30;"},
        {PCO | CM | CL, false, "role=client and call manager 6.30;"},
    };
    for (size_t i = 0; i < CN_ARRAY_SIZE(roles); i++) {
        kit_start();
        mp_options = cl_options = roles[i].options;
        if ((roles[i].options & CM) != 0)
            mco.CoCreateVcHandler = NULL;
        if ((roles[i].options & CM) != 0)
            mco.CoDeleteVcHandler = NULL;
        kit_run(roles[i].miniport ? register_mp : register_cl);
        CN_STREQ(facts, roles[i].role);
        CN_EQ(set_status, NDIS_STATUS_SUCCESS);
        CN_STREQ(broken, "");
    }
}

TEST(a_structure_of_the_other_kind_is_refused)
{
    kit_start();
    CN_STREQ(miniport_gives(&pco), "REG-022 ");
    CN_EQ(set_status, NDIS_STATUS_FAILURE);
    kit_start();
    CN_STREQ(miniport_gives(&clh), "REG-022 ");
    kit_start();
    CN_STREQ(client_gives(&mco), "REG-022 ");
    CN_EQ(set_status, NDIS_STATUS_FAILURE);
}

TEST(what_is_no_structure_is_refused)
{
    NDIS_OBJECT_HEADER h = {0x42, 1, 64};
    kit_start();
    CN_STREQ(miniport_gives(&h), "REG-022 ");
    CN_HAS(found, "0x42");
    kit_start();
    CN_STREQ(miniport_gives(NULL), "HOST-005 ");
    CN_EQ(set_status, NDIS_STATUS_FAILURE);
}

TEST(the_other_structures_of_the_page_are_taken)
{
    NDIS_MINIPORT_PNP_CHARACTERISTICS pnp = {HEADER(
        NDIS_OBJECT_TYPE_MINIPORT_PNP_CHARACTERISTICS, NDIS_MINIPORT_PNP_CHARACTERISTICS_REVISION_1,
        NDIS_SIZEOF_MINIPORT_PNP_CHARACTERISTICS_REVISION_1)};
    NDIS_MINIPORT_SS_CHARACTERISTICS ss = {HEADER(
        NDIS_OBJECT_TYPE_MINIPORT_SS_CHARACTERISTICS, NDIS_MINIPORT_SS_CHARACTERISTICS_REVISION_1,
        NDIS_SIZEOF_MINIPORT_SS_CHARACTERISTICS_REVISION_1)};
    NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS memory = {
        HEADER(NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS,
               NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1)};
    NDIS_OBJECT_HEADER ndk = {NDIS_OBJECT_TYPE_NDK_PROVIDER_CHARACTERISTICS, 1, 16};
    NDIS_OBJECT_HEADER chimney = {NDIS_OBJECT_TYPE_CLIENT_CHIMNEY_OFFLOAD_CHARACTERISTICS, 1, 16};
    void *const of_miniport[] = {&pnp, &ss, &memory, &ndk, &chimney};
    for (size_t i = 0; i < CN_ARRAY_SIZE(of_miniport); i++) {
        kit_start();
        CN_STREQ(miniport_gives(of_miniport[i]), "");
        CN_EQ(set_status, NDIS_STATUS_SUCCESS);
    }
    void *const of_protocol[] = {&memory, &chimney};
    for (size_t i = 0; i < CN_ARRAY_SIZE(of_protocol); i++) {
        kit_start();
        CN_STREQ(client_gives(of_protocol[i]), "");
        CN_EQ(set_status, NDIS_STATUS_SUCCESS);
    }
    kit_start();
    CN_STREQ(client_gives(&pnp), "REG-022 ");
    kit_start();
    mpc.MinorNdisVersion = 20;
    CN_STREQ(miniport_gives(&ss), "REG-007 ");
    kit_start();
    ss.Header.Size--;
    CN_STREQ(miniport_gives(&ss), "REG-006 ");
}

TEST(wrong_headers_break_the_rule_of_their_structure)
{
    kit_start();
    mco.Header.Revision = 2;
    CN_STREQ(miniport_gives(&mco), "REG-023 ");
    kit_start();
    mco.Flags = 4;
    CN_STREQ(miniport_gives(&mco), "REG-023 ");
    CN_STREQ(member, "Flags");
    kit_start();
    pco.Header.Revision = 0;
    CN_STREQ(client_gives(&pco), "REG-027 ");
    kit_start();
    clh.Header.Revision = 7;
    CN_STREQ(client_gives(&clh), "REG-032 ");
    kit_start();
    cmh.Header.Revision = 7;
    CN_STREQ(client_gives(&cmh), "REG-032 ");
    CN_EQ(set_status, NDIS_STATUS_FAILURE);
}

/* Leaves out one handler after the other. */
static void each_missing(void *structure, size_t first, size_t count, bool miniport,
                         const char *rule)
{
    for (size_t i = 0; i < count; i++) {
        kit_start();
        ((void **)((char *)structure + first))[i] = NULL;
        CN_STREQ(miniport ? miniport_gives(structure) : client_gives(structure), rule);
        CN_EQ(set_status, NDIS_STATUS_FAILURE);
        CN_STREQ(found, "NULL");
    }
}

TEST(all_functions_of_a_client_and_a_call_manager_are_needed)
{
    each_missing(&pco, offsetof(NDIS_PROTOCOL_CO_CHARACTERISTICS, CoStatusHandlerEx), 4, false,
                 "REG-027 ");
    each_missing(&clh, offsetof(NDIS_CO_CLIENT_OPTIONAL_HANDLERS, ClCreateVcHandler), 19, false,
                 "REG-028 ");
    each_missing(&cmh, offsetof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS, CmCreateVcHandler), 17,
                 false, "REG-029 ");
    each_missing(&cmh, offsetof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS, CmCreateVcHandler), 17,
                 true, "REG-030 ");
}

TEST(the_documented_size_of_the_call_manager_structure_hides_no_member)
{
    CN_EQ(NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1, 0x88);
    CN_EQ(sizeof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS), 0x90);
    kit_start();
    CN_STREQ(client_gives(&cmh), "");
    kit_start();
    cmh.Header.Size = sizeof(cmh);
    CN_STREQ(client_gives(&cmh), "");
    CN_EQ(set_status, NDIS_STATUS_SUCCESS);
}

TEST(a_miniport_without_call_manager_supplies_all_six)
{
    for (unsigned i = 0; i < 6; i++) {
        kit_start();
        ((void **)&mco.CoCreateVcHandler)[i] = NULL;
        kit_run(register_mp);
        CN_EQ(set_status, NDIS_STATUS_BAD_CHARACTERISTICS);
        CN_STREQ(broken, "REG-024 ");
        CN_OK(cn_registration_of(mp, CN_KIND_MINIPORT) == NULL);
    }
}

TEST(an_mcm_has_other_needs)
{
    kit_start();
    mp_options = MCO | CM;
    mco.CoCreateVcHandler = NULL;
    mco.CoDeleteVcHandler = NULL;
    mco.CoActivateVcHandler = NULL;
    kit_run(register_mp);
    CN_EQ(set_status, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "");
    kit_start();
    mp_options = MCO | CM;
    kit_run(register_mp);
    CN_EQ(set_status, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "REG-025 REG-025 ");
    kit_start();
    mp_options = MCO | CM;
    mco.CoCreateVcHandler = NULL;
    mco.CoDeleteVcHandler = NULL;
    mco.CoSendNetBufferListsHandler = NULL;
    kit_run(register_mp);
    CN_EQ(set_status, NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_STREQ(broken, "REG-026 ");
    kit_start();
    mp_options = MCO | CM;
    mco.CoCreateVcHandler = NULL;
    mco.CoDeleteVcHandler = NULL;
    cmh.CmOidRequestHandler = UNUSED;
    kit_run(register_mp);
    CN_EQ(set_status, NDIS_STATUS_BAD_CHARACTERISTICS);
    CN_STREQ(broken, "REG-031 ");
}

TEST(only_a_connection_oriented_miniport_may_do_without_oid_requests)
{
    kit_start();
    mpc.OidRequestHandler = NULL;
    kit_run(register_mp);
    CN_STREQ(broken, "");
    kit_start();
    mpc.OidRequestHandler = NULL;
    mp_options = 0;
    kit_run(register_mp);
    CN_EQ(set_status, NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "REG-011 ");
}

static NDIS_STATUS NTAPI set_twice(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    (void)context;
    noted(kit_set(driver, MCO));
    return noted(kit_set(driver, MCO));
}

TEST(a_second_registration_of_a_structure_is_remarked)
{
    kit_start();
    mpc.SetOptionsHandler = set_twice;
    kit_run(register_mp);
    CN_EQ(got[1], NDIS_STATUS_SUCCESS);
    CN_STREQ(broken, "REG-033 ");
}

/* -- At the wrong time ------------------------------------------------------------------------- */

static NDIS_STATUS register_then_set(void)
{
    NDIS_STATUS s = mp_register();
    noted(kit_set(mp_handle, MCO));
    return s;
}
static NDIS_STATUS client_then_set(void)
{
    NDIS_STATUS s = cl_register();
    noted(kit_set(cl_handle, PCO));
    noted(kit_set(NULL, PCO));
    return s;
}
static void late(void *arg)
{
    (void)arg;
    kit_entry(mp, register_then_set);
    kit_entry(cl, client_then_set);
}

TEST(outside_of_set_options_nothing_is_taken)
{
    kit_start();
    kit_run(late);
    CN_EQ(got[0], NDIS_STATUS_FAILURE);
    CN_EQ(got[2], NDIS_STATUS_FAILURE);
    CN_EQ(got[3], NDIS_STATUS_FAILURE);
    CN_STREQ(broken, "REG-020 REG-021 REG-021 ");
}

static NDIS_STATUS NTAPI bind_and_set(NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS p)
{
    NDIS_STATUS s = cl_bind(driver, bind, p);
    if (s == NDIS_STATUS_SUCCESS)
        noted(kit_set(cl_context->handle, PCO | CL));
    return s;
}
static NDIS_STATUS NTAPI event_and_set(NDIS_HANDLE context, PNET_PNP_EVENT_NOTIFICATION e)
{
    if (context != NULL && e->NetPnPEvent.NetEvent == NetEventRestart)
        noted(kit_set(cl_context->handle, PCO));
    return NDIS_STATUS_SUCCESS;
}

TEST(a_protocol_may_set_the_functions_of_one_binding)
{
    kit_start();
    cl_options = 0;
    mp_options = MCO | CM;
    mco.CoCreateVcHandler = NULL;
    mco.CoDeleteVcHandler = NULL;
    clc.BindAdapterHandlerEx = bind_and_set;
    kit_run(kit_life);
    CN_STREQ(broken, "");
    CN_HAS(facts, "role=protocol driver 6.30;");
    CN_HAS(facts, "role=client 6.30;");
    CN_HAS(notes, "A"); /* and is offered the family there */
    kit_start();
    clc.NetPnPEventHandler = event_and_set;
    kit_run(kit_life);
    CN_STREQ(broken, "REG-021 ");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
