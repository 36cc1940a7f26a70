/* The report keeps what the events say, survives events that lie, and ends with the right status.
 */
#include "cn_test.h"

#include <signal.h>

#include "trace/trace.h"
#include "verify/rule.h"
#include "world/report.h"

static struct cn_report *report;

static void begin_with(struct cn_report_options options)
{
    cn_report_free(report);
    options.path = "some/where/wan.sys";
    report = cn_report_new(&options);
}

static void begin(void)
{
    begin_with((struct cn_report_options){.verbose = false});
}

static void line(const char *text)
{
    cn_report_line(report, text, strlen(text));
}

/* A line in which ' stands for ". */
static void tell(const char *text)
{
    char copy[4096];
    snprintf(copy, sizeof(copy), "%s", text);
    for (char *c = copy; *c != '\0'; c++)
        if (*c == '\'')
            *c = '"';
    line(copy);
}

static void finish(enum cn_worker_how how, int code)
{
    cn_report_finish(report, &(struct cn_worker_end){.how = how, .code = code, .seconds = 7});
}

static const json_t *at(const char *key)
{
    return json_object_get(cn_report_model(report), key);
}

static const json_t *item(const char *key, size_t i)
{
    return json_array_get(at(key), i);
}

static const char *text(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

/* The shortest life of a good driver. */
static void good_life(void)
{
    tell("{'seq':1,'event':'image','name':'wan.sys','driver':'wan.sys','format':'PE32+ x86-64 "
         "native',"
         "'imports':3,'provided':3}");
    tell("{'seq':2,'event':'enter','name':'DriverEntry','driver':'wan.sys'}");
    tell(
        "{'seq':3,'event':'role','name':'wan.sys','driver':'wan.sys','role':'miniport call manager "
        "(MCM)','version':'6.30'}");
    tell("{'seq':4,'event':'leave','name':'DriverEntry','driver':'wan.sys','status':{'code':"
         "'0x00000000','name':'NDIS_STATUS_SUCCESS'}}");
    tell("{'seq':5,'event':'unload','name':'wan.sys','driver':'wan.sys'}");
    tell("{'seq':6,'event':'checked','name':'rules','count':112}");
    tell("{'seq':7,'event':'done','name':''}");
}

TEST(a_good_life_is_clean)
{
    begin();
    good_life();
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_CLEAN);
    CN_STREQ(text(cn_report_model(report), "verdict"), "clean");
    CN_STREQ(text(cn_report_model(report), "role"), "miniport call manager (MCM)");
    CN_STREQ(text(cn_report_model(report), "ndis_version"), "6.30");
    CN_EQ(json_integer_value(at("rules_checked")), 112);
    CN_EQ(json_array_size(at("rules_broken")), 0);
    CN_EQ(json_integer_value(at("exit_status")), 0);
    CN_OK(json_is_true(at("unloaded")));
    CN_OK(cn_report_refusal(report) == NULL);
}

TEST(the_driver_is_named_by_the_last_part_of_its_path)
{
    begin();
    CN_STREQ(text(cn_report_model(report), "driver"), "wan.sys");
    CN_STREQ(text(cn_report_model(report), "file"), "some/where/wan.sys");
}

TEST(a_driver_entry_that_fails_is_not_clean)
{
    begin();
    tell("{'event':'enter','name':'DriverEntry','driver':'wan.sys'}");
    tell("{'event':'leave','name':'DriverEntry','driver':'wan.sys','status':{'code':'0xC0000001','"
         "name':"
         "'STATUS_UNSUCCESSFUL'}}");
    tell("{'event':'done','name':''}");
    finish(CN_WORKER_EXITED, 0);
    CN_STREQ(text(at("driver_entry"), "name"), "STATUS_UNSUCCESSFUL");
    CN_EQ(cn_report_exit(report), CN_EXIT_BROKEN);
    CN_HAS(text(item("not_reached", 0), "text"), "STATUS_UNSUCCESSFUL");
}

