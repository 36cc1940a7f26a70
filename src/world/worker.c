/* worker.c - forks the worker, reads its lines, keeps the deadline, leaves nothing running.
 *
 * The watcher waits on three descriptors: the pipe, a pidfd of the worker, and a signalfd for the
 * user's interruptions. The end of the worker is learned from the pidfd and not from the end of the
 * pipe, because a process the driver forked may hold the pipe open for ever. The watcher is a
 * subreaper while the worker runs: orphans of the worker become its children, so that also those
 * which left the worker's process group are found and killed.
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

enum { TICK_MS = 250, PIPE_BYTES = 1 << 20, PIPE_FD_MIN = 64, REAP_ROUNDS = 200 };

struct watch {
    const struct cn_worker_config *config;
    pid_t pid;
    int pipe, pidfd, signals;
    sigset_t old_mask;
    uint64_t start_ms;
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
 * of the watcher's descriptors only the pipe stays open. */
static void worker_descriptors(int pipe_fd)
{
    int null = open("/dev/null", O_RDONLY);
    if (null >= 0)
        dup2(null, STDIN_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    syscall(SYS_close_range, STDERR_FILENO + 1, (unsigned)pipe_fd - 1, 0);
    syscall(SYS_close_range, (unsigned)pipe_fd + 1, ~0U, 0);
}

static void tell_refusal(int fd, int error, const char *text)
{
    static char line[4096];
    struct cn_text t;
    cn_text_init(&t, line, sizeof(line));
    cn_text_put(&t, "{\"event\":\"refused\",\"errno\":%d,\"text\":", error);
    cn_json_string(&t, text);
    cn_text_put(&t, "}\n");
    ssize_t n = write(fd, line, t.len);
    (void)n;
}

static void worker_main(const struct watch *w, int pipe_fd, pid_t watcher)
    __attribute__((noreturn));
static void worker_main(const struct watch *w, int pipe_fd, pid_t watcher)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != watcher)
        _exit(0);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &w->old_mask, NULL);
    worker_descriptors(pipe_fd);

    static struct cn_sink_fd sink;
    cn_sink_fd_init(&sink, pipe_fd, false);
    cn_trace_add(&sink.sink);
    struct cn_image_error err = {.text = ""};
    int (*run)(const struct cn_check *, struct cn_image_error *) =
        w->config->run != NULL ? w->config->run : cn_check_run;
    int error = run(w->config->check, &err);
    cn_trace_remove(&sink.sink);
    if (error != 0)
        tell_refusal(pipe_fd, -error, err.text[0] != '\0' ? err.text : strerror(-error));
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

static void take_bytes(struct watch *w, const char *bytes, size_t count)
{
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

/* Reads what the pipe holds now; false at its end. */
static bool read_some(struct watch *w)
{
    char bytes[65536];
    ssize_t n = read(w->pipe, bytes, sizeof(bytes));
    if (n > 0)
        take_bytes(w, bytes, (size_t)n);
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
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
    struct pollfd p[3] = {{w->pidfd, POLLIN, 0}, {w->signals, POLLIN, 0}, {w->pipe, POLLIN, 0}};
    for (;;) {
        int ready = poll(p, 3, TICK_MS);
        if (ready < 0 && errno != EINTR)
            return;
        if (ready > 0 && p[1].revents != 0 && interrupted(w, end))
            return;
        if (deadline_passed(w)) {
            end->how = CN_WORKER_TIMEOUT;
            return;
        }
        if (ready > 0 && p[2].revents != 0 && !read_some(w))
            p[2].fd = -1;
        if (ready > 0 && p[0].revents != 0)
            return;
        if (w->config->tick != NULL)
            w->config->tick(w->config->arg, (unsigned)(now_ms() - w->start_ms));
    }
}

/* What the dead worker had still written. A process it forked may go on writing: at most one pipe
 * full is taken. */
static void drain(struct watch *w)
{
    fcntl(w->pipe, F_SETFL, O_NONBLOCK);
    struct pollfd p = {w->pipe, POLLIN, 0};
    for (int i = 0; i < PIPE_BYTES / 4096 && poll(&p, 1, 0) > 0; i++)
        if (!read_some(w))
            break;
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

static int start(struct watch *w, int write_end)
{
    pid_t self = getpid();
    fflush(NULL);
    w->pid = fork();
    if (w->pid < 0)
        return -errno;
    if (w->pid == 0)
        worker_main(w, write_end, self);
    setpgid(w->pid, w->pid);
    w->pidfd = (int)syscall(SYS_pidfd_open, w->pid, 0);
    return w->pidfd < 0 ? -errno : 0;
}

/* The pipe's writing end gets a high number, out of the way of a driver that closes what it has not
 * opened, and is closed in programs the driver may start. */
static int open_pipe(int *read_end, int *write_end)
{
    int fd[2];
    if (pipe2(fd, O_CLOEXEC) != 0)
        return -errno;
    fcntl(fd[1], F_SETPIPE_SZ, PIPE_BYTES);
    int high = fcntl(fd[1], F_DUPFD_CLOEXEC, PIPE_FD_MIN);
    if (high < 0) {
        int error = -errno;
        close(fd[0]);
        close(fd[1]);
        return error;
    }
    close(fd[1]);
    *read_end = fd[0];
    *write_end = high;
    return 0;
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
    int write_end = -1, was_subreaper = 0;
    w.line = malloc(CN_WORKER_LINE_BYTES);
    if (w.line == NULL)
        return -ENOMEM;
    int error = open_pipe(&w.pipe, &write_end);
    if (error != 0)
        goto free_line;
    error = catch_signals(&w);
    if (error != 0)
        goto close_pipe;
    prctl(PR_GET_CHILD_SUBREAPER, &was_subreaper);
    prctl(PR_SET_CHILD_SUBREAPER, 1);

    w.start_ms = now_ms();
    error = start(&w, write_end);
    close(write_end);
    write_end = -1;
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
close_pipe:
    close(w.pipe);
    if (write_end >= 0)
        close(write_end);
free_line:
    free(w.line);
    return error;
}
