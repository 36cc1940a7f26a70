/* DriverEntry stops the system. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    KeBugCheckEx(0xE2, 1, 2, 3, 4);
    return STATUS_SUCCESS;
}
