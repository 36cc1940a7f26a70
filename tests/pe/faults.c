/* faults.c - a driver with one exported function for each thing that the processor refuses.
 *
 * cflags: -Itests/pe -funwind-tables -Wno-infinite-recursion
 */
#include "harness.h"

/* The loader patches what it finds in the code; this hides an instruction of up to 8 bytes from
 * anyone who reads from the start: it is the operand of one that is jumped over. */
#define HIDDEN(bytes) "jmp 1f\n .byte 0x48, 0xb8\n1: .byte " bytes "\n"

int DriverEntry(void *driver, void *path);
int DriverEntry(void *driver, void *path)
{
    (void)driver;
    (void)path;
    return 0;
}

__attribute__((noinline)) static u64 load(const volatile void *address)
{
    u64 value;
    __asm__ volatile("mov (%1), %0" : "=r"(value) : "r"(address) : "memory");
    return value;
}

EXPORT u64 case_read(struct harness *h)
{
    return load(h->address) + 1;
}

EXPORT u64 case_write(struct harness *h)
{
    *(volatile u64 *)h->address = 1;
    return 0;
}

/* The log tells whether the caller came to its end. */
EXPORT u64 case_read_below(struct harness *h)
{
    u64 value = case_read(h);
    h->log(h, 'x');
    return value;
}

EXPORT u64 case_aligned_load(struct harness *h)
{
    __asm__ volatile("movaps (%0), %%xmm0" : : "r"(h->address) : "xmm0", "memory");
    return 0;
}

EXPORT u64 case_call(struct harness *h)
{
    u64 value = ((test_case *)h->address)(h);
    h->log(h, 'x');
    return value;
}

EXPORT u64 case_return_nowhere(struct harness *h)
{
    __asm__ volatile("push %0\n ret" : : "r"(h->address) : "memory");
    return 0;
}

EXPORT u64 case_divide(struct harness *h)
{
    u32 result, divisor = (u32)h->value;
    __asm__ volatile("mov %1, %%eax\n cltd\n idivl %2"
                     : "=&a"(result)
                     : "r"((u32)(h->value >> 32)), "m"(divisor)
                     : "edx");
    return result;
}

EXPORT u64 case_divide_byte(struct harness *h)
{
    u64 result = h->value;
    __asm__ volatile("mov $0x00ff, %%ebx\n mov $1, %%eax\n divb %%bh" : "+a"(result) : : "rbx");
    return result;
}

EXPORT u64 case_float(struct harness *h)
{
    u32 unmasked = (u32)h->value;
    __asm__ volatile("ldmxcsr %0\n xorps %%xmm0, %%xmm0\n mov $1, %%eax\n cvtsi2ss %%eax, %%xmm1\n"
                     "divss %%xmm0, %%xmm1"
                     :
                     : "m"(unmasked)
                     : "xmm0", "xmm1", "eax");
    return 0;
}

EXPORT u64 case_undefined(struct harness *h)
{
    __asm__ volatile("ud2");
    return h->value;
}

EXPORT u64 case_breakpoint(struct harness *h)
{
    __asm__ volatile("int3");
    h->log(h, 'b');
    return 5;
}

EXPORT u64 case_fast_fail(struct harness *h)
{
    __asm__ volatile("int $0x29" : : "c"((u32)h->value));
    return 0;
}

EXPORT u64 case_assert(struct harness *h)
{
    __asm__ volatile("int $0x2c");
    return h->value;
}

EXPORT u64 case_print(struct harness *h)
{
    static const char text[] = "hello from the driver";
    u64 result = 1;
    __asm__ volatile("int $0x2d\n int3"
                     : "+a"(result)
                     : "c"(text), "d"(sizeof(text) - 1)
                     : "memory");
    h->log(h, 'p');
    return result;
}

EXPORT u64 case_interrupt(struct harness *h)
{
    __asm__ volatile("int $0x2e");
    return h->value;
}

