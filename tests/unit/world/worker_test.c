/* Whatever the worker does, the watcher gets its lines, learns its end, and leaves nothing running.
 */
#include "cn_test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "trace/trace.h"
#include "world/ring.h"
#include "world/worker.h"

static char lines[1 << 20];
static size_t lines_len, line_count, longest;

static void take(void *arg, const char *line, size_t len)
{
    (void)arg;
    line_count++;
    longest = len > longest ? len : longest;
    if (lines_len + len + 2 < sizeof(lines)) {
        memcpy(lines + lines_len, line, len);
        lines_len += len;
        lines[lines_len++] = '\n';
        lines[lines_len] = '\0';
    }
}

typedef int worker_fn(const struct cn_check *check, struct cn_image_error *err);

/* A page that worker and watcher share. */
static volatile int *shared;

static struct cn_worker_end run_for(worker_fn *fn, unsigned seconds)
{
    struct cn_check check = {.path = "x.sys"};
    struct cn_worker_config config = {
        .check = &check, .timeout_seconds = seconds, .line = take, .run = fn};
    struct cn_worker_end end;
    lines_len = line_count = longest = 0;
    lines[0] = '\0';
    *shared = 0;
    CN_EQ(cn_worker_run(&config, &end), 0);
    return end;
}

static struct cn_worker_end run(worker_fn *fn)
{
    return run_for(fn, 60);
}

/* No child is left, neither running nor to be reaped. */
static void nothing_left(void)
{
    CN_EQ(waitpid(-1, NULL, WNOHANG), -1);
    CN_EQ(errno, ECHILD);
}

/* The process with that number is gone; waits for it, since orphans may be reaped by others. */
static void gone(int pid)
{
    for (int i = 0; i < 1000; i++) {
        if (kill(pid, 0) != 0)
            return;
        usleep(1000);
    }
    CN_FAIL("process %d still runs", pid);
}

static int tells(const struct cn_check *check, struct cn_image_error *err)
{
    (void)err;
    CN_TRACE(PHASE, "load", CN_STR("object", check->path));
    CN_TRACE(DONE, "", CN_BOOL("x", true));
    return 0;
}

TEST(events_arrive_as_lines_in_order)
{
    struct cn_worker_end end = run(tells);
    CN_EQ(end.how, CN_WORKER_EXITED);
    CN_EQ(end.code, 0);
    CN_EQ(line_count, 2);
    CN_HAS(lines, "\"event\":\"phase\"");
    CN_OK(strstr(lines, "phase") < strstr(lines, "done"));
    CN_EQ(end.survivors, 0);
    nothing_left();
}

static int refuses(const struct cn_check *check, struct cn_image_error *err)
{
    (void)check;
    snprintf(err->text, sizeof(err->text), "is no \"driver\": give another");
    return -ENOEXEC;
}

TEST(a_refusal_is_the_last_line)
{
    run(refuses);
    CN_HAS(lines, "\"event\":\"refused\"");
    CN_HAS(lines, "is no \\\"driver\\\": give another");
}

static int crashes(const struct cn_check *check, struct cn_image_error *err)
{
    tells(check, err);
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
    return 0;
}

TEST(a_crash_is_told_and_what_was_said_before_is_kept)
{
    struct cn_worker_end end = run(crashes);
    CN_EQ(end.how, CN_WORKER_SIGNALLED);
    CN_EQ(end.code, SIGSEGV);
    CN_EQ(line_count, 2);
    nothing_left();
}

static int exits(const struct cn_check *check, struct cn_image_error *err)
{
    (void)check;
    (void)err;
    _exit(23);
}

TEST(an_exit_status_is_told)
{
    struct cn_worker_end end = run(exits);
    CN_EQ(end.how, CN_WORKER_EXITED);
    CN_EQ(end.code, 23);
}

static int loops(const struct cn_check *check, struct cn_image_error *err)
{
    tells(check, err);
    while (*shared == 0)
        __asm__ volatile("pause");
    return 0;
}

TEST(a_loop_is_killed_at_the_deadline)
{
    struct cn_worker_end end = run_for(loops, 1);
    CN_EQ(end.how, CN_WORKER_TIMEOUT);
    CN_EQ(line_count, 2);
    nothing_left();
}

static int ignores_signals(const struct cn_check *check, struct cn_image_error *err)
{
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_IGN);
    setsid();
    return loops(check, err);
}

TEST(ignoring_signals_and_leaving_the_group_does_not_help_it)
{
    struct cn_worker_end end = run_for(ignores_signals, 1);
    CN_EQ(end.how, CN_WORKER_TIMEOUT);
    nothing_left();
}

/* A grandchild in a session of its own. */
static int leaves_an_orphan(const struct cn_check *check, struct cn_image_error *err)
{
    (void)check;
    (void)err;
    int ready[2];
    if (pipe(ready) != 0)
        return 0;
    if (fork() == 0) {
        setsid();
        if (fork() != 0)
            _exit(0);
        *shared = getpid();
        ssize_t n = write(ready[1], "x", 1);
        (void)n;
        for (;;)
            pause();
    }
    char c;
    ssize_t n = read(ready[0], &c, 1);
    (void)n;
    return 0;
}

TEST(orphans_are_found_and_killed)
{
    struct cn_worker_end end = run(leaves_an_orphan);
    CN_EQ(end.how, CN_WORKER_EXITED);
    CN_OK(*shared > 0);
    gone(*shared);
    CN_EQ(end.survivors, 1);
    nothing_left();
}

