/* mdl_test.c - MDLs and lookaside lists: what headers expand in line must find what it reads. */
#include "nt_kit.h"

static char buffer[3 * 4096] __attribute__((aligned(4096)));

TEST(an_mdl_describes_its_buffer)
{
    kit_start();
    PMDL m = IoAllocateMdl(buffer + 100, 5000, FALSE, FALSE, NULL);
    CN_OK(m->StartVa == buffer && m->ByteOffset == 100 && m->ByteCount == 5000);
    CN_EQ(m->Size, sizeof(MDL) + 2 * 8);
    MmBuildMdlForNonPagedPool(m);
    CN_OK(m->MdlFlags & MDL_SOURCE_IS_NONPAGED_POOL);
    CN_OK(MmGetSystemAddressForMdlSafe(m, NormalPagePriority) == buffer + 100);
    CN_EQ(MmGetMdlPfnArray(m)[1], ((uintptr_t)buffer >> 12) + 1);
    IoFreeMdl(m);
    CN_EQ(MmSizeOfMdl(buffer + 4095, 2), sizeof(MDL) + 16);
    CN_OK(IoAllocateMdl(NULL, UINT32_MAX, FALSE, FALSE, NULL) == NULL);
    BROKE_NOTHING();
    CN_EQ(cn_pool_live(driver), 0);
}

TEST(pages_are_locked_mapped_unmapped_and_unlocked)
{
    kit_start();
    PMDL m = IoAllocateMdl(buffer + 10, 20, FALSE, FALSE, NULL);
    MmProbeAndLockPages(m, KernelMode, IoWriteAccess);
    CN_OK(m->MdlFlags & MDL_PAGES_LOCKED);
    void *p = MmGetSystemAddressForMdlSafe(m, NormalPagePriority);
    CN_OK(p == buffer + 10 && m->MappedSystemVa == p && (m->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA));
    CN_EQ(MmProtectMdlSystemAddress(m, 2), 0);
    MmUnmapLockedPages(p, m);
    CN_EQ(MmProtectMdlSystemAddress(m, 2), STATUS_NOT_MAPPED_VIEW);
    MmUnlockPages(m);
    BROKE_NOTHING();
    MmUnlockPages(m);
    CN_EQ(cn_verify_broken_rule(CN_GEN_001), 1);
    MmUnmapLockedPages(p, m);
    CN_EQ(cn_verify_broken_rule(CN_GEN_001), 2);
    IoFreeMdl(m);
}

TEST(a_partial_mdl_is_a_part_of_its_source)
{
    kit_start();
    PMDL m = IoAllocateMdl(buffer, 8192, FALSE, FALSE, NULL);
    PMDL part = IoAllocateMdl(buffer, 8192, FALSE, FALSE, NULL);
    MmBuildMdlForNonPagedPool(m);
    IoBuildPartialMdl(m, part, buffer + 5000, 100);
    CN_OK(part->StartVa == buffer + 4096 && part->ByteOffset == 904 && part->ByteCount == 100);
    CN_OK(MmGetSystemAddressForMdlSafe(part, NormalPagePriority) == buffer + 5000);
    IoBuildPartialMdl(m, part, buffer + 5000, 0);
    CN_EQ(part->ByteCount, 8192 - 5000);
    BROKE_NOTHING();
    IoBuildPartialMdl(m, part, buffer + 5000, 8000);
    BROKE(CN_HOST_005);
    IoBuildPartialMdl(m, part, (PVOID)((uintptr_t)buffer - 1), 1);
    IoFreeMdl(part);
    IoFreeMdl(m);
}

TEST(pages_are_allocated_with_an_mdl)
{
    PHYSICAL_ADDRESS zero = {.QuadPart = 0};
    kit_start();
    PMDL m = MmAllocatePagesForMdl(zero, zero, zero, 5000);
    CN_EQ(m->ByteCount, 8192);
    memset(MmGetSystemAddressForMdlSafe(m, NormalPagePriority), 1, 8192);
    MmFreePagesFromMdl(m);
    ExFreePool(m);
    CN_OK(MmAllocatePagesForMdl(zero, zero, zero, SIZE_MAX) == NULL);
    BROKE_NOTHING();
    CN_EQ(cn_pool_live(driver), 0);
}

