/* rule_test.c - checks: counting, completing a finding, telling it once. */
#include "cn_test.h"

#include "trace/trace.h"
#include "verify/rule.h"

static struct {
    unsigned count;
    char line[2048]; /* the newest finding as JSON */
} told;

static void note(void *arg, const struct cn_event *ev)
{
    (void)arg;
    if (ev->kind != CN_EV_FINDING)
        return;
    told.count++;
    cn_event_json(ev, told.line, sizeof(told.line));
}

static struct cn_sink sink = {.event = note};

static void fresh(void)
{
    cn_trace_sinks = NULL;
    cn_trace_restart();
    cn_trace_add(&sink);
    cn_verify_reset();
    cn_verify_attribute(NULL);
    cn_verify_describe(NULL);
    memset(&told, 0, sizeof(told));
}

TEST(a_check_that_holds_is_counted_once_and_tells_nothing)
{
    fresh();
    CN_OK(CN_CHECK(CN_REG_012, true, .found = "never seen"));
    CN_OK(CN_CHECK(CN_REG_012, 2 > 1));
    CN_EQ(cn_verify_checked(), 1);
    CN_EQ(cn_verify_broken(), 0);
    CN_EQ(told.count, 0);
    CN_OK(CN_CHECK(CN_REG_013, true));
    CN_EQ(cn_verify_checked(), 2);
}

static unsigned evaluated;

static const char *costly(void)
{
    evaluated++;
    return "x";
}

TEST(members_of_a_finding_are_evaluated_only_when_the_rule_is_broken)
{
    fresh();
    evaluated = 0;
    CN_OK(CN_CHECK(CN_REG_012, true, .found = costly()));
    CN_EQ(evaluated, 0);
    CN_OK(!CN_CHECK(CN_REG_012, false, .found = costly()));
    CN_EQ(evaluated, 1);
}

TEST(a_broken_rule_is_told_with_all_that_the_check_knows_and_the_row)
{
    fresh();
    CN_OK(!CN_CHECK(CN_REG_012, 1 > 2, .driver = "wan.sys", .call = "NdisMRegisterMiniportDriver",
                    .structure = "S", .member = "ResetHandlerEx", .object = "adapter 0",
                    .found = "NULL", .allowed = "a function"));
    CN_EQ(told.count, 1);
    CN_HAS(told.line, "\"name\":\"REG-012\",\"rule\":\"REG-012\",\"severity\":\"error\","
                      "\"driver\":\"wan.sys\",\"call\":\"NdisMRegisterMiniportDriver\","
                      "\"structure\":\"S\",\"member\":\"ResetHandlerEx\",\"object\":\"adapter 0\","
                      "\"found\":\"NULL\",\"allowed\":\"a function\",\"what\":\"");
    CN_HAS(told.line, "\"source\":\"ddi/");
    CN_HAS(told.line, "\"remedy\":\"Set ResetHandlerEx");
    CN_EQ(cn_verify_broken(), 1);
    CN_EQ(cn_verify_broken_rule(CN_REG_012), 1);
    CN_EQ(cn_verify_broken_rule(CN_REG_013), 0);
}

static void who(struct cn_attribution *out)
{
    out->driver = "mcm.sys";
    out->call = "MiniportInitializeEx";
    out->place = &told;
}

static char *say(const void *address, char *buf, size_t size)
{
    snprintf(buf, size, "%s", address == &told ? "mcm.sys!Init+0x10" : "elsewhere");
    return buf;
}

TEST(who_did_it_comes_from_the_hook_where_the_check_does_not_say)
{
    fresh();
    cn_verify_attribute(who);
    cn_verify_describe(say);
    CN_CHECK(CN_GEN_001, false);
    CN_HAS(told.line, "\"driver\":\"mcm.sys\",\"call\":\"MiniportInitializeEx\"");
    CN_HAS(told.line, "\"place\":\"mcm.sys!Init+0x10\"");
    CN_CHECK(CN_GEN_001, false, .call = "NdisFoo", .place = &sink);
    CN_HAS(told.line, "\"driver\":\"mcm.sys\",\"call\":\"NdisFoo\"");
    CN_HAS(told.line, "\"place\":\"elsewhere\"");
}

