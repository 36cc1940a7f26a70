/* trace_test.c - numbering events, sinks, the sink to a file descriptor. */
#include "cn_test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "trace/trace.h"

/* A sink that keeps a line of text per event. */
struct keeper {
    struct cn_sink sink;
    unsigned count;
    char line[8][256];
    uint64_t seq[8];
};

static void keep(void *arg, const struct cn_event *ev)
{
    struct keeper *k = arg;
    if (k->count == CN_ARRAY_SIZE(k->line))
        return;
    k->seq[k->count] = ev->seq;
    cn_event_text(ev, k->line[k->count++], sizeof(k->line[0]));
}

static struct keeper *keeper_new(struct keeper *k)
{
    *k = (struct keeper){.sink = {.event = keep, .arg = k}};
    cn_trace_add(&k->sink);
    return k;
}

/* A test that failed leaves its sink behind. */
static void fresh(void)
{
    cn_trace_sinks = NULL;
    cn_trace_clock(NULL);
    cn_trace_restart();
}

static unsigned evaluated;

static const char *costly(void)
{
    evaluated++;
    return "x";
}

TEST(without_a_sink_fields_are_not_evaluated_and_nothing_is_numbered)
{
    fresh();
    evaluated = 0;
    CN_TRACE(CALL, "f", CN_STR("a", costly()));
    CN_EQ(evaluated, 0);
    CN_EQ(cn_trace_last(), 0);
}

TEST(events_are_numbered_from_one)
{
    struct keeper k;
    fresh();
    keeper_new(&k);
    CN_TRACE(PHASE, "one");
    CN_TRACE(PHASE, "two");
    CN_EQ(k.count, 2);
    CN_EQ(k.seq[0], 1);
    CN_EQ(k.seq[1], 2);
    CN_EQ(cn_trace_last(), 2);
    cn_trace_restart();
    CN_TRACE(PHASE, "again");
    CN_EQ(k.seq[2], 1);
    cn_trace_remove(&k.sink);
}

static unsigned order[4], order_count;

static void note_first(void *arg, const struct cn_event *ev)
{
    (void)ev;
    order[order_count++ % 4] = *(unsigned *)arg;
}

TEST(all_sinks_see_an_event_in_the_order_they_were_added)
{
    unsigned a = 1, b = 2;
    struct cn_sink first = {.event = note_first, .arg = &a};
    struct cn_sink second = {.event = note_first, .arg = &b};
    fresh();
    order_count = 0;
    cn_trace_add(&first);
    cn_trace_add(&second);
    CN_TRACE(DONE, NULL);
    CN_EQ(order_count, 2);
    CN_EQ(order[0], 1);
    CN_EQ(order[1], 2);
    cn_trace_remove(&first);
    CN_TRACE(DONE, NULL);
    CN_EQ(order_count, 3);
    CN_EQ(order[2], 2);
    cn_trace_remove(&second);
    CN_OK(cn_trace_sinks == NULL);
}

static void remove_self(void *arg, const struct cn_event *ev)
{
    (void)ev;
    order_count++;
    cn_trace_remove(arg);
}

TEST(a_sink_may_remove_itself)
{
    struct cn_sink once = {.event = remove_self, .arg = &once};
    struct keeper k;
    fresh();
    order_count = 0;
    cn_trace_add(&once);
    keeper_new(&k);
    CN_TRACE(DONE, NULL);
    CN_TRACE(DONE, NULL);
    CN_EQ(order_count, 1);
    CN_EQ(k.count, 2);
    cn_trace_remove(&k.sink);
}

TEST(removing_a_sink_that_is_not_there_is_harmless)
{
    struct cn_sink s = {.event = note_first};
    fresh();
    cn_trace_remove(&s);
    CN_OK(cn_trace_sinks == NULL);
}

static uint64_t tick(void)
{
    return 20000001;
}

TEST(times_come_from_the_clock_that_was_given)
{
    struct keeper k;
    fresh();
    keeper_new(&k);
    cn_trace_clock(tick);
    CN_TRACE(DONE, NULL);
    CN_HAS(k.line[0], "2.0000001");
    cn_trace_clock(NULL);
    CN_TRACE(DONE, NULL);
    CN_HAS(k.line[1], "0.0000000");
    cn_trace_remove(&k.sink);
}

