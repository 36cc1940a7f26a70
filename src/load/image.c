/* image.c - the images of this process: opening, closing, finding, describing.
 *
 * What differs between the two formats is in image_pe.c and image_so.c. A closed .sys stays mapped
 * without any right (dormant), so that opening the same file again needs neither conversion nor
 * linking. Pointers in the table are only ever set and cleared, so that signal handlers may read
 * it.
 */
#include "load/image_impl.h"

#include "base/base.h"
#include "load/fail.h"
#include "load/pe.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    IMAGES_MAX = 256,
    DORMANT_MAX = 16,
    FORWARDS_MAX = 8,
    RECENT_NS = 100 * 1000 * 1000,
    ZERO_BY_HAND_MAX = 64 << 10,
};

static struct cn_image *_Atomic images[IMAGES_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t debug_lock = PTHREAD_MUTEX_INITIALIZER;

/* --- files
 * ----------------------------------------------------------------------------------------- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static struct cn_file_id file_id(const struct stat *st)
{
    return (struct cn_file_id){.device = st->st_dev,
                               .inode = st->st_ino,
                               .size = (uint64_t)st->st_size,
                               .modified = st->st_mtim,
                               .changed = st->st_ctim};
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_file(const struct cn_file_id *a, const struct cn_file_id *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           same_time(a->modified, b->modified) && same_time(a->changed, b->changed);
}

/* A file system's clock is coarse: a file written twice within a tick has the same times. */
static bool is_recent(struct timespec changed)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t age =
        (now.tv_sec - changed.tv_sec) * INT64_C(1000000000) + (now.tv_nsec - changed.tv_nsec);
    return age < RECENT_NS;
}

/* valgrind reads debug data by name when it sees a mapping, and a memfd has none. */
static bool need_named_file(void)
{
    const char *preload = getenv("LD_PRELOAD");
    return preload != NULL && strstr(preload, "vgpreload") != NULL;
}

static bool write_all(int fd, const uint8_t *data, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, data, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        data += n;
        size -= (size_t)n;
    }
    return true;
}

int cn_image_backing(const char *name, const void *data, size_t size, char *path, size_t path_size)
{
    int fd;
    if (need_named_file()) {
        const char *folder = getenv("TMPDIR");
        snprintf(path, path_size, "%s/condis-%s-XXXXXX", folder != NULL ? folder : "/tmp", name);
        fd = mkostemp(path, O_CLOEXEC);
    } else {
        fd = memfd_create(name, MFD_CLOEXEC);
        /* Not /proc/self: debuggers open the path, too. */
        snprintf(path, path_size, "/proc/%d/fd/%d", (int)getpid(), fd);
    }
    if (fd < 0)
        return -errno;
    if (write_all(fd, data, size))
        return fd;
    int rc = errno != 0 ? -errno : -EIO;
    cn_image_backing_mapped(path);
    close(fd);
    return rc;
}

void cn_image_backing_mapped(const char *path)
{
    if (strncmp(path, "/proc/", 6) != 0)
        unlink(path);
}

/* --- the table
 * ------------------------------------------------------------------------------------- */

static bool enter(struct cn_image *image)
{
    for (size_t i = 0; i < IMAGES_MAX; i++) {
        if (atomic_load(&images[i]) == NULL) {
            atomic_store(&images[i], image);
            return true;
        }
    }
    return false;
}

static void leave(struct cn_image *image)
{
    for (size_t i = 0; i < IMAGES_MAX; i++)
        if (atomic_load(&images[i]) == image)
            atomic_store(&images[i], NULL);
}

static void destroy(struct cn_image *image)
{
    leave(image);
    pthread_mutex_lock(&debug_lock);
    cn_debug_close(&image->debug);
    pthread_mutex_unlock(&debug_lock);
    if (image->format == CN_IMAGE_PE)
        cn_image_unload_pe(image);
    else
        cn_image_unload_so(image);
    cn_stubs_free(&image->stubs);
    cn_image_drop_regions(image);
    free(image->sections);
    free(image->imports);
    free(image);
}

