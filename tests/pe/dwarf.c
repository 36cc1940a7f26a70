/* dwarf.c - linked by lld-link with DWARF in the image.
 * ldflags: /debug:dwarf
 * build: msvc */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

__attribute__((noinline)) static ULONG deep(void *driver)
{
    DbgPrint("dwarf: %p\n", driver);
    return 2;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    return (NTSTATUS)deep(driver) + 1;
}
