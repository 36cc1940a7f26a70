/* shared.c - loads from the shared user data page, by an address in a register and by an absolute
 * one. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    ULONG first, second;
    (void)driver;
    (void)path;
    __asm__ volatile("movabs $0xfffff78000000014, %%rdx\n\t"
                     "mov (%%rdx), %0\n\t"
                     "movabs 0xfffff78000000320, %%eax\n\t"
                     "mov %%eax, %1"
                     : "=&r"(first), "=&r"(second)
                     :
                     : "rax", "rdx", "memory");
    return (NTSTATUS)(first * 1000 + second);
}
