/* image_so.c - a native driver: an x86-64 ELF shared object that exports DriverEntry, loaded by the
 * dynamic linker.
 *
 * Its imports are its undefined symbols. The runtime's own dynamic symbols and the C library
 * provide most of them; what they do not have comes from a small shared object made here
 * (so_symbols.c), in which the names stand for what the resolver knows or for placeholders. So a
 * missing import does not stop the load.
 */
#include "load/image_impl.h"
#include "load/so_symbols.h"

#include "base/base.h"
#include "load/fail.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { GRAVES_MAX = 64, LIBRARIES_MAX = 64 };

#define REBUILD "build it as a shared object for x86-64 Linux (gcc -shared -fPIC)"

/* The file while it is examined. */
struct reader {
    struct cn_image *image;
    struct cn_image_error *err;
    const uint8_t *bytes;
    size_t size;
    Elf *elf;
    void *libraries[LIBRARIES_MAX]; /* what the file needs, opened to look for symbols */
    size_t library_count;
    struct cn_so_symbol *missing; /* that nobody but the resolver may know */
    uint32_t *missing_import;     /* -> image->imports */
    size_t missing_count;
};

/* --- checks
 * ---------------------------------------------------------------------------------------- */

static int check_header(struct reader *r)
{
    Elf64_Ehdr h;
    if (r->size < sizeof(h))
        return cn_load_fail(r->err, -ENOEXEC,
                            "truncated: %zu bytes, an ELF header has %zu: copy the "
                            "file again",
                            r->size, sizeof(h));
    memcpy(&h, r->bytes, sizeof(h));
    if (h.e_ident[EI_CLASS] != ELFCLASS64 || h.e_ident[EI_DATA] != ELFDATA2LSB ||
        h.e_machine != EM_X86_64)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "ELF header: machine %u, class %u: condis runs x86-64 (62), 64 bit (2): " REBUILD,
            h.e_machine, h.e_ident[EI_CLASS]);
    if (h.e_type != ET_DYN)
        return cn_load_fail(r->err, -ENOEXEC,
                            "ELF header: type %u is %s, not a shared object (3): " REBUILD,
                            h.e_type,
                            h.e_type == ET_REL    ? "an object file"
                            : h.e_type == ET_EXEC ? "a program"
                            : h.e_type == ET_CORE ? "a core dump"
                                                  : "unknown");
    return 0;
}

/* The dynamic linker believes what the program headers say, to the point of a crash. */
static int check_segments(struct reader *r)
{
    size_t count = 0, loads = 0;
    bool dynamic = false;
    if (elf_getphdrnum(r->elf, &count) != 0 || count == 0)
        return cn_load_fail(r->err, -ENOEXEC,
                            "truncated: the program headers are not in the file: copy "
                            "the file again");
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr h;
        if (gelf_getphdr(r->elf, (int)i, &h) == NULL)
            return cn_load_fail(r->err, -ENOEXEC,
                                "program header %zu: it is not in the file: copy the "
                                "file again",
                                i);
        if (h.p_type == PT_INTERP)
            return cn_load_fail(r->err, -ENOEXEC,
                                "program header %zu: PT_INTERP: it is a program, not "
                                "a driver: " REBUILD,
                                i);
        if ((h.p_type == PT_LOAD || h.p_type == PT_DYNAMIC) &&
            (h.p_offset > r->size || h.p_filesz > r->size - h.p_offset || h.p_filesz > h.p_memsz))
            return cn_load_fail(
                r->err, -ENOEXEC,
                "program header %zu: 0x%llx bytes at 0x%llx end beyond the file (0x%zx): "
                "the file is truncated: copy it again",
                i, (unsigned long long)h.p_filesz, (unsigned long long)h.p_offset, r->size);
        loads += h.p_type == PT_LOAD;
        dynamic |= h.p_type == PT_DYNAMIC;
    }
    if (loads == 0 || !dynamic)
        return cn_load_fail(r->err, -ENOEXEC,
                            "program headers: nothing to load, or no dynamic section: " REBUILD);
    return 0;
}

static Elf_Scn *find_section(const struct reader *r, GElf_Word type, Elf_Scn *after, GElf_Shdr *h)
{
    for (Elf_Scn *s = elf_nextscn(r->elf, after); s != NULL; s = elf_nextscn(r->elf, s))
        if (gelf_getshdr(s, h) != NULL && h->sh_type == type && h->sh_entsize != 0)
            return s;
    return NULL;
}

