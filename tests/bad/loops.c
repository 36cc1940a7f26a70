/* DriverEntry never returns. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

static volatile ULONG turns;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    for (;;)
        turns++;
}
