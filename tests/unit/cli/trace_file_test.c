/* A worker's JSON lines become the lines that the events themselves would have given. */
#include "cn_test.h"

#include <unistd.h>

#include "cli/trace_file.h"
#include "trace/trace.h"

static char path[64], content[65536];

static const char *written(bool json, const char *const *lines, size_t count)
{
    struct cn_trace_file t;
    snprintf(path, sizeof(path), "/tmp/condis-trace-%d", (int)getpid());
    CN_OK(cn_trace_file_open(&t, path, json));
    for (size_t i = 0; i < count; i++)
        cn_trace_file_line(&t, lines[i], strlen(lines[i]));
    CN_OK(cn_trace_file_close(&t));
    FILE *f = fopen(path, "r");
    CN_OK(f != NULL);
    content[fread(content, 1, sizeof(content) - 1, f)] = '\0';
    fclose(f);
    unlink(path);
    return content;
}

/* The same event as text, directly and by way of JSON. */
static void same(const struct cn_event *ev)
{
    char json[8192], text[8192];
    cn_event_json(ev, json, sizeof(json));
    size_t n = cn_event_text(ev, text, sizeof(text) - 1);
    text[n++] = '\n';
    text[n] = '\0';
    const char *lines[] = {json};
    CN_STREQ(written(false, lines, 1), text);
}

TEST(text_is_the_same_as_if_written_at_once)
{
    struct cn_field f[] = {CN_STR("driver", "wan.sys"),  CN_U64("irql", 2),
                           CN_HEX("Flags", 0x40),        CN_STATUS("status", 0xC0010004),
                           CN_BOOL("first", true),       CN_NTSTATUS("other", 0xC0000001),
                           CN_STR("text", "a \"b\"\n\t")};
    for (int kind = 0; kind < CN_EV_COUNT; kind++)
        same(&(struct cn_event){.seq = 7,
                                .time_100ns = 12345,
                                .kind = (enum cn_event_kind)kind,
                                .name = "Name",
                                .count = CN_ARRAY_SIZE(f),
                                .field = f});
}

TEST(json_lines_are_written_as_they_came)
{
    const char *lines[] = {"{\"event\":\"done\"}", "no json at all"};
    CN_STREQ(written(true, lines, 2), "{\"event\":\"done\"}\nno json at all\n");
}

TEST(a_line_that_is_no_event_is_kept_as_it_is)
{
    const char *lines[] = {"no json at all", "{\"event\":\"nonsense\"}", "[1]", "7"};
    CN_STREQ(written(false, lines, 4), "no json at all\n{\"event\":\"nonsense\"}\n[1]\n7\n");
}

TEST(too_many_members_do_no_harm)
{
    char line[4096];
    struct cn_text t;
    cn_text_init(&t, line, sizeof(line));
    cn_text_put(&t, "{\"event\":\"call\",\"name\":\"A\"");
    for (int i = 0; i < 100; i++)
        cn_text_put(&t, ",\"m%d\":[%d]", i, i);
    cn_text_put(&t, "}");
    const char *lines[] = {line};
    CN_HAS(written(false, lines, 1), "A");
}

TEST(no_trace_is_no_file)
{
    struct cn_trace_file t;
    CN_OK(cn_trace_file_open(&t, NULL, false));
    cn_trace_file_line(&t, "x", 1);
    CN_OK(cn_trace_file_close(&t));
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