#define PRIVILEGED(name, text, ...)                                                                \
    EXPORT u64 case_##name(struct harness *h)                                                      \
    {                                                                                              \
        __asm__ volatile(text : : "c"(0x10), "a"(0), "d"(0) : "memory", ##__VA_ARGS__);            \
        return h->value;                                                                           \
    }
PRIVILEGED(cli, "cli")
PRIVILEGED(sti, "sti")
PRIVILEGED(hlt, "hlt")
PRIVILEGED(rdmsr, "rdmsr")
PRIVILEGED(wrmsr, "wrmsr")
PRIVILEGED(cr0, "mov %%cr0, %%rbx", "rbx")
PRIVILEGED(cr3, "mov %%rax, %%cr3")
PRIVILEGED(wbinvd, "wbinvd")
PRIVILEGED(lgdt, "lgdt (%%rsp)")

EXPORT u64 case_in(struct harness *h)
{
    u32 byte = 0x11223344, word = 0x11223344, wide = 0x11223344;
    __asm__ volatile("inb %%dx, %%al" : "+a"(byte) : "d"(0x60));
    __asm__ volatile("inw %%dx, %%ax" : "+a"(word) : "d"(0x1f0));
    __asm__ volatile("inl $0xcf, %%eax" : "+a"(wide));
    h->info[0] = byte;
    h->info[1] = word;
    return wide;
}

EXPORT u64 case_out(struct harness *h)
{
    __asm__ volatile("outb %%al, $0x80" : : "a"(0x1142));
    __asm__ volatile("outl %%eax, %%dx" : : "a"(0x80001234), "d"(0xcf8));
    h->log(h, 'o');
    return 0;
}

EXPORT u64 case_in_string(struct harness *h)
{
    void *to = h->address;
    u64 count = h->value;
    __asm__ volatile("rep insw" : "+D"(to), "+c"(count) : "d"(0x1f0) : "memory");
    h->info[0] = count;
    return (u64)to - (u64)h->address;
}

EXPORT u64 case_out_string(struct harness *h)
{
    const void *from = h->address;
    __asm__ volatile("outsb" : "+S"(from) : "d"(0x3f8));
    return (u64)from - (u64)h->address;
}

EXPORT u64 case_read_cr8(struct harness *h)
{
    u64 irql;
    __asm__ volatile(HIDDEN("0x44, 0x0f, 0x20, 0xc0, 0x90, 0x90, 0x90, 0x90") : "=a"(irql));
    h->log(h, 'r');
    return irql;
}

EXPORT u64 case_write_cr8(struct harness *h)
{
    __asm__ volatile(HIDDEN("0x44, 0x0f, 0x22, 0xc0, 0x90, 0x90, 0x90, 0x90") : : "a"(h->value));
    h->log(h, 'w');
    return 0;
}

/* The registers and flags that `mov cr8` must leave alone, as a number of differences. */
EXPORT u64 case_cr8_keeps_registers(struct harness *h)
{
    u64 wrong;
    __asm__ volatile(
        "mov $0x1111, %%ecx\n mov $0x2222, %%edx\n mov $0x3333, %%r8d\n"
        "mov $0x4444, %%r9d\n mov $0x5555, %%r10d\n mov $0x6666, %%r11d\n"
        "movq %%rdx, %%xmm0\n movq %%r11, %%xmm5\n"
        "stc\n" HIDDEN(
            "0x44, 0x0f, 0x22, 0xc0, 0x90, 0x90, 0x90, 0x90") "mov $0, %%eax\n adc $0, %%eax\n xor "
                                                              "$1, %%eax\n"
                                                              "sub $0x1111, %%rcx\n or %%rcx, "
                                                              "%%rax\n sub $0x2222, %%rdx\n or "
                                                              "%%rdx, %%rax\n"
                                                              "sub $0x3333, %%r8\n or %%r8, "
                                                              "%%rax\n sub $0x4444, %%r9\n or "
                                                              "%%r9, %%rax\n"
                                                              "sub $0x5555, %%r10\n or %%r10, "
                                                              "%%rax\n sub $0x6666, %%r11\n or "
                                                              "%%r11, %%rax\n"
                                                              "movq %%xmm0, %%rdx\n sub $0x2222, "
                                                              "%%rdx\n or %%rdx, %%rax\n"
                                                              "movq %%xmm5, %%rdx\n sub $0x6666, "
                                                              "%%rdx\n or %%rdx, %%rax\n"
        : "=a"(wrong)
        : "a"(h->value)
        : "rcx", "rdx", "r8", "r9", "r10", "r11", "xmm0", "xmm5", "cc");
    return wrong;
}

/* h->address = somewhere in shared user data. */
EXPORT u64 case_shared_wide(struct harness *h)
{
    return load(h->address);
}

EXPORT u64 case_shared_into_itself(struct harness *h)
{
    u64 value = (u64)h->address;
    __asm__ volatile("mov (%0), %0" : "+r"(value) : : "memory");
    return value;
}

EXPORT u64 case_shared_narrow(struct harness *h)
{
    u64 zero, sign, byte = ~0ull;
    __asm__ volatile("movzwl (%1), %k0" : "=r"(zero) : "r"(h->address) : "memory");
    __asm__ volatile("movsbq 2(%1), %0" : "=r"(sign) : "r"(h->address) : "memory");
    __asm__ volatile("movb 1(%1), %b0" : "+q"(byte) : "r"(h->address) : "memory");
    h->info[0] = sign;
    h->info[1] = byte;
    return zero;
}

/* Forms without a plain load: compare, vector, string, index register. */
EXPORT u64 case_shared_odd(struct harness *h)
{
    u64 vector, equal, string, indexed = 0;
    const void *from = h->address;
    __asm__ volatile("movq (%1), %%xmm3\n movq %%xmm3, %0"
                     : "=r"(vector)
                     : "r"(h->address)
                     : "xmm3", "memory");
    __asm__ volatile("xor %k0, %k0\n cmpb $0x14, (%1)\n sete %b0"
                     : "=&q"(equal)
                     : "r"(h->address)
                     : "memory", "cc");
    __asm__ volatile("lodsq" : "=a"(string), "+S"(from) : : "memory");
    __asm__ volatile("addq 0(,%1,1), %0" : "+r"(indexed) : "r"(h->address) : "memory", "cc");
    h->info[0] = equal;
    h->info[1] = (u64)from - (u64)h->address;
    h->count = indexed;
    indexed = (u64)h->address;
    __asm__ volatile("imulq $1, (%0), %0" : "+r"(indexed) : : "memory", "cc");
    h->pc = indexed;
    return vector == string ? vector : 0;
}

EXPORT u64 case_shared_absolute(struct harness *h)
{
    u64 value;
    __asm__ volatile("jmp 1f\n .byte 0x48, 0xb8\n"
                     "1: .byte 0x48, 0xa1, 0x14, 0x00, 0x00, 0x00, 0x80, 0xf7, 0xff, 0xff"
                     : "=a"(value));
    return value + h->value;
}

__attribute__((noinline)) static u64 recurse(struct harness *h, u64 depth)
{
    volatile char frame[256];
    frame[depth & 255] = (char)depth;
    u64 below = recurse(h, depth + 1);
    return below + (u64)frame[depth & 255];
}

EXPORT u64 case_recurse(struct harness *h)
{
    return recurse(h, 0);
}

/* One frame larger than the stack. */
EXPORT u64 case_large_frame(struct harness *h)
{
    volatile char frame[200000];
    frame[0] = 1;
    frame[h->value] = 1;
    return (u64)frame[0];
}

EXPORT u64 case_smash(struct harness *h)
{
    __asm__ volatile("mov %0, %%rsp\n push %%rax" : : "r"(h->address) : "memory");
    return 0;
}

EXPORT u64 case_smash_then_read(struct harness *h)
{
    __asm__ volatile("mov %0, %%rsp\n xor %%eax, %%eax\n mov (%%rax), %%eax"
                     :
                     : "r"(h->address)
                     : "memory");
    return 0;
}

EXPORT u64 case_loop(struct harness *h)
{
    while (h->value == 0)
        ;
    return 0;
}

EXPORT u64 case_loop_in_host(struct harness *h)
{
    for (;;)
        h->log(h, '.');
}

EXPORT u64 case_stay_in_host(struct harness *h)
{
    u64 value = h->call(h, (test_case *)h->address);
    h->log(h, 'x');
    return value;
}

EXPORT u64 case_host_reads(struct harness *h)
{
    u64 value = h->read(h, h->address);
    h->log(h, 'x');
    return value;
}

EXPORT u64 case_nothing(struct harness *h)
{
    return h->value + 1;
}
