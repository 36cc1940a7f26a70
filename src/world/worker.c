/* worker.c - forks the worker, reads its lines, keeps the deadline, leaves nothing running.
 *
 * The lines lie in a ring in shared memory (ring.h): no event costs a system call or a wakeup. The
 * watcher waits on two descriptors, a pidfd of the worker and a signalfd for the user's
 * interruptions, and looks into the ring now and then. It is a subreaper while the worker runs:
 * orphans of the worker become its children, so that also those which left the worker's process
 * group are found and killed.
 */
#include "world/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "trace/trace.h"
#include "world/ring.h"

enum { TICK_MS = 250, LOOK_MS_MIN = 1, LOOK_MS_MAX = 25, REAP_ROUNDS = 200 };

/* Much for one look: the next comes soon, before the worker has to wait for room. */
#define MUCH_BYTES (CN_RING_BYTES / 8)

struct watch {
    const struct cn_worker_config *config;
    pid_t pid;
    int pidfd, signals;
    struct cn_ring ring;
    sigset_t old_mask;
    uint64_t start_ms;
    uint64_t last_tick_ms;
    size_t len;    /* of the line being read */
    bool skipping; /* the rest of an overlong line is thrown away */
    char *line;    /* CN_WORKER_LINE_BYTES */
};

static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* -- In the worker ----------------------------------------------------------------------------- */

/* The driver gets no terminal to read from, its output goes to stderr (stdout is the report's), and
 * none of the watcher's descriptors stays open. */
static void worker_descriptors(void)
{
    int null = open("/dev/null", O_RDONLY);
    if (null >= 0)
        dup2(null, STDIN_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
}

/* The line is not on the stack because a driver's context has little of that. */
static void tell_event(void *arg, const struct cn_event *ev)
{
    static char line[64 * 1024];
    int error = errno;
    size_t len = cn_event_json(ev, line, sizeof(line) - 1);
    line[len++] = '\n';
    cn_ring_put(arg, line, len);
    errno = error;
}

static void tell_refusal(struct cn_ring *ring, int error, const char *text)
{
    static char line[4096];
    struct cn_text t;
    cn_text_init(&t, line, sizeof(line));
    cn_text_put(&t, "{\"event\":\"refused\",\"errno\":%d,\"text\":", error);
    cn_json_string(&t, text);
    cn_text_put(&t, "}\n");
    cn_ring_put(ring, line, t.len);
}

static void worker_main(struct watch *w, pid_t watcher) __attribute__((noreturn));
static void worker_main(struct watch *w, pid_t watcher)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != watcher)
        _exit(0);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &w->old_mask, NULL);
    worker_descriptors();

    /* The driver may smash the stack that w lies on. */
    static struct cn_ring ring;
    static struct cn_sink sink = {.event = tell_event, .arg = &ring};
    ring = w->ring;
    cn_trace_add(&sink);
    struct cn_image_error err = {.text = ""};
    int (*run)(const struct cn_check *, struct cn_image_error *) =
        w->config->run != NULL ? w->config->run : cn_check_run;
    int error = run(w->config->check, &err);
    cn_trace_remove(&sink);
    if (error != 0)
        tell_refusal(&ring, -error, err.text[0] != '\0' ? err.text : strerror(-error));
    /* Not _exit: a driver built with coverage or sanitizers reports when the process ends. */
    exit(0);
}

/* -- In the watcher ---------------------------------------------------------------------------- */

static void line_done(struct watch *w)
{
    if (w->len > 0)
        w->config->line(w->config->arg, w->line, w->len);
    w->len = 0;
}

static void take_bytes(void *arg, const char *bytes, size_t count)
{
    struct watch *w = arg;
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
            line_done(w);
            w->skipping = false;
        } else if (!w->skipping) {
            w->line[w->len++] = bytes[i];
            if (w->len == CN_WORKER_LINE_BYTES) {
                line_done(w);
                w->skipping = true;
            }
        }
    }
}

/* Returns how many bytes the ring held. */
static size_t look(struct watch *w)
{
    static const char torn[] = "the driver wrote over the events";
    size_t taken;
    if (!cn_ring_take(&w->ring, take_bytes, w, &taken)) {
        line_done(w);
        w->config->line(w->config->arg, torn, sizeof(torn) - 1);
    }
    return taken;
}

static void tick(struct watch *w)
{
    uint64_t now = now_ms();
    if (w->config->tick == NULL || now - w->last_tick_ms < TICK_MS)
        return;
    w->last_tick_ms = now;
    w->config->tick(w->config->arg, (unsigned)(now - w->start_ms));
}

static bool deadline_passed(const struct watch *w)
{
    unsigned limit = w->config->timeout_seconds;
    return limit != 0 && now_ms() - w->start_ms >= (uint64_t)limit * 1000;
}

