/* plain.c - a driver as small as they come: an import, data, zeroed data, pointers to relocate in
 * writable and in read-only data, exports. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT ULONG PlainCounter = 7;
EXPORT ULONG PlainZero[64];
static const char text[] = "plain: relocated text";
EXPORT const char *PlainText = text;
EXPORT const char *const PlainTable[2] = {text, text + 7};

__attribute__((noinline)) static ULONG add(ULONG a, ULONG b)
{
    DbgPrint("plain: add\n");
    return a + b;
}

EXPORT ULONG NTAPI PlainAdd(ULONG a, ULONG b)
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
