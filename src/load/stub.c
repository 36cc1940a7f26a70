/* stub.c - placeholders for imports that nobody provides. */
#include "load/stub.h"

#include "base/base.h"

#include <errno.h>
#include <sys/mman.h>

enum { PAGE = 0x1000, STUB_SIZE = 32 };

/* mov $index, %eax; mov $image, %r11; mov $cn_stub_enter, %r10; jmp *%r10 */
static void write_stub(uint8_t *to, uint32_t index, const struct cn_image *image)
{
    uint64_t image_word = (uintptr_t)image, enter = (uintptr_t)&cn_stub_enter;
    memset(to, 0xcc, STUB_SIZE);
    to[0] = 0xb8;
    memcpy(to + 1, &index, sizeof(index));
    memcpy(to + 5, "\x49\xbb", 2);
    memcpy(to + 7, &image_word, sizeof(image_word));
    memcpy(to + 15, "\x49\xba", 2);
    memcpy(to + 17, &enter, sizeof(enter));
    memcpy(to + 25, "\x41\xff\xe2", 3);
}

int cn_stubs_make(struct cn_stubs *stubs, struct cn_image *image, size_t count)
{
    struct cn_stubs s = {.count = count, .code_size = CN_ALIGN_UP(count * STUB_SIZE, (size_t)PAGE)};
    s.size = s.code_size + count * PAGE;
    void *p = mmap(NULL, s.size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
        return -errno;
    s.area = p;
    if (mprotect(p, s.code_size, PROT_READ | PROT_WRITE) != 0) {
        int rc = -errno;
        munmap(p, s.size);
        return rc;
    }
    for (size_t i = 0; i < count; i++)
        write_stub(s.area + i * STUB_SIZE, (uint32_t)i, image);
    *stubs = s;
    cn_stubs_enable(stubs, true);
    return 0;
}

void cn_stubs_free(struct cn_stubs *stubs)
{
    if (stubs->area != NULL)
        munmap(stubs->area, stubs->size);
    *stubs = (struct cn_stubs){.area = NULL};
}

void cn_stubs_enable(const struct cn_stubs *stubs, bool enable)
{
    if (stubs->area != NULL)
        mprotect(stubs->area, stubs->code_size, enable ? PROT_READ | PROT_EXEC : PROT_NONE);
}

void *cn_stubs_function(const struct cn_stubs *stubs, size_t i)
{
    return stubs->area + i * STUB_SIZE;
}

void *cn_stubs_variable(const struct cn_stubs *stubs, size_t i)
{
    return stubs->area + stubs->code_size + i * PAGE;
}

long cn_stubs_find(const struct cn_stubs *stubs, const void *address)
{
    uintptr_t at = (uintptr_t)address - (uintptr_t)stubs->area;
    if (stubs->area == NULL || at >= stubs->size)
        return -1;
    size_t i = at < stubs->code_size ? at / STUB_SIZE : (at - stubs->code_size) / PAGE;
    return i < stubs->count ? (long)i : -1;
}
