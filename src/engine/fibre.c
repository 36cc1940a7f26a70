/* fibre.c - making fibres, and telling the sanitizers and valgrind about switches. */
#include "engine/fibre.h"

#ifdef CN_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#endif
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define VALGRIND_STACK_REGISTER(low, high) 0
#define VALGRIND_STACK_DEREGISTER(id)      ((void)(id))
#endif

#define MXCSR_DEFAULT UINT64_C(0x1f80) /* all exceptions masked, round to nearest */
#define X87_DEFAULT   UINT64_C(0x37f)

extern void cn_fibre_swap(void **save, void *to);
extern void cn_fibre_entry(void);

CN_TSAN_BLIND_BEGIN

/* Who switched last: the one that arrives tells ASan, and learns where the other's stack is. */
static struct cn_fibre *left;

void cn_fibre_adopt(struct cn_fibre *f)
{
    *f = (struct cn_fibre){0};
#ifdef CN_TSAN
    f->tsan = __tsan_get_current_fiber();
#endif
}

void cn_fibre_make(struct cn_fibre *f, char *low, size_t size, void (*fn)(void *), void *arg)
{
    *f = (struct cn_fibre){.low = low, .size = size};
#ifdef CN_ASAN
    __asan_unpoison_memory_region(low, size);
#endif
#ifdef CN_TSAN
    f->tsan = __tsan_create_fiber(0);
#endif
    f->valgrind = VALGRIND_STACK_REGISTER(low, low + size);
    /* What cn_fibre_swap pops, lowest address first. The entry finds the stack aligned to 16. */
    uint64_t *frame = (uint64_t *)(void *)(low + size) - 10;
    frame[0] = MXCSR_DEFAULT | X87_DEFAULT << 32;
    frame[1] = frame[2] = frame[3] = 0;  /* r15, r14, r13 */
    frame[4] = (uint64_t)(uintptr_t)arg; /* r12 */
    frame[5] = (uint64_t)(uintptr_t)fn;  /* rbx */
    frame[6] = 0;                        /* rbp */
    frame[7] = (uint64_t)(uintptr_t)cn_fibre_entry;
    frame[8] = frame[9] = 0;
    f->sp = frame;
}

void cn_fibre_memory(void *low, size_t size)
{
    (void)low;
    (void)size;
#ifdef CN_ASAN
    __lsan_register_root_region(low, size);
#endif
}

static void arrived(struct cn_fibre *f)
{
    (void)f;
#ifdef CN_ASAN
    const void *low;
    size_t size;
    __sanitizer_finish_switch_fiber(f != NULL ? f->fake : NULL, &low, &size);
    left->low = (char *)(uintptr_t)low;
    left->size = size;
#endif
}

void cn_fibre_began(void)
{
    arrived(NULL);
}

void cn_fibre_discard(struct cn_fibre *f)
{
    VALGRIND_STACK_DEREGISTER(f->valgrind);
#ifdef CN_TSAN
    if (f->tsan != NULL)
        __tsan_destroy_fiber(f->tsan);
#endif
#ifdef CN_ASAN
    __asan_unpoison_memory_region(f->low, f->size);
#endif
    *f = (struct cn_fibre){0};
}

void cn_fibre_switch(struct cn_fibre *from, struct cn_fibre *to, bool ordered)
{
    (void)ordered;
    left = from;
#ifdef CN_ASAN
    __sanitizer_start_switch_fiber(&from->fake, to->low, to->size);
#endif
#ifdef CN_TSAN
    __tsan_switch_to_fiber(to->tsan, ordered ? 0 : __tsan_switch_to_fiber_no_sync);
#endif
    cn_fibre_swap(&from->sp, to->sp);
    arrived(from);
}

CN_TSAN_BLIND_END
