/* fail.c - texts of refusals, and names as files spell them. */
#include "load/fail.h"

#include "base/base.h"

#include <strings.h>

int cn_load_fail(struct cn_image_error *err, int rc, const char *format, ...)
{
    struct cn_text t;
    cn_text_init(&t, err->text, sizeof(err->text));
    va_list ap;
    va_start(ap, format);
    cn_text_vput(&t, format, ap);
    va_end(ap);
    return rc;
}

char *cn_load_quote(const char *text, size_t length, char *buf, size_t size)
{
    struct cn_text t;
    cn_text_init(&t, buf, size);
    for (size_t i = 0; i < length && !t.cut; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c < 0x7f)
            cn_text_char(&t, (char)c);
        else
            cn_text_put(&t, "\\x%02x", c);
    }
    return buf;
}

/* Length of a module name without the extension Windows and Linux give to modules. */
static size_t stem_length(const char *name)
{
    static const char *const extensions[] = {".sys", ".exe", ".dll", ".so"};
    size_t length = strlen(name);
    for (size_t i = 0; i < CN_ARRAY_SIZE(extensions); i++) {
        size_t n = strlen(extensions[i]);
        if (length > n && strcasecmp(name + length - n, extensions[i]) == 0)
            return length - n;
    }
    return length;
}

bool cn_load_same_module(const char *a, const char *b)
{
    size_t n = stem_length(a);
    return n == stem_length(b) && strncasecmp(a, b, n) == 0;
}