TEST(a_driver_that_registers_nothing_is_not_clean)
{
    begin();
    tell("{'event':'enter','name':'DriverEntry','driver':'wan.sys'}");
    tell("{'event':'leave','name':'DriverEntry','driver':'wan.sys','status':{'code':'0x00000000','"
         "name':"
         "'NDIS_STATUS_SUCCESS'}}");
    tell("{'event':'done','name':''}");
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_BROKEN);
    CN_HAS(text(item("not_reached", 0), "text"), "NdisMRegisterMiniportDriver");
}

TEST(calls_nest_and_get_their_status_and_results)
{
    begin();
    tell("{'event':'enter','name':'DriverEntry','driver':'wan.sys'}");
    tell("{'event':'call','name':'NdisMRegisterMiniportDriver','driver':'wan.sys','caller':'x+1','"
         "Flags':"
         "'0x1'}");
    tell("{'event':'structure','name':'S','driver':'wan.sys','call':'NdisMRegisterMiniportDriver',"
         "'revision':2,'size':152,'version':'6.30','handlers':16}");
    tell("{'event':'return','name':'NdisMRegisterMiniportDriver','driver':'wan.sys','status':{'"
         "code':"
         "'0xC0010004','name':'NDIS_STATUS_BAD_VERSION'},'handle':'none'}");
    const json_t *call = item("calls", 1);
    CN_EQ(json_integer_value(json_object_get(call, "depth")), 1);
    CN_STREQ(text(call, "inside"), "DriverEntry");
    CN_STREQ(text(call, "direction"), "from driver");
    CN_STREQ(text(json_object_get(call, "arguments"), "Flags"), "0x1");
    CN_STREQ(text(json_object_get(call, "results"), "handle"), "none");
    CN_STREQ(text(json_object_get(call, "status"), "name"), "NDIS_STATUS_BAD_VERSION");
    CN_STREQ(text(json_array_get(json_object_get(call, "structures"), 0), "structure"), "S");
    CN_EQ(json_array_size(at("structures")), 1);
    CN_STREQ(cn_report_busy(report), "DriverEntry");
}

TEST(a_return_finds_the_innermost_call_of_its_name)
{
    begin();
    tell("{'event':'call','name':'A','driver':'wan.sys'}");
    tell("{'event':'call','name':'B','driver':'wan.sys'}");
    tell("{'event':'call','name':'A','driver':'wan.sys'}");
    tell("{'event':'return','name':'B','driver':'wan.sys','status':{'code':'0x1','name':'ONE'}}");
    tell("{'event':'return','name':'A','driver':'wan.sys','status':{'code':'0x2','name':'TWO'}}");
    CN_STREQ(text(json_object_get(item("calls", 1), "status"), "name"), "ONE");
    CN_STREQ(text(json_object_get(item("calls", 2), "status"), "name"), "TWO");
    CN_OK(json_object_get(item("calls", 0), "status") == NULL);
}

TEST(what_the_built_in_drivers_do_is_left_out_unless_asked_for)
{
    const char *foreign = "{'event':'call','name':'A','driver':'condis client'}";
    begin();
    tell(foreign);
    tell("{'event':'finding','name':'REG-012','rule':'REG-012','driver':'condis client'}");
    CN_EQ(json_array_size(at("calls")), 0);
    CN_EQ(json_array_size(at("rules_broken")), 0);
    begin_with((struct cn_report_options){.verbose = true});
    tell(foreign);
    CN_EQ(json_array_size(at("calls")), 1);
}

TEST(a_broken_rule_is_completed_from_the_rulebook)
{
    begin();
    good_life();
    tell(
        "{'event':'finding','name':'REG-012','rule':'REG-012','severity':'info','driver':'wan.sys',"
        "'call':'NdisMRegisterMiniportDriver','structure':'NDIS_MINIPORT_DRIVER_CHARACTERISTICS',"
        "'member':'ResetHandlerEx','found':'NULL','allowed':'a function','place':'wan.sys!D+0x1'}");
    finish(CN_WORKER_EXITED, 0);
    const json_t *b = item("rules_broken", 0);
    const struct cn_rule *rule = cn_rule_find("REG-012");
    CN_STREQ(text(b, "id"), "REG-012");
    CN_STREQ(text(b, "severity"), "error");
    CN_STREQ(text(b, "what"), rule->what);
    CN_STREQ(text(b, "why"), rule->why);
    CN_STREQ(text(b, "remedy"), rule->remedy);
    CN_STREQ(text(b, "member"), "ResetHandlerEx");
    CN_STREQ(text(b, "found"), "NULL");
    CN_STREQ(text(b, "place"), "wan.sys!D+0x1");
    CN_HAS(text(json_array_get(json_object_get(b, "source"), 0), "url"),
           "https://learn.microsoft.com/");
    CN_EQ(cn_report_exit(report), CN_EXIT_BROKEN);
}

