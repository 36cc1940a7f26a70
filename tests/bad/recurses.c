/* DriverEntry calls itself until the stack is used up. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

static volatile ULONG depth;

static ULONG again(ULONG n)
{
    volatile UCHAR room[512];
    room[0] = (UCHAR)n;
    depth++;
    return n == 0xffffffff ? 0 : again(n + 1) + room[0];
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    return again(0) == 7 ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}
