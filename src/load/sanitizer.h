/* sanitizer.h - what the sanitizers must be told when frames are abandoned or stacks changed.
 *
 * Every call does nothing in a build without the sanitizer in question.
 */
#ifndef CN_LOAD_SANITIZER_H
#define CN_LOAD_SANITIZER_H

#include <stddef.h>
#include <stdint.h>

/* For functions that are left by restoring registers, or entered without a call: TSan counts
 * entries and exits, and would never see the other half. */
#if defined(__clang__)
#define CN_NO_TSAN __attribute__((disable_sanitizer_instrumentation))
#else
#define CN_NO_TSAN __attribute__((no_sanitize("thread")))
#endif

void __asan_unpoison_memory_region(const volatile void *address, size_t size) __attribute__((weak));
void __sanitizer_start_switch_fiber(void **save, const void *bottom, size_t size)
    __attribute__((weak));
void __sanitizer_finish_switch_fiber(void *save, const void **bottom, size_t *size)
    __attribute__((weak));
/* Under a name of ours: gcc knows it with another type. */
void cn_tsan_func_exit(void) __asm__("__tsan_func_exit") __attribute__((weak));

/* The frames between two stack pointers will never return: forget the red zones in them. */
static inline void cn_sanitizer_abandon(uintptr_t low, uintptr_t high)
{
    if (__asan_unpoison_memory_region != NULL && low < high)
        __asan_unpoison_memory_region((const void *)low, high - low);
}

#endif
