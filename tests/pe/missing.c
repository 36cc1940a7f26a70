/* missing.c - imports a function and a variable that nobody has. The exported functions use them;
 * the entry does not.
 * build: mingw */
#include <ntddk.h>

#include "imports.h"

DRIVER_INITIALIZE DriverEntry;

IMPORT_TWO(missing, "nobody.sys", BY_NAME(missing_function), BY_NAME(missing_variable),
           "missing_function: .short 0\n .asciz \"NobodyCalls\"\n .balign 2\n"
           "missing_variable: .short 0\n .asciz \"NobodyCounts\"");

extern ULONG *missing_slots[2];

__declspec(dllexport) ULONG NTAPI CallMissing(void)
{
    ULONG result;
    __asm__ volatile("call *missing_slots(%%rip)"
                     : "=a"(result)
                     :
                     : "rcx", "rdx", "r8", "r9", "r10", "r11", "memory");
    return result + 1;
}

__declspec(dllexport) ULONG *NTAPI MissingVariable(void)
{
    return missing_slots[1];
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)driver;
    (void)path;
    return 0;
}