/* --- imports
 * --------------------------------------------------------------------------------------- */

static void open_libraries(struct reader *r)
{
    GElf_Shdr h;
    Elf_Scn *s = find_section(r, SHT_DYNAMIC, NULL, &h);
    Elf_Data *data = s != NULL ? elf_getdata(s, NULL) : NULL;
    for (size_t i = 0; data != NULL && i < data->d_size / h.sh_entsize; i++) {
        GElf_Dyn d;
        if (gelf_getdyn(data, (int)i, &d) == NULL || d.d_tag != DT_NEEDED ||
            r->library_count == LIBRARIES_MAX)
            continue;
        const char *name = elf_strptr(r->elf, h.sh_link, d.d_un.d_val);
        /* A sanitizer's runtime must come first in a process: loading it later ends the process. */
        void *library =
            name != NULL && strncmp(name, "libasan", 7) != 0 && strncmp(name, "libtsan", 7) != 0
                ? dlopen(name, RTLD_LAZY | RTLD_LOCAL)
                : NULL;
        if (library != NULL)
            r->libraries[r->library_count++] = library;
    }
}

static bool is_provided(const struct reader *r, const char *name)
{
    if (dlsym(RTLD_DEFAULT, name) != NULL)
        return true;
    for (size_t i = 0; i < r->library_count; i++)
        if (dlsym(r->libraries[i], name) != NULL)
            return true;
    return false;
}

/* Marks the symbols that are called through the procedure linkage table: these are functions. */
static void mark_functions(const struct reader *r, uint8_t *function, size_t count)
{
    GElf_Shdr h;
    for (Elf_Scn *s = find_section(r, SHT_RELA, NULL, &h); s != NULL;
         s = find_section(r, SHT_RELA, s, &h)) {
        Elf_Data *data = elf_getdata(s, NULL);
        for (size_t i = 0; data != NULL && i < data->d_size / h.sh_entsize; i++) {
            GElf_Rela rela;
            if (gelf_getrela(data, (int)i, &rela) != NULL &&
                GELF_R_TYPE(rela.r_info) == R_X86_64_JUMP_SLOT && GELF_R_SYM(rela.r_info) < count)
                function[GELF_R_SYM(rela.r_info)] = 1;
        }
    }
}

static int check_sanitizer(struct reader *r, const char *name)
{
    static const struct {
        const char *symbol, *sanitizer;
    } known[] = {{"__asan_init", "AddressSanitizer"}, {"__tsan_init", "ThreadSanitizer"}};
    for (size_t i = 0; i < CN_ARRAY_SIZE(known); i++)
        if (strcmp(name, known[i].symbol) == 0 && dlsym(RTLD_DEFAULT, name) == NULL)
            return cn_load_fail(
                r->err, -ENOEXEC,
                "undefined symbol %s: built with %s, this condis is not: build both or "
                "none with it",
                name, known[i].sanitizer);
    return 0;
}

static int add_import(struct reader *r, const char *name, bool data)
{
    struct cn_image *image = r->image;
    int rc = check_sanitizer(r, name);
    if (rc != 0)
        return rc;
    struct cn_import *import = &image->imports[image->import_count];
    *import = (struct cn_import){
        .dll = "", .name = name, .ordinal = -1, .data = data, .provided = is_provided(r, name)};
    if (!import->provided) {
        r->missing_import[r->missing_count] = (uint32_t)image->import_count;
        r->missing[r->missing_count++] = (struct cn_so_symbol){.name = name};
    }
    image->import_count++;
    return 0;
}

static int add_imports(struct reader *r, Elf_Data *data, const GElf_Shdr *h,
                       const uint8_t *function)
{
    int rc = 0;
    for (size_t i = 1; rc == 0 && i < data->d_size / h->sh_entsize; i++) {
        GElf_Sym sym;
        if (gelf_getsym(data, (int)i, &sym) == NULL || sym.st_shndx != SHN_UNDEF ||
            GELF_ST_BIND(sym.st_info) != STB_GLOBAL)
            continue;
        const char *name = elf_strptr(r->elf, h->sh_link, sym.st_name);
        if (name != NULL && name[0] != '\0')
            rc = add_import(r, name, !function[i] && GELF_ST_TYPE(sym.st_info) != STT_FUNC);
    }
    return rc;
}

