/* image_pe.c - a .sys in memory: mapped as an ELF shared object, linked, put to sleep and woken.
 *
 * The dynamic linker maps and relocates the converted file. An image without relocations runs at
 * one address only, where the dynamic linker cannot be made to put it: it is mapped by hand, and
 * debuggers do not see it.
 */
#include "load/image_impl.h"

#include "base/base.h"
#include "load/fail.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#define DEFAULT_COOKIE   UINT64_C(0x00002B992DDFA232)
#define SHARED_USER_DATA UINT64_C(0xFFFFF78000000000)

/* LeakSanitizer reads the data of every module, also of a dormant one. */
#if defined(__SANITIZE_ADDRESS__)
#define DORMANT_RIGHTS PROT_READ
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DORMANT_RIGHTS PROT_READ
#endif
#endif
#ifndef DORMANT_RIGHTS
#define DORMANT_RIGHTS PROT_NONE
#endif

void __register_frame(void *frames);
void __deregister_frame(void *frames);

static uint8_t *at_vaddr(const struct cn_image *image, uint64_t vaddr)
{
    return (uint8_t *)(uintptr_t)(vaddr + (uint64_t)image->bias);
}

static size_t page_up(size_t size)
{
    return CN_ALIGN_UP(size, (size_t)CN_ELF_PAGE);
}

static int rights(const struct cn_elf_segment *s)
{
    return PROT_READ | (s->write ? PROT_WRITE : 0) | (s->execute ? PROT_EXEC : 0);
}

/* --- mapping
 * --------------------------------------------------------------------------------------- */

static int map_relocated(struct cn_image *image, const char *path, struct cn_image_error *err)
{
    struct link_map *map;
    image->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (image->handle == NULL)
        return cn_load_fail(err, -ENOEXEC,
                            "the converted image cannot be mapped: %s: is /proc mounted?",
                            dlerror());
    if (dlinfo(image->handle, RTLD_DI_LINKMAP, &map) != 0)
        return cn_load_fail(err, -ENOEXEC,
                            "the converted image is not known: %s: please report this", dlerror());
    image->bias = (ptrdiff_t)map->l_addr;
    return 0;
}

