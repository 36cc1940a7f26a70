/* A check leaves the process as it was: it can be repeated, and each time tells the same. */
#include "cn_test.h"

#include <errno.h>

#include "trace/trace.h"
#include "verify/rule.h"
#include "world/world.h"

static char told[1 << 20];
static struct cn_text text;

static void take(void *arg, const struct cn_event *ev)
{
    (void)arg;
    char line[4096];
    cn_event_text(ev, line, sizeof(line));
    cn_text_put(&text, "%s\n", line);
}

static struct cn_sink sink = {.event = take};
static struct cn_image_error err;

static int check(const char *path, const char *inf, unsigned adapters)
{
    struct cn_check c = {.path = path, .inf = inf, .adapters = adapters, .world.guarded = true};
    cn_text_init(&text, told, sizeof(told));
    cn_trace_add(&sink);
    int error = cn_check_run(&c, &err);
    cn_trace_remove(&sink);
    CN_OK(!text.cut);
    return error;
}

static bool there(const char *path)
{
    FILE *f = fopen(path, "r");
    if (f != NULL)
        fclose(f);
    return f != NULL;
}

static void same_twice(const char *path)
{
    if (!there(path))
        CN_SKIP("%s was not built", path);
    CN_EQ(check(path, NULL, 2), 0);
    char *first = strdup(told);
    CN_HAS(first, "done");
    CN_EQ(check(path, NULL, 2), 0);
    bool same = strcmp(first, told) == 0;
    free(first);
    CN_OK(same);
}

TEST(a_miniport_driver_tells_the_same_each_time)
{
    same_twice(CN_BUILD "/drivers/mcm.sys");
    CN_HAS(told, "adapter 1");
    CN_EQ(cn_verify_broken(), 0);
}

TEST(a_protocol_driver_tells_the_same_each_time)
{
    same_twice(CN_BUILD "/drivers/client.so");
    CN_HAS(told, "ProtocolBindAdapterEx");
    CN_EQ(cn_verify_broken(), 0);
}

TEST(a_driver_that_was_stopped_does_not_spoil_the_next_run)
{
    CN_EQ(check(CN_BUILD "/tests/bad/waits.sys", NULL, 1), 0);
    CN_HAS(told, "stop");
    CN_EQ(cn_verify_broken_rule(CN_HOST_002), 1);
    CN_EQ(check(CN_BUILD "/tests/bad/fails.sys", NULL, 1), 0);
    CN_EQ(cn_verify_broken(), 0);
    CN_OK(strstr(told, "waits.sys") == NULL);
}

TEST(a_file_that_cannot_be_run_is_refused_with_a_text)
{
    CN_EQ(check("/no/such/file.sys", NULL, 1), -ENOENT);
    CN_OK(err.text[0] != '\0');
    CN_EQ(check(CN_BUILD, NULL, 1) < 0, true);
    CN_OK(strstr(told, "done") == NULL);
}

TEST(a_wrong_inf_is_refused_before_driver_entry)
{
    CN_OK(check(CN_BUILD "/tests/bad/fails.sys", "/no/such/file.inf", 1) < 0);
    CN_HAS(err.text, "/no/such/file.inf: ");
    CN_OK(strstr(told, "DriverEntry") == NULL);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
