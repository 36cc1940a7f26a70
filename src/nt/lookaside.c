/* lookaside.c - lookaside lists.
 *
 * Allocation from a list stands in line in compiled drivers: they pop the list at offset 0 and,
 * when it is empty, call the routine stored in the structure; freeing pushes while the depth is
 * below Depth, else calls the other routine. Depth stays 0 here, so every entry is a pool block of
 * its own with its own place, and a use after free is found.
 */
/* The newest headers declare the functions that older ones define in line. */
#define NTDDI_VERSION 0x0A00000C
#include "nt/driver_object.h"
#include "nt/exports.h"
#include "nt/rows.h"
#include "load/image.h"

#include <stdlib.h>

enum kind { NPAGED, PAGED, EX };

struct list {
    struct list *next;
    void *head; /* the driver's structure */
    struct cn_driver *driver;
    const void *place;
    enum kind kind;
};

static struct list *lists;

static struct list **find(const void *head)
{
    struct list **at = &lists;
    while (*at != NULL && (*at)->head != head)
        at = &(*at)->next;
    return at;
}

static PVOID NTAPI allocate_ex(POOL_TYPE type, SIZE_T size, ULONG tag, PLOOKASIDE_LIST_EX list)
{
    (void)list;
    return ExAllocatePoolWithTag(type, size, tag);
}

static VOID NTAPI free_ex(PVOID buffer, PLOOKASIDE_LIST_EX list)
{
    (void)list;
    ExFreePool(buffer);
}

/* The members that all three kinds have at the same offsets. */
static void fill(PGENERAL_LOOKASIDE_POOL l, POOL_TYPE type, SIZE_T size, ULONG tag)
{
    memset(l, 0, sizeof(*l));
    l->MaximumDepth = 256;
    l->Type = type;
    l->Tag = tag;
    /* An entry has to hold the link while it is on the list. */
    l->Size = (ULONG)CN_MAX(size, sizeof(SLIST_ENTRY));
    l->ListEntry.Flink = l->ListEntry.Blink = &l->ListEntry;
}

static void enter(void *head, enum kind kind, const char *call, const void *place)
{
    struct list **at = find(head);
    CN_CHECK(CN_MEM_007, *at == NULL, .call = call, .member = "Lookaside",
             .found = "a list that is initialised already and not deleted",
             .allowed = "memory that holds no live list");
    CN_CHECK(CN_MEM_007, (uintptr_t)head % 16 == 0, .call = call, .member = "Lookaside",
             .found = "an address that is not a multiple of 16", .allowed = "16-byte alignment");
    if (*at != NULL)
        return;
    *at = calloc(1, sizeof(**at));
    if (*at == NULL)
        return;
    **at = (struct list){NULL, head, cn_driver_current(), place, kind};
    cn_pool_hold(head, CN_MEM_007, "lookaside list");
}

static bool leave(void *head, enum kind kind, const char *call)
{
    struct list **at = find(head), *l = *at;
    if (!CN_CHECK(CN_MEM_007, l != NULL && l->kind == kind, .call = call, .member = "Lookaside",
                  .found = l == NULL ? "a list that is not initialised, or deleted already"
                                     : "a list of another kind",
                  .allowed = "a live list of that kind"))
        return false;
    *at = l->next;
    free(l);
    cn_pool_release(head, CN_MEM_007);
    return true;
}

/* -- the three kinds --------------------------------------------------------------------------- */

