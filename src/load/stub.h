/* stub.h - placeholders for imports that nobody provides.
 *
 * Each import has two: a function that stops the driver by calling env->missing, and a page that
 * cannot be accessed, for variables. They are made when the first missing import of an image is
 * met.
 */
#ifndef CN_LOAD_STUB_H
#define CN_LOAD_STUB_H

#include "load/image.h"

struct cn_stubs {
    uint8_t *area; /* NULL before cn_stubs_make */
    size_t code_size, size, count;
};

/* 0 or -errno. */
int cn_stubs_make(struct cn_stubs *stubs, struct cn_image *image, size_t count);
void cn_stubs_free(struct cn_stubs *stubs);
/* Whether the functions can be called. */
void cn_stubs_enable(const struct cn_stubs *stubs, bool enable);
void *cn_stubs_function(const struct cn_stubs *stubs, size_t i);
void *cn_stubs_variable(const struct cn_stubs *stubs, size_t i);
/* The index of the import whose placeholder holds the address, or -1. Async-signal-safe. */
long cn_stubs_find(const struct cn_stubs *stubs, const void *address);

/* Where the functions go (stub.S): eax is the index, r11 the image. */
void cn_stub_enter(void);
/* What that calls. */
void cn_stub_called(struct cn_image *image, uint32_t index, void *caller) __attribute__((noreturn));

/* What a driver that was built with control flow guard calls before, or instead of, an indirect
 * call; there is nothing to check: the first returns, the second jumps to rax. */
void cn_stub_guard_check(void);
void cn_stub_guard_dispatch(void);

/* Where patched accesses to CR8 go (stub.S). They change no register and no flag. On the stack they
 * find, from the top: the return address; the function to call, whose place takes the value that
 * was read; for a write, the value. */
void cn_stub_read_irql(void);
void cn_stub_write_irql(void);

#endif
