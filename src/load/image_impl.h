/* image_impl.h - what image.c, image_pe.c and image_so.c share. */
#ifndef CN_LOAD_IMAGE_IMPL_H
#define CN_LOAD_IMAGE_IMPL_H

#include "load/debug.h"
#include "load/image.h"
#include "load/pe2elf.h"
#include "load/stub.h"

#include <stdatomic.h>
#include <time.h>

/* Tells whether a file is still the one that was loaded. */
struct cn_file_id {
    uint64_t device, inode, size;
    struct timespec modified, changed;
};

/* Writable memory and what it was right after load: bytes, then zeroes. */
struct cn_region {
    uint8_t *at;
    size_t size, copy_size;
    uint8_t *copy;
};

struct cn_image {
    enum cn_image_format format;
    atomic_bool open; /* false: dormant */
    char name[64];
    struct cn_file_id file;
    bool recent; /* the file was written so shortly before that its times may not tell a change */
    struct cn_image_env env;

    uint8_t *base; /* of RVA 0 */
    size_t size;
    void *entry;
    struct cn_image_section *sections;
    size_t section_count;
    struct cn_import *imports;
    size_t import_count;
    struct cn_region *regions;
    size_t region_count;
    struct cn_stubs stubs;
    struct cn_debug debug;

    void *handle; /* of dlopen; NULL for an image mapped at its fixed address */
    int fd;       /* debuggers and sanitizers read the converted file through it; -1 for none */
    ptrdiff_t bias;

    struct cn_pe *pe; /* of a .sys */
    struct cn_elf elf;

    void *imports_handle; /* of a .so: the generated object with what the runtime lacks */
    char *import_names;
};

/* Opens a file of the format whose bytes are given. image is zeroed but for name, file and env. On
 * success the image is linked and ready, and owns what it needs. The bytes stay the caller's for a
 * .so, and become the image's for a .sys (also on failure). */
int cn_image_open_pe(struct cn_image *image, uint8_t *bytes, size_t size,
                     struct cn_image_error *err);
int cn_image_open_so(struct cn_image *image, const char *path, const uint8_t *bytes, size_t size,
                     struct cn_image_error *err);
/* Makes a dormant .sys work again. */
int cn_image_wake_pe(struct cn_image *image, struct cn_image_error *err);
/* Puts a .sys to sleep. */
void cn_image_sleep_pe(struct cn_image *image);
/* Undo everything the open functions did, also half of it. */
void cn_image_unload_pe(struct cn_image *image);
void cn_image_unload_so(struct cn_image *image);

/* Resolves an import: what the environment has, then what other open images export. */
void *cn_image_resolve(struct cn_image *image, const char *dll, const char *name, int ordinal);

/* Takes the copy that cn_image_reset goes back to. 0 or -ENOMEM. */
int cn_image_snapshot(struct cn_image *image);
void cn_image_drop_regions(struct cn_image *image);

/* A file descriptor with these bytes, and the path under which the dynamic linker and tools find
 * them. */
int cn_image_backing(const char *name, const void *data, size_t size, char *path, size_t path_size);
/* The path is no longer needed for mapping. */
void cn_image_backing_mapped(const char *path);

#endif
