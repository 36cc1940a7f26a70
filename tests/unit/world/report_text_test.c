/* The text report says what the document says, keeps to its width, and cannot be used to fool a
 * terminal. */
#include "cn_test.h"

#include "world/report.h"

static char page[65536];

/* Renders a document in which ' stands for ". */
static const char *render_as(const char *model, struct cn_report_style style)
{
    char *copy = strdup(model);
    for (char *c = copy; *c != '\0'; c++)
        if (*c == '\'')
            *c = '"';
    json_error_t error;
    json_t *m = json_loads(copy, JSON_ALLOW_NUL, &error);
    if (m == NULL)
        CN_FAIL("the test's document: %s", error.text);
    FILE *f = fmemopen(page, sizeof(page), "w");
    cn_report_text(m, &style, f);
    fclose(f);
    json_decref(m);
    free(copy);
    return page;
}

static const char *render(const char *model)
{
    return render_as(model, (struct cn_report_style){.width = 0});
}

#define OK_STATUS "{'code':'0x00000000','name':'NDIS_STATUS_SUCCESS'}"

static const char *const good =
    "{'driver':'wanmcm.sys','exit_status':0,'role':'miniport call manager (MCM)','unloaded':true,"
    "'rules_checked':112,'image':{'format':'PE32+ x86-64 native','imports':23,'missing':[]},"
    "'calls':[{'function':'DriverEntry','depth':0,'status':{'code':'0x00000000','name':'STATUS_"
    "SUCCESS'}},"
    "{'function':'NdisMRegisterMiniportDriver','depth':1,'status':" OK_STATUS
    ",'structures':[{'structure':"
    "'NDIS_MINIPORT_DRIVER_CHARACTERISTICS','revision':2,'size':152,'version':'6.30','handlers':16}"
    "]},"
    "{'function':'MiniportSetOptions','depth':2,'status':" OK_STATUS "},"
    "{'function':'NdisSetOptionalHandlers','depth':3,'status':" OK_STATUS
    ",'structures':[{'structure':"
    "'NDIS_MINIPORT_CO_CHARACTERISTICS','revision':1,'handlers':6}]},"
    "{'function':'MiniportInitializeEx','depth':0,'status':" OK_STATUS "}],"
    "'objects':[{'name':'adapter "
    "0','history':[{'from':'Halted','to':'Initializing'},{'fact':'medium',"
    "'value':'CoWan'},{'from':'Initializing','to':'Paused'},{'from':'Paused','to':'Restarting'},{'"
    "from':"
    "'Restarting','to':'Running'},{'from':'Running','to':'Pausing'},{'from':'Pausing','to':'Paused'"
    "},"
    "{'from':'Paused','to':'Halted'}]}]}";

TEST(a_clean_report_looks_as_promised)
{
    CN_STREQ(render(good),
             "wanmcm.sys      PE32+ x86-64 native, 23 imports, all provided\n"
             "DriverEntry                                     STATUS_SUCCESS\n"
             "  NdisMRegisterMiniportDriver   NDIS 6.30       NDIS_STATUS_SUCCESS\n"
             "    NDIS_MINIPORT_DRIVER_CHARACTERISTICS        revision 2, 152 bytes\n"
             "    MiniportSetOptions\n"
             "      NdisSetOptionalHandlers   NDIS_MINIPORT_CO_CHARACTERISTICS        6 handlers\n"
             "registered as   miniport call manager (MCM)\n"
             "adapter 0       medium CoWan, initialized, restarted, paused, halted\n"
             "unloaded        nothing left behind\n"
             "0 rules broken, 112 checked\n");
}