TEST(an_unknown_rule_is_kept_as_it_came)
{
    begin();
    tell("{'event':'finding','name':'X-1','rule':'X-1','severity':'error','driver':'wan.sys','what'"
         ":'w',"
         "'remedy':'r','source':'ddi/nf-ndis-x'}");
    CN_STREQ(text(item("rules_broken", 0), "what"), "w");
    CN_STREQ(text(item("rules_broken", 0), "remedy"), "r");
}

TEST(an_informative_rule_counts_only_when_strict)
{
    const char *info = "{'event':'finding','name':'REG-033','rule':'REG-033','driver':'wan.sys'}";
    begin();
    good_life();
    tell(info);
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_CLEAN);
    begin_with((struct cn_report_options){.strict = true});
    good_life();
    tell(info);
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_BROKEN);
}

TEST(a_warning_counts)
{
    begin();
    good_life();
    tell("{'event':'finding','name':'REG-015','rule':'REG-015','driver':'wan.sys'}");
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_BROKEN);
}

TEST(something_not_reached_is_not_clean)
{
    begin();
    good_life();
    tell("{'event':'fact','name':'not reached','object':'adapter 0','value':'not initialized'}");
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_BROKEN);
    CN_STREQ(text(item("not_reached", 0), "object"), "adapter 0");
}

TEST(objects_keep_their_history_in_order)
{
    begin();
    tell("{'event':'state','name':'adapter 0','object':'adapter "
         "0','from':'Halted','to':'Initializing'}");
    tell("{'event':'fact','name':'medium','object':'adapter 0','value':'CoWan'}");
    tell("{'event':'state','name':'adapter 0','object':'adapter "
         "0','from':'Initializing','to':'Paused'}");
    const json_t *o = item("objects", 0), *history = json_object_get(o, "history");
    CN_STREQ(text(o, "name"), "adapter 0");
    CN_STREQ(text(o, "state"), "Paused");
    CN_EQ(json_array_size(history), 3);
    CN_STREQ(text(json_array_get(history, 1), "fact"), "medium");
    CN_STREQ(text(json_array_get(history, 2), "from"), "Initializing");
    CN_EQ(json_array_size(at("objects")), 1);
}

TEST(a_stop_ends_as_stopped_and_keeps_its_frames)
{
    begin();
    tell("{'event':'enter','name':'MiniportInitializeEx','driver':'wan.sys','object':'adapter 0'}");
    tell("{'event':'stop','name':'wan.sys','driver':'wan.sys','kind':'crash','text':'read of "
         "address 0x10',"
         "'place':'wan.sys!Mp+0x5','frame0':'wan.sys!Mp+0x5','frame1':'wan.sys!Other'}");
    tell("{'event':'stop','name':'wan.sys','driver':'wan.sys','kind':'hang'}");
    tell("{'event':'done','name':''}");
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_STOPPED);
    CN_STREQ(text(at("stop"), "kind"), "crash");
    CN_STREQ(text(at("stop"), "during"), "MiniportInitializeEx");
    CN_EQ(json_array_size(json_object_get(at("stop"), "frames")), 2);
    CN_STREQ(text(cn_report_model(report), "verdict"), "stopped");
}

TEST(a_worker_that_dies_without_a_word_is_explained)
{
    begin();
    tell("{'event':'enter','name':'DriverEntry','driver':'wan.sys'}");
    finish(CN_WORKER_SIGNALLED, SIGSEGV);
    CN_EQ(cn_report_exit(report), CN_EXIT_STOPPED);
    CN_STREQ(text(at("stop"), "kind"), "crash");
    CN_HAS(text(at("stop"), "text"), "in DriverEntry");
    CN_HAS(text(at("stop"), "text"), "signal 11");
    CN_STREQ(text(item("rules_broken", 0), "id"), "HOST-001");
}