static int map_segment(const struct cn_image *image, const struct cn_elf_segment *s)
{
    uint8_t *at = at_vaddr(image, s->vaddr);
    size_t file = page_up(s->file_size), all = page_up(s->size);
    if (file > 0 && mmap(at, file, rights(s), MAP_PRIVATE | MAP_FIXED, image->fd,
                         (off_t)s->offset) == MAP_FAILED)
        return -errno;
    if (all > file && mmap(at + file, all - file, rights(s),
                           MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
        return -errno;
    return 0;
}

static int map_fixed(struct cn_image *image, struct cn_image_error *err)
{
    const struct cn_elf *elf = &image->elf;
    void *want = (void *)(uintptr_t)elf->image_vaddr;
    size_t size = elf->end_vaddr - elf->image_vaddr;
    /* A hint is taken when the place is free. (ThreadSanitizer does not know MAP_FIXED_NOREPLACE.)
     */
    void *p = mmap(want, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p != want) {
        if (p != MAP_FAILED)
            munmap(p, size);
        return cn_load_fail(
            err, -ENOEXEC,
            "file header: Characteristics has RELOCS_STRIPPED: the image runs at 0x%llx "
            "only, which is not free in this process: link with /dynamicbase, without "
            "/fixed",
            (unsigned long long)elf->image_vaddr);
    }
    image->bias = 0;
    for (size_t i = 0; i < elf->segment_count; i++) {
        int rc = map_segment(image, &elf->segments[i]);
        if (rc != 0) {
            munmap(p, size);
            return cn_load_fail(err, rc, "cannot be mapped: %s: free some memory", strerror(-rc));
        }
    }
    __register_frame(at_vaddr(image, elf->eh_frame_vaddr));
    return 0;
}

static int map(struct cn_image *image, struct cn_image_error *err)
{
    char path[256];
    image->fd = cn_image_backing(image->name, image->elf.file.data, image->elf.file.size, path,
                                 sizeof(path));
    if (image->fd < 0)
        return cn_load_fail(err, image->fd,
                            "memory for the converted image cannot be had: %s: free some "
                            "memory",
                            strerror(-image->fd));
    int rc = cn_pe_relocatable(image->pe) ? map_relocated(image, path, err) : map_fixed(image, err);
    cn_image_backing_mapped(path);
    if (rc != 0)
        return rc;
    cn_buf_free(&image->elf.file);
    image->base = at_vaddr(image, image->elf.image_vaddr);
    for (size_t i = 0; i < image->elf.segment_count; i++) {
        const struct cn_elf_segment *s = &image->elf.segments[i];
        if (s->image)
            image->size = (size_t)(s->vaddr - image->elf.image_vaddr) + page_up(s->size);
    }
    image->entry = image->base + image->pe->entry;
    return 0;
}

/* --- linking
 * --------------------------------------------------------------------------------------- */

/* Gives a segment its final rights, or those the loader needs to write to it. */
static void protect(const struct cn_image *image, const struct cn_elf_segment *s, bool linking)
{
    int r = linking ? PROT_READ | PROT_WRITE : rights(s);
    cn_assert(mprotect(at_vaddr(image, s->vaddr), page_up(s->size), r) == 0);
}

/* The same for all segments of a waking image: one call for neighbours with equal rights. */
static void protect_awake(const struct cn_image *image)
{
    const struct cn_elf *elf = &image->elf;
    for (size_t i = 0; i < elf->segment_count;) {
        const struct cn_elf_segment *first = &elf->segments[i], *s = first;
        uint64_t end = first->vaddr;
        for (; i < elf->segment_count; s = &elf->segments[++i]) {
            bool goes_on = s->image == first->image && s->vaddr == end;
            if (!goes_on || rights(s) != rights(first))
                break;
            end = s->vaddr + page_up(s->size);
        }
        if (first->image || first->execute)
            cn_assert(mprotect(at_vaddr(image, first->vaddr), (size_t)(end - first->vaddr),
                               rights(first)) == 0);
    }
}

static void put_address(const struct cn_image *image, uint32_t rva, const void *address)
{
    uint64_t word = (uintptr_t)address;
    memcpy(image->base + rva, &word, sizeof(word));
}

static int link_imports(struct cn_image *image, struct cn_image_error *err)
{
    for (size_t i = 0; i < image->import_count; i++) {
        struct cn_import *import = &image->imports[i];
        void *p = cn_image_resolve(image, import->dll, import->name, import->ordinal);
        import->provided = p != NULL;
        if (p == NULL) {
            int rc = image->stubs.area == NULL
                         ? cn_stubs_make(&image->stubs, image, image->import_count)
                         : 0;
            if (rc != 0)
                return cn_load_fail(err, rc, "no memory for missing imports: %s: free some memory",
                                    strerror(-rc));
            p = import->data ? cn_stubs_variable(&image->stubs, i)
                             : cn_stubs_function(&image->stubs, i);
        }
        put_address(image, image->pe->imports[i].slot, p);
    }
    return 0;
}

/* Windows gives every image a cookie of its own; code built for Windows 8 and later refuses to run
 * with the one the linker put there. */
static uint64_t random_cookie(void)
{
    uint64_t cookie = 0;
    while (cookie == 0 || cookie == DEFAULT_COOKIE) {
        if (getrandom(&cookie, sizeof(cookie), 0) != sizeof(cookie)) {
            struct timespec now;
            clock_gettime(CLOCK_MONOTONIC, &now);
            cookie = (uint64_t)now.tv_nsec * UINT64_C(0x9E3779B97F4A7C15);
        }
        cookie >>= 16; /* so that it never looks like a text */
    }
    return cookie;
}

static void link_load_config(const struct cn_image *image)
{
    const struct cn_pe_load_config *c = &image->pe->load_config;
    if (c->cookie != 0) {
        uint64_t cookie = random_cookie();
        memcpy(image->base + c->cookie, &cookie, sizeof(cookie));
    }
    const struct {
        uint32_t rva;
        void (*function)(void);
    } guards[] = {
        {c->guard_check, cn_stub_guard_check},
        {c->guard_dispatch, cn_stub_guard_dispatch},
        {c->xfg_check, cn_stub_guard_check},
        {c->xfg_dispatch, cn_stub_guard_dispatch},
        {c->xfg_table_dispatch, cn_stub_guard_dispatch},
    };
    for (size_t i = 0; i < CN_ARRAY_SIZE(guards); i++)
        if (guards[i].rva != 0)
            put_address(image, guards[i].rva, (void *)(uintptr_t)guards[i].function);
}

/* Without an environment that has an IRQL, a driver reads what it wrote. */
static _Thread_local uint8_t own_irql;

static uint8_t read_own_irql(void)
{
    return own_irql;
}

static void write_own_irql(uint8_t irql)
{
    own_irql = irql;
}

static void link_patches(const struct cn_image *image)
{
    const struct cn_image_env *env = &image->env;
    const bool own = env->read_irql == NULL || env->write_irql == NULL;
    const uintptr_t slots[CN_SLOTS] = {
        [CN_SLOT_READ_IRQL_FUNCTION] = (uintptr_t)(own ? read_own_irql : env->read_irql),
        [CN_SLOT_READ_IRQL] = (uintptr_t)&cn_stub_read_irql,
        [CN_SLOT_WRITE_IRQL_FUNCTION] = (uintptr_t)(own ? write_own_irql : env->write_irql),
        [CN_SLOT_WRITE_IRQL] = (uintptr_t)&cn_stub_write_irql,
    };
    memcpy(at_vaddr(image, image->elf.slots_vaddr), slots, sizeof(slots));
    for (size_t i = 0; i < image->elf.patches.shared_count; i++) {
        uint32_t rva = image->elf.patches.shared[i];
        uint64_t word;
        memcpy(&word, cn_pe_at(image->pe, rva, sizeof(word)), sizeof(word));
        if (env->shared_user_data != NULL)
            word += (uintptr_t)env->shared_user_data - SHARED_USER_DATA;
        memcpy(image->base + rva, &word, sizeof(word));
    }
}

static int link_image(struct cn_image *image, bool waking, struct cn_image_error *err)
{
    struct cn_elf *elf = &image->elf;
    if (waking)
        protect_awake(image);
    for (size_t i = 0; i < elf->segment_count; i++)
        if (elf->segments[i].fixed_up && !elf->segments[i].write)
            protect(image, &elf->segments[i], true);
    int rc = link_imports(image, err);
    link_load_config(image);
    link_patches(image);
    for (size_t i = 0; i < elf->segment_count; i++)
        if (elf->segments[i].fixed_up && !elf->segments[i].write)
            protect(image, &elf->segments[i], false);
    if (rc == 0 && cn_image_snapshot(image) != 0)
        rc = cn_load_fail(err, -ENOMEM, "out of memory for a copy of the data: free some memory");
    return rc;
}

/* --- tables of the image
 * --------------------------------------------------------------------------- */

static int make_tables(struct cn_image *image)
{
    const struct cn_pe *pe = image->pe;
    image->sections = calloc(pe->section_count, sizeof(*image->sections));
    image->imports = calloc(pe->import_count + 1, sizeof(*image->imports));
    image->regions = calloc(image->elf.segment_count, sizeof(*image->regions));
    if (image->sections == NULL || image->imports == NULL || image->regions == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < pe->section_count; i++) {
        const struct cn_pe_section *s = &pe->sections[i];
        struct cn_image_section *to = &image->sections[image->section_count];
        if (!s->loaded || s->size == 0)
            continue;
        memcpy(to->name, s->name, sizeof(to->name));
        to->rva = s->rva;
        to->size = s->size;
        to->raw_size = s->raw_size;
        to->read = s->read;
        to->write = s->write;
        to->execute = s->execute;
        image->section_count++;
    }
    for (size_t i = 0; i < pe->import_count; i++)
        image->imports[i] = (struct cn_import){.dll = pe->imports[i].dll,
                                               .name = pe->imports[i].name,
                                               .ordinal = pe->imports[i].ordinal,
                                               .data = !image->elf.called[i]};
    image->import_count = pe->import_count;
    for (size_t i = 0; i < image->elf.segment_count; i++) {
        const struct cn_elf_segment *s = &image->elf.segments[i];
        if (s->image && s->write)
            image->regions[image->region_count++] = (struct cn_region){
                .at = at_vaddr(image, s->vaddr), .size = s->size, .copy_size = s->file_size};
    }
    return 0;
}

int cn_image_open_pe(struct cn_image *image, uint8_t *bytes, size_t size,
                     struct cn_image_error *err)
{
    int rc = cn_pe_parse(bytes, size, &image->pe, err);
    if (rc != 0) {
        free(bytes);
        return rc;
    }
    image->pe->owns_bytes = true;
    rc = cn_pe2elf(image->pe, &image->elf, err);
    if (rc == 0)
        rc = map(image, err);
    if (rc == 0 && make_tables(image) != 0)
        rc = cn_load_fail(err, -ENOMEM,
                          "out of memory for the tables of the image: free some memory");
    if (rc == 0)
        rc = link_image(image, false, err);
    return rc;
}

int cn_image_wake_pe(struct cn_image *image, struct cn_image_error *err)
{
    cn_stubs_enable(&image->stubs, true);
    int rc = link_image(image, true, err);
    if (rc != 0)
        cn_image_sleep_pe(image);
    return rc;
}

void cn_image_sleep_pe(struct cn_image *image)
{
    const struct cn_elf *elf = &image->elf;
    cn_assert(mprotect(image->base, image->size, DORMANT_RIGHTS) == 0);
    cn_assert(mprotect(at_vaddr(image, elf->code_vaddr), page_up(elf->code_size), PROT_READ) == 0);
}

void cn_image_unload_pe(struct cn_image *image)
{
    if (image->handle != NULL) {
        dlclose(image->handle);
    } else if (image->base != NULL) {
        __deregister_frame(at_vaddr(image, image->elf.eh_frame_vaddr));
        munmap(image->base, image->elf.end_vaddr - image->elf.image_vaddr);
    }
    if (image->fd >= 0)
        close(image->fd);
    cn_elf_free(&image->elf);
    cn_pe_free(image->pe);
}