static int read_imports(struct reader *r)
{
    GElf_Shdr h;
    Elf_Scn *s = find_section(r, SHT_DYNSYM, NULL, &h);
    Elf_Data *data = s != NULL ? elf_getdata(s, NULL) : NULL;
    size_t count = data != NULL ? data->d_size / h.sh_entsize : 0;
    uint8_t *function = calloc(count + 1, 1);
    r->image->imports = calloc(count + 1, sizeof(*r->image->imports));
    r->missing = calloc(count + 1, sizeof(*r->missing));
    r->missing_import = calloc(count + 1, sizeof(*r->missing_import));
    int rc = -ENOMEM;
    if (function == NULL || r->image->imports == NULL || r->missing == NULL ||
        r->missing_import == NULL)
        cn_load_fail(r->err, rc, "out of memory for the imports: free some memory");
    else
        rc = 0;
    if (rc == 0 && data != NULL) {
        open_libraries(r);
        mark_functions(r, function, count);
        rc = add_imports(r, data, &h, function);
    }
    free(function);
    return rc;
}

/* Gives every missing symbol an address and makes them known to the dynamic linker. */
static int provide_missing(struct reader *r)
{
    struct cn_image *image = r->image;
    if (r->missing_count == 0)
        return 0;
    int rc = cn_stubs_make(&image->stubs, image, image->import_count);
    if (rc != 0)
        return cn_load_fail(r->err, rc, "no memory for missing imports: %s: free some memory",
                            strerror(-rc));
    for (size_t i = 0; i < r->missing_count; i++) {
        size_t index = r->missing_import[i];
        struct cn_import *import = &image->imports[index];
        void *p = cn_image_resolve(image, "", import->name, -1);
        import->provided = p != NULL;
        if (p == NULL)
            p = import->data ? cn_stubs_variable(&image->stubs, index)
                             : cn_stubs_function(&image->stubs, index);
        r->missing[i].address = (uint64_t)(uintptr_t)p;
    }
    struct cn_buf object = {0};
    char path[256];
    if (!cn_so_symbols(r->missing, r->missing_count, &object))
        return cn_load_fail(r->err, -ENOMEM, "out of memory for missing imports: free some memory");
    int fd = cn_image_backing("missing-imports", object.data, object.size, path, sizeof(path));
    cn_buf_free(&object);
    if (fd < 0)
        return cn_load_fail(r->err, fd,
                            "memory for missing imports cannot be had: %s: free some memory",
                            strerror(-fd));
    /* Symbols of objects opened so are seen by everything opened later. */
    image->imports_handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    cn_image_backing_mapped(path);
    if (image->imports_handle == NULL)
        rc = cn_load_fail(r->err, -ENOEXEC,
                          "placeholders of missing imports cannot be loaded: %s: is "
                          "/proc mounted?",
                          dlerror());
    close(fd);
    return rc;
}

/* --- graves
 * ---------------------------------------------------------------------------------------- */

/* Memory of closed objects stays reserved for a while, so that a pointer into one faults instead of
 * meeting what the system has put there next. */
static struct {
    void *at;
    size_t size;
} graves[GRAVES_MAX];
static size_t next_grave;

static void bury(void *at, size_t size)
{
    void *p = mmap(at, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p != at) { /* somebody was quicker, or the object is still in use */
        if (p != MAP_FAILED)
            munmap(p, size);
        return;
    }
    size_t i = next_grave++ % GRAVES_MAX;
    if (graves[i].at != NULL)
        munmap(graves[i].at, graves[i].size);
    graves[i].at = at;
    graves[i].size = size;
}

/* --- loading
 * --------------------------------------------------------------------------------------- */

/* The dynamic linker gives the same object for the same file: a second instance needs a file of its
 * own. */
static int load(struct reader *r, const char *path)
{
    struct cn_image *image = r->image;
    char other[256], absolute[4096];
    if (realpath(path, absolute) == NULL)
        return cn_load_fail(r->err, -errno, "cannot be opened: %s: check the path",
                            strerror(errno));
    void *twin = dlopen(absolute, RTLD_LAZY | RTLD_NOLOAD);
    image->fd = -1;
    if (twin != NULL) {
        dlclose(twin);
        image->fd = cn_image_backing(image->name, r->bytes, r->size, other, sizeof(other));
        if (image->fd < 0)
            return cn_load_fail(r->err, image->fd,
                                "cannot be loaded a second time: %s: free some memory",
                                strerror(-image->fd));
        image->handle = dlopen(other, RTLD_NOW | RTLD_LOCAL);
        cn_image_backing_mapped(other);
    } else {
        image->handle = dlopen(absolute, RTLD_NOW | RTLD_LOCAL);
        image->fd = open(absolute, O_RDONLY | O_CLOEXEC);
    }
    if (image->handle == NULL)
        return cn_load_fail(r->err, -ENOEXEC, "the dynamic linker refuses it: %s: %s", dlerror(),
                            REBUILD);
    return 0;
}

