/* nt.c - the table of exported functions, the shared user data page, and start and stop of this
 * layer. */
#include "nt/rows.h"

#include "nt/driver_object.h"
#include "nt/handles.h"
#include "nt/object.h"
#include "nt/parts.h"
#include "nt/pool.h"
#include "nt/system.h"

#include <errno.h>
#include <sys/mman.h>

/* The address of a symbol whatever its type: its prototype belongs to the headers for drivers. */
#define DDI(dll, name, ...)            extern const char cn_export_##name[] __asm__(#name);
#define DDI_VARIADIC(dll, name, ...)   extern const char cn_export_##name[] __asm__(#name);
#define DDI_DATA(dll, name, ...)       extern const char cn_export_##name[] __asm__(#name);
#define DDI_AS(dll, name, symbol, ...) extern const char cn_export_##name[] __asm__(#symbol);
#define DDI_KNOWN(...)
#include "nt/ntoskrnl.def"
#include "nt/hal.def"
#include "nt/sync.def"
#include "nt/known.def"
#undef DDI
#undef DDI_VARIADIC
#undef DDI_DATA
#undef DDI_AS
#undef DDI_KNOWN

#define ROW(dll_, name_, fn_, min_, max_, trace_, major_, minor_, page_)                           \
    {.dll = #dll_,                                                                                 \
     .name = #name_,                                                                               \
     .fn = (void *)(uintptr_t)(fn_),                                                               \
     .irql_min = CN_##min_,                                                                        \
     .irql_max = CN_##max_,                                                                        \
     .trace = CN_DDI_##trace_,                                                                     \
     .since_major = major_,                                                                        \
     .since_minor = minor_,                                                                        \
     .page = page_},

const struct cn_ddi_row cn_nt_rows[] = {
#define DDI(dll, name, min, max, trace, major, minor, page)                                        \
    ROW(dll, name, cn_export_##name, min, max, trace, major, minor, page)
#define DDI_VARIADIC DDI
#define DDI_AS(dll, name, symbol, min, max, trace, major, minor, page)                             \
    ROW(dll, name, cn_export_##name, min, max, trace, major, minor, page)
#define DDI_DATA(dll, name, page) ROW(dll, name, cn_export_##name, PASSIVE, HIGH, QUIET, 0, 0, page)
#define DDI_KNOWN(dll, name, major, minor, page)                                                   \
    ROW(dll, name, 0, PASSIVE, HIGH, QUIET, major, minor, page)
#include "nt/ntoskrnl.def"
#include "nt/hal.def"
#include "nt/sync.def"
#include "nt/known.def"
};
const size_t cn_nt_row_count = CN_ARRAY_SIZE(cn_nt_rows);

/* -- shared user data -------------------------------------------------------------------------- */

/* Offsets of the members of KUSER_SHARED_DATA that drivers read; the rest of the page stays zero.
 */
enum {
    TICK_COUNT_LOW = 0x000,
    TICK_COUNT_MULTIPLIER = 0x004,
    INTERRUPT_TIME = 0x008, /* low, high, high again */
    SYSTEM_TIME = 0x014,
    NT_SYSTEM_ROOT = 0x030,
    NT_BUILD_NUMBER = 0x260,
    PRODUCT_TYPE = 0x264,
    TYPE_IS_VALID = 0x268,
    NT_MAJOR_VERSION = 0x26C,
    NT_MINOR_VERSION = 0x270,
    QPC_FREQUENCY = 0x300,
    TICK_COUNT = 0x320,
    ACTIVE_PROCESSOR_COUNT = 0x3C0,
    PAGE = 4096
};

static uint8_t *shared;
static uint64_t boot_100ns;

static void put32(size_t at, uint32_t value)
{
    memcpy(shared + at, &value, 4);
}

/* A KSYSTEM_TIME: readers compare both high parts, or load the first eight bytes at once. */
static void put_time(size_t at, uint64_t value)
{
    put32(at + 8, (uint32_t)(value >> 32));
    memcpy(shared + at, &value, 8);
}

void cn_nt_clock(uint64_t now_100ns)
{
    if (shared == NULL)
        return;
    uint64_t up = now_100ns - boot_100ns, ticks = up / CN_NT_TICK_100NS;
    put_time(SYSTEM_TIME, now_100ns);
    put_time(INTERRUPT_TIME, up);
    put_time(TICK_COUNT, ticks);
    put32(TICK_COUNT_LOW, (uint32_t)ticks);
}

void *cn_nt_shared_user_data(void)
{
    return shared;
}

static int shared_start(void)
{
    static const uint16_t system_root[] = {'C', ':', '\\', 'W', 'i', 'n', 'd', 'o', 'w', 's', 0};
    uint8_t *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return -ENOMEM;
    shared = page;
    memcpy(shared + NT_SYSTEM_ROOT, system_root, sizeof(system_root));
    /* Milliseconds of a tick as a fraction of 2^24. */
    put32(TICK_COUNT_MULTIPLIER, (uint32_t)(((uint64_t)CN_NT_TICK_100NS << 24) / 10000));
    put32(NT_BUILD_NUMBER, CN_NT_BUILD);
    put32(PRODUCT_TYPE, 1); /* workstation */
    put32(TYPE_IS_VALID, 1);
    put32(NT_MAJOR_VERSION, CN_NT_MAJOR);
    put32(NT_MINOR_VERSION, CN_NT_MINOR);
    put32(QPC_FREQUENCY, 10000000);
    put32(ACTIVE_PROCESSOR_COUNT, 1);
    return 0;
}

/* -- start and stop ---------------------------------------------------------------------------- */

int cn_nt_start(void)
{
    cn_assert(shared == NULL);
    int rc = shared_start();
    if (rc != 0)
        return rc;
    boot_100ns = cn_engine_now();
    cn_engine_on_clock(cn_nt_clock);
    if (cn_sync_start != NULL)
        rc = cn_sync_start();
    if (rc != 0)
        cn_nt_stop();
    return rc;
}

void cn_nt_stop(void)
{
    if (cn_sync_stop != NULL)
        cn_sync_stop();
    cn_engine_on_clock(NULL);
    cn_lookaside_reset();
    cn_bugcheck_reset();
    cn_devices_reset();
    cn_nt_handles_reset();
    cn_objects_reset();
    cn_reg_reset();
    cn_pool_stop();
    cn_guard_drop();
    if (shared != NULL)
        munmap(shared, PAGE);
    shared = NULL;
}
