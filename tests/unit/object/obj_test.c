/* obj_test.c - objects: names, tree, references, states. */
#include "cn_test.h"

#include "object/driver.h"
#include "object/obj.h"
#include "trace/trace.h"

struct thing {
    struct cn_obj obj;
    bool freed;
};

static void thing_free(struct cn_obj *o)
{
    CN_CONTAINER_OF(o, struct thing, obj)->freed = true;
}

static unsigned events;
static char line[512];

static void note(void *arg, const struct cn_event *ev)
{
    (void)arg;
    events++;
    cn_event_json(ev, line, sizeof(line));
}

static struct cn_sink sink = {.event = note};

static void fresh(void)
{
    cn_trace_sinks = NULL;
    cn_trace_restart();
    cn_trace_add(&sink);
    cn_handle_reset();
    cn_obj_reset();
    events = 0;
}

TEST(an_object_has_its_name_handle_and_one_reference)
{
    struct thing t = {.freed = false};
    fresh();
    CN_OK(cn_obj_init(&t.obj, CN_KIND_ADAPTER, NULL, true, thing_free, "adapter %u", 7u));
    CN_STREQ(t.obj.name, "adapter 7");
    CN_OK(cn_handle_get(t.obj.handle, CN_KIND_ADAPTER) == &t.obj);
    cn_obj_end(&t.obj);
    CN_OK(t.freed);
}

TEST(an_object_without_a_handle_has_none)
{
    struct thing t = {.freed = false};
    fresh();
    CN_OK(cn_obj_init(&t.obj, CN_KIND_BIND, NULL, false, thing_free, "bind"));
    CN_OK(t.obj.handle == NULL);
    cn_obj_end(&t.obj);
    CN_OK(t.freed);
}

TEST(a_name_too_long_is_cut)
{
    struct thing t;
    fresh();
    cn_obj_init(&t.obj, CN_KIND_DRIVER, NULL, false, NULL, "%0100d", 1);
    CN_EQ(strlen(t.obj.name), sizeof(t.obj.name) - 1);
    cn_obj_end(&t.obj);
}

TEST(an_ended_object_has_a_dead_handle_but_lives_while_referenced)
{
    struct thing t = {.freed = false};
    fresh();
    cn_obj_init(&t.obj, CN_KIND_BINDING, NULL, true, thing_free, "binding 0");
    cn_handle h = t.obj.handle;
    cn_obj_get(&t.obj);
    cn_obj_end(&t.obj);
    CN_OK(cn_handle_get(h, CN_KIND_BINDING) == NULL);
    CN_HAS(cn_handle_explain(h, CN_KIND_BINDING), "'binding 0' was ended by condis");
    CN_OK(!t.freed);
    cn_obj_put(&t.obj);
    CN_OK(t.freed);
}

TEST(the_call_that_is_going_on_is_blamed_for_the_end)
{
    static const struct cn_ddi_row row = {"ndis", "NdisCloseAdapterEx", NULL, 0, 15, 0, 0, 0, ""};
    struct thing t;
    struct cn_frame up, ddi;
    fresh();
    struct cn_driver *d = cn_driver_new("client.sys", NULL);
    cn_obj_init(&t.obj, CN_KIND_BINDING, NULL, true, NULL, "binding 0");
    cn_handle h = t.obj.handle;
    cn_upcall_begin(&up, d, "ProtocolUnbindAdapterEx", &t, NULL);
    cn_ddi_enter(&ddi, &row, NULL, NULL, 0);
    cn_obj_end(&t.obj);
    cn_ddi_leave(&ddi, NULL);
    cn_upcall_end(&up, NULL);
    cn_driver_free(d);
    CN_HAS(cn_handle_explain(h, CN_KIND_BINDING), "by NdisCloseAdapterEx of client.sys");
}

TEST(a_parent_outlives_its_children)
{
    struct thing parent = {.freed = false}, child = {.freed = false};
    fresh();
    cn_obj_init(&parent.obj, CN_KIND_ADAPTER, NULL, true, thing_free, "adapter 0");
    cn_obj_init(&child.obj, CN_KIND_BINDING, &parent.obj, true, thing_free, "binding 0");
    CN_OK(parent.obj.children.next == &child.obj.link);
    cn_obj_end(&parent.obj);
    CN_OK(!parent.freed);
    cn_obj_end(&child.obj);
    CN_OK(child.freed);
    CN_OK(parent.freed);
}

TEST(a_child_leaves_its_parent_when_it_ends_not_when_it_is_freed)
{
    struct thing parent = {.freed = false}, child = {.freed = false};
    fresh();
    cn_obj_init(&parent.obj, CN_KIND_ADAPTER, NULL, true, thing_free, "adapter 0");
    cn_obj_init(&child.obj, CN_KIND_BINDING, &parent.obj, true, thing_free, "binding 0");
    cn_obj_get(&child.obj);
    cn_obj_end(&child.obj);
    CN_OK(cn_list_empty(&parent.obj.children));
    cn_obj_put(&child.obj);
    CN_OK(child.freed);
    CN_OK(!parent.freed);
    cn_obj_end(&parent.obj);
    CN_OK(parent.freed);
}

TEST(numbers_count_per_kind_and_start_again)
{
    fresh();
    CN_EQ(cn_obj_number(CN_KIND_ADAPTER), 0);
    CN_EQ(cn_obj_number(CN_KIND_ADAPTER), 1);
    CN_EQ(cn_obj_number(CN_KIND_BINDING), 0);
    cn_obj_reset();
    CN_EQ(cn_obj_number(CN_KIND_ADAPTER), 0);
}

TEST(a_change_of_state_is_told_with_names_and_no_change_is_not)
{
    static const char *const names[] = {"Halted", "Paused"};
    struct thing t;
    fresh();
    cn_obj_states(CN_KIND_ADAPTER, CN_LANE_CTL, names, 2);
    cn_obj_init(&t.obj, CN_KIND_ADAPTER, NULL, false, NULL, "adapter 0");
    cn_obj_set_state(&t.obj, CN_LANE_CTL, 0);
    CN_EQ(events, 0);
    cn_obj_set_state(&t.obj, CN_LANE_CTL, 1);
    CN_EQ(events, 1);
    CN_HAS(line, "\"event\":\"state\",\"name\":\"adapter 0\",\"object\":\"adapter 0\","
                 "\"from\":\"Halted\",\"to\":\"Paused\"");
    CN_STREQ(cn_obj_state_name(&t.obj, CN_LANE_CTL), "Paused");
    cn_obj_end(&t.obj);
    cn_obj_states(CN_KIND_ADAPTER, CN_LANE_CTL, NULL, 0);
}

TEST(lanes_have_states_of_their_own_and_nameless_ones_are_numbers)
{
    struct thing t;
    fresh();
    cn_obj_init(&t.obj, CN_KIND_AF, NULL, false, NULL, "af 0");
    cn_obj_set_state(&t.obj, CN_LANE_NOTE, 3);
    CN_STREQ(cn_obj_state_name(&t.obj, CN_LANE_NOTE), "state 3");
    CN_STREQ(cn_obj_state_name(&t.obj, CN_LANE_CTL), "state 0");
    cn_obj_end(&t.obj);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
