/* exportdrv.c - marked as a DLL, as export drivers are.
 * ldflags: -shared
 * build: mingw */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

__declspec(dllexport) ULONG NTAPI Helper(ULONG x)
{
    return x * 2;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)driver;
    (void)path;
    return 21;
}
