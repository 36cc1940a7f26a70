/* worker.h - a driver under test lives in a process of its own; this is how it is run and watched.
 *
 * The worker tells what happens as JSON lines (trace.h) in a ring of shared memory (ring.h); the
 * watcher hands each line on, keeps the deadline, and when the run is over it kills whatever the
 * worker left running. Nothing a worker does, whether it crashes, hangs, scribbles over its memory
 * or forks, reaches the watcher.
 */
#ifndef CN_WORLD_WORKER_H
#define CN_WORLD_WORKER_H

#include "world/world.h"

/* A longer line is cut there and handed on as it is: the reader finds it malformed and counts it.
 */
#define CN_WORKER_LINE_BYTES (256 * 1024)

enum cn_worker_how {
    CN_WORKER_EXITED,     /* code = exit status */
    CN_WORKER_SIGNALLED,  /* code = signal */
    CN_WORKER_TIMEOUT,    /* killed at the deadline */
    CN_WORKER_INTERRUPTED /* the user sent code = SIGINT, SIGTERM or SIGHUP; the worker was killed
                           */
};

struct cn_worker_end {
    enum cn_worker_how how;
    int code;
    unsigned seconds;   /* how long it ran */
    unsigned survivors; /* other processes that had to be killed */
};

struct cn_worker_config {
    const struct cn_check *check;
    unsigned timeout_seconds; /* of real time; 0 = none */
    /* Called in the watcher for each line, without its newline and not NUL-terminated. */
    void (*line)(void *arg, const char *line, size_t len);
    /* Called in the watcher about four times a second, for a sign of progress; may be NULL. */
    void (*tick)(void *arg, unsigned milliseconds);
    void *arg;
    /* What the worker does; NULL = cn_check_run. Tests give their own. */
    int (*run)(const struct cn_check *check, struct cn_image_error *err);
};

/* Runs one worker to its end. When the run could not take place, the worker's last line is
 * {"event":"refused","errno":N,"text":"..."}. Every child of the calling process is ended with it:
 * call it where there is no other. Returns 0 with *end filled, or -errno when no process could be
 * started. */
int cn_worker_run(const struct cn_worker_config *config, struct cn_worker_end *end);

#endif
