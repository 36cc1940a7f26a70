/* DriverEntry writes through a NULL pointer. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

static ULONG *volatile pointer;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    *pointer = 7;
    return STATUS_SUCCESS;
}
