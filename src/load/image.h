/* image.h - a driver file as loaded code: what the rest of the runtime may know of it.
 *
 * A driver comes as a PE32+ `.sys` (converted to an ELF shared object in memory, see pe2elf.c) or
 * as a native ELF `.so`. Both end as one struct cn_image with the same members, so that nobody
 * above cares. The loader knows nothing of NDIS: what a driver may import is handed in as a
 * resolver.
 */
#ifndef CN_LOAD_IMAGE_H
#define CN_LOAD_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cn_image_format { CN_IMAGE_PE, CN_IMAGE_ELF };

/* One imported name. dll is the module as the file spells it ("NDIS.SYS"); "" for a .so. */
struct cn_import {
    const char *dll;
    const char *name; /* NULL when imported by ordinal only */
    int ordinal;      /* -1 when imported by name */
    bool provided;    /* the resolver knew it */
    bool data;        /* a variable, not a function */
};

struct cn_image_section {
    char name[32];
    uint32_t rva, size, raw_size;
    bool read, write, execute;
};

/* What the runtime gives the loader. All members but missing and resolve may be NULL. The structure
 * is copied; arg and shared_user_data must live as long as the image. */
struct cn_image_env {
    void *arg;
    /* Address of an export, or NULL. Module names compare without case and without
     * ".sys/.exe/.dll". */
    void *(*resolve)(void *arg, const char *dll, const char *name, int ordinal);
    /* A missing import was called from `caller`. Must not return. */
    void (*missing)(void *arg, const char *image, const char *dll, const char *name, void *caller);
    /* What the patched forms of `mov cr8` call (ms_abi is added by the thunks). */
    uint8_t (*read_irql)(void);
    void (*write_irql)(uint8_t irql);
    /* Where loads from the shared user data page (0xFFFFF78000000000) are redirected to: 4 KiB. */
    void *shared_user_data;
};

struct cn_image_error {
    char text[512]; /* "what is wrong: what to do"; the caller puts the path before it */
};

struct cn_image; /* opaque; accessors below */

/* Reads, checks, converts and links the file. Returns 0, or -errno with *err filled:
 * -ENOENT/-EACCES... the file cannot be read, -ENOEXEC not an image we can run (with the reason).
 */
int cn_image_open(const char *path, const struct cn_image_env *env, struct cn_image **out,
                  struct cn_image_error *err);
/* Takes the image away; every pointer into it is dead afterwards: its code cannot be executed and
 * its data not be written any more. A closed .sys is kept in that dormant state, so that opening
 * the same file again is quick. */
void cn_image_close(struct cn_image *image);
/* Really unmaps what cn_image_close kept. */
void cn_image_cache_drop(void);

const char *cn_image_name(const struct cn_image *image); /* base name, "wanmcm.sys" */
enum cn_image_format cn_image_format(const struct cn_image *image);
void *cn_image_entry(const struct cn_image *image);   /* DriverEntry, ms_abi: NTSTATUS
                                                         (PDRIVER_OBJECT, PUNICODE_STRING) */
uint8_t *cn_image_base(const struct cn_image *image); /* of RVA 0 */
size_t cn_image_size(const struct cn_image *image);
size_t cn_image_sections(const struct cn_image *image, const struct cn_image_section **first);
/* The function table (.pdata: begin, end, unwind as three 32-bit RVAs each, sorted) of a .sys; NULL
 * and *count 0 for a .so. */
const void *cn_image_functions(const struct cn_image *image, size_t *count);
/* Address of an export of the image by name, or by ordinal when name is NULL; NULL when it has
 * none. */
void *cn_image_export(const struct cn_image *image, const char *name, int ordinal);
size_t cn_image_imports(const struct cn_image *image, const struct cn_import **first);
/* Puts .data/.bss and every other writable section back to what it was right after load. */
void cn_image_reset(struct cn_image *image);

/* The function table of a PE image: *pdata points at `bytes` bytes of 12-byte RUNTIME_FUNCTION
 * entries inside the mapped image. False (nothing written) for an image without one.
 * Async-signal-safe. */
bool cn_image_unwind_table(const struct cn_image *image, const void **pdata, size_t *bytes);

/* The image whose code or data holds address, or NULL. Async-signal-safe. */
struct cn_image *cn_image_find(const void *address);
bool cn_image_is_code(const struct cn_image *image, const void *address);
/* Some instructions of a .sys are replaced by jumps to patches elsewhere in the image: this gives
 * the place in the driver's own code that pc stands for; pc itself when it is no such place.
 * Async-signal-safe. */
const void *cn_image_origin(const void *pc);
/* The missing import whose placeholder holds address (a variable that nobody provides lies on a
 * page that cannot be accessed; a function on a stub), or NULL. Async-signal-safe. */
const struct cn_import *cn_image_missing_at(const void *address);
/* "wanmcm.sys!MpInitialize+0x1c (mcm.c:112)", as much of it as is known; always NUL-terminated.
 * Returns buf. Not async-signal-safe, but must not crash on any address. */
char *cn_image_describe(const void *address, char *buf, size_t size);

#endif
