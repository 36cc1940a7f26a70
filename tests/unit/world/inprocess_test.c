/* A driver run in the calling process tells the same lines as a worker. */
#include "world/inprocess.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cn_test.h"
#include "world/worker.h"

enum { LINES = 1024 };

static char *lines[LINES];
static size_t count;

static void keep(void *arg, const char *line, size_t len)
{
    CN_OK(arg == lines);
    if (count < LINES)
        lines[count++] = strndup(line, len);
}

static void forget(void)
{
    while (count > 0)
        free(lines[--count]);
}

static bool last_is(const char *event)
{
    json_t *line = count > 0 ? json_loads(lines[count - 1], 0, NULL) : NULL;
    const char *is = json_string_value(json_object_get(line, "event"));
    bool same = is != NULL && strcmp(is, event) == 0;
    json_decref(line);
    return same;
}

TEST(a_run_ends_with_done_and_no_other_process)
{
    struct cn_check check = {.path = CN_BUILD "/drivers/client.so"};
    pid_t self = getpid();
    cn_inprocess_run(&check, keep, lines);
    CN_EQ(self, getpid());
    CN_OK(count > 50);
    CN_OK(last_is("done"));
    forget();
}

TEST(the_lines_are_those_of_a_worker)
{
    struct cn_check check = {.path = CN_BUILD "/drivers/client.so"};
    struct cn_worker_config config = {.check = &check, .line = keep, .arg = lines};
    struct cn_worker_end end;
    char *first[LINES];
    CN_EQ(0, cn_worker_run(&config, &end));
    size_t n = count;
    memcpy(first, lines, sizeof(first));
    count = 0;
    cn_inprocess_run(&check, keep, lines);
    CN_EQ(n, count);
    for (size_t i = 0; i < n && i < count; i++)
        CN_OK(strcmp(first[i], lines[i]) == 0);
    forget();
    for (size_t i = 0; i < n; i++)
        free(first[i]);
}

TEST(a_refusal_is_the_last_line)
{
    struct cn_check check = {.path = CN_BUILD "/none.sys"};
    cn_inprocess_run(&check, keep, lines);
    CN_OK(last_is("refused"));
    CN_OK(strstr(lines[count - 1], "\"errno\":2") != NULL);
    forget();
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
