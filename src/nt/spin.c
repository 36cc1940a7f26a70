/* spin.c - spin locks, in all their forms.
 *
 * There is one virtual CPU and no switch of contexts at DISPATCH_LEVEL, so a lock that is used
 * rightly is always free when it is wanted. What is left to do is to see wrong uses: the locks held
 * stand in a table here, and the lock word says only that it is taken. A frame of the call is made
 * only for a report: these functions are called for each packet.
 *
 * A caller in the runtime acts for the driver call in progress, so reports name that call.
 */
#include "engine/fibre.h"
#include "load/image.h"
#include "nt/rows.h"
#include "nt/track.h"
#include "nt/wait.h"

enum form { RAISED, AT_DPC, QUEUED, QUEUED_AT_DPC };

static const char *const form_names[] = {"KeAcquireSpinLock", "KeAcquireSpinLockAtDpcLevel",
                                         "KeAcquireInStackQueuedSpinLock",
                                         "KeAcquireInStackQueuedSpinLockAtDpcLevel"};

struct held {
    const void *lock;
    void *context;
    struct cn_driver *driver;
    const void *place;
    enum form form;
};

/* The call that works on a lock. */
struct use {
    volatile KSPIN_LOCK *lock;
    enum form form;
    const struct cn_ddi_row *row;
    const void *caller;
};

#define USE(lock_, form_, name)                                                                    \
    (&(struct use){(lock_), (form_), &cn_nt_rows[CN_DDI_ROW_##name], CN_CALLER})

static struct held held[64];
static unsigned held_count;
static bool rules_marked; /* the rules of this file count as checked, since the last start */

/* -- the table --------------------------------------------------------------------------------- */

static struct held *find(const volatile void *lock)
{
    for (unsigned i = held_count; i-- > 0;)
        if (held[i].lock == lock)
            return &held[i];
    return NULL;
}

static void forget(struct held *h)
{
    held_count--;
    if (h != held + held_count)
        memmove(h, h + 1, (size_t)(held + held_count - h) * sizeof(*h));
}

uint32_t cn_spin_held(void)
{
    uint32_t n = 0;
    for (unsigned i = 0; i < held_count; i++)
        n += held[i].context == cn_engine_context();
    return n;
}

bool cn_spin_is_held(const void *lock)
{
    return find(lock) != NULL;
}

void cn_spin_driver_end(const struct cn_driver *driver)
{
    for (unsigned i = held_count; i-- > 0;)
        if (held[i].driver == driver)
            forget(&held[i]);
}

void cn_spin_reset(void)
{
    held_count = 0;
    rules_marked = false;
}

/* -- reports ----------------------------------------------------------------------------------- */

static const char *place_text(const void *place)
{
    char text[256];
    return cn_image_find(place) == NULL
               ? "a place in no driver"
               : cn_fmt("%s", cn_image_describe(place, text, sizeof(text)));
}

static const char *lock_text(const volatile void *lock)
{
    static char text[320];
    struct cn_text t;
    cn_text_init(&t, text, sizeof(text));
    cn_track_describe(&t, "spin lock", (const void *)lock);
    return text;
}

static void broken(const struct use *u, enum cn_rule_id rule, const char *found,
                   const char *allowed)
{
    struct cn_frame f;
    bool own = cn_image_find(u->caller) != NULL;
    if (own)
        cn_ddi_enter(&f, u->row, u->caller, NULL, 0);
    cn_rule_broken(&(struct cn_finding){
        .rule = rule, .object = lock_text(u->lock), .found = found, .allowed = allowed});
    if (own)
        cn_ddi_leave(&f, NULL);
}

/* Once is enough: each use of a lock checks most of them. */
static void mark_rules(void)
{
    static const enum cn_rule_id rules[] = {CN_LCK_001, CN_LCK_002, CN_LCK_003, CN_LCK_004};
    for (size_t i = 0; i < CN_ARRAY_SIZE(rules); i++)
        cn_rule_checked(rules[i]);
    rules_marked = true;
}

static void check_level(const struct use *u)
{
    uint8_t irql = cn_irql_get();
    bool at_dpc = u->form == AT_DPC || u->form == QUEUED_AT_DPC;
    if (!rules_marked)
        mark_rules();
    if (at_dpc && irql < CN_DISPATCH)
        broken(u, CN_LCK_003, cn_irql_name(irql), "DISPATCH_LEVEL");
    if (!at_dpc && irql > CN_DISPATCH)
        broken(u, CN_IRQL_001, cn_irql_name(irql), "PASSIVE_LEVEL to DISPATCH_LEVEL");
}

/* -- acquiring and releasing ------------------------------------------------------------------- */

/* A lock that a stopped driver left held is free: its own report says why. */
static struct held *find_live(const volatile void *lock)
{
    struct held *h = held_count > 0 ? find(lock) : NULL;
    if (h == NULL || h->driver == NULL || !h->driver->stopped)
        return h;
    forget(h);
    *(volatile KSPIN_LOCK *)lock = 0;
    return NULL;
}

static void check_free(const struct use *u)
{
    const struct held *h = find_live(u->lock);
    if (h != NULL)
        broken(u, CN_LCK_004,
               cn_fmt("held since %s%s", place_text(h->place),
                      h->context == cn_engine_context() ? "" : ", by another thread"),
               "a lock that is free");
    else if (*u->lock != 0)
        broken(u, CN_LCK_001, cn_fmt("0x%llx in the lock", (unsigned long long)*u->lock),
               "0, as KeInitializeSpinLock leaves it");
}

static void take(const struct use *u)
{
    if (held_count < CN_ARRAY_SIZE(held))
        held[held_count++] = (struct held){(const void *)u->lock, cn_engine_context(),
                                           cn_driver_current(), u->caller, u->form};
    *u->lock = 1;
    cn_tsan_acquire((void *)u->lock);
}

static KIRQL acquire(const struct use *u)
{
    check_level(u);
    uint8_t old = cn_irql_get();
    if ((u->form == RAISED || u->form == QUEUED) && old < CN_DISPATCH)
        cn_irql_raise(CN_DISPATCH);
    check_free(u);
    take(u);
    return old;
}

static void check_new_level(const struct use *u, KIRQL irql)
{
    uint32_t others = cn_spin_held();
    if (others > 0 && irql < CN_DISPATCH)
        broken(u, CN_LCK_002,
               cn_fmt("%s as new level while %u other spin locks are held", cn_irql_name(irql),
                      others),
               "DISPATCH_LEVEL until the last lock is released");
}

static void release(const struct use *u, KIRQL irql)
{
    struct held *h = find(u->lock);
    if (h == NULL) {
        broken(u, CN_LCK_002, "a lock that is not held", "a lock that this thread acquired");
    } else {
        if (h->form != u->form)
            broken(u, CN_LCK_002, cn_fmt("acquired with %s", form_names[h->form]),
                   cn_fmt("acquired with %s", form_names[u->form]));
        forget(h);
        if (find(u->lock) == NULL) {
            cn_tsan_release((void *)u->lock);
            *u->lock = 0;
        }
    }
    if (u->form != RAISED && u->form != QUEUED)
        return;
    check_new_level(u, irql);
    cn_irql_lower(irql);
}

/* -- exported ---------------------------------------------------------------------------------- */

VOID NTAPI KeInitializeSpinLock(PKSPIN_LOCK SpinLock)
{
    const struct use *u = USE(SpinLock, RAISED, KeInitializeSpinLock);
    struct held *h = find_live(SpinLock);
    if (h != NULL) {
        broken(u, CN_LCK_001, cn_fmt("initialised while held since %s", place_text(h->place)),
               "a lock that is not in use");
        forget(h);
    }
    *u->lock = 0;
}

KIRQL NTAPI KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock)
{
    return acquire(USE(SpinLock, RAISED, KeAcquireSpinLockRaiseToDpc));
}

VOID NTAPI KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)
{
    release(USE(SpinLock, RAISED, KeReleaseSpinLock), NewIrql);
}

VOID NTAPI KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
    acquire(USE(SpinLock, AT_DPC, KeAcquireSpinLockAtDpcLevel));
}

