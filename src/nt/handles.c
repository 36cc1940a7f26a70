/* handles.c - the table of kernel handles. A handle says its slot; a closed slot is reused last, so
 * a stale handle stays invalid for long. */
#include "nt/handles.h"

#include "load/image.h"
#include "trace/trace.h"
#include "verify/rule.h"

#include <stdlib.h>

enum { SLOTS_MOST = 65536 };
#define HANDLE_BASE UINT64_C(0xFFFFFFFF80000000)

struct slot {
    enum cn_nt_handle_kind kind;
    void *object;
    void (*close)(void *object);
    struct cn_driver *driver;
    const void *place;
};

static struct slot *slots;
static uint32_t slot_count, slot_next, slots_open;

static bool grow(void)
{
    uint32_t count = slot_count == 0 ? 64 : slot_count * 2;
    if (count > SLOTS_MOST)
        return false;
    struct slot *more = realloc(slots, count * sizeof(*more));
    if (more == NULL)
        return false;
    memset(more + slot_count, 0, (count - slot_count) * sizeof(*more));
    slots = more;
    slot_next = slot_count;
    slot_count = count;
    return true;
}

HANDLE cn_nt_handle_new(enum cn_nt_handle_kind kind, void *object, void (*close)(void *object),
                        const void *place)
{
    cn_assert(kind != CN_NT_HANDLE_NONE);
    if (slots_open == slot_count && !grow())
        return NULL;
    while (slots[slot_next].kind != CN_NT_HANDLE_NONE)
        slot_next = (slot_next + 1) % slot_count;
    uint32_t i = slot_next;
    slot_next = (slot_next + 1) % slot_count;
    slots[i] = (struct slot){kind, object, close, cn_driver_current(), place};
    slots_open++;
    return (HANDLE)(uintptr_t)(HANDLE_BASE + 4 * (uint64_t)(i + 1));
}

static struct slot *slot_of(HANDLE handle)
{
    uint64_t n = (uint64_t)(uintptr_t)handle - HANDLE_BASE;
    if (n % 4 != 0 || n < 4 || n / 4 > slot_count)
        return NULL;
    struct slot *s = &slots[n / 4 - 1];
    return s->kind != CN_NT_HANDLE_NONE ? s : NULL;
}

void *cn_nt_handle_get(HANDLE handle, enum cn_nt_handle_kind kind)
{
    const struct slot *s = slot_of(handle);
    return s != NULL && s->kind == kind ? s->object : NULL;
}

enum cn_nt_handle_kind cn_nt_handle_kind(HANDLE handle)
{
    const struct slot *s = slot_of(handle);
    return s != NULL ? s->kind : CN_NT_HANDLE_NONE;
}

static void slot_close(struct slot *s)
{
    struct slot was = *s;
    *s = (struct slot){0};
    slots_open--;
    if (was.close != NULL)
        was.close(was.object);
}

bool cn_nt_handle_close(HANDLE handle)
{
    struct slot *s = slot_of(handle);
    if (s == NULL)
        return false;
    slot_close(s);
    return true;
}

void cn_nt_handles_end(struct cn_driver *driver, bool quiet)
{
    static const char *const names[] = {"", "registry key handle", "thread handle", "event handle"};
    char where[160];
    for (uint32_t i = 0; i < slot_count; i++) {
        struct slot *s = &slots[i];
        if (s->kind == CN_NT_HANDLE_NONE || s->driver != driver)
            continue;
        if (!quiet)
            CN_TRACE(LEAK, names[s->kind], CN_STR("driver", driver->name),
                     CN_STR("what", names[s->kind]),
                     CN_STR("place", cn_image_describe(s->place, where, sizeof(where))));
        slot_close(s);
    }
}

void cn_nt_handles_reset(void)
{
    for (uint32_t i = 0; i < slot_count; i++)
        if (slots[i].kind != CN_NT_HANDLE_NONE)
            slot_close(&slots[i]);
    free(slots);
    slots = NULL;
    slot_count = slot_next = slots_open = 0;
}
