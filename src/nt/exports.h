/* exports.h - prototypes of exported functions that the headers for drivers do not declare: old names
 * (IoCallDriver as a function), what only compiled headers of other vendors import, support routines. */
#ifndef CN_NT_EXPORTS_H
#define CN_NT_EXPORTS_H

#include "nt/nt.h"
#include "load/seh.h"

/* -- memory ------------------------------------------------------------------------------------ */
PVOID NTAPI ExAllocatePoolWithQuota(POOL_TYPE PoolType, SIZE_T NumberOfBytes);
PVOID NTAPI ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag,
                            const VOID *ExtendedParameters, ULONG ExtendedParametersCount);
VOID NTAPI ExFreePool2(PVOID P, ULONG Tag, const VOID *ExtendedParameters,
                       ULONG ExtendedParametersCount);
PVOID NTAPI MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS Lowest,
                                                   PHYSICAL_ADDRESS Highest,
                                                   PHYSICAL_ADDRESS Boundary,
                                                   MEMORY_CACHING_TYPE CacheType);
PVOID NTAPI MmAllocateContiguousMemorySpecifyCacheNode(SIZE_T NumberOfBytes,
                                                       PHYSICAL_ADDRESS Lowest,
                                                       PHYSICAL_ADDRESS Highest,
                                                       PHYSICAL_ADDRESS Boundary,
                                                       MEMORY_CACHING_TYPE CacheType, ULONG Node);
VOID NTAPI MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T NumberOfBytes,
                                              MEMORY_CACHING_TYPE CacheType);
PVOID NTAPI MmAllocateNonCachedMemory(SIZE_T NumberOfBytes);
VOID NTAPI MmFreeNonCachedMemory(PVOID BaseAddress, SIZE_T NumberOfBytes);
BOOLEAN NTAPI MmIsAddressValid(PVOID VirtualAddress);
PVOID NTAPI MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect);

/* -- objects ----------------------------------------------------------------------------------- */
LONG_PTR NTAPI ObfReferenceObjectWithTag(PVOID Object, ULONG Tag);
LONG_PTR NTAPI ObfDereferenceObjectWithTag(PVOID Object, ULONG Tag);
VOID NTAPI ObDereferenceObjectDeferDelete(PVOID Object);
NTSTATUS NTAPI ObReferenceObjectByPointer(PVOID Object, ACCESS_MASK DesiredAccess,
                                          POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode);
NTSTATUS NTAPI NtClose(HANDLE Handle);
