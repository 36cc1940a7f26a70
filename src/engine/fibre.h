/* fibre.h - a stack that can be switched to, made known to whatever tool watches the process.
 *
 * The address sanitizer wants to know which stack is in use, the thread sanitizer which flow of
 * control, valgrind which memory is a stack. Nothing of this costs anything in an ordinary build.
 */
#ifndef CN_ENGINE_FIBRE_H
#define CN_ENGINE_FIBRE_H

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#define CN_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CN_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define CN_TSAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define CN_TSAN 1
#endif

/* Functions between begin and end are invisible to the thread sanitizer. The engine is, with the
 * inline functions it includes: it runs on every stack of one OS thread, which is no race, but
 * looks like one once switches order nothing. */
#if defined(__clang__)
#define CN_TSAN_BLIND_BEGIN                                                                        \
    _Pragma("clang attribute push(__attribute__((no_sanitize(\"thread\"))), apply_to = function)")
#define CN_TSAN_BLIND_END _Pragma("clang attribute pop")
#else
#define CN_TSAN_BLIND_BEGIN
#define CN_TSAN_BLIND_END
#endif

/* What was done before release(at) happens before what is done after acquire(at). */
#ifdef CN_TSAN
#include <sanitizer/tsan_interface.h>
#define cn_tsan_release(at) __tsan_release(at)
#define cn_tsan_acquire(at) __tsan_acquire(at)
#else
#define cn_tsan_release(at) ((void)(at))
#define cn_tsan_acquire(at) ((void)(at))
#endif

struct cn_fibre {
    void *sp;    /* while it does not run */
    char *low;   /* lowest byte of its stack; NULL for the OS thread's own until ASan told it */
    size_t size; /* of the stack */
    void *fake;  /* ASan's stack for use-after-return */
    void *tsan;  /* TSan's flow of control */
    unsigned valgrind;
};

/* The running OS thread's own stack as a fibre. */
void cn_fibre_adopt(struct cn_fibre *f);
/* A fibre that calls fn(arg) on that stack when first switched to. fn begins with cn_fibre_began
 * and never returns. */
void cn_fibre_make(struct cn_fibre *f, char *low, size_t size, void (*fn)(void *), void *arg);
void cn_fibre_began(void);
/* The stack is no longer in use and may be used for anything else. */
void cn_fibre_discard(struct cn_fibre *f);

/* Stacks will lie there: what they point at is no leak. */
void cn_fibre_memory(void *low, size_t size);

/* From the running fibre to another one; returns when something switches back. `ordered` tells TSan
 * that what was done before happens before what the other does next. */
void cn_fibre_switch(struct cn_fibre *from, struct cn_fibre *to, bool ordered);

#endif
