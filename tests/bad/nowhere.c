/* DriverEntry jumps to an address where nothing is. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    NTSTATUS(NTAPI *volatile nowhere)(void) = (NTSTATUS(NTAPI *)(void))(ULONG_PTR)0x4150000;
    return nowhere();
}
