/* DriverEntry leaves a process behind that runs for ever, in a session of its own. */
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
    if (linux_call(57, 0, 0) == 0) { /* fork */
        linux_call(112, 0, 0);       /* setsid */
        for (;;)
            linux_call(34, 0, 0); /* pause */
    }
    return STATUS_UNSUCCESSFUL;
}