TEST(a_worker_killed_at_the_deadline_hung)
{
    begin();
    tell("{'event':'enter','name':'DriverEntry','driver':'wan.sys'}");
    finish(CN_WORKER_TIMEOUT, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_STOPPED);
    CN_STREQ(text(at("stop"), "kind"), "hang");
    CN_HAS(text(at("stop"), "text"), "7 seconds");
    CN_STREQ(text(item("rules_broken", 0), "id"), "HOST-002");
}

TEST(a_worker_that_exits_before_it_is_done_is_no_clean_run)
{
    begin();
    tell("{'event':'enter','name':'DriverEntry','driver':'wan.sys'}");
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_STOPPED);
    CN_STREQ(text(at("stop"), "kind"), "exit");
    begin();
    good_life();
    finish(CN_WORKER_EXITED, 23);
    CN_EQ(cn_report_exit(report), CN_EXIT_STOPPED);
}

TEST(a_refusal_wins_over_everything)
{
    begin();
    tell("{'event':'refused','errno':2,'text':'there is no such file: check the name'}");
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(cn_report_exit(report), CN_EXIT_FAILED);
    CN_STREQ(cn_report_refusal(report), "there is no such file: check the name");
    begin();
    tell("{'event':'refused'}");
    finish(CN_WORKER_SIGNALLED, SIGSEGV);
    CN_EQ(cn_report_exit(report), CN_EXIT_FAILED);
    CN_OK(cn_report_refusal(report) != NULL);
}

TEST(an_interruption_is_no_verdict_on_the_driver)
{
    begin();
    good_life();
    finish(CN_WORKER_INTERRUPTED, SIGINT);
    CN_EQ(cn_report_exit(report), CN_EXIT_FAILED);
    CN_STREQ(cn_report_refusal(report), "interrupted");
}

TEST(lines_that_are_no_events_are_counted_and_ignored)
{
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "null",
        "{\"event\":7}",
        "{\"event\":\"nonsense\"}",
        "\xff\xfe",
        "{\"event\":\"call\",\"name\":\"a",
        "\"event\"",
        "{}",
    };
    begin();
    for (size_t i = 0; i < CN_ARRAY_SIZE(bad); i++)
        line(bad[i]);
    cn_report_line(report, "{\"event\":\"done\"}\0more", 21);
    good_life();
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(json_integer_value(at("malformed_lines")), CN_ARRAY_SIZE(bad) + 1);
    CN_EQ(cn_report_exit(report), CN_EXIT_CLEAN);
}

/* Every kind of event with every member missing, or of a wrong type. */
TEST(members_may_be_missing_or_of_any_type)
{
    static const char *const values[] = {
        "null", "7", "-1", "\"\"", "[]", "{}", "true", "{\"name\":7}", "{\"code\":\"zzz\"}",
        "1e300"};
    static const char *const members[] = {
        "name",    "driver",    "object", "status", "call", "to",    "rule",    "source",
        "missing", "structure", "frame0", "count",  "text", "value", "version", "role"};
    begin();
    for (int kind = 0; kind < CN_EV_COUNT; kind++)
        for (size_t m = 0; m < CN_ARRAY_SIZE(members); m++)
            for (size_t v = 0; v < CN_ARRAY_SIZE(values); v++) {
                char text[512];
                snprintf(text, sizeof(text), "{\"event\":\"%s\",\"%s\":%s%s}",
                         cn_event_kind_name(kind), members[m], values[v],
                         strcmp(members[m], "name") == 0 ? "" : ",\"name\":\"DriverEntry\"");
                line(text);
            }
    finish(CN_WORKER_EXITED, 0);
    char *out = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&out, &size);
    cn_report_text(cn_report_model(report), &(struct cn_report_style){.colour = true}, f);
    fclose(f);
    CN_OK(size > 0);
    free(out);
}