VOID NTAPI ExInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside,
                                           PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
                                           ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)
{
    (void)Depth;
    CN_DDI_ENTER(ddi, ExInitializeNPagedLookasideList);
    enter(Lookaside, NPAGED, "ExInitializeNPagedLookasideList", CN_CALLER);
    fill((PGENERAL_LOOKASIDE_POOL)&Lookaside->L, NonPagedPool | (POOL_TYPE)Flags, Size, Tag);
    Lookaside->L.Allocate = Allocate != NULL ? Allocate : ExAllocatePoolWithTag;
    Lookaside->L.Free = Free != NULL ? Free : ExFreePool;
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExInitializePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside,
                                          PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
                                          ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)
{
    (void)Depth;
    CN_DDI_ENTER(ddi, ExInitializePagedLookasideList);
    enter(Lookaside, PAGED, "ExInitializePagedLookasideList", CN_CALLER);
    fill((PGENERAL_LOOKASIDE_POOL)&Lookaside->L, PagedPool | (POOL_TYPE)Flags, Size, Tag);
    Lookaside->L.Allocate = Allocate != NULL ? Allocate : ExAllocatePoolWithTag;
    Lookaside->L.Free = Free != NULL ? Free : ExFreePool;
    CN_DDI_LEAVE_VOID(ddi);
}

