/* buf.c - a byte array that grows. */
#include "load/buf.h"

#include "base/base.h"

#include <stdlib.h>

size_t cn_buf_put(struct cn_buf *b, const void *data, size_t size)
{
    if (b->failed || size > SIZE_MAX / 4 - b->size) {
        b->failed = true;
        return 0;
    }
    if (size > b->capacity - b->size) {
        size_t capacity = CN_MAX(256, 2 * (b->size + size));
        uint8_t *bigger = realloc(b->data, capacity);
        if (bigger == NULL) {
            b->failed = true;
            return 0;
        }
        b->data = bigger;
        b->capacity = capacity;
    }
    size_t offset = b->size;
    if (data != NULL && size > 0)
        memcpy(b->data + offset, data, size);
    else if (size > 0)
        memset(b->data + offset, 0, size);
    b->size += size;
    return offset;
}

size_t cn_buf_u8(struct cn_buf *b, uint8_t value)
{
    return cn_buf_put(b, &value, sizeof(value));
}

size_t cn_buf_u32(struct cn_buf *b, uint32_t value)
{
    return cn_buf_put(b, &value, sizeof(value));
}

size_t cn_buf_text(struct cn_buf *b, const char *text)
{
    return cn_buf_put(b, text, strlen(text) + 1);
}

void cn_buf_align(struct cn_buf *b, size_t alignment)
{
    cn_buf_put(b, NULL, CN_ALIGN_UP(b->size, alignment) - b->size);
}

void cn_buf_set_u32(struct cn_buf *b, size_t offset, uint32_t value)
{
    if (b->failed)
        return;
    cn_assert(offset + sizeof(value) <= b->size);
    memcpy(b->data + offset, &value, sizeof(value));
}

void cn_buf_free(struct cn_buf *b)
{
    free(b->data);
    *b = (struct cn_buf){0};
}
