/* driver_test.c - the border: frames, attribution, what is checked and told at each crossing. */
#include "cn_test.h"

#include "object/driver.h"
#include "verify/rule.h"

static struct {
    unsigned count;
    char line[32][1024];
} told;

static void note(void *arg, const struct cn_event *ev)
{
    (void)arg;
    if (told.count < CN_ARRAY_SIZE(told.line))
        cn_event_json(ev, told.line[told.count++], sizeof(told.line[0]));
}

static struct cn_sink sink = {.event = note};
static struct cn_driver *driver, *other;
static uint32_t locks;

static uint32_t locks_now(void)
{
    return locks;
}

static void in_context(void *arg)
{
    void (*body)(void) = *(void (**)(void))arg;
    body();
}

/* Frames hang on a context, IRQL on the virtual CPU: each body runs inside the engine. A check that
 * fails there ends the test from the context, which the next start of the engine forgets. */
static enum cn_engine_end run(void (*body)(void))
{
    cn_engine_stop();
    cn_trace_sinks = NULL;
    cn_trace_restart();
    cn_trace_add(&sink);
    cn_verify_reset();
    memset(&told, 0, sizeof(told));
    locks = 0;
    cn_driver_locks(locks_now);
    while (!cn_list_empty(cn_driver_list()))
        cn_driver_free(CN_LIST_ENTRY(cn_driver_list()->next, struct cn_driver, link));
    driver = cn_driver_new("wan.sys", NULL);
    other = cn_driver_new("client.sys", NULL);
    CN_EQ(cn_engine_start(&(struct cn_engine_config){.start_100ns = 1}), 0);
    CN_EQ(cn_engine_spawn(in_context, &body, "test"), 0);
    enum cn_engine_end end = cn_engine_run();
    cn_engine_stop();
    return end;
}

static const struct cn_ddi_row traced = {
    "ndis", "NdisFoo", NULL, CN_PASSIVE, CN_PASSIVE, CN_DDI_TRACED, 6, 20, "ddi/nf-ndis-foo"};
static const struct cn_ddi_row quiet = {"ntoskrnl",   "KeFoo", NULL, CN_PASSIVE,      CN_DISPATCH,
                                        CN_DDI_QUIET, 0,       0,    "ddi/nf-wdm-foo"};
static const struct cn_ddi_row kernel = {"ntoskrnl",    "IoFoo", NULL, CN_PASSIVE,        CN_HIGH,
                                         CN_DDI_TRACED, 0,       0,    "ddi/nf-wdm-iofoo"};

static const void *const place = &told;

/* -- drivers ----------------------------------------------------------------------------------- */

TEST(drivers_are_listed_oldest_first_until_freed)
{
    struct cn_driver *a = cn_driver_new("a.sys", NULL), *b = cn_driver_new("b.sys", NULL);
    CN_STREQ(a->name, "a.sys");
    CN_OK(a->link.next == &b->link);
    CN_OK(cn_driver_list()->prev == &b->link);
    CN_OK(cn_list_empty(&a->allocations));
    cn_driver_free(a);
    cn_driver_free(b);
    cn_driver_free(NULL);
    CN_OK(cn_driver_list()->prev != &b->link);
}

