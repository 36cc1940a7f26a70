/* overflow.c - writes behind the end of a pool block. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

__attribute__((noinline)) static void write_behind(volatile char *block, int count)
{
    for (int i = 0; i <= count; i++)
        block[i] = 1; /* the planted overflow */
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    char *block = ExAllocatePoolWithTag(NonPagedPool, 16, 'tseT');
    (void)driver;
    (void)path;
    if (block == NULL)
        return -1;
    write_behind(block, 16);
    ExFreePoolWithTag(block, 'tseT');
    return 0;
}