TEST(fields_are_found_by_key)
{
    const struct cn_field f[] = {CN_STR("a", "x"), CN_U64("b", 5)};
    struct cn_event ev = {.count = 2, .field = f};
    CN_EQ(cn_event_field(&ev, "b")->u64, 5);
    CN_STREQ(cn_event_field(&ev, "a")->str, "x");
    CN_OK(cn_event_field(&ev, "c") == NULL);
    CN_OK(cn_event_field(&ev, "") == NULL);
}

TEST(every_kind_has_a_distinct_name)
{
    for (int i = 0; i < CN_EV_COUNT; i++) {
        CN_OK(cn_event_kind_name(i)[0] != '\0');
        for (int j = 0; j < i; j++)
            CN_OK(strcmp(cn_event_kind_name(i), cn_event_kind_name(j)) != 0);
    }
    CN_STREQ(cn_event_kind_name(CN_EV_FINDING), "finding");
}

/* -- sink to a file descriptor ----------------------------------------------------------------- */

static const char *drained(int fd)
{
    static char buf[4096];
    ssize_t n = read(fd, buf, sizeof(buf) - 1);
    buf[n > 0 ? n : 0] = '\0';
    return buf;
}

TEST(a_descriptor_gets_one_json_line_per_event_at_once)
{
    int p[2];
    struct cn_sink_fd s;
    fresh();
    CN_EQ(pipe(p), 0);
    cn_sink_fd_init(&s, p[1], false);
    cn_trace_add(&s.sink);
    CN_TRACE(UNLOAD, "wan.sys", CN_STR("driver", "wan.sys"));
    CN_STREQ(drained(p[0]), "{\"seq\":1,\"time\":0,\"event\":\"unload\",\"name\":\"wan.sys\","
                            "\"driver\":\"wan.sys\"}\n");
    CN_TRACE(DONE, NULL);
    CN_STREQ(drained(p[0]), "{\"seq\":2,\"time\":0,\"event\":\"done\"}\n");
    cn_trace_remove(&s.sink);
    close(p[0]);
    close(p[1]);
}

TEST(a_descriptor_gets_text_when_asked)
{
    int p[2];
    struct cn_sink_fd s;
    fresh();
    CN_EQ(pipe(p), 0);
    cn_sink_fd_init(&s, p[1], true);
    cn_trace_add(&s.sink);
    CN_TRACE(DONE, "all");
    CN_STREQ(drained(p[0]), "1      0.0000000   done       all\n");
    cn_trace_remove(&s.sink);
    close(p[0]);
    close(p[1]);
}

TEST(a_reader_that_went_away_ends_the_writing_and_keeps_errno)
{
    int p[2];
    struct cn_sink_fd s;
    fresh();
    CN_EQ(pipe(p), 0);
    close(p[0]);
    void (*old)(int) = signal(SIGPIPE, SIG_IGN);
    cn_sink_fd_init(&s, p[1], false);
    cn_trace_add(&s.sink);
    errno = 12;
    CN_TRACE(DONE, NULL);
    CN_EQ(errno, 12);
    CN_EQ(s.fd, -1);
    CN_TRACE(DONE, NULL);
    cn_trace_remove(&s.sink);
    signal(SIGPIPE, old);
    close(p[1]);
}

TEST(an_enormous_string_still_gives_one_complete_line)
{
    static char longer[200000];
    memset(longer, 'x', sizeof(longer) - 1);
    int fd = open("/tmp", O_TMPFILE | O_RDWR, 0600);
    if (fd < 0)
        CN_SKIP("no unnamed temporary files in /tmp");
    struct cn_sink_fd s;
    fresh();
    cn_sink_fd_init(&s, fd, false);
    cn_trace_add(&s.sink);
    CN_TRACE(PRINT, "print", CN_STR("text", longer), CN_STR("driver", "wan.sys"));
    cn_trace_remove(&s.sink);
    lseek(fd, 0, SEEK_SET);
    CN_HAS(drained(fd), "\"driver\":\"wan.sys\",\"cut\":true}\n");
    close(fd);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