/* DriverEntry of a module built with -fvisibility=hidden is in the full symbol table only. */
static void *find_hidden_entry(const struct reader *r)
{
    GElf_Shdr h;
    Elf_Scn *s = find_section(r, SHT_SYMTAB, NULL, &h);
    Elf_Data *data = s != NULL ? elf_getdata(s, NULL) : NULL;
    for (size_t i = 0; data != NULL && i < data->d_size / h.sh_entsize; i++) {
        GElf_Sym sym;
        const char *name = gelf_getsym(data, (int)i, &sym) != NULL && sym.st_shndx != SHN_UNDEF &&
                                   GELF_ST_TYPE(sym.st_info) == STT_FUNC
                               ? elf_strptr(r->elf, h.sh_link, sym.st_name)
                               : NULL;
        void *entry = (void *)(uintptr_t)(sym.st_value + (uint64_t)r->image->bias);
        if (name != NULL && strcmp(name, "DriverEntry") == 0 &&
            (uintptr_t)entry - (uintptr_t)r->image->base < r->image->size)
            return entry;
    }
    return NULL;
}

static int note_entry(struct reader *r)
{
    struct cn_image *image = r->image;
    struct link_map *map;
    if (dlinfo(image->handle, RTLD_DI_LINKMAP, &map) != 0)
        return cn_load_fail(r->err, -ENOEXEC,
                            "the dynamic linker does not know it: %s: please report this",
                            dlerror());
    image->bias = (ptrdiff_t)map->l_addr;
    uint64_t low = UINT64_MAX, high = 0;
    size_t count = 0;
    elf_getphdrnum(r->elf, &count);
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr h;
        if (gelf_getphdr(r->elf, (int)i, &h) == NULL || h.p_type != PT_LOAD)
            continue;
        low = CN_MIN(low, h.p_vaddr & ~(uint64_t)(CN_ELF_PAGE - 1));
        high = CN_MAX(high, CN_ALIGN_UP(h.p_vaddr + h.p_memsz, (uint64_t)CN_ELF_PAGE));
    }
    image->base = (uint8_t *)(uintptr_t)(low + map->l_addr);
    image->size = (size_t)(high - low);
    image->entry = cn_image_export(image, "DriverEntry", -1);
    if (image->entry == NULL)
        image->entry = find_hidden_entry(r);
    if (image->entry == NULL)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "symbols: it has no function DriverEntry: write one, or export it if the file "
            "is stripped (without -fvisibility=hidden)");
    return 0;
}

/* Sections as the section headers tell them; segments when they have been stripped. */
static int note_sections(struct reader *r)
{
    struct cn_image *image = r->image;
    size_t count = 0, names = 0;
    elf_getshdrnum(r->elf, &count);
    elf_getshdrstrndx(r->elf, &names);
    uint64_t low = (uint64_t)(uintptr_t)image->base - (uint64_t)image->bias;
    image->sections = calloc(count + 1, sizeof(*image->sections));
    if (image->sections == NULL)
        return cn_load_fail(r->err, -ENOMEM, "out of memory for the sections: free some memory");
    for (Elf_Scn *s = elf_nextscn(r->elf, NULL); s != NULL; s = elf_nextscn(r->elf, s)) {
        GElf_Shdr h;
        if (gelf_getshdr(s, &h) == NULL || (h.sh_flags & SHF_ALLOC) == 0 ||
            (h.sh_flags & SHF_TLS) != 0 || h.sh_size == 0 || image->section_count == count)
            continue;
        struct cn_image_section *to = &image->sections[image->section_count++];
        const char *name = elf_strptr(r->elf, names, h.sh_name);
        if (name != NULL)
            cn_load_quote(name, strlen(name), to->name, sizeof(to->name));
        to->rva = (uint32_t)(h.sh_addr - low);
        to->size = (uint32_t)h.sh_size;
        to->raw_size = h.sh_type == SHT_NOBITS ? 0 : (uint32_t)h.sh_size;
        to->read = true;
        to->write = (h.sh_flags & SHF_WRITE) != 0;
        to->execute = (h.sh_flags & SHF_EXECINSTR) != 0;
    }
    return 0;
}

