/* mdl.c - memory descriptor lists. All memory is resident and mapped once, so locking and mapping
 * change flags only, as the inline accessors of drivers read them; a page's frame number is its
 * address / 4096. */
#include "nt/exports.h"
#include "nt/rows.h"
#include "load/probe.h"

enum { TAG_MDL = 0x206C644D /* 'Mdl ' */ };

static void fill_frames(PMDL mdl)
{
    uintptr_t page = (uintptr_t)mdl->StartVa >> PAGE_SHIFT;
    PPFN_NUMBER frames = MmGetMdlPfnArray(mdl);
    size_t room = ((size_t)(USHORT)mdl->Size - sizeof(MDL)) / sizeof(PFN_NUMBER);
    size_t span = ADDRESS_AND_SIZE_TO_SPAN_PAGES((uintptr_t)mdl->ByteOffset, mdl->ByteCount);
    for (size_t i = 0; i < CN_MIN(room, span); i++)
        frames[i] = page + i;
}

PMDL NTAPI IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer,
                         BOOLEAN ChargeQuota, PIRP Irp)
{
    (void)ChargeQuota;
    CN_DDI_ENTER(ddi, IoAllocateMdl);
    size_t pages = ADDRESS_AND_SIZE_TO_SPAN_PAGES(VirtualAddress, (size_t)Length);
    size_t size = sizeof(MDL) + pages * sizeof(PFN_NUMBER);
    PMDL mdl = NULL;
    if (size <= INT16_MAX)
        mdl = cn_pool_alloc(cn_driver_current(), size, TAG_MDL, true, CN_CALLER);
    if (mdl != NULL) {
        MmInitializeMdl(mdl, VirtualAddress, Length);
        if (Irp != NULL) {
            PMDL *at = &Irp->MdlAddress;
            while (SecondaryBuffer && *at != NULL)
                at = &(*at)->Next;
            *at = mdl;
        }
    }
    CN_DDI_LEAVE_VOID(ddi);
    return mdl;
}