static int floods(const struct cn_check *check, struct cn_image_error *err)
{
    (void)check;
    (void)err;
    for (int i = 0; i < 50000; i++)
        CN_TRACE(PRINT, "DbgPrint",
                 CN_STR("text", "sixty-four bytes of text that nobody wants to "
                                "read but the watcher"));
    return 0;
}

TEST(more_than_the_ring_holds_arrives_whole)
{
    run(floods);
    CN_EQ(line_count, 50000);
}

/* The ring, as a driver can find it: the only shared memory of that size. */
static struct cn_ring_memory *find_ring(void)
{
    char row[512];
    FILE *maps = fopen("/proc/self/maps", "re");
    while (maps != NULL && fgets(row, sizeof(row), maps) != NULL) {
        unsigned long low, high;
        char mode[8];
        if (sscanf(row, "%lx-%lx %7s", &low, &high, mode) == 3 && strcmp(mode, "rw-s") == 0 &&
            high - low >= sizeof(struct cn_ring_memory)) {
            fclose(maps);
            return (struct cn_ring_memory *)low;
        }
    }
    _exit(99);
}

static int writes_garbage(const struct cn_check *check, struct cn_image_error *err)
{
    (void)check;
    (void)err;
    struct cn_ring ring = {.memory = find_ring()};
    char *block = malloc(CN_WORKER_LINE_BYTES + 1000);
    memset(block, 'x', CN_WORKER_LINE_BYTES + 1000);
    cn_ring_put(&ring, block, CN_WORKER_LINE_BYTES + 1000);
    cn_ring_put(&ring, "\nlast", 5);
    _exit(0);
}

TEST(a_line_without_end_is_cut)
{
    struct cn_worker_end end = run(writes_garbage);
    CN_EQ(end.how, CN_WORKER_EXITED);
    CN_EQ(longest, CN_WORKER_LINE_BYTES);
    CN_EQ(line_count, 2);
    CN_HAS(lines, "\nlast\n");
}

static int writes_over_the_ring(const struct cn_check *check, struct cn_image_error *err)
{
    memset(find_ring(), 0xA5, sizeof(struct cn_ring_memory));
    find_ring()->put = UINT64_MAX / 3;
    (void)check;
    (void)err;
    *shared = 1;
    while (*shared != 0)
        pause();
    return 0;
}

TEST(writing_over_the_ring_harms_only_itself)
{
    struct cn_worker_end end = run_for(writes_over_the_ring, 1);
    CN_EQ(*shared, 1);
    CN_EQ(end.how, CN_WORKER_TIMEOUT);
    CN_HAS(lines, "wrote over the events");
    nothing_left();
}

static int unmaps_the_ring(const struct cn_check *check, struct cn_image_error *err)
{
    tells(check, err);
    signal(SIGSEGV, SIG_DFL);
    munmap(find_ring(), sizeof(struct cn_ring_memory));
    return tells(check, err);
}

TEST(unmapping_the_ring_harms_only_itself)
{
    struct cn_worker_end end = run(unmaps_the_ring);
    CN_OK(end.how == CN_WORKER_SIGNALLED || end.code != 0);
    CN_EQ(line_count, 2);
    nothing_left();
}

static int closes_everything(const struct cn_check *check, struct cn_image_error *err)
{
    tells(check, err);
    for (int fd = 0; fd < 1024; fd++)
        close(fd);
    return 0;
}

TEST(closing_every_descriptor_harms_only_itself)
{
    struct cn_worker_end end = run(closes_everything);
    CN_EQ(end.how, CN_WORKER_EXITED);
    CN_EQ(line_count, 2);
}

static int looks_at_descriptors(const struct cn_check *check, struct cn_image_error *err)
{
    (void)check;
    (void)err;
    int open = 0;
    for (int fd = 3; fd < 256; fd++)
        open += fcntl(fd, F_GETFD) >= 0;
    *shared = open;
    return 0;
}

TEST(no_descriptor_of_the_watcher_is_open_in_the_worker)
{
    int extra = dup(1);
    run(looks_at_descriptors);
    close(extra);
    CN_EQ(*shared, 0);
}

static unsigned ticks;

static void tick(void *arg, unsigned milliseconds)
{
    (void)arg;
    (void)milliseconds;
    if (++ticks == 2)
        kill(getpid(), SIGINT);
}

TEST(an_interruption_kills_the_worker_and_not_the_watcher)
{
    struct cn_check check = {.path = "x.sys"};
    struct cn_worker_config config = {.check = &check, .line = take, .tick = tick, .run = loops};
    struct cn_worker_end end;
    ticks = 0;
    *shared = 0;
    CN_EQ(cn_worker_run(&config, &end), 0);
    CN_EQ(end.how, CN_WORKER_INTERRUPTED);
    CN_EQ(end.code, SIGINT);
    nothing_left();
}

TEST(the_signal_mask_is_what_it_was)
{
    sigset_t before, after;
    sigprocmask(SIG_SETMASK, NULL, &before);
    run(tells);
    sigprocmask(SIG_SETMASK, NULL, &after);
    for (int i = 1; i < 32; i++)
        CN_EQ(sigismember(&after, i), sigismember(&before, i));
}

int main(int argc, char **argv)
{
    shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return cn_test_main(argc, argv);
}