NTSTATUS NTAPI ExInitializeLookasideListEx(PLOOKASIDE_LIST_EX Lookaside,
                                           PALLOCATE_FUNCTION_EX Allocate, PFREE_FUNCTION_EX Free,
                                           POOL_TYPE PoolType, ULONG Flags, SIZE_T Size, ULONG Tag,
                                           USHORT Depth)
{
    (void)Depth;
    const ULONG both =
        EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL | EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE;
    CN_DDI_ENTER(ddi, ExInitializeLookasideListEx);
    NTSTATUS s = STATUS_SUCCESS;
    if ((Flags & ~both) != 0 || Flags == both) {
        s = STATUS_INVALID_PARAMETER;
    } else {
        enter(Lookaside, EX, "ExInitializeLookasideListEx", CN_CALLER);
        fill(&Lookaside->L, PoolType, Size, Tag);
        Lookaside->L.AllocateEx = Allocate != NULL ? Allocate : allocate_ex;
        Lookaside->L.FreeEx = Free != NULL ? Free : free_ex;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI ExDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)
{
    CN_DDI_ENTER(ddi, ExDeleteNPagedLookasideList);
    if (leave(Lookaside, NPAGED, "ExDeleteNPagedLookasideList"))
        for (PSLIST_ENTRY e; (e = ExpInterlockedPopEntrySList(&Lookaside->L.ListHead)) != NULL;)
            Lookaside->L.Free(e);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExDeletePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside)
{
    CN_DDI_ENTER(ddi, ExDeletePagedLookasideList);
    if (leave(Lookaside, PAGED, "ExDeletePagedLookasideList"))
        for (PSLIST_ENTRY e; (e = ExpInterlockedPopEntrySList(&Lookaside->L.ListHead)) != NULL;)
            Lookaside->L.Free(e);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExFlushLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
    CN_DDI_ENTER(ddi, ExFlushLookasideListEx);
    for (PSLIST_ENTRY e; (e = ExpInterlockedPopEntrySList(&Lookaside->L.ListHead)) != NULL;)
        Lookaside->L.FreeEx(e, Lookaside);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExDeleteLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
    CN_DDI_ENTER(ddi, ExDeleteLookasideListEx);
    if (leave(Lookaside, EX, "ExDeleteLookasideListEx"))
        for (PSLIST_ENTRY e; (e = ExpInterlockedPopEntrySList(&Lookaside->L.ListHead)) != NULL;)
            Lookaside->L.FreeEx(e, Lookaside);
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- allocation and freeing where a driver imports them ---------------------------------------- */

static bool live(const void *head, const char *call)
{
    return CN_CHECK(CN_MEM_007, *find(head) != NULL, .call = call, .member = "Lookaside",
                    .found = "a list that is not initialised, or deleted already",
                    .allowed = "a live list");
}

/* The default routine is not called through its pointer, because the place of the block is the
 * place of this call. */
static void *take(PGENERAL_LOOKASIDE l, const void *place)
{
    l->TotalAllocates++;
    void *e = ExpInterlockedPopEntrySList(&l->ListHead);
    if (e != NULL)
        return e;
    l->AllocateMisses++;
    if (l->Allocate == ExAllocatePoolWithTag)
        return cn_pool_alloc(cn_driver_current(), l->Size, l->Tag, false, place);
    return l->Allocate(l->Type, l->Size, l->Tag);
}

static void give_back(PGENERAL_LOOKASIDE l, void *entry, const char *call)
{
    l->TotalFrees++;
    if (ExQueryDepthSList(&l->ListHead) < l->Depth) {
        ExpInterlockedPushEntrySList(&l->ListHead, entry);
        return;
    }
    l->FreeMisses++;
    if (l->Free == ExFreePool)
        cn_pool_free(entry, call);
    else
        l->Free(entry);
}

#define PAIR(kind_, TYPE)                                                                          \
    PVOID NTAPI ExAllocateFrom##kind_##LookasideList(TYPE Lookaside)                               \
    {                                                                                              \
        CN_DDI_ENTER(ddi, ExAllocateFrom##kind_##LookasideList);                                   \
        void *p = live(Lookaside, "ExAllocateFrom" #kind_ "LookasideList")                         \
                      ? take(&Lookaside->L, CN_CALLER)                                             \
                      : NULL;                                                                      \
        CN_DDI_LEAVE_VOID(ddi);                                                                    \
        return p;                                                                                  \
    }                                                                                              \
    VOID NTAPI ExFreeTo##kind_##LookasideList(TYPE Lookaside, PVOID Entry)                         \
    {                                                                                              \
        CN_DDI_ENTER(ddi, ExFreeTo##kind_##LookasideList);                                         \
        if (live(Lookaside, "ExFreeTo" #kind_ "LookasideList"))                                    \
            give_back(&Lookaside->L, Entry, "ExFreeTo" #kind_ "LookasideList");                    \
        CN_DDI_LEAVE_VOID(ddi);                                                                    \
    }

PAIR(NPaged, PNPAGED_LOOKASIDE_LIST)
PAIR(Paged, PPAGED_LOOKASIDE_LIST)

PVOID NTAPI ExAllocateFromLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
    CN_DDI_ENTER(ddi, ExAllocateFromLookasideListEx);
    PGENERAL_LOOKASIDE_POOL l = &Lookaside->L;
    void *p = NULL;
    if (live(Lookaside, "ExAllocateFromLookasideListEx")) {
        l->TotalAllocates++;
        p = ExpInterlockedPopEntrySList(&l->ListHead);
        l->AllocateMisses += p == NULL;
        if (p == NULL && l->AllocateEx == allocate_ex)
            p = cn_pool_alloc(cn_driver_current(), l->Size, l->Tag, false, CN_CALLER);
        else if (p == NULL)
            p = l->AllocateEx(l->Type, l->Size, l->Tag, Lookaside);
    }
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

VOID NTAPI ExFreeToLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PVOID Entry)
{
    CN_DDI_ENTER(ddi, ExFreeToLookasideListEx);
    if (live(Lookaside, "ExFreeToLookasideListEx")) {
        Lookaside->L.TotalFrees++;
        Lookaside->L.FreeMisses++;
        Lookaside->L.FreeEx(Entry, Lookaside);
    }
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- the end of a driver ----------------------------------------------------------------------- */

void cn_lookaside_end(struct cn_driver *driver, bool quiet)
{
    char where[160];
    for (struct list **at = &lists; *at != NULL;) {
        struct list *l = *at;
        if (l->driver != driver) {
            at = &l->next;
            continue;
        }
        if (!quiet) {
            CN_TRACE(LEAK, "lookaside list", CN_STR("driver", driver->name),
                     CN_STR("what", "lookaside list"),
                     CN_STR("place", cn_image_describe(l->place, where, sizeof(where))));
            CN_CHECK(CN_MEM_007, false, .driver = driver->name, .place = l->place,
                     .object = "lookaside list",
                     .found = "a list that is not deleted when the driver is unloaded",
                     .allowed = "none");
        }
        cn_pool_release(l->head, CN_MEM_007);
        *at = l->next;
        free(l);
    }
}

void cn_lookaside_reset(void)
{
    while (lists != NULL) {
        struct list *l = lists;
        lists = l->next;
        free(l);
    }
}
