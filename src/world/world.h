/* world.h - one run of the runtime in this process: start it, load drivers, check one, end it.
 *
 * The world is a singleton: a process runs one at a time (the command forks a worker for each
 * driver under test, see worker.h, so that nothing a driver does can reach the process that
 * reports).
 */
#ifndef CN_WORLD_WORLD_H
#define CN_WORLD_WORLD_H

#include "load/image.h"
#include "object/driver.h"

struct cn_world_config {
    size_t stack_bytes;    /* of each context; 0 = 64 KiB */
    unsigned hang_seconds; /* real time a driver may run without returning; 0 = 10 */
    bool guarded;          /* guard-page pool: overruns and use after free fault at once */
    bool pend;             /* NDIS pends what it may pend (open, close, ...) */
};

int cn_world_start(const struct cn_world_config *config);
/* Unloads nothing politely: what still lives is discarded. */
void cn_world_stop(void);

/* Loads an image and makes a driver of it; DriverEntry is not called yet. 0 or -errno with a text.
 */
int cn_world_load(const char *path, struct cn_driver **out, struct cn_image_error *err);

struct cn_check {
    const char *path;
    const char *inf;   /* may be NULL */
    unsigned adapters; /* how many adapters the miniport gets; 0 = 1 */
    struct cn_world_config world;
};

/* The whole life of one driver: load, DriverEntry, adapters or bindings with a built-in counterpart
 * of the matching role, address families, pause, restart, halt or unbind, unload. Everything that
 * happens is told as events; the return value only says whether the run could take place: 0 (also
 * when the driver broke rules or was stopped), or -errno with a text when the file cannot be run at
 * all. */
int cn_check_run(const struct cn_check *check, struct cn_image_error *err);

#endif
