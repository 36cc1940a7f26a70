/* bss.c - much zeroed memory, which the file does not hold. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT char BigZero[8 << 20];
EXPORT char BigData[300] = {1};

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS sum = 0;
    (void)driver;
    (void)path;
    for (size_t i = 0; i < sizeof(BigZero); i += 4096) {
        sum += BigZero[i];
        BigZero[i] = 1;
    }
    return sum;
}