TEST(a_broken_rule_tells_everything_one_needs)
{
    const char *text = render(
        "{'driver':'wan.sys','exit_status':1,'rules_checked':9,'rules_broken':[{'id':'REG-012','"
        "severity':"
        "'error','what':'W.','why':'Y.','call':'NdisMRegisterMiniportDriver','structure':'S','"
        "member':"
        "'ResetHandlerEx','object':'adapter 0','found':'NULL','allowed':'a function','place':"
        "'wan.sys!DriverEntry+0x1c','source':[{'url':'https://one'},{'url':'https://"
        "two'}],'remedy':"
        "'Set it.'}]}");
    CN_STREQ(text, "wan.sys\n"
                   "\n"
                   "error REG-012   W.\n"
                   "  call          NdisMRegisterMiniportDriver\n"
                   "  structure     S\n"
                   "  member        ResetHandlerEx\n"
                   "  object        adapter 0\n"
                   "  found         NULL\n"
                   "  allowed       a function\n"
                   "  at            wan.sys!DriverEntry+0x1c\n"
                   "  why           Y.\n"
                   "  source        https://one\n"
                   "                https://two\n"
                   "  remedy        Set it.\n"
                   "\n"
                   "1 rule broken, 9 checked\n");
}

TEST(a_failed_call_shows_its_status_wherever_it_is)
{
    const char *text = render(
        "{'driver':'d','calls':[{'function':'DriverEntry','depth':0,'status':{'code':'0xC0000001','"
        "name':"
        "'STATUS_UNSUCCESSFUL'}},{'function':'NdisSetOptionalHandlers','depth':1,'status':{'code':"
        "'0xC0010004','name':'NDIS_STATUS_BAD_VERSION'}}]}");
    CN_HAS(text, "NdisSetOptionalHandlers                       NDIS_STATUS_BAD_VERSION");
}

TEST(only_the_registration_is_shown_unless_verbose)
{
    CN_OK(strstr(render(good), "MiniportInitializeEx") == NULL);
    char verbose[8192];
    snprintf(verbose, sizeof(verbose), "{'verbose':true,%s", good + 1);
    CN_HAS(render(verbose), "MiniportInitializeEx");
}

TEST(a_stop_is_told_with_its_place)
{
    const char *text =
        render("{'driver':'d.sys','exit_status':3,'stop':{'kind':'crash','during':'MiniportHaltEx',"
               "'driver':'d.sys',"
               "'text':'read of address "
               "0x10','place':'d.sys!Halt+0x4','frames':['d.sys!Halt+0x4','d.sys!Up']}}");
    CN_HAS(text, "stopped         crash in MiniportHaltEx\n");
    CN_HAS(text, "  what          read of address 0x10\n  at            d.sys!Halt+0x4\n");
    CN_HAS(text, "  called from   d.sys!Up\n");
    CN_HAS(text, "0 rules broken, stopped before the end\n");
}

TEST(the_way_to_a_stop_is_shown_without_the_runtime_and_without_repetitions)
{
    const char *text =
        render("{'driver':'d','stop':{'place':'d!A','frames':['d!A','an address in no driver',"
               "'d!B','d!B','d!B','d!C']}}");
    CN_HAS(text, "  at            d!A\n  called from   d!B\n  called from   d!C\n\n");
}

TEST(a_call_that_never_returned_has_no_status)
{
    CN_HAS(render("{'driver':'d','calls':[{'function':'DriverEntry','depth':0}]}"),
           "DriverEntry\n");
}

TEST(equal_stories_share_a_line)
{
    const char *text = render(
        "{'driver':'d','objects':[{'name':'adapter 0','history':[{'from':'Paused','to':'Halted'}]},"
        "{'name':'binding 0','history':[{'from':'Closing','to':'Unbound'}]},"
        "{'name':'adapter 1','history':[{'from':'Paused','to':'Halted'}]},"
        "{'name':'adapter 2','history':[{'from':'Paused','to':'Halted'}]}]}");
    CN_HAS(text, "adapter 0 and 2 more  halted\nbinding 0       unbound\n");
}