TEST(a_line_cut_anywhere_does_no_harm)
{
    const char *whole =
        "{\"event\":\"finding\",\"rule\":\"REG-012\",\"driver\":\"wan.sys\",\"found\":\"\\u00e4\"}";
    begin();
    for (size_t len = 0; len < strlen(whole); len++)
        cn_report_line(report, whole, len);
    CN_EQ(json_array_size(at("rules_broken")), 0);
    line(whole);
    CN_EQ(json_array_size(at("rules_broken")), 1);
}

TEST(calls_without_end_are_bounded)
{
    begin();
    for (int i = 0; i < 21000; i++)
        line("{\"event\":\"call\",\"name\":\"A\",\"driver\":\"wan.sys\"}");
    for (int i = 0; i < 1500; i++)
        line("{\"event\":\"print\",\"name\":\"DbgPrint\",\"driver\":\"wan.sys\",\"text\":\"x\"}");
    good_life();
    finish(CN_WORKER_EXITED, 0);
    CN_EQ(json_array_size(at("calls")), 20000);
    CN_EQ(json_array_size(at("printed")), 1000);
    CN_OK(json_integer_value(at("omitted")) >= 1500);
}

TEST(missing_imports_become_a_list)
{
    begin();
    tell("{'event':'image','driver':'wan.sys','imports':3,'provided':1,'missing':'ndis!NdisFoo "
         "hal!#7 '}");
    const json_t *missing = json_object_get(at("image"), "missing");
    CN_EQ(json_array_size(missing), 2);
    CN_STREQ(json_string_value(json_array_get(missing, 1)), "hal!#7");
}

/* -- Sources ----------------------------------------------------------------------------------- */

static const char *url_of(const char *source)
{
    static char url[512];
    json_t *list = cn_report_sources(source);
    snprintf(url, sizeof(url), "%s",
             json_array_size(list) == 1 ? text(json_array_get(list, 0), "url") : "not one source");
    json_decref(list);
    return url;
}

#define BASE "https://learn.microsoft.com/windows-hardware/drivers/"

TEST(sources_become_pages_a_person_can_open)
{
    CN_STREQ(url_of("ddi/nf-ndis-ndisopenadapterex#remarks"),
             BASE "ddi/ndis/nf-ndis-ndisopenadapterex#remarks");
    CN_STREQ(url_of("ddi/ne-ntddndis-_ndis_medium#field-ndismediumcowan"),
             BASE "ddi/ntddndis/ne-ntddndis-_ndis_medium#members");
    CN_STREQ(url_of("ddi/nf-wdm-kesetevent#returns"),
             BASE "ddi/wdm/nf-wdm-kesetevent#return-value");
    CN_STREQ(url_of("ddi/nf-wdm-kesetevent#param-wait"),
             BASE "ddi/wdm/nf-wdm-kesetevent#parameters");
    CN_STREQ(url_of("guide/condis-mcm-registration"), BASE "network/condis-mcm-registration");
    CN_STREQ(url_of("devtest/ndis-flags-irql"), BASE "devtest/ndis-flags-irql");
    CN_STREQ(url_of("ddi/nc-ndis-miniport_halt#description"),
             BASE "ddi/ndis/nc-ndis-miniport_halt");
}

TEST(a_rule_of_the_house_has_no_page)
{
    json_t *list = cn_report_sources("house;ddi/nf-wdm-kebugcheckex");
    CN_EQ(json_array_size(list), 1);
    json_decref(list);
    list = cn_report_sources(NULL);
    CN_EQ(json_array_size(list), 0);
    json_decref(list);
}

TEST(every_rule_has_a_page_or_is_of_the_house)
{
    for (size_t i = 0; i < CN_RULE_COUNT; i++) {
        json_t *list = cn_report_sources(cn_rules[i].source);
        size_t n = json_array_size(list);
        json_decref(list);
        if (n == 0 && cn_rules[i].basis != CN_HOUSE)
            CN_FAIL("%s has no source", cn_rules[i].id);
    }
}

int main(int argc, char **argv)
{
    int status = cn_test_main(argc, argv);
    cn_report_free(report);
    return status;
}
