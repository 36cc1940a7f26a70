/* forwarder.c - exports that lead on: to a function of the system, to an ordinal, to each other for
 * ever.
 * ldflags: /export:Own,@7 /export:Print=ntoskrnl.DbgPrint /export:Seven=helper.#7
 * ldflags: /export:Ping=forwarder.Pong /export:Pong=forwarder.Ping
 * build: msvc */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

ULONG NTAPI Own(void)
{
    return 5;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)driver;
    (void)path;
    return 0;
}