static struct cn_image *find_dormant(const struct cn_file_id *id, const char *name)
{
    for (size_t i = 0; i < IMAGES_MAX; i++) {
        struct cn_image *image = atomic_load(&images[i]);
        if (image != NULL && !atomic_load(&image->open) && same_file(&image->file, id) &&
            strcmp(image->name, name) == 0)
            return image;
    }
    return NULL;
}

/* Keeps the number of dormant images within bounds; any one will do. */
static void trim_dormant(const struct cn_image *keep, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < IMAGES_MAX; i++) {
        struct cn_image *image = atomic_load(&images[i]);
        if (image != NULL && image != keep && !atomic_load(&image->open) && ++count > most)
            destroy(image);
    }
}

/* --- open and close
 * -------------------------------------------------------------------------------- */

static int open_bytes(struct cn_image *image, const char *path, uint8_t *bytes, size_t size,
                      struct cn_image_error *err)
{
    image->format = size >= 4 && memcmp(bytes, "\177ELF", 4) == 0 ? CN_IMAGE_ELF : CN_IMAGE_PE;
    if (image->format == CN_IMAGE_PE)
        return cn_image_open_pe(image, bytes, size, err);
    int rc = cn_image_open_so(image, path, bytes, size, err);
    free(bytes);
    return rc;
}

static int open_new(const char *path, const struct cn_file_id *id, uint8_t *bytes, size_t size,
                    struct cn_image **out, struct cn_image_error *err)
{
    struct cn_image *image = *out;
    image->fd = -1;
    image->file = *id;
    image->recent = is_recent(id->changed);
    struct cn_text name;
    cn_text_init(&name, image->name, sizeof(image->name));
    cn_text_put(&name, "%s", base_name(path));
    int rc = open_bytes(image, path, bytes, size, err);
    if (rc == 0 && !enter(image))
        rc = cn_load_fail(err, -EMFILE, "%d images are loaded: close one first", IMAGES_MAX);
    if (rc != 0)
        destroy(image);
    return rc;
}

/* Whether a dormant image is still what the file says; *bytes is set when that took reading it. */
static bool still_same(const struct cn_image *image, const char *path, uint8_t **bytes,
                       size_t *size, struct cn_image_error *err)
{
    if (!image->recent)
        return true;
    if (cn_load_read_file(path, bytes, size, err) != 0)
        return false;
    return *size == image->pe->size && memcmp(*bytes, image->pe->bytes, *size) == 0;
}

static int open_locked(const char *path, const struct cn_image_env *env, struct cn_image **out,
                       struct cn_image_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return cn_load_fail(err, -errno, "cannot be opened: %s: check the path", strerror(errno));
    struct cn_file_id id = file_id(&st);
    uint8_t *bytes = NULL;
    size_t size;
    struct cn_image *image = find_dormant(&id, base_name(path));
    if (image != NULL && still_same(image, path, &bytes, &size, err)) {
        free(bytes);
        image->env = *env;
        int rc = cn_image_wake_pe(image, err);
        if (rc == 0)
            *out = image;
        return rc;
    }
    int rc = bytes != NULL ? 0 : cn_load_read_file(path, &bytes, &size, err);
    if (rc != 0)
        return rc;
    image = calloc(1, sizeof(*image));
    if (image == NULL) {
        free(bytes);
        return cn_load_fail(err, -ENOMEM, "out of memory: free some memory");
    }
    image->env = *env;
    rc = open_new(path, &id, bytes, size, &image, err);
    if (rc == 0)
        *out = image;
    return rc;
}

int cn_image_open(const char *path, const struct cn_image_env *env, struct cn_image **out,
                  struct cn_image_error *err)
{
    cn_assert(env->resolve != NULL && env->missing != NULL);
    pthread_mutex_lock(&lock);
    struct cn_image *image = NULL;
    int rc = open_locked(path, env, &image, err);
    if (rc == 0) {
        atomic_store(&image->open, true);
        *out = image;
    }
    pthread_mutex_unlock(&lock);
    return rc;
}