TEST(facts_and_objects_of_little_interest_are_left_to_verbose)
{
    const char *objects =
        "'objects':[{'name':'adapter 0','history':[{'fact':'mtu','value':'1500'},{'fact':'address "
        "family',"
        "'value':'TAPI_PROXY 6.0'}]},{'name':'OID 7 of adapter 0','history':[{'to':'complete'}]},"
        "{'name':'binding 0','history':[{'to':'adapter open'},{'from':'Opening','to':'Paused'}]}]}";
    char text[1024];
    snprintf(text, sizeof(text), "{'driver':'d',%s", objects);
    CN_HAS(render(text),
           "d\nadapter 0       AF TAPI_PROXY 6.0 registered\nbinding 0       opened\n");
    snprintf(text, sizeof(text), "{'driver':'d','verbose':true,%s", objects);
    CN_HAS(render(text), "adapter 0       mtu 1500, AF TAPI_PROXY 6.0 registered\n");
    CN_HAS(render(text), "OID 7 of adapter 0  complete\n");
}

TEST(objects_of_built_in_drivers_are_shown_only_when_verbose)
{
    const char *objects =
        "'objects':[{'name':'adapter 0','built_in':'condis mcm','history':[{'to':'Halted'}]}]}";
    char text[512];
    snprintf(text, sizeof(text), "{'driver':'d',%s", objects);
    CN_OK(strstr(render(text), "adapter 0") == NULL);
    snprintf(text, sizeof(text), "{'driver':'d','verbose':true,%s", objects);
    CN_HAS(render(text), "adapter 0       halted");
}

TEST(missing_imports_and_leaks_are_listed)
{
    const char *text =
        render("{'driver':'d','unloaded':true,'image':{'format':'F','imports':2,'missing':"
               "['ndis!NdisFoo']},'left_behind':[{'what':'memory','size':64,'tag':'naWC',"
               "'place':'d!Init+0x1'}],'not_reached':[{'object':'adapter 0','text':'down'}]}");
    CN_HAS(text, "d               F, 2 imports, 1 not provided\n  missing       ndis!NdisFoo\n");
    CN_HAS(text, "unloaded        1 thing left behind\n"
                 "  left behind   memory, 64 bytes, tag naWC, made at d!Init+0x1\n");
    CN_HAS(text, "not reached     adapter 0: down\n");
}

TEST(control_characters_never_reach_the_terminal)
{
    const char *text =
        render("{'driver':'d\\u001b[2J\\u009b1m\\n','verbose':true,'printed':[{'text':"
               "'a\\u0007b\\r\\u007f'}],'stop':{'text':'\\u001b]0;x'}}");
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 && *c != '\n')
            CN_FAIL("control character 0x%02x", *c);
    CN_OK(strchr(text, 0x7f) == NULL && strstr(text, "\xc2\x9b") == NULL);
    CN_HAS(text, "d?[2J?1m?\n");
}

TEST(other_text_is_left_as_it_is)
{
    CN_HAS(render("{'driver':'d\\u00e4\\u4e2d'}"), "d\xc3\xa4\xe4\xb8\xad\n");
}

TEST(colours_only_when_asked_for)
{
    CN_OK(strchr(render(good), 27) == NULL);
    CN_OK(strchr(render_as(good, (struct cn_report_style){.colour = true}), 27) != NULL);
}

TEST(prose_keeps_to_the_width)
{
    const char *text = render_as("{'driver':'d','rules_broken':[{'id':'X-1','severity':'info','"
                                 "what':'one two three four five six "
                                 "seven eight nine ten eleven twelve thirteen fourteen fifteen "
                                 "sixteen seventeen eighteen'}]}",
                                 (struct cn_report_style){.width = 60});
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
        CN_OK(strcspn(line, "\n") <= 60);
    CN_HAS(text, "\n                ten eleven");
}

TEST(an_empty_document_is_still_a_report)
{
    CN_HAS(render("{}"), "0 rules broken");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
