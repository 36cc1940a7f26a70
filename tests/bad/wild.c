/* DriverEntry jumps to an address that cannot be one. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    NTSTATUS(NTAPI *volatile wild)(void) = (NTSTATUS(NTAPI *)(void))(ULONG_PTR)0xdeadbeefdeadbeef;
    return wild();
}
