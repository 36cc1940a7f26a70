/* DriverEntry overwrites its stack, beyond its own frame, and returns into the ruins. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

static void smash(volatile UCHAR *at)
{
    for (ULONG i = 0; i < 0x80; i++)
        at[i] = 0x41;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    volatile UCHAR small[8];
    smash(small);
    return STATUS_SUCCESS;
}