/* Writable segments but for what the dynamic linker makes read-only after relocation. */
static int note_regions(struct reader *r)
{
    struct cn_image *image = r->image;
    size_t count = 0;
    uint64_t protected_end = 0;
    elf_getphdrnum(r->elf, &count);
    image->regions = calloc(count + 1, sizeof(*image->regions));
    if (image->regions == NULL)
        return cn_load_fail(r->err, -ENOMEM,
                            "out of memory for a copy of the data: free some memory");
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr h;
        if (gelf_getphdr(r->elf, (int)i, &h) != NULL && h.p_type == PT_GNU_RELRO)
            protected_end = (h.p_vaddr + h.p_memsz) & ~(uint64_t)(CN_ELF_PAGE - 1);
    }
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr h;
        if (gelf_getphdr(r->elf, (int)i, &h) == NULL || h.p_type != PT_LOAD ||
            (h.p_flags & PF_W) == 0)
            continue;
        uint64_t begin = h.p_vaddr, end = begin + h.p_memsz, filled = begin + h.p_filesz;
        if (protected_end > begin)
            begin = CN_MIN(protected_end, end);
        filled = CN_MAX(begin, filled);
        image->regions[image->region_count++] =
            (struct cn_region){.at = (uint8_t *)(uintptr_t)(begin + (uint64_t)image->bias),
                               .size = (size_t)(end - begin),
                               .copy_size = (size_t)(filled - begin)};
    }
    if (cn_image_snapshot(image) != 0)
        return cn_load_fail(r->err, -ENOMEM,
                            "out of memory for a copy of the data: free some memory");
    return 0;
}

static int open_file(struct reader *r, const char *path)
{
    int rc = check_segments(r);
    if (rc == 0)
        rc = read_imports(r);
    if (rc == 0)
        rc = provide_missing(r);
    if (rc == 0)
        rc = load(r, path);
    if (rc == 0)
        rc = note_entry(r);
    if (rc == 0)
        rc = note_sections(r);
    return rc == 0 ? note_regions(r) : rc;
}

/* Names of imports must outlive the file's bytes. */
static int keep_names(struct reader *r)
{
    struct cn_image *image = r->image;
    size_t size = 1;
    for (size_t i = 0; i < image->import_count; i++)
        size += strlen(image->imports[i].name) + 1;
    char *at = image->import_names = malloc(size);
    if (at == NULL) {
        image->import_count = 0;
        return cn_load_fail(r->err, -ENOMEM, "out of memory for the imports: free some memory");
    }
    for (size_t i = 0; i < image->import_count; i++) {
        size_t n = strlen(image->imports[i].name) + 1;
        image->imports[i].name = memcpy(at, image->imports[i].name, n);
        at += n;
    }
    return 0;
}

int cn_image_open_so(struct cn_image *image, const char *path, const uint8_t *bytes, size_t size,
                     struct cn_image_error *err)
{
    struct reader r = {.image = image, .err = err, .bytes = bytes, .size = size};
    int rc = check_header(&r);
    if (rc != 0)
        return rc;
    elf_version(EV_CURRENT);
    r.elf = elf_memory((char *)(uintptr_t)bytes, size);
    if (r.elf == NULL)
        return cn_load_fail(err, -ENOEXEC, "ELF: %s: copy the file again", elf_errmsg(-1));
    rc = open_file(&r, path);
    int names = keep_names(&r);
    for (size_t i = 0; i < r.library_count; i++)
        dlclose(r.libraries[i]);
    free(r.missing);
    free(r.missing_import);
    elf_end(r.elf);
    return rc != 0 ? rc : names;
}

void cn_image_unload_so(struct cn_image *image)
{
    if (image->handle != NULL)
        dlclose(image->handle);
    if (image->imports_handle != NULL)
        dlclose(image->imports_handle);
    if (image->handle != NULL && image->base != NULL)
        bury(image->base, image->size);
    if (image->fd >= 0)
        close(image->fd);
    free(image->import_names);
}
