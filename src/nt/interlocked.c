/* interlocked.c - lists and numbers changed as one step: SLISTs, and the forms with a spin lock.
 *
 * Nothing is preempted inside a call, so plain accesses do; for real processors a driver's own
 * inlined operations are single instructions anyway. The lock of the forms that take one is not
 * touched: it is free, or held by the caller, who may not use it then.
 */
#include "nt/rows.h"

/* -- SLISTs ------------------------------------------------------------------------------------ */

/* Entries are aligned to 16, so the header keeps their address without the last four bits. */
static PSLIST_ENTRY first(const SLIST_HEADER *head)
{
    return (PSLIST_ENTRY)(uintptr_t)(head->HeaderX64.NextEntry << 4);
}

static void set_first(PSLIST_HEADER head, PSLIST_ENTRY entry, unsigned depth)
{
    head->HeaderX64.NextEntry = (uintptr_t)entry >> 4;
    head->HeaderX64.Depth = depth;
    head->HeaderX64.Sequence++;
}

VOID NTAPI InitializeSListHead(PSLIST_HEADER ListHead)
{
    ListHead->Alignment = ListHead->Region = 0;
    ListHead->HeaderX64.Reserved = 1;
}

USHORT NTAPI ExQueryDepthSList(PSLIST_HEADER ListHead)
{
    return (USHORT)ListHead->HeaderX64.Depth;
}

PSLIST_ENTRY NTAPI ExpInterlockedPopEntrySList(PSLIST_HEADER ListHead)
{
    PSLIST_ENTRY entry = first(ListHead);
    if (entry != NULL)
        set_first(ListHead, entry->Next, (unsigned)ListHead->HeaderX64.Depth - 1);
    return entry;
}

PSLIST_ENTRY NTAPI ExpInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry)
{
    PSLIST_ENTRY old = first(ListHead);
    ListEntry->Next = old;
    set_first(ListHead, ListEntry, (unsigned)ListHead->HeaderX64.Depth + 1);
    return old;
}

PSLIST_ENTRY NTAPI ExpInterlockedFlushSList(PSLIST_HEADER ListHead)
{
    PSLIST_ENTRY all = first(ListHead);
    set_first(ListHead, NULL, 0);
    return all;
}

/* -- under a spin lock ------------------------------------------------------------------------- */

static PLIST_ENTRY or_null(PLIST_ENTRY head, PLIST_ENTRY entry)
{
    return entry == head ? NULL : entry;
}

PLIST_ENTRY NTAPI ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                              PKSPIN_LOCK Lock)
{
    (void)Lock;
    PLIST_ENTRY old = or_null(ListHead, ListHead->Flink);
    InsertHeadList(ListHead, ListEntry);
    return old;
}

PLIST_ENTRY NTAPI ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
                                              PKSPIN_LOCK Lock)
{
    (void)Lock;
    PLIST_ENTRY old = or_null(ListHead, ListHead->Blink);
    InsertTailList(ListHead, ListEntry);
    return old;
}

PLIST_ENTRY NTAPI ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
    (void)Lock;
    return IsListEmpty(ListHead) ? NULL : RemoveHeadList(ListHead);
}

PSINGLE_LIST_ENTRY NTAPI ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
    (void)Lock;
    PSINGLE_LIST_ENTRY entry = ListHead->Next;
    if (entry != NULL)
        ListHead->Next = entry->Next;
    return entry;
}

PSINGLE_LIST_ENTRY NTAPI ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
                                                    PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
    (void)Lock;
    PSINGLE_LIST_ENTRY old = ListHead->Next;
    ListEntry->Next = old;
    ListHead->Next = ListEntry;
    return old;
}

ULONG NTAPI ExInterlockedAddUlong(PULONG Addend, ULONG Increment, PKSPIN_LOCK Lock)
{
    (void)Lock;
    ULONG old = *Addend;
    *Addend = old + Increment;
    return old;
}

LARGE_INTEGER NTAPI ExInterlockedAddLargeInteger(PLARGE_INTEGER Addend, LARGE_INTEGER Increment,
                                                 PKSPIN_LOCK Lock)
{
    (void)Lock;
    LARGE_INTEGER old = *Addend;
    Addend->QuadPart = (LONGLONG)((ULONGLONG)old.QuadPart + (ULONGLONG)Increment.QuadPart);
    return old;
}
