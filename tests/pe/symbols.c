/* symbols.c - COFF symbols but no DWARF.
 * cflags: -g0
 * build: mingw */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

__attribute__((noinline)) static ULONG deep(void *driver)
{
    DbgPrint("symbols: %p\n", driver);
    return 2;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    return (NTSTATUS)deep(driver) + 1;
}
