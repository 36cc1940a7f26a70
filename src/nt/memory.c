/* memory.c - the exported allocators. All of them are the pool of pool.c: there is no paging and no
 * physical memory here, so paged, nonpaged, contiguous and noncached memory differ in their rules
 * only. */
#include "nt/exports.h"
#include "nt/pool.h"
#include "nt/rows.h"
#include "load/probe.h"

enum { TAG_NONE = 0x656E6F4E /* 'None', what Windows uses for untagged blocks */ };

static void *allocate(bool paged, size_t size, uint32_t tag, bool zero, const void *place)
{
    CN_CHECK(CN_IRQL_001, !paged || cn_irql_get() <= CN_APC, .member = "PoolType",
             .found = cn_fmt("paged memory asked for at IRQL %u", cn_irql_get()),
             .allowed = "PASSIVE_LEVEL or APC_LEVEL for paged memory");
    return cn_pool_alloc(cn_driver_current(), size, tag, zero, place);
}

PVOID NTAPI ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    CN_DDI_ENTER(ddi, ExAllocatePoolWithTag);
    void *p = allocate(PoolType & PagedPool, NumberOfBytes, Tag,
                       (PoolType & POOL_ZERO_ALLOCATION) != 0, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

PVOID NTAPI ExAllocatePoolWithTagPriority(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag,
                                          EX_POOL_PRIORITY Priority)
{
    (void)Priority;
    CN_DDI_ENTER(ddi, ExAllocatePoolWithTagPriority);
    void *p = allocate(PoolType & PagedPool, NumberOfBytes, Tag, false, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

PVOID NTAPI ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes)
{
    CN_DDI_ENTER(ddi, ExAllocatePool);
    void *p = allocate(PoolType & PagedPool, NumberOfBytes, TAG_NONE, false, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

/* -- those that raise when nothing is left ----------------------------------------------------- */

PVOID NTAPI cn_nt_allocate_quota_tag(POOL_TYPE type, SIZE_T size, ULONG tag,
                                     const struct cn_caller *caller);
PVOID NTAPI cn_nt_allocate_quota(POOL_TYPE type, SIZE_T size, const struct cn_caller *caller);
PVOID NTAPI cn_nt_allocate2(POOL_FLAGS flags, SIZE_T size, ULONG tag,
                            const struct cn_caller *caller);
PVOID NTAPI cn_nt_allocate3(POOL_FLAGS flags, SIZE_T size, ULONG tag, const VOID *parameters,
                            ULONG count, const struct cn_caller *caller);

static void *quota(const struct cn_ddi_row *row, POOL_TYPE type, size_t size, uint32_t tag,
                   const struct cn_caller *caller)
{
    struct cn_frame ddi;
    const void *place = (const void *)caller->rip;
    cn_ddi_enter(&ddi, row, place, NULL, 0);
    void *p = allocate(type & PagedPool, size, tag, false, place);
    CN_DDI_LEAVE_VOID(ddi);
    if (p == NULL && !(type & POOL_QUOTA_FAIL_INSTEAD_OF_RAISE))
        cn_seh_raise(caller, STATUS_INSUFFICIENT_RESOURCES, 0, NULL);
    return p;
}

PVOID NTAPI cn_nt_allocate_quota_tag(POOL_TYPE type, SIZE_T size, ULONG tag,
                                     const struct cn_caller *caller)
{
    return quota(&cn_nt_rows[CN_DDI_ROW_ExAllocatePoolWithQuotaTag], type, size, tag, caller);
}
CN_RAISING_EXPORT(ExAllocatePoolWithQuotaTag, cn_nt_allocate_quota_tag, 3)

PVOID NTAPI cn_nt_allocate_quota(POOL_TYPE type, SIZE_T size, const struct cn_caller *caller)
{
    return quota(&cn_nt_rows[CN_DDI_ROW_ExAllocatePoolWithQuota], type, size, TAG_NONE, caller);
}
CN_RAISING_EXPORT(ExAllocatePoolWithQuota, cn_nt_allocate_quota, 2)

/* Exactly one kind of memory must be named, and no required flag that does not exist. */
static bool flags_good(POOL_FLAGS flags)
{
    uint64_t kind = flags & (POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_PAGED);
    const uint64_t known = POOL_FLAG_USE_QUOTA | POOL_FLAG_UNINITIALIZED | POOL_FLAG_SESSION |
                           POOL_FLAG_CACHE_ALIGNED | POOL_FLAG_RAISE_ON_FAILURE;
    return kind != 0 && (kind & (kind - 1)) == 0 &&
           ((flags & POOL_FLAG_REQUIRED_MASK) & ~(known | kind)) == 0;
}

static void *by_flags(const struct cn_ddi_row *row, POOL_FLAGS flags, size_t size, uint32_t tag,
                      const struct cn_caller *caller)
{
    struct cn_frame ddi;
    const void *place = (const void *)caller->rip;
    int32_t status = STATUS_INSUFFICIENT_RESOURCES;
    void *p = NULL;
    cn_ddi_enter(&ddi, row, place, NULL, 0);
    if (!flags_good(flags) || tag == 0 || size == 0)
        status = STATUS_INVALID_PARAMETER;
    else
        p = allocate(flags & POOL_FLAG_PAGED, size, tag, !(flags & POOL_FLAG_UNINITIALIZED), place);
    CN_DDI_LEAVE_VOID(ddi);
    if (p == NULL && (flags & POOL_FLAG_RAISE_ON_FAILURE))
        cn_seh_raise(caller, status, 0, NULL);
    return p;
}

PVOID NTAPI cn_nt_allocate2(POOL_FLAGS flags, SIZE_T size, ULONG tag,
                            const struct cn_caller *caller)
{
    return by_flags(&cn_nt_rows[CN_DDI_ROW_ExAllocatePool2], flags, size, tag, caller);
}
CN_RAISING_EXPORT(ExAllocatePool2, cn_nt_allocate2, 3)

/* The extended parameters choose a priority or a secure pool: nothing that shows here. */
PVOID NTAPI cn_nt_allocate3(POOL_FLAGS flags, SIZE_T size, ULONG tag, const VOID *parameters,
                            ULONG count, const struct cn_caller *caller)
{
    (void)parameters;
    (void)count;
    return by_flags(&cn_nt_rows[CN_DDI_ROW_ExAllocatePool3], flags, size, tag, caller);
}
CN_RAISING_EXPORT(ExAllocatePool3, cn_nt_allocate3, 5)

/* -- freeing ----------------------------------------------------------------------------------- */

VOID NTAPI ExFreePool(PVOID P)
{
    CN_DDI_ENTER(ddi, ExFreePool);
    cn_pool_free(P, "ExFreePool");
    CN_DDI_LEAVE_VOID(ddi);
}

/* A tag that differs is a bug check on Windows: the caller frees what it did not allocate. Tag 0
 * means any; the top bit only says that the tag is protected. */
static void free_tagged(void *p, uint32_t tag, const char *call)
{
    struct cn_pool_info info;
    char is[5], given[5];
    if (cn_pool_find(p, &info) && info.start == p && tag != 0)
        CN_CHECK(CN_MEM_004, ((info.tag ^ tag) & ~PROTECTED_POOL) == 0, .call = call,
                 .member = "Tag", .found = cn_fmt("'%s'", cn_pool_tag(tag, given)),
                 .allowed = cn_fmt("'%s', the tag of the allocation", cn_pool_tag(info.tag, is)));
    cn_pool_free(p, call);
}

VOID NTAPI ExFreePoolWithTag(PVOID P, ULONG Tag)
{
    CN_DDI_ENTER(ddi, ExFreePoolWithTag);
    free_tagged(P, Tag, "ExFreePoolWithTag");
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI ExFreePool2(PVOID P, ULONG Tag, PCPOOL_EXTENDED_PARAMETER ExtendedParameters,
                       ULONG ExtendedParametersCount)
{
    (void)ExtendedParameters;
    (void)ExtendedParametersCount;
    CN_DDI_ENTER(ddi, ExFreePool2);
    free_tagged(P, Tag, "ExFreePool2");
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- contiguous and noncached memory ----------------------------------------------------------- */

/* Contiguous memory starts at a page, whatever its size. */
static void *contiguous(size_t size, const void *place)
{
    size_t pages = CN_ALIGN_UP(CN_MAX(size, (size_t)1), (size_t)PAGE_SIZE);
    return size > SIZE_MAX / 2 ? NULL
                               : allocate(false, pages, 0x746E6F43 /* 'Cont' */, false, place);
}

PVOID NTAPI MmAllocateContiguousMemory(SIZE_T NumberOfBytes,
                                       PHYSICAL_ADDRESS HighestAcceptableAddress)
{
    (void)HighestAcceptableAddress;
    CN_DDI_ENTER(ddi, MmAllocateContiguousMemory);
    void *p = contiguous(NumberOfBytes, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

PVOID NTAPI MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS Lowest,
                                                   PHYSICAL_ADDRESS Highest,
                                                   PHYSICAL_ADDRESS Boundary,
                                                   MEMORY_CACHING_TYPE CacheType)
{
    (void)Lowest, (void)Highest, (void)Boundary, (void)CacheType;
    CN_DDI_ENTER(ddi, MmAllocateContiguousMemorySpecifyCache);
    void *p = contiguous(NumberOfBytes, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

PVOID NTAPI MmAllocateContiguousMemorySpecifyCacheNode(SIZE_T NumberOfBytes,
                                                       PHYSICAL_ADDRESS Lowest,
                                                       PHYSICAL_ADDRESS Highest,
                                                       PHYSICAL_ADDRESS Boundary,
                                                       MEMORY_CACHING_TYPE CacheType, ULONG Node)
{
    (void)Lowest, (void)Highest, (void)Boundary, (void)CacheType, (void)Node;
    CN_DDI_ENTER(ddi, MmAllocateContiguousMemorySpecifyCacheNode);
    void *p = contiguous(NumberOfBytes, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

VOID NTAPI MmFreeContiguousMemory(PVOID BaseAddress)
{
    CN_DDI_ENTER(ddi, MmFreeContiguousMemory);
    cn_pool_free(BaseAddress, "MmFreeContiguousMemory");
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T NumberOfBytes,
                                              MEMORY_CACHING_TYPE CacheType)
{
    (void)NumberOfBytes, (void)CacheType;
    CN_DDI_ENTER(ddi, MmFreeContiguousMemorySpecifyCache);
    cn_pool_free(BaseAddress, "MmFreeContiguousMemorySpecifyCache");
    CN_DDI_LEAVE_VOID(ddi);
}

PVOID NTAPI MmAllocateNonCachedMemory(SIZE_T NumberOfBytes)
{
    CN_DDI_ENTER(ddi, MmAllocateNonCachedMemory);
    void *p = contiguous(NumberOfBytes, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

VOID NTAPI MmFreeNonCachedMemory(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
    (void)NumberOfBytes;
    CN_DDI_ENTER(ddi, MmFreeNonCachedMemory);
    cn_pool_free(BaseAddress, "MmFreeNonCachedMemory");
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- addresses --------------------------------------------------------------------------------- */

BOOLEAN NTAPI MmIsAddressValid(PVOID VirtualAddress)
{
    uint8_t byte;
    return cn_probe_copy(&byte, VirtualAddress, 1) == 0;
}

/* There is no physical memory: an address stands for itself, so that arithmetic on it keeps its
 * sense. */
PHYSICAL_ADDRESS NTAPI MmGetPhysicalAddress(PVOID BaseAddress)
{
    return (PHYSICAL_ADDRESS){.QuadPart = (LONGLONG)(uintptr_t)BaseAddress};
}

/* No device has memory here. A driver has to be ready for NULL. */
PVOID NTAPI MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
                         MEMORY_CACHING_TYPE CacheType)
{
    (void)PhysicalAddress, (void)NumberOfBytes, (void)CacheType;
    CN_DDI_ENTER(ddi, MmMapIoSpace);
    CN_DDI_LEAVE_VOID(ddi);
    return NULL;
}

PVOID NTAPI MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect)
{
    (void)PhysicalAddress, (void)NumberOfBytes, (void)Protect;
    CN_DDI_ENTER(ddi, MmMapIoSpaceEx);
    CN_DDI_LEAVE_VOID(ddi);
    return NULL;
}

VOID NTAPI MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
    (void)NumberOfBytes;
    CN_DDI_ENTER(ddi, MmUnmapIoSpace);
    CN_CHECK(CN_MEM_003, false, .call = "MmUnmapIoSpace",
             .found = cn_fmt("%s", BaseAddress == NULL ? "NULL"
                                                       : "an address MmMapIoSpace did not return"),
             .allowed = "what MmMapIoSpace returned");
    CN_DDI_LEAVE_VOID(ddi);
}
