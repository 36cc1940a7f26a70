/* base.h - the few macros and helpers every file uses: bits, arrays, assertions, bounded text.
 *
 * cn_assert is for our own mistakes only and is always on; what a driver does wrong is a rule
 * (verify/rule.h), what the environment refuses is an error code.
 */
#ifndef CN_BASE_BASE_H
#define CN_BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CN_ARRAY_SIZE(a)                 (sizeof(a) / sizeof((a)[0]))
#define CN_BIT(n)                        (UINT32_C(1) << (n))
#define CN_ALIGN_UP(x, a)                (((x) + (a)-1) & ~((a)-1))
#define CN_MIN(a, b)                     ((a) < (b) ? (a) : (b))
#define CN_MAX(a, b)                     ((a) > (b) ? (a) : (b))
#define CN_CONTAINER_OF(p, type, member) ((type *)(void *)((char *)(p)-offsetof(type, member)))
#define CN_STRINGIFY_(x)                 #x
#define CN_STRINGIFY(x)                  CN_STRINGIFY_(x)

#define cn_assert(cond) ((cond) ? (void)0 : cn_assert_failed(#cond, __FILE__, __LINE__, __func__))

/* Prints what failed and aborts; a hook set with cn_assert_hook may print more first. */
void cn_assert_failed(const char *cond, const char *file, int line, const char *func)
    __attribute__((noreturn, cold));
void cn_assert_hook(void (*hook)(void));

/* A bounded text under construction. It never overflows: what does not fit is cut and `cut` says
 * so. */
struct cn_text {
    char *at;
    size_t size, len;
    bool cut;
};

void cn_text_init(struct cn_text *t, char *buf, size_t size);
void cn_text_put(struct cn_text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cn_text_vput(struct cn_text *t, const char *format, va_list ap);
void cn_text_char(struct cn_text *t, char c);

/* A short formatted text in one of 32 rotating thread-local buffers of 256 bytes: for report
 * members. */
const char *cn_fmt(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* UTF-16 (as counted code units) to UTF-8 and back. Both NUL-terminate, cut at size, replace lone
 * surrogates and malformed sequences by U+FFFD, and return the length written without the NUL. */
size_t cn_utf16_to_utf8(const uint16_t *s, size_t units, char *out, size_t size);
size_t cn_utf8_to_utf16(const char *s, uint16_t *out, size_t units);

#endif