TEST(probing_good_memory_does_nothing)
{
    kit_start();
    ProbeForRead(buffer, sizeof(buffer), 1);
    ProbeForWrite(buffer, sizeof(buffer), 8);
    ProbeForRead(NULL, 0, 1);
    BROKE_NOTHING();
}

/* -- lookaside lists
 * ------------------------------------------------------------------------------- */

TEST(a_lookaside_list_is_filled_where_headers_read_it)
{
    NPAGED_LOOKASIDE_LIST *l;
    kit_start();
    l = ExAllocatePoolWithTag(NonPagedPool, sizeof(*l), 1);
    ExInitializeNPagedLookasideList(l, NULL, NULL, 0, 40, TAG('L', 'o', 'o', 'k'), 0);
    CN_OK(*(void **)((char *)l + 0x30) == (void *)ExAllocatePoolWithTag);
    CN_OK(*(void **)((char *)l + 0x38) == (void *)ExFreePool);
    CN_EQ(l->L.Size, 40);
    CN_EQ(l->L.Tag, TAG('L', 'o', 'o', 'k'));
    void *e = ExAllocateFromNPagedLookasideList(l);
    CN_OK(cn_pool_find(e, NULL));
    ExFreeToNPagedLookasideList(l, e);
    CN_OK(!cn_pool_find(e, NULL));
    ExDeleteNPagedLookasideList(l);
    ExFreePool(l);
    BROKE_NOTHING();
}

static int allocations, frees;

static PVOID NTAPI own_allocate(POOL_TYPE type, SIZE_T size, ULONG tag, PLOOKASIDE_LIST_EX list)
{
    (void)list;
    allocations++;
    return ExAllocatePoolWithTag(type, size, tag);
}

static VOID NTAPI own_free(PVOID p, PLOOKASIDE_LIST_EX list)
{
    (void)list;
    frees++;
    ExFreePool(p);
}

TEST(an_extended_list_calls_the_drivers_routines)
{
    static LOOKASIDE_LIST_EX l __attribute__((aligned(16)));
    kit_start();
    allocations = frees = 0;
    CN_EQ(ExInitializeLookasideListEx(&l, own_allocate, own_free, NonPagedPool, 0, 8, 1, 0), 0);
    void *e = ExAllocateFromLookasideListEx(&l);
    ExFreeToLookasideListEx(&l, e);
    ExDeleteLookasideListEx(&l);
    CN_OK(allocations == 1 && frees == 1);
    CN_EQ(ExInitializeLookasideListEx(&l, NULL, NULL, NonPagedPool, 3, 8, 1, 0),
          STATUS_INVALID_PARAMETER);
    BROKE_NOTHING();
}

TEST(misuse_of_a_list_breaks_MEM_007)
{
    static PAGED_LOOKASIDE_LIST l;
    kit_start();
    ExInitializePagedLookasideList(&l, NULL, NULL, 0, 8, 1, 0);
    ExInitializePagedLookasideList(&l, NULL, NULL, 0, 8, 1, 0);
    CN_EQ(cn_verify_broken_rule(CN_MEM_007), 1);
    ExDeletePagedLookasideList(&l);
    ExDeletePagedLookasideList(&l);
    CN_EQ(cn_verify_broken_rule(CN_MEM_007), 2);
    CN_HAS(found, "deleted already");
}

TEST(freeing_the_memory_of_a_live_list_breaks_MEM_007)
{
    kit_start();
    NPAGED_LOOKASIDE_LIST *l = ExAllocatePoolWithTag(NonPagedPool, sizeof(*l), 1);
    ExInitializeNPagedLookasideList(l, NULL, NULL, 0, 8, 1, 0);
    ExFreePool(l);
    BROKE(CN_MEM_007);
}

TEST(a_list_left_at_unload_breaks_MEM_007)
{
    static NPAGED_LOOKASIDE_LIST l;
    kit_start();
    ExInitializeNPagedLookasideList(&l, NULL, NULL, 0, 8, 1, 0);
    kit_unload(false);
    BROKE(CN_MEM_007);
    CN_HAS(events, "lookaside list");
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
