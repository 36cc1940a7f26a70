/* DriverEntry kills its whole process group. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

/* A system call of Linux, made by the driver itself: nothing of condis is asked. */
static long linux_call(long number, long a, long b)
{
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b)
                     : "rcx", "r11", "memory");
    return result;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    linux_call(62, 0, 9); /* kill */
    return STATUS_SUCCESS;
}
