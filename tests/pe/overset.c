/* overset.c - has the system write behind the end of a pool block. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

static volatile ULONG size = 32; /* so that the compiler does not do it itself */

__attribute__((noinline)) static void clear(void *block, size_t bytes)
{
    RtlZeroMemory(block, bytes); /* the planted overflow */
    DbgPrint("overset: cleared\n");
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    char *block = ExAllocatePoolWithTag(NonPagedPool, 16, 'tseT');
    (void)driver;
    (void)path;
    if (block == NULL)
        return -1;
    clear(block, size);
    ExFreePoolWithTag(block, 'tseT');
    return 0;
}