TEST(without_a_describing_hook_no_address_is_told)
{
    fresh();
    cn_verify_attribute(who);
    CN_CHECK(CN_GEN_001, false);
    CN_OK(strstr(told.line, "place") == NULL);
    CN_OK(strstr(told.line, "0x") == NULL);
}

TEST(the_same_finding_is_told_once)
{
    fresh();
    for (int i = 0; i < 5; i++)
        CN_CHECK(CN_GEN_001, false, .driver = "a", .call = "f", .found = i % 2 ? "x" : "y");
    CN_EQ(told.count, 1);
    CN_EQ(cn_verify_broken(), 1);
}

TEST(findings_differ_by_rule_driver_call_structure_and_member)
{
    fresh();
    CN_CHECK(CN_GEN_001, false, .driver = "a", .call = "f", .structure = "s", .member = "m");
    CN_CHECK(CN_GEN_002, false, .driver = "a", .call = "f", .structure = "s", .member = "m");
    CN_CHECK(CN_GEN_001, false, .driver = "b", .call = "f", .structure = "s", .member = "m");
    CN_CHECK(CN_GEN_001, false, .driver = "a", .call = "g", .structure = "s", .member = "m");
    CN_CHECK(CN_GEN_001, false, .driver = "a", .call = "f", .structure = "t", .member = "m");
    CN_CHECK(CN_GEN_001, false, .driver = "a", .call = "f", .structure = "s", .member = "n");
    CN_CHECK(CN_GEN_001, false, .driver = "a", .call = "f", .structure = "sm", .member = NULL);
    CN_CHECK(CN_GEN_001, false, .driver = "a", .call = "fs", .structure = "", .member = "m");
    CN_EQ(told.count, 8);
    CN_EQ(cn_verify_broken(), 8);
    CN_EQ(cn_verify_broken_rule(CN_GEN_001), 7);
}

TEST(the_hook_also_tells_findings_apart)
{
    fresh();
    CN_CHECK(CN_GEN_001, false);
    cn_verify_attribute(who);
    CN_CHECK(CN_GEN_001, false);
    CN_EQ(told.count, 2);
}

TEST(broken_without_a_check_counts_as_checked)
{
    fresh();
    cn_rule_broken(&(struct cn_finding){.rule = CN_HOST_001});
    CN_EQ(cn_verify_checked(), 1);
    CN_EQ(cn_verify_broken(), 1);
}

TEST(a_reset_forgets_counts_and_findings)
{
    fresh();
    CN_CHECK(CN_GEN_001, false);
    cn_verify_reset();
    CN_EQ(cn_verify_checked(), 0);
    CN_EQ(cn_verify_broken(), 0);
    CN_EQ(cn_verify_broken_rule(CN_GEN_001), 0);
    CN_CHECK(CN_GEN_001, false);
    CN_EQ(told.count, 2);
}

TEST(a_flood_of_findings_is_counted_when_it_is_no_longer_told)
{
    enum { FLOOD = 40000 };
    fresh();
    for (int i = 0; i < FLOOD; i++) {
        char member[16];
        snprintf(member, sizeof(member), "%d", i);
        CN_CHECK(CN_GEN_001, false, .member = member);
    }
    CN_EQ(cn_verify_broken(), FLOOD);
    CN_OK(told.count > 10000 && told.count < FLOOD);
}

TEST(counts_go_on_when_nobody_listens)
{
    fresh();
    cn_trace_remove(&sink);
    CN_CHECK(CN_GEN_001, false);
    CN_EQ(cn_verify_broken(), 1);
    CN_EQ(told.count, 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
