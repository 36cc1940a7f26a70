/* load.c - from a .sys file to DriverEntry, registration, and back: in a fresh process, and again
 * in the same one. */
#include "bench.h"

#include <dlfcn.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

#include "engine/engine.h"
#include "ndis/world_api.h"
#include "nt/nt.h"
#include "world/world.h"

extern char **environ;

enum { WARM_ROUNDS = 200, COLD_ROUNDS = 15, COMPARISONS = 5 };

#define SYS CN_BUILD "/drivers/mcm.sys"
#define SO  CN_BUILD "/drivers/mcm.so"

static double run_process(char *const argv[])
{
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    double start = bench_now_ns();
    pid_t pid;
    int status = -1;
    if (posix_spawn(&pid, argv[0], &quiet, NULL, argv, environ) != 0 ||
        waitpid(pid, &status, 0) < 0 || status != 0) {
        fprintf(stderr, "%s %s did not end with status 0\n", argv[0], argv[1]);
        exit(1);
    }
    posix_spawn_file_actions_destroy(&quiet);
    return bench_now_ns() - start;
}

static double least_process(char *const argv[])
{
    double least = 1e300;
    for (int i = 0; i < COLD_ROUNDS; i++) {
        double ns = run_process(argv);
        least = ns < least ? ns : least;
    }
    return least;
}

static double cold_check(void)
{
    return least_process((char *[]){CN_BUILD "/condis", "check", SYS, NULL});
}

static double cold_start(void)
{
    return least_process((char *[]){CN_BUILD "/condis", "--version", NULL});
}

static void live(void *arg)
{
    struct cn_driver *d = arg;
    PDRIVER_INITIALIZE entry;
    void *address = cn_image_entry(d->image);
    memcpy(&entry, &address, sizeof(entry));
    struct cn_frame f;
    if (!cn_upcall_begin(&f, d, "DriverEntry", address, NULL))
        abort();
    NTSTATUS s = entry(cn_nt_driver_object(d), cn_nt_registry_path(d));
    cn_upcall_end(&f, &s);
    cn_ndis_entry_over(d, s);
    if (s != 0 || !cn_ndis_unload(d))
        abort();
    cn_ndis_driver_end(d, false);
    cn_nt_driver_end(d, false);
}

/* Loads, enters, registers, unloads and closes the driver once. */
static void warm_once(void)
{
    struct cn_image_error err;
    struct cn_driver *d;
    if (cn_world_load(SYS, &d, &err) != 0) {
        fprintf(stderr, "%s: %s\n", SYS, err.text);
        exit(1);
    }
    cn_engine_spawn(live, d, "the run");
    if (cn_engine_run() != CN_END_IDLE)
        abort();
    struct cn_image *image = d->image;
    cn_driver_free(d);
    cn_image_close(image);
}

static double warm_load(void)
{
    double start = bench_now_ns();
    for (int i = 0; i < WARM_ROUNDS; i++)
        warm_once();
    return (bench_now_ns() - start) / WARM_ROUNDS;
}

/* The peer: the dynamic linker opens and closes the same driver as a native library. */
static double warm_dlopen(void)
{
    double start = bench_now_ns();
    for (int i = 0; i < WARM_ROUNDS; i++) {
        void *library = dlopen(SO, RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) {
            fprintf(stderr, "%s\n", dlerror());
            exit(1);
        }
        dlclose(library);
    }
    return (bench_now_ns() - start) / WARM_ROUNDS;
}

int main(int argc, char **argv)
{
    bool json = bench_json(argc, argv);
    struct bench_side check = {.what = "condis check mcm.sys, a process", .run = cold_check};
    struct bench_side start = {.what = "condis --version, a process", .run = cold_start};
    bench_compare(&check, &start, COMPARISONS);
    bench_tell(json, "load-cold", &check, &start, "ms", 1e6);

    if (cn_world_start(&(struct cn_world_config){0}) != 0)
        return 1;
    warm_once();
    struct bench_side load = {.what = "load, register, unload mcm.sys", .run = warm_load};
    struct bench_side open = {.what = "dlopen and dlclose of mcm.so", .run = warm_dlopen};
    bench_compare(&load, &open, COMPARISONS);
    bench_tell(json, "load-warm", &load, &open, "us", 1e3);
    cn_world_stop();
    return 0;
}
