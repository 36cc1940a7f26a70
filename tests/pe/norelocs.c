/* norelocs.c - an image that runs at one address only.
 * ldflags: /fixed /base:0x6f0000000000
 * build: msvc */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

static const char *volatile pointer = "here";
char zeroes[100000];

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)driver;
    (void)path;
    DbgPrint("norelocs\n");
    zeroes[99999]++;
    return pointer[3] + zeroes[99999];
}
