/* plain.c - a driver as small as they come: an import, data, zeroed data, a pointer to relocate. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

__declspec(dllexport) ULONG PlainCounter = 7;
ULONG PlainZero[64];
static const char text[] = "plain: relocated text";
__declspec(dllexport) const char *PlainText = text;

__attribute__((noinline)) static ULONG add(ULONG a, ULONG b)
{
    DbgPrint("plain: add\n");
    return a + b;
}

__declspec(dllexport) ULONG NTAPI PlainAdd(ULONG a, ULONG b)
{
    return add(a, b) + 1;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)driver;
    (void)path;
    PlainCounter = add(PlainCounter, 1);
    PlainZero[3] = PlainCounter;
    return (NTSTATUS)PlainCounter;
}
