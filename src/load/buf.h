/* buf.h - a byte array that grows. Running out of memory is remembered, so that a whole
 * construction is checked once at its end. A zeroed structure is an empty array. */
#ifndef CN_LOAD_BUF_H
#define CN_LOAD_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cn_buf {
    uint8_t *data;
    size_t size, capacity;
    bool failed; /* an append was lost for want of memory */
};

/* Appends size bytes (zeroes when data is NULL) and returns the offset of the first of them. */
size_t cn_buf_put(struct cn_buf *b, const void *data, size_t size);
size_t cn_buf_u8(struct cn_buf *b, uint8_t value);
size_t cn_buf_u32(struct cn_buf *b, uint32_t value);
/* Appends text with its NUL. */
size_t cn_buf_text(struct cn_buf *b, const char *text);
/* Appends zeroes until the size is a multiple of alignment (a power of two). */
void cn_buf_align(struct cn_buf *b, size_t alignment);
/* Overwrites bytes that were appended before; does nothing after a failure. */
void cn_buf_set_u32(struct cn_buf *b, size_t offset, uint32_t value);
void cn_buf_free(struct cn_buf *b);

#endif
