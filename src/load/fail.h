/* fail.h - how the loader says that it refuses a file. */
#ifndef CN_LOAD_FAIL_H
#define CN_LOAD_FAIL_H

#include "load/image.h"

/* Fills err with the text and returns rc, so that a refusal is one statement. */
int cn_load_fail(struct cn_image_error *err, int rc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Text from a file, made printable: other bytes become \xNN, and what is too long is cut. Returns
 * buf. */
char *cn_load_quote(const char *text, size_t length, char *buf, size_t size);

/* Whether two module names are the same: without case, and without .sys, .exe, .dll or .so. */
bool cn_load_same_module(const char *a, const char *b);

#endif