VOID NTAPI KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock)
{
    release(USE(SpinLock, AT_DPC, KeReleaseSpinLockFromDpcLevel), 0);
}

BOOLEAN NTAPI KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
    const struct use *u = USE(SpinLock, AT_DPC, KeTryToAcquireSpinLockAtDpcLevel);
    check_level(u);
    if (find_live(SpinLock) != NULL)
        return FALSE;
    check_free(u);
    take(u);
    return TRUE;
}

BOOLEAN NTAPI KeTestSpinLock(PKSPIN_LOCK SpinLock)
{
    return *(volatile KSPIN_LOCK *)SpinLock == 0;
}

VOID NTAPI KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    LockHandle->LockQueue.Next = NULL;
    LockHandle->LockQueue.Lock = SpinLock;
    LockHandle->OldIrql = acquire(USE(SpinLock, QUEUED, KeAcquireInStackQueuedSpinLock));
}

VOID NTAPI KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle)
{
    release(USE(LockHandle->LockQueue.Lock, QUEUED, KeReleaseInStackQueuedSpinLock),
            LockHandle->OldIrql);
}

VOID NTAPI KeAcquireInStackQueuedSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock,
                                                    PKLOCK_QUEUE_HANDLE LockHandle)
{
    LockHandle->LockQueue.Next = NULL;
    LockHandle->LockQueue.Lock = SpinLock;
    acquire(USE(SpinLock, QUEUED_AT_DPC, KeAcquireInStackQueuedSpinLockAtDpcLevel));
}

VOID NTAPI KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle)
{
    release(
        USE(LockHandle->LockQueue.Lock, QUEUED_AT_DPC, KeReleaseInStackQueuedSpinLockFromDpcLevel),
        0);
}
