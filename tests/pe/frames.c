/* frames.c - a driver whose functions have all forms of frames, to be unwound from each
 * instruction.
 *
 * cflags: -Itests/pe -funwind-tables
 */
#include "harness.h"

int DriverEntry(void *driver, void *path);
int DriverEntry(void *driver, void *path)
{
    (void)driver;
    (void)path;
    return 0;
}

__attribute__((noinline)) static u64 leaf(u64 a, u64 b)
{
    return a * 3 + b;
}

__attribute__((noinline)) static u64 saves(u64 a, u64 b, u64 c, u64 d)
{
    u64 e = leaf(a, b), f = leaf(c, d), g = leaf(e, f), i = leaf(g, a);
    u64 j = leaf(i, b), k = leaf(j, c), l = leaf(k, d), m = leaf(l, e);
    return e ^ f ^ g ^ i ^ j ^ k ^ l ^ m ^ a ^ b ^ c ^ d;
}

__attribute__((noinline)) static u64 large(u64 a)
{
    volatile u64 area[80000];
    area[a & 7] = a;
    return leaf(area[a & 7], 1);
}

__attribute__((noinline)) static u64 medium(u64 a)
{
    volatile u64 area[500];
    area[a & 7] = a;
    return leaf(area[a & 7], 1);
}

__attribute__((noinline)) static u64 dynamic(u64 a)
{
    volatile u64 *area = __builtin_alloca(a * 8 + 64);
    area[3] = a;
    return leaf(area[3], a) + saves(a, 1, 2, 3);
}

__attribute__((noinline)) static u64 vectors(u64 a)
{
    u64 b;
    __asm__ volatile("movq %1, %%xmm6\n movq %%xmm6, %%xmm15\n movq %%xmm15, %0"
                     : "=r"(b)
                     : "r"(a)
                     : "xmm6", "xmm7", "xmm9", "xmm15", "rbx", "rdi", "r15");
    return leaf(a, b);
}

__attribute__((noinline)) static u64 tail(u64 a)
{
    u64 b = leaf(a, 4);
    return a > 2 ? saves(a, b, 3, 4) : leaf(b, b);
}

EXPORT u64 case_frames(struct harness *h)
{
    u64 a = h->value;
    u64 sum = saves(a, 2, 3, 4) + medium(a) + dynamic(a) + vectors(a) + tail(a) + tail(1);
    return sum + large(a);
}