void cn_image_close(struct cn_image *image)
{
    pthread_mutex_lock(&lock);
    cn_assert(atomic_load(&image->open));
    atomic_store(&image->open, false);
    if (image->format == CN_IMAGE_PE) {
        cn_image_reset(image); /* so that nothing is reachable from its data any more */
        cn_image_sleep_pe(image);
        cn_stubs_enable(&image->stubs, false);
        trim_dormant(image, DORMANT_MAX - 1);
    } else {
        destroy(image);
    }
    pthread_mutex_unlock(&lock);
}

void cn_image_cache_drop(void)
{
    pthread_mutex_lock(&lock);
    trim_dormant(NULL, 0);
    pthread_mutex_unlock(&lock);
}

/* --- reset
 * ----------------------------------------------------------------------------------------- */

/* Not memcpy: a sanitizer would complain about the redzones between the variables of a module that
 * is built with it, which are copied like everything else. */
static void copy_bytes(uint8_t *to, const uint8_t *from, size_t size)
{
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

static void zero_bytes(uint8_t *to, size_t size)
{
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(0) : "memory");
}

/* Large zeroed memory is given back to the system, which provides new zeroes when it is touched. */
static void zero_region(uint8_t *at, size_t size)
{
    uint8_t *end = at + size;
    uint8_t *pages = (uint8_t *)CN_ALIGN_UP((uintptr_t)at, (uintptr_t)CN_ELF_PAGE);
    uint8_t *pages_end = (uint8_t *)((uintptr_t)end & ~(uintptr_t)(CN_ELF_PAGE - 1));
    if (size <= ZERO_BY_HAND_MAX ||
        madvise(pages, (size_t)(pages_end - pages), MADV_DONTNEED) != 0) {
        zero_bytes(at, size);
        return;
    }
    zero_bytes(at, (size_t)(pages - at));
    zero_bytes(pages_end, (size_t)(end - pages_end));
}

int cn_image_snapshot(struct cn_image *image)
{
    for (size_t i = 0; i < image->region_count; i++) {
        struct cn_region *r = &image->regions[i];
        if (r->copy == NULL)
            r->copy = malloc(r->copy_size + 1);
        if (r->copy == NULL)
            return -ENOMEM;
        copy_bytes(r->copy, r->at, r->copy_size);
    }
    return 0;
}

void cn_image_drop_regions(struct cn_image *image)
{
    for (size_t i = 0; i < image->region_count; i++)
        free(image->regions[i].copy);
    free(image->regions);
}

void cn_image_reset(struct cn_image *image)
{
    for (size_t i = 0; i < image->region_count; i++) {
        struct cn_region *r = &image->regions[i];
        copy_bytes(r->at, r->copy, r->copy_size);
        zero_region(r->at + r->copy_size, r->size - r->copy_size);
    }
}

/* --- imports and exports
 * --------------------------------------------------------------------------- */

static void *resolve(struct cn_image *image, const char *dll, const char *name, int ordinal,
                     int depth);

/* "MODULE.Name" or "MODULE.#7" */
static void *resolve_forwarder(struct cn_image *image, const char *text, int depth)
{
    char dll[256];
    const char *dot = strrchr(text, '.');
    if (depth == FORWARDS_MAX || (size_t)(dot - text) >= sizeof(dll))
        return NULL;
    memcpy(dll, text, (size_t)(dot - text));
    dll[dot - text] = '\0';
    if (dot[1] == '#')
        return resolve(image, dll, NULL, atoi(dot + 2), depth + 1);
    return resolve(image, dll, dot + 1, -1, depth + 1);
}

static void *find_export(struct cn_image *image, const char *name, int ordinal, int depth)
{
    if (image->format == CN_IMAGE_ELF) {
        void *p = name != NULL ? dlsym(image->handle, name) : NULL;
        return (uintptr_t)p - (uintptr_t)image->base < image->size ? p : NULL;
    }
    const struct cn_pe_export *e = cn_pe_export(image->pe, name, (uint32_t)ordinal);
    if (e == NULL)
        return NULL;
    if (e->forwarder != NULL)
        return resolve_forwarder(image, e->forwarder, depth);
    return image->base + e->rva;
}

