/* cr8.c - inlined accesses to the IRQL between all sorts of neighbours. Each function returns what
 * tells whether the neighbours still do what they did.
 * build: mingw */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

/* Reads the IRQL; the next instruction ends the function. */
__asm__(".text\n .globl ReadOnly\n ReadOnly:\n mov %cr8, %rax\n ret\n .balign 16, 0xcc\n"
        ".globl ReadR9\n ReadR9:\n mov %cr8, %r9\n mov %r9, %rax\n ret\n .balign 16, 0xcc\n"
        /* writes rcx, returns what it was */
        ".globl Raise\n Raise:\n mov %cr8, %rax\n mov %cr8, %rdx\n mov %rcx, %cr8\n"
        "ret\n .balign 16, 0xcc\n"
        /* flags and a register survive: returns 42 when they do */
        ".globl Flags\n Flags:\n mov $41, %eax\n stc\n mov %cr8, %rdx\n adc $0, %eax\n"
        "ret\n .balign 16, 0xcc\n"
        /* the overflow flag survives set and clear: returns 1 + 2 */
        ".globl Overflow\n Overflow:\n mov $0x7fffffff, %ecx\n add $1, %ecx\n mov %cr8, %rdx\n"
        "seto %al\n xor %ecx, %ecx\n mov %cr8, %rdx\n setno %cl\n add %ecx, %ecx\n"
        "movzbl %al, %eax\n add %ecx, %eax\n ret\n .balign 16, 0xcc\n"
        /* a conditional jump right behind: returns 1 when rcx is 0, else 2 */
        ".globl Branch\n Branch:\n test %rcx, %rcx\n mov %cr8, %rdx\n jz 1f\n mov $2, %eax\n ret\n"
        "1: mov $1, %eax\n ret\n .balign 16, 0xcc\n"
        /* data relative to the instruction pointer */
        ".globl Relative\n Relative:\n mov %cr8, %rdx\n mov seven(%rip), %eax\n"
        "ret\n .balign 16, 0xcc\n"
        /* a call right behind: returns 9, or the return address when rcx is 1 */
        ".globl Caller\n Caller:\n sub $40, %rsp\n mov %cr8, %rdx\n call callee\n"
        ".globl CallerReturn\n CallerReturn: add $40, %rsp\n ret\n .balign 16, 0xcc\n"
        "callee: mov $9, %eax\n cmp $1, %ecx\n jne 1f\n mov (%rsp), %rax\n"
        "1: ret\n .balign 16, 0xcc\n"
        ".globl CallerThrough\n CallerThrough:\n sub $40, %rsp\n mov %cr8, %rdx\n"
        "call *through(%rip)\n"
        "add $40, %rsp\n ret\n .balign 16, 0xcc\n"
        /* somebody jumps to the instruction behind: must be left alone; 5 when it works */
        ".globl Target\n Target:\n mov $5, %eax\n jmp 2f\n"
        ".globl TargetRead\n TargetRead:\n 1: mov %cr8, %rax\n"
        "2: cmp $100, %eax\n je 1b\n ret\n .balign 16, 0xcc\n"
        ".data\n seven: .long 7\n through: .quad callee\n .text\n");

__declspec(dllexport) void *Functions[16];

extern char ReadOnly[], ReadR9[], Raise[], Flags[], Branch[], Relative[], Caller[], CallerReturn[];
extern char CallerThrough[], Target[], TargetRead[], Overflow[];

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    void *const list[] = {ReadOnly, ReadR9, Raise, Flags, Branch, Relative, Caller, CallerReturn,
                          CallerThrough, Target, TargetRead, Overflow};
    (void)driver;
    (void)path;
    for (int i = 0; i < 12; i++)
        Functions[i] = list[i];
    return 0;
}