/* True when the user sent a signal; it is noted in *end. */
static bool interrupted(const struct watch *w, struct cn_worker_end *end)
{
    struct signalfd_siginfo info;
    if (read(w->signals, &info, sizeof(info)) != sizeof(info))
        return false;
    end->how = CN_WORKER_INTERRUPTED;
    end->code = (int)info.ssi_signo;
    return true;
}

/* Until the worker has ended by itself, or must be ended: then *end says why. */
static void watch_until_end(struct watch *w, struct cn_worker_end *end)
{
    struct pollfd p[2] = {{w->pidfd, POLLIN, 0}, {w->signals, POLLIN, 0}};
    int wait_ms = LOOK_MS_MIN;
    for (;;) {
        int ready = poll(p, 2, wait_ms);
        if (ready < 0 && errno != EINTR)
            return;
        if (ready > 0 && p[1].revents != 0 && interrupted(w, end))
            return;
        if (deadline_passed(w)) {
            end->how = CN_WORKER_TIMEOUT;
            return;
        }
        if (ready > 0 && p[0].revents != 0)
            return;
        wait_ms = look(w) >= MUCH_BYTES ? LOOK_MS_MIN : CN_MIN(2 * wait_ms, (int)LOOK_MS_MAX);
        tick(w);
    }
}

/* What the dead worker had still put. A process it forked may go on putting: one look is enough. */
static void drain(struct watch *w)
{
    look(w);
    line_done(w);
}

/* Kills the processes that have become our children since the worker's end. */
static void kill_children(void)
{
    char path[64], list[4096];
    snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return;
    size_t n = fread(list, 1, sizeof(list) - 1, f);
    fclose(f);
    list[n] = '\0';
    char *at = list, *end;
    for (long pid = strtol(at, &end, 10); end != at; at = end, pid = strtol(at, &end, 10))
        if (pid > 1)
            kill((pid_t)pid, SIGKILL);
}

/* Until no child is left; those that only now die of our signal are counted. */
static unsigned end_children(void)
{
    unsigned survivors = 0;
    for (int i = 0; i < REAP_ROUNDS; i++) {
        int status;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0)
            break;
        survivors += pid > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        if (pid == 0) {
            kill_children();
            poll(NULL, 0, 5);
        }
    }
    return survivors;
}

/* The group is killed before the worker is reaped: until then its number cannot be another's. */
static void end_all(struct watch *w, struct cn_worker_end *end)
{
    siginfo_t info;
    kill(-w->pid, SIGKILL);
    kill(w->pid, SIGKILL);
    while (waitid(P_PID, (id_t)w->pid, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        ;
    drain(w);
    int status = 0;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (end->how == CN_WORKER_EXITED && WIFSIGNALED(status)) {
        end->how = CN_WORKER_SIGNALLED;
        end->code = WTERMSIG(status);
    } else if (end->how == CN_WORKER_EXITED) {
        end->code = WEXITSTATUS(status);
    }
    end->survivors = end_children();
}

static int start(struct watch *w)
{
    pid_t self = getpid();
    fflush(NULL);
    w->pid = fork();
    if (w->pid < 0)
        return -errno;
    if (w->pid == 0)
        worker_main(w, self);
    setpgid(w->pid, w->pid);
    w->pidfd = (int)syscall(SYS_pidfd_open, w->pid, 0);
    return w->pidfd < 0 ? -errno : 0;
}

static int catch_signals(struct watch *w)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, &w->old_mask);
    w->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (w->signals >= 0)
        return 0;
    int error = -errno;
    sigprocmask(SIG_SETMASK, &w->old_mask, NULL);
    return error;
}

int cn_worker_run(const struct cn_worker_config *config, struct cn_worker_end *end)
{
    struct watch w = {.config = config, .pidfd = -1};
    struct cn_worker_end how = {.how = CN_WORKER_EXITED};
    int was_subreaper = 0;
    w.line = malloc(CN_WORKER_LINE_BYTES);
    if (w.line == NULL)
        return -ENOMEM;
    int error = cn_ring_open(&w.ring);
    if (error != 0)
        goto free_line;
    error = catch_signals(&w);
    if (error != 0)
        goto close_ring;
    prctl(PR_GET_CHILD_SUBREAPER, &was_subreaper);
    prctl(PR_SET_CHILD_SUBREAPER, 1);

    w.start_ms = w.last_tick_ms = now_ms();
    error = start(&w);
    if (error == 0)
        watch_until_end(&w, &how);
    if (w.pid > 0)
        end_all(&w, &how);
    how.seconds = (unsigned)((now_ms() - w.start_ms) / 1000);
    if (error == 0)
        *end = how;

    if (w.pidfd >= 0)
        close(w.pidfd);
    prctl(PR_SET_CHILD_SUBREAPER, was_subreaper);
    close(w.signals);
    sigprocmask(SIG_SETMASK, &w.old_mask, NULL);
close_ring:
    cn_ring_close(&w.ring);
free_line:
    free(w.line);
    return error;
}
