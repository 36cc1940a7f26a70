/* adapters.c - ten thousand adapters of one driver: time and memory of each, against a hundred. */
#include "bench.h"

#include <malloc.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "ndis/world_api.h"
#include "nt/nt.h"
#include "world/world.h"

enum { FEW = 100, MANY = 10000, COMPARISONS = 3 };

#define SYS CN_BUILD "/drivers/mcm.sys"

static struct cn_driver *driver;
static unsigned wanted;
static double up_ns, down_ns, bytes;

static double heap_bytes(void)
{
    struct mallinfo2 m = mallinfo2();
    return (double)m.uordblks + (double)m.hblkhd;
}

static void enter(void *arg)
{
    PDRIVER_INITIALIZE entry;
    void *address = cn_image_entry(driver->image);
    memcpy(&entry, &address, sizeof(entry));
    struct cn_frame f;
    if (!cn_upcall_begin(&f, driver, "DriverEntry", address, NULL))
        abort();
    NTSTATUS s = entry(cn_nt_driver_object(driver), cn_nt_registry_path(driver));
    cn_upcall_end(&f, &s);
    cn_ndis_entry_over(driver, s);
    if (s != 0)
        abort();
    (void)arg;
}

/* Brings adapters up and takes them down again; both are timed apart. */
static void up_and_down(void *arg)
{
    double before = heap_bytes(), start = bench_now_ns();
    for (unsigned i = 0; i < wanted; i++) {
        struct cn_adapter *a;
        if (cn_adapter_add(driver, &(struct cn_adapter_config){0}, &a) != 0 ||
            cn_adapter_start(a) != 0)
            abort();
    }
    up_ns = (bench_now_ns() - start) / wanted;
    bytes = (heap_bytes() - before) / wanted;
    start = bench_now_ns();
    for (struct cn_adapter *a; (a = cn_adapter_next(NULL)) != NULL;)
        cn_adapter_remove(a);
    down_ns = (bench_now_ns() - start) / wanted;
    (void)arg;
}

static void in_context(cn_fn *fn)
{
    cn_engine_spawn(fn, NULL, "the run");
    if (cn_engine_run() != CN_END_IDLE)
        abort();
}

static double life_of(unsigned count)
{
    wanted = count;
    in_context(up_and_down);
    return up_ns + down_ns;
}

static double life_of_many(void)
{
    return life_of(MANY);
}

/* As many lives altogether as on the other side. */
static double life_of_few(void)
{
    double sum = 0;
    for (int i = 0; i < MANY / FEW; i++)
        sum += life_of(FEW);
    return sum / (MANY / FEW);
}

/* Bytes in the place of nanoseconds, so that one line tells them. */
static double bytes_of_many(void)
{
    life_of(MANY);
    return bytes;
}

static double bytes_of_few(void)
{
    life_of(FEW);
    return bytes;
}

int main(int argc, char **argv)
{
    bool json = bench_json(argc, argv);
    struct cn_image_error err;
    if (cn_world_start(&(struct cn_world_config){0}) != 0 || cn_world_load(SYS, &driver, &err) != 0)
        return 1;
    in_context(enter);
    struct bench_side many = {.what = "up and down, one of 10,000", .run = life_of_many};
    struct bench_side few = {.what = "up and down, one of 100", .run = life_of_few};
    bench_compare(&many, &few, COMPARISONS);
    bench_tell(json, "adapter-time", &many, &few, "us", 1e3);
    struct bench_side large = {.what = "memory, one of 10,000", .run = bytes_of_many};
    struct bench_side small = {.what = "memory, one of 100", .run = bytes_of_few};
    bench_compare(&large, &small, 1);
    bench_tell(json, "adapter-memory", &large, &small, "bytes", 1);
    cn_world_stop();
    return 0;
}