static void *resolve(struct cn_image *image, const char *dll, const char *name, int ordinal,
                     int depth)
{
    void *p = image->env.resolve(image->env.arg, dll, name, ordinal);
    for (size_t i = 0; i < IMAGES_MAX && p == NULL; i++) {
        struct cn_image *other = atomic_load(&images[i]);
        if (other != NULL && other != image && atomic_load(&other->open) &&
            cn_load_same_module(other->name, dll))
            p = find_export(other, name, ordinal, depth);
    }
    return p;
}

void *cn_image_resolve(struct cn_image *image, const char *dll, const char *name, int ordinal)
{
    return resolve(image, dll, name, ordinal, 0);
}

void *cn_image_export(const struct cn_image *image, const char *name, int ordinal)
{
    return find_export((struct cn_image *)(uintptr_t)image, name, ordinal, 0);
}

void cn_stub_called(struct cn_image *image, uint32_t index, void *caller)
{
    const struct cn_import *import = &image->imports[index];
    char number[16];
    snprintf(number, sizeof(number), "#%d", import->ordinal);
    image->env.missing(image->env.arg, image->name, import->dll,
                       import->name != NULL ? import->name : number, caller);
    cn_assert(!"the callback for a missing import does not return");
    abort();
}

/* --- accessors
 * ------------------------------------------------------------------------------------- */

const char *cn_image_name(const struct cn_image *image)
{
    return image->name;
}

enum cn_image_format cn_image_format(const struct cn_image *image)
{
    return image->format;
}

void *cn_image_entry(const struct cn_image *image)
{
    return image->entry;
}

uint8_t *cn_image_base(const struct cn_image *image)
{
    return image->base;
}

size_t cn_image_size(const struct cn_image *image)
{
    return image->size;
}

size_t cn_image_sections(const struct cn_image *image, const struct cn_image_section **first)
{
    *first = image->sections;
    return image->section_count;
}

const void *cn_image_functions(const struct cn_image *image, size_t *count)
{
    const void *table = NULL;
    size_t bytes = 0;
    cn_image_unwind_table(image, &table, &bytes);
    *count = bytes / sizeof(struct cn_pe_function);
    return table;
}

bool cn_image_unwind_table(const struct cn_image *image, const void **pdata, size_t *bytes)
{
    if (image->format != CN_IMAGE_PE || image->pe->function_count == 0)
        return false;
    *pdata = image->base + image->pe->directories[CN_PE_EXCEPTION].rva;
    *bytes = image->pe->function_count * sizeof(struct cn_pe_function);
    return true;
}

size_t cn_image_imports(const struct cn_image *image, const struct cn_import **first)
{
    *first = image->imports;
    return image->import_count;
}

/* --- addresses
 * ------------------------------------------------------------------------------------- */

/* The patch that holds the address, or NULL. */
static const struct cn_patch_piece *find_piece(const struct cn_image *image, const void *address)
{
    uintptr_t at = (uintptr_t)address - (uintptr_t)image->bias - (uintptr_t)image->elf.code_vaddr;
    if (image->format != CN_IMAGE_PE || at >= image->elf.code_size)
        return NULL;
    for (size_t i = 0; i < image->elf.patches.piece_count; i++) {
        const struct cn_patch_piece *p = &image->elf.patches.pieces[i];
        if (at >= p->begin && at < p->end && p->rva != 0)
            return p;
    }
    return NULL;
}

static bool holds(const struct cn_image *image, const void *address)
{
    return (uintptr_t)address - (uintptr_t)image->base < image->size ||
           find_piece(image, address) != NULL;
}