TEST(a_driver_name_too_long_is_cut)
{
    char longer[200];
    memset(longer, 'n', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    struct cn_driver *d = cn_driver_new(longer, NULL);
    CN_EQ(strlen(d->name), sizeof(d->name) - 1);
    cn_driver_free(d);
}

/* -- frames ------------------------------------------------------------------------------------ */

static void frames_body(void)
{
    struct cn_frame up, ddi, deeper;
    CN_OK(cn_frame_top() == NULL);
    CN_OK(cn_driver_current() == NULL);
    CN_OK(cn_upcall_begin(&up, driver, "MiniportInitializeEx", place, "adapter 0"));
    CN_OK(cn_frame_top() == &up);
    CN_OK(cn_driver_current() == driver);
    CN_EQ(driver->in_upcall, 1);
    cn_ddi_enter(&ddi, &quiet, place, NULL, 0);
    CN_OK(cn_driver_current() == driver);
    CN_OK(ddi.row == &quiet && (uintptr_t)ddi.place == (uintptr_t)place - 1 && ddi.up == &up);
    CN_OK(cn_upcall_begin(&deeper, other, "ProtocolBindAdapterEx", place, "binding 0"));
    CN_OK(cn_driver_current() == other);
    CN_OK(deeper.serial != up.serial);
    CN_OK(cn_frame_inside("MiniportInitializeEx") == &up);
    CN_OK(cn_frame_inside("ProtocolBindAdapterEx") == &deeper);
    CN_OK(cn_frame_inside("KeFoo") == NULL); /* a call, not a handler */
    CN_OK(cn_frame_inside("MiniportHaltEx") == NULL);
    cn_upcall_end(&deeper, NULL);
    CN_EQ(other->in_upcall, 0);
    cn_ddi_leave(&ddi, NULL);
    cn_upcall_end(&up, NULL);
    CN_OK(cn_frame_top() == NULL);
    CN_EQ(driver->in_upcall, 0);
}

TEST(frames_nest_and_the_innermost_names_the_driver)
{
    CN_EQ(run(frames_body), CN_END_IDLE);
    CN_EQ(cn_verify_broken(), 0);
}

static struct cn_frame first_frame;
static bool second_saw_none;

static void second_context(void *arg)
{
    (void)arg;
    second_saw_none = cn_frame_top() == NULL;
}

static void contexts_body(void)
{
    cn_upcall_begin(&first_frame, driver, "DriverUnload", place, NULL);
    cn_engine_spawn(second_context, NULL, "second");
    cn_engine_yield();
    CN_OK(cn_frame_top() == &first_frame);
    cn_upcall_end(&first_frame, NULL);
}

TEST(each_context_has_its_own_frames)
{
    second_saw_none = false;
    CN_EQ(run(contexts_body), CN_END_IDLE);
    CN_OK(second_saw_none);
}

static void overwritten_body(void)
{
    struct cn_frame up;
    cn_upcall_begin(&up, driver, "MiniportHaltEx", place, NULL);
    struct cn_frame good = up;
    memset(&up, 0x41, sizeof(up));
    CN_OK(cn_frame_top() == NULL);
    CN_OK(cn_driver_current() == NULL);
    CN_OK(!CN_CHECK(CN_GEN_001, false, .found = "x"));
    up = good;
    up.driver = other;
    CN_OK(cn_frame_top() == NULL);
    up = good;
    CN_OK(cn_frame_top() == &up);
    cn_upcall_end(&up, NULL);
}

TEST(a_frame_that_the_driver_wrote_over_is_not_believed)
{
    CN_EQ(run(overwritten_body), CN_END_IDLE);
    CN_EQ(cn_verify_broken(), 1);
}

/* -- what is told ------------------------------------------------------------------------------ */

static void traced_body(void)
{
    struct cn_frame up, ddi;
    const struct cn_field args[] = {CN_HEX("Flags", 3), CN_STR("Name", "x")};
    const int32_t status = (int32_t)0xC0000001, good = 0;
    cn_upcall_begin(&up, driver, "MiniportSetOptions", place, "registration");
    cn_ddi_enter(&ddi, &traced, place, args, 2);
    cn_ddi_leave(&ddi, &status);
    cn_upcall_end(&up, &good);
}

TEST(calls_in_both_directions_are_told_in_order)
{
    run(traced_body);
    CN_EQ(told.count, 4);
    CN_HAS(told.line[0],
           "\"event\":\"enter\",\"name\":\"MiniportSetOptions\",\"driver\":\"wan.sys\","
           "\"object\":\"registration\",\"irql\":0}");
    CN_HAS(told.line[1], "\"event\":\"call\",\"name\":\"NdisFoo\",\"driver\":\"wan.sys\","
                         "\"Flags\":\"0x3\",\"Name\":\"x\"}");
    CN_HAS(told.line[2], "\"event\":\"return\",\"name\":\"NdisFoo\",\"driver\":\"wan.sys\","
                         "\"status\":{\"code\":\"0xC0000001\",\"name\":\"NDIS_STATUS_FAILURE\"}}");
    CN_HAS(told.line[3],
           "\"event\":\"leave\",\"name\":\"MiniportSetOptions\",\"driver\":\"wan.sys\","
           "\"object\":\"registration\",\"status\":{\"code\":\"0x00000000\","
           "\"name\":\"NDIS_STATUS_SUCCESS\"}}");
}

static void nt_body(void)
{
    struct cn_frame up, ddi;
    const int32_t good = 0;
    cn_upcall_begin(&up, driver, "DriverEntry", place, NULL);
    cn_ddi_enter(&ddi, &kernel, place, NULL, 0);
    cn_ddi_leave(&ddi, &good);
    cn_ddi_enter(&ddi, &kernel, place, NULL, 0);
    cn_ddi_leave(&ddi, NULL);
    cn_upcall_end(&up, &good);
}

TEST(kernel_functions_and_driver_entry_have_nt_status_and_void_ones_none)
{
    run(nt_body);
    CN_EQ(told.count, 6);
    CN_HAS(told.line[2], "\"name\":\"STATUS_SUCCESS\"");
    CN_OK(strstr(told.line[4], "status") == NULL);
    CN_HAS(told.line[5], "\"name\":\"STATUS_SUCCESS\"");
}

static void quiet_body(void)
{
    struct cn_frame ddi;
    const int32_t good = 0;
    cn_ddi_enter(&ddi, &quiet, place, NULL, 0);
    cn_ddi_leave(&ddi, &good);
}

TEST(quiet_functions_are_not_told)
{
    run(quiet_body);
    CN_EQ(told.count, 0);
}

static void many_args_body(void)
{
    struct cn_field args[CN_EVENT_FIELDS];
    struct cn_frame ddi;
    for (size_t i = 0; i < CN_EVENT_FIELDS; i++)
        args[i] = CN_U64(cn_fmt("k%zu", i), i);
    cn_ddi_enter(&ddi, &traced, place, args, CN_EVENT_FIELDS);
    cn_ddi_leave(&ddi, NULL);
}

TEST(more_arguments_than_an_event_holds_are_left_out)
{
    run(many_args_body);
    CN_HAS(told.line[0], "\"k21\":21}");
}

TEST(no_address_of_the_process_is_told)
{
    run(traced_body);
    for (unsigned i = 0; i < told.count; i++)
        CN_OK(strstr(told.line[i], "0x5") == NULL && strstr(told.line[i], "0x7") == NULL);
}

/* -- rules ------------------------------------------------------------------------------------- */

static void irql_body(void)
{
    struct cn_frame up, ddi;
    cn_upcall_begin(&up, driver, "MiniportHaltEx", place, NULL);
    cn_irql_raise(CN_DISPATCH);
    cn_ddi_enter(&ddi, &quiet, place, NULL, 0);
    cn_ddi_leave(&ddi, NULL);
    CN_EQ(cn_verify_broken(), 0);
    cn_ddi_enter(&ddi, &traced, place, NULL, 0);
    cn_ddi_leave(&ddi, NULL);
    CN_EQ(cn_verify_broken_rule(CN_IRQL_001), 1);
    cn_irql_lower(CN_PASSIVE);
    cn_upcall_end(&up, NULL);
}

TEST(a_call_outside_its_irql_range_breaks_irql_001)
{
    CN_EQ(run(irql_body), CN_END_IDLE);
    CN_EQ(cn_verify_broken(), 1);
    CN_HAS(told.line[1], "\"rule\":\"IRQL-001\",\"severity\":\"error\",\"driver\":\"wan.sys\","
                         "\"call\":\"NdisFoo\",\"found\":\"DISPATCH_LEVEL\","
                         "\"allowed\":\"PASSIVE_LEVEL\"");
}

static void too_low_body(void)
{
    static const struct cn_ddi_row dispatch_only = {
        "ndis", "NdisDprFoo", NULL, CN_DISPATCH, CN_DISPATCH, CN_DDI_QUIET, 0, 0, ""};
    static const struct cn_ddi_row to_dispatch = {
        "ndis", "NdisBar", NULL, CN_PASSIVE, CN_DISPATCH, CN_DDI_QUIET, 0, 0, ""};
    struct cn_frame ddi;
    cn_ddi_enter(&ddi, &dispatch_only, place, NULL, 0);
    cn_ddi_leave(&ddi, NULL);
    cn_irql_raise(CN_DEVICE);
    cn_ddi_enter(&ddi, &to_dispatch, place, NULL, 0);
    cn_ddi_leave(&ddi, NULL);
    cn_irql_lower(CN_PASSIVE);
}

TEST(too_low_is_as_wrong_as_too_high)
{
    run(too_low_body);
    CN_EQ(cn_verify_broken_rule(CN_IRQL_001), 2);
    CN_HAS(told.line[0], "\"found\":\"PASSIVE_LEVEL\",\"allowed\":\"DISPATCH_LEVEL\"");
    CN_HAS(told.line[1], "\"found\":\"DIRQL 11\",\"allowed\":\"PASSIVE_LEVEL to DISPATCH_LEVEL\"");
}

static void raised_body(void)
{
    struct cn_frame up;
    cn_upcall_begin(&up, driver, "MiniportPause", place, "adapter 0");
    cn_irql_raise(CN_DISPATCH);
    cn_upcall_end(&up, NULL);
    CN_EQ(cn_irql_get(), CN_PASSIVE);
    cn_irql_raise(CN_DISPATCH);
    cn_upcall_begin(&up, driver, "MiniportResetEx", place, "adapter 0");
    cn_irql_lower(CN_PASSIVE);
    cn_upcall_end(&up, NULL);
    CN_EQ(cn_irql_get(), CN_DISPATCH);
    cn_irql_lower(CN_PASSIVE);
}

TEST(a_handler_that_returns_at_another_irql_breaks_irql_002_and_it_is_put_right)
{
    CN_EQ(run(raised_body), CN_END_IDLE);
    CN_EQ(cn_verify_broken_rule(CN_IRQL_002), 2);
    CN_EQ(cn_verify_broken(), 2);
    CN_HAS(told.line[1], "\"call\":\"MiniportPause\",\"object\":\"adapter 0\","
                         "\"found\":\"DISPATCH_LEVEL\",\"allowed\":\"PASSIVE_LEVEL\"");
}

static void locked_body(void)
{
    struct cn_frame up;
    locks = 1; /* held by the caller already */
    cn_upcall_begin(&up, driver, "MiniportCoSendNetBufferLists", place, NULL);
    cn_upcall_end(&up, NULL);
    CN_EQ(cn_verify_broken(), 0);
    locks = 0;
    cn_upcall_begin(&up, driver, "MiniportRestart", place, NULL);
    locks = 1;
    cn_irql_raise(CN_DISPATCH);
    cn_upcall_end(&up, NULL);
    CN_EQ(cn_irql_get(), CN_PASSIVE);
}

TEST(a_lock_left_held_breaks_lck_013_and_only_that)
{
    CN_EQ(run(locked_body), CN_END_IDLE);
    CN_EQ(cn_verify_broken_rule(CN_LCK_013), 1);
    CN_EQ(cn_verify_broken(), 1);
}

static void version_body(void)
{
    struct cn_frame up, ddi;
    static const struct {
        uint8_t major, minor;
        unsigned broken;
    } row[] = {{0, 0, 0}, {6, 20, 0}, {6, 30, 0}, {6, 1, 1}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(row); i++) {
        driver->major = row[i].major;
        driver->minor = row[i].minor;
        cn_upcall_begin(&up, driver, "MiniportSetOptions", place, NULL);
        cn_ddi_enter(&ddi, &traced, place, NULL, 0);
        cn_ddi_leave(&ddi, NULL);
        cn_ddi_enter(&ddi, &quiet, place, NULL, 0);
        cn_ddi_leave(&ddi, NULL);
        cn_upcall_end(&up, NULL);
        CN_EQ(cn_verify_broken_rule(CN_GEN_007), row[i].broken);
    }
}

TEST(a_function_newer_than_the_registered_version_breaks_gen_007)
{
    CN_EQ(run(version_body), CN_END_IDLE);
    CN_EQ(cn_verify_broken(), 1);
}

static void attribution_body(void)
{
    struct cn_frame up;
    CN_OK(!CN_CHECK(CN_GEN_001, false));
    cn_upcall_begin(&up, other, "ProtocolNetPnPEvent", place, NULL);
    CN_OK(!CN_CHECK(CN_GEN_001, false));
    cn_upcall_end(&up, NULL);
}

TEST(a_finding_is_the_innermost_drivers_or_nobodys)
{
    run(attribution_body);
    CN_OK(strstr(told.line[0], "\"driver\"") == NULL);
    CN_HAS(told.line[2], "\"driver\":\"client.sys\",\"call\":\"ProtocolNetPnPEvent\"");
}

/* -- stopping ---------------------------------------------------------------------------------- */

static unsigned went_on;

static void stop_body(void)
{
    struct cn_frame up;
    static const void *const frames[20];
    const struct cn_stop stop = {.rule = CN_HOST_001,
                                 .kind = "crash",
                                 .text = "read of NULL",
                                 .place = NULL,
                                 .frames = frames,
                                 .frame_count = 20};
    went_on = 0;
    cn_upcall_begin(&up, driver, "MiniportInitializeEx", place, "adapter 0");
    cn_driver_stop(driver, &stop);
    went_on = 1;
}

TEST(a_stopped_driver_is_told_with_its_rule_and_frames_and_never_goes_on)
{
    CN_EQ(run(stop_body), CN_END_STOPPED);
    CN_EQ(went_on, 0);
    CN_OK(driver->stopped);
    CN_EQ(cn_verify_broken_rule(CN_HOST_001), 1);
    CN_EQ(told.count, 3);
    CN_HAS(told.line[1], "\"rule\":\"HOST-001\",\"severity\":\"error\",\"driver\":\"wan.sys\","
                         "\"call\":\"MiniportInitializeEx\",\"found\":\"read of NULL\"");
    CN_HAS(told.line[2], "\"event\":\"stop\",\"name\":\"wan.sys\",\"driver\":\"wan.sys\","
                         "\"kind\":\"crash\",\"text\":\"read of NULL\",\"frame0\":\"address 0x0\"");
    CN_HAS(told.line[2], "\"frame13\"");
}

static void stopped_body(void)
{
    struct cn_frame up;
    driver->stopped = true;
    CN_OK(!cn_upcall_begin(&up, driver, "MiniportHaltEx", place, NULL));
    CN_OK(cn_frame_top() == NULL);
    CN_OK(cn_upcall_begin(&up, other, "ProtocolUnbindAdapterEx", place, NULL));
    cn_upcall_end(&up, NULL);
}

TEST(a_stopped_driver_is_not_called_and_others_are)
{
    CN_EQ(run(stopped_body), CN_END_IDLE);
    CN_EQ(told.count, 2);
}

static void stop_nobody_body(void)
{
    const struct cn_stop stop = {
        .rule = CN_HOST_002, .kind = "hang", .text = "deadlock", .place = place};
    cn_driver_stop(NULL, &stop);
}

TEST(a_stop_with_nobody_to_blame_names_no_driver_and_no_address)
{
    CN_EQ(run(stop_nobody_body), CN_END_STOPPED);
    CN_HAS(told.line[1], "\"event\":\"stop\",\"kind\":\"hang\",\"text\":\"deadlock\","
                         "\"place\":\"an address in no driver\"}");
}

TEST(levels_have_their_windows_names)
{
    CN_STREQ(cn_irql_name(CN_PASSIVE), "PASSIVE_LEVEL");
    CN_STREQ(cn_irql_name(CN_APC), "APC_LEVEL");
    CN_STREQ(cn_irql_name(CN_DISPATCH), "DISPATCH_LEVEL");
    CN_STREQ(cn_irql_name(5), "DIRQL 5");
    CN_STREQ(cn_irql_name(CN_HIGH), "HIGH_LEVEL");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
