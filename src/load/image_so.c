#include "load/image_impl.h"
#include "load/fail.h"
#include <errno.h>
int cn_image_open_so(struct cn_image *image, const char *path, const uint8_t *bytes, size_t size,
                     struct cn_image_error *err)
{
    (void)image; (void)path; (void)bytes; (void)size;
    return cn_load_fail(err, -ENOEXEC, "so: not yet");
}
void cn_image_unload_so(struct cn_image *image)
{
    (void)image;
}