static struct cn_image *find_image(const void *address, bool open)
{
    for (size_t i = 0; i < IMAGES_MAX; i++) {
        struct cn_image *image = atomic_load_explicit(&images[i], memory_order_acquire);
        if (image != NULL && atomic_load(&image->open) == open && holds(image, address))
            return image;
    }
    return NULL;
}

struct cn_image *cn_image_find(const void *address)
{
    return find_image(address, true);
}

bool cn_image_is_code(const struct cn_image *image, const void *address)
{
    uintptr_t rva = (uintptr_t)address - (uintptr_t)image->base;
    for (size_t i = 0; i < image->section_count; i++) {
        const struct cn_image_section *s = &image->sections[i];
        if (s->execute && rva >= s->rva && rva - s->rva < s->size)
            return true;
    }
    return find_piece(image, address) != NULL;
}

const void *cn_image_origin(const void *pc)
{
    struct cn_image *image = cn_image_find(pc);
    const struct cn_patch_piece *piece = image != NULL ? find_piece(image, pc) : NULL;
    return piece != NULL ? image->base + piece->rva : pc;
}

const struct cn_import *cn_image_missing_at(const void *address)
{
    for (size_t i = 0; i < IMAGES_MAX; i++) {
        struct cn_image *image = atomic_load_explicit(&images[i], memory_order_acquire);
        long index = image != NULL ? cn_stubs_find(&image->stubs, address) : -1;
        if (index >= 0)
            return &image->imports[index];
    }
    return NULL;
}

/* Whether the instruction before pc is a call, so that pc looks like a return address. */
static bool after_call(const struct cn_image *image, const uint8_t *pc)
{
    if (!atomic_load(&image->open) || !cn_image_is_code(image, pc - 8) ||
        !cn_image_is_code(image, pc))
        return false;
    if (pc[-5] == 0xe8)
        return true;
    for (int length = 2; length <= 7; length++)
        if (pc[-length] == 0xff && (pc[1 - length] & 0x38) == 0x10)
            return true;
    return false;
}

static void describe_image(struct cn_image *image, const void *address, struct cn_text *t)
{
    const uint8_t *pc = cn_image_origin(address);
    uint64_t at = (uint64_t)(uintptr_t)pc - (uint64_t)image->bias;
    struct cn_debug_place place;
    cn_debug_find(&image->debug, image->fd, at, after_call(image, pc) ? at - 1 : at, &place);
    cn_text_put(t, "%s", image->name);
    if (place.function != NULL)
        cn_text_put(t, place.offset != 0 ? "!%s+0x%llx" : "!%s", place.function,
                    (unsigned long long)place.offset);
    else
        cn_text_put(t, "+0x%llx", (unsigned long long)(pc - image->base));
    if (place.file != NULL)
        cn_text_put(t, " (%s:%d)", place.file, place.line);
    if (!atomic_load(&image->open))
        cn_text_put(t, " (unloaded)");
}

char *cn_image_describe(const void *address, char *buf, size_t size)
{
    struct cn_text t;
    Dl_info host;
    cn_text_init(&t, buf, size);
    pthread_mutex_lock(&debug_lock);
    struct cn_image *image = find_image(address, true);
    if (image == NULL)
        image = find_image(address, false);
    const struct cn_import *missing = cn_image_missing_at(address);
    if (image != NULL)
        describe_image(image, address, &t);
    else if (missing != NULL && missing->name != NULL)
        cn_text_put(&t, "%s%s%s (missing)", missing->dll, missing->dll[0] != '\0' ? "!" : "",
                    missing->name);
    else if (missing != NULL)
        cn_text_put(&t, "%s!#%d (missing)", missing->dll, missing->ordinal);
    else if (dladdr(address, &host) != 0 && host.dli_sname != NULL)
        cn_text_put(&t, "%s!%s+0x%zx", base_name(host.dli_fname), host.dli_sname,
                    (size_t)((const char *)address - (const char *)host.dli_saddr));
    else
        cn_text_put(&t, "0x%llx", (unsigned long long)(uintptr_t)address);
    pthread_mutex_unlock(&debug_lock);
    return buf;
}
