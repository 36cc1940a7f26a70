/* memory_test.c - the exported allocators. */
#include "nt_kit.h"

TEST(a_tagged_block_belongs_to_the_driver_and_is_freed)
{
    struct cn_pool_info info;
    kit_start();
    void *p = ExAllocatePoolWithTag(NonPagedPool, 32, TAG('M', 'e', 'm', '1'));
    CN_OK(cn_pool_find(p, &info) && info.driver == driver);
    CN_STREQ(info.call, "ExAllocatePoolWithTag");
    ExFreePoolWithTag(p, TAG('M', 'e', 'm', '1'));
    p = ExAllocatePool(NonPagedPool, 8);
    ExFreePoolWithTag(p, 0);
    p = ExAllocatePoolWithTag(NonPagedPool, 8, TAG('P', 'r', 'o', 't') | PROTECTED_POOL);
    ExFreePoolWithTag(p, TAG('P', 'r', 'o', 't'));
    BROKE_NOTHING();
}

TEST(another_tag_breaks_MEM_004_and_frees)
{
    kit_start();
    void *p = ExAllocatePoolWithTag(NonPagedPool, 32, TAG('M', 'e', 'm', '1'));
    ExFreePoolWithTag(p, TAG('M', 'e', 'm', '2'));
    BROKE(CN_MEM_004);
    CN_STREQ(found, "'Mem2'");
    CN_OK(!cn_pool_find(p, NULL));
}

TEST(paged_memory_is_asked_for_below_DISPATCH_LEVEL)
{
    kit_start();
    uint8_t old = cn_irql_raise(DISPATCH_LEVEL);
    ExFreePool(ExAllocatePoolWithTag(NonPagedPool, 8, 1));
    BROKE_NOTHING();
    ExFreePool(ExAllocatePoolWithTag(PagedPool, 8, 1));
    cn_irql_lower(old);
    BROKE(CN_IRQL_001);
    CN_HAS(found, "paged memory");
}

TEST(pool_2_is_zeroed_unless_asked_and_knows_its_flags)
{
    kit_start();
    cn_pool_guarded(true);
    unsigned char *p = ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, 1);
    CN_EQ(p[15], 0);
    ExFreePool(p);
    p = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED, 16, 1);
    CN_EQ(p[15], 0xCD);
    ExFreePool2(p, 1, NULL, 0);
    CN_OK(ExAllocatePool2(0, 16, 1) == NULL);
    CN_OK(ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_NON_PAGED, 16, 1) == NULL);
    CN_OK(ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, 0) == NULL);
    CN_OK(ExAllocatePool2(POOL_FLAG_NON_PAGED, 0, 1) == NULL);
    CN_OK(ExAllocatePool2(POOL_FLAG_NON_PAGED | 0x40000000, 16, 1) == NULL);
    p = ExAllocatePool3(POOL_FLAG_PAGED | POOL_FLAG_SPECIAL_POOL, 16, 1, NULL, 0);
    CN_OK(p != NULL);
    ExFreePool(p);
    BROKE_NOTHING();
}

TEST(every_other_allocator_gives_memory_that_its_partner_takes)
{
    kit_start();
    PHYSICAL_ADDRESS any = {.QuadPart = -1}, zero = {.QuadPart = 0};
    ExFreePool(ExAllocatePoolWithTagPriority(NonPagedPool, 8, 1, NormalPoolPriority));
    ExFreePool(ExAllocatePoolWithQuotaTag(PagedPool, 8, 1));
    ExFreePool(ExAllocatePoolWithQuota(PagedPool, 8));
    void *p = MmAllocateContiguousMemory(100, any);
    CN_EQ((uintptr_t)p % 4096, 0);
    MmFreeContiguousMemory(p);
    p = MmAllocateContiguousMemorySpecifyCache(100, zero, any, zero, MmCached);
    MmFreeContiguousMemorySpecifyCache(p, 100, MmCached);
    p = MmAllocateNonCachedMemory(10);
    MmFreeNonCachedMemory(p, 10);
    CN_OK(MmAllocateContiguousMemory(SIZE_MAX, any) == NULL);
    BROKE_NOTHING();
    CN_EQ(cn_pool_live(driver), 0);
}

TEST(there_is_no_device_memory)
{
    kit_start();
    PHYSICAL_ADDRESS where = {.QuadPart = 0xF0000000};
    CN_OK(MmMapIoSpace(where, 4096, MmNonCached) == NULL);
    CN_OK(MmMapIoSpaceEx(where, 4096, 4) == NULL);
    BROKE_NOTHING();
    MmUnmapIoSpace(NULL, 4096);
    BROKE(CN_MEM_003);
    CN_EQ(MmGetPhysicalAddress(&where).QuadPart, (uintptr_t)&where);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
