/* inf.h - an .inf file as sections of entries of fields: what inf_read.c reads and inf.c applies.
 */
#ifndef CN_NT_INF_H
#define CN_NT_INF_H

#include "base/base.h"

enum { CN_INF_FIELDS = 64 };

/* One line "key = field, field, ..."; key is NULL for a line without "=". Text is UTF-8, with
 * quotes taken off and %strings% replaced once cn_inf_read has returned. */
struct cn_inf_entry {
    struct cn_inf_entry *next; /* in the section */
    unsigned line;
    char *key;
    unsigned count;
    char *field[CN_INF_FIELDS];
};

struct cn_inf_section {
    struct cn_inf_section *next; /* in the order of the file; a name may come more than once */
    unsigned line;
    char *name;
    struct cn_inf_entry *first, **last;
};

struct cn_inf {
    const char *path;
    struct cn_inf_section *sections;
    char *error; /* where cn_inf_fail writes */
    size_t error_size;
};

/* Reads a file. 0, or -errno with the error text filled. cn_inf_free in both cases. */
int cn_inf_read(struct cn_inf *inf, const char *path, char *error, size_t error_size);
void cn_inf_free(struct cn_inf *inf);

/* Writes "path:line: text" (line 0: "path: text") and returns -EINVAL. */
int cn_inf_fail(struct cn_inf *inf, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The first section of that name, without regard to case, or NULL. */
struct cn_inf_section *cn_inf_section(const struct cn_inf *inf, const char *name);
/* The next section with the name of s, or NULL. */
struct cn_inf_section *cn_inf_same(const struct cn_inf_section *s);
/* The first entry with that key in any section of that name, or NULL. */
struct cn_inf_entry *cn_inf_entry(const struct cn_inf *inf, const char *section, const char *key);

#endif
