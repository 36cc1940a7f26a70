/* ordinal.c - imports by ordinal, from a module that the resolver may know.
 * build: mingw */
#include <ntddk.h>

#include "imports.h"

DRIVER_INITIALIZE DriverEntry;

IMPORT_TWO(ordinal, "helper.sys", BY_ORDINAL(7), BY_ORDINAL(65535), "");

extern ULONG (*ordinal_slots[2])(ULONG);

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    ULONG result;
    (void)path;
    __asm__ volatile("call *ordinal_slots(%%rip)"
                     : "=a"(result)
                     : "c"(driver != NULL ? 1u : 0u)
                     : "rdx", "r8", "r9", "r10", "r11", "memory");
    return (NTSTATUS)result;
}