VOID NTAPI IoFreeMdl(PMDL Mdl)
{
    CN_DDI_ENTER(ddi, IoFreeMdl);
    cn_pool_free(Mdl, "IoFreeMdl");
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI MmBuildMdlForNonPagedPool(PMDL MemoryDescriptorList)
{
    MemoryDescriptorList->MdlFlags |= MDL_SOURCE_IS_NONPAGED_POOL;
    MemoryDescriptorList->MappedSystemVa = MmGetMdlVirtualAddress(MemoryDescriptorList);
    MemoryDescriptorList->Process = NULL;
    fill_frames(MemoryDescriptorList);
}

VOID NTAPI IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length)
{
    CN_DDI_ENTER(ddi, IoBuildPartialMdl);
    uintptr_t start = (uintptr_t)MmGetMdlVirtualAddress(SourceMdl);
    uintptr_t at = (uintptr_t)VirtualAddress;
    size_t offset = at - start;
    if (Length == 0 && offset <= SourceMdl->ByteCount)
        Length = SourceMdl->ByteCount - (ULONG)offset;
    size_t room = ((size_t)(USHORT)TargetMdl->Size - sizeof(MDL)) / sizeof(PFN_NUMBER);
    if (CN_CHECK(CN_HOST_005,
                 offset <= SourceMdl->ByteCount && Length <= SourceMdl->ByteCount - offset &&
                     ADDRESS_AND_SIZE_TO_SPAN_PAGES(at, (size_t)Length) <= room,
                 .call = "IoBuildPartialMdl", .member = "VirtualAddress",
                 .found = cn_fmt("%u bytes from offset %zu", Length, offset),
                 .allowed =
                     cn_fmt("a part of the %u bytes of SourceMdl that TargetMdl has room for",
                            SourceMdl->ByteCount))) {
        TargetMdl->StartVa = PAGE_ALIGN(VirtualAddress);
        TargetMdl->ByteOffset = BYTE_OFFSET(VirtualAddress);
        TargetMdl->ByteCount = Length;
        TargetMdl->Process = SourceMdl->Process;
        TargetMdl->MdlFlags =
            (CSHORT)(MDL_PARTIAL | (TargetMdl->MdlFlags & MDL_ALLOCATED_FIXED_SIZE));
        if (SourceMdl->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) {
            TargetMdl->MdlFlags |= SourceMdl->MdlFlags & MDL_SOURCE_IS_NONPAGED_POOL;
            TargetMdl->MdlFlags |= MDL_PARENT_MAPPED_SYSTEM_VA | MDL_MAPPED_TO_SYSTEM_VA;
            TargetMdl->MappedSystemVa = (PCHAR)SourceMdl->MappedSystemVa + offset;
        }
        fill_frames(TargetMdl);
    }
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- locking ----------------------------------------------------------------------------------- */

void NTAPI cn_nt_probe_and_lock(PMDL mdl, KPROCESSOR_MODE mode, LOCK_OPERATION operation,
                                const struct cn_caller *caller);

/* Touches every page. False when one cannot be accessed as asked. */
static bool accessible(const void *at, size_t size, bool write)
{
    if (write)
        return cn_probe_write((void *)(uintptr_t)at, size) == 0;
    uint8_t byte;
    for (size_t i = 0; i < size; i += PAGE_SIZE)
        if (cn_probe_copy(&byte, (const uint8_t *)at + i, 1) != 0)
            return false;
    return size == 0 || cn_probe_copy(&byte, (const uint8_t *)at + size - 1, 1) == 0;
}

void NTAPI cn_nt_probe_and_lock(PMDL mdl, KPROCESSOR_MODE mode, LOCK_OPERATION operation,
                                const struct cn_caller *caller)
{
    (void)mode;
    struct cn_frame ddi;
    const void *at = MmGetMdlVirtualAddress(mdl);
    bool write = operation != IoReadAccess;
    cn_ddi_enter(&ddi, &cn_nt_rows[CN_DDI_ROW_MmProbeAndLockPages], (const void *)caller->rip, NULL,
                 0);
    bool good = accessible(at, mdl->ByteCount, write);
    if (good) {
        mdl->MdlFlags |= MDL_PAGES_LOCKED | (write ? MDL_WRITE_OPERATION : 0);
        fill_frames(mdl);
    }
    CN_DDI_LEAVE_VOID(ddi);
    if (!good)
        cn_seh_raise(caller, STATUS_ACCESS_VIOLATION, 2,
                     (const uint64_t[]){write, (uint64_t)(uintptr_t)at});
}
CN_RAISING_EXPORT(MmProbeAndLockPages, cn_nt_probe_and_lock, 3)

VOID NTAPI MmUnlockPages(PMDL MemoryDescriptorList)
{
    CN_DDI_ENTER(ddi, MmUnlockPages);
    CN_CHECK(CN_GEN_001, MemoryDescriptorList->MdlFlags & MDL_PAGES_LOCKED, .call = "MmUnlockPages",
             .member = "MemoryDescriptorList", .found = "an MDL whose pages are not locked",
             .allowed = "an MDL that MmProbeAndLockPages locked");
    MemoryDescriptorList->MdlFlags &=
        (CSHORT) ~(MDL_PAGES_LOCKED | MDL_WRITE_OPERATION | MDL_MAPPED_TO_SYSTEM_VA);
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- mapping ----------------------------------------------------------------------------------- */

static PVOID map(PMDL mdl)
{
    mdl->MappedSystemVa = MmGetMdlVirtualAddress(mdl);
    mdl->MdlFlags |= MDL_MAPPED_TO_SYSTEM_VA;
    if (mdl->MdlFlags & MDL_PARTIAL)
        mdl->MdlFlags |= MDL_PARTIAL_HAS_BEEN_MAPPED;
    return mdl->MappedSystemVa;
}

PVOID NTAPI MmMapLockedPagesSpecifyCache(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode,
                                         MEMORY_CACHING_TYPE CacheType, PVOID RequestedAddress,
                                         ULONG BugCheckOnFailure, ULONG Priority)
{
    (void)AccessMode, (void)CacheType, (void)RequestedAddress, (void)BugCheckOnFailure;
    (void)Priority;
    CN_DDI_ENTER(ddi, MmMapLockedPagesSpecifyCache);
    PVOID p = map(MemoryDescriptorList);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

PVOID NTAPI MmMapLockedPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode)
{
    (void)AccessMode;
    CN_DDI_ENTER(ddi, MmMapLockedPages);
    PVOID p = map(MemoryDescriptorList);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

VOID NTAPI MmUnmapLockedPages(PVOID BaseAddress, PMDL MemoryDescriptorList)
{
    CN_DDI_ENTER(ddi, MmUnmapLockedPages);
    CN_CHECK(CN_GEN_001,
             (MemoryDescriptorList->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA) &&
                 BaseAddress == MemoryDescriptorList->MappedSystemVa,
             .call = "MmUnmapLockedPages", .member = "BaseAddress",
             .found = "an address the MDL is not mapped at",
             .allowed = "what MmMapLockedPagesSpecifyCache returned for this MDL");
    MemoryDescriptorList->MdlFlags &=
        (CSHORT) ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL_HAS_BEEN_MAPPED);
    CN_DDI_LEAVE_VOID(ddi);
}

SIZE_T NTAPI MmSizeOfMdl(PVOID Base, SIZE_T Length)
{
    return sizeof(MDL) + (((uintptr_t)Base % PAGE_SIZE + Length + PAGE_SIZE - 1) >> PAGE_SHIFT) *
                             sizeof(PFN_NUMBER);
}

/* Whether the pages may be written or executed is not kept. */
NTSTATUS NTAPI MmProtectMdlSystemAddress(PMDL MemoryDescriptorList, ULONG NewProtect)
{
    (void)NewProtect;
    return MemoryDescriptorList->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA ? STATUS_SUCCESS
                                                                    : STATUS_NOT_MAPPED_VIEW;
}

PMDL NTAPI MmAllocatePagesForMdl(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress,
                                 PHYSICAL_ADDRESS SkipBytes, SIZE_T TotalBytes)
{
    (void)LowAddress, (void)HighAddress, (void)SkipBytes;
    CN_DDI_ENTER(ddi, MmAllocatePagesForMdl);
    struct cn_driver *driver = cn_driver_current();
    size_t bytes = TotalBytes <= (16u << 20) ? ROUND_TO_PAGES(TotalBytes) : 0;
    size_t size = sizeof(MDL) + (bytes >> PAGE_SHIFT) * sizeof(PFN_NUMBER);
    PMDL mdl = NULL;
    if (bytes > 0 && size <= INT16_MAX)
        mdl = cn_pool_alloc(driver, size, TAG_MDL, true, CN_CALLER);
    if (mdl != NULL) {
        void *pages = cn_pool_alloc(driver, bytes, TAG_MDL, true, CN_CALLER);
        if (pages == NULL) {
            cn_pool_free(mdl, "MmAllocatePagesForMdl");
            mdl = NULL;
        } else {
            MmInitializeMdl(mdl, pages, bytes);
            mdl->MdlFlags |= MDL_PAGES_LOCKED;
            fill_frames(mdl);
        }
    }
    CN_DDI_LEAVE_VOID(ddi);
    return mdl;
}

/* The MDL itself stays: the driver frees it with ExFreePool. */
VOID NTAPI MmFreePagesFromMdl(PMDL MemoryDescriptorList)
{
    CN_DDI_ENTER(ddi, MmFreePagesFromMdl);
    cn_pool_free(MemoryDescriptorList->StartVa, "MmFreePagesFromMdl");
    MemoryDescriptorList->MdlFlags = 0;
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- probing ----------------------------------------------------------------------------------- */

void NTAPI cn_nt_probe_read(const void *at, SIZE_T size, ULONG alignment,
                            const struct cn_caller *caller);
void NTAPI cn_nt_probe_write(void *at, SIZE_T size, ULONG alignment,
                             const struct cn_caller *caller);

static void probe(const void *at, size_t size, uint32_t alignment, bool write,
                  const struct cn_caller *caller)
{
    if (size == 0)
        return;
    if (alignment != 0 && (uintptr_t)at % alignment != 0)
        cn_seh_raise(caller, STATUS_DATATYPE_MISALIGNMENT, 0, NULL);
    if ((uintptr_t)at + size < (uintptr_t)at || !accessible(at, size, write))
        cn_seh_raise(caller, STATUS_ACCESS_VIOLATION, 2,
                     (const uint64_t[]){write, (uint64_t)(uintptr_t)at});
}

void NTAPI cn_nt_probe_read(const void *at, SIZE_T size, ULONG alignment,
                            const struct cn_caller *caller)
{
    probe(at, size, alignment, false, caller);
}
CN_RAISING_EXPORT(ProbeForRead, cn_nt_probe_read, 3)

void NTAPI cn_nt_probe_write(void *at, SIZE_T size, ULONG alignment, const struct cn_caller *caller)
{
    probe(at, size, alignment, true, caller);
}
CN_RAISING_EXPORT(ProbeForWrite, cn_nt_probe_write, 3)
