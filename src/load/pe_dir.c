/* pe_dir.c - the data directories that loading depends on: imports, exports, relocations, the
 * function table and the load configuration. What is only of interest to people is in pe_facts.c.
 *
 * A table in memory that the file does not fill holds zeroes there, which no directory makes use
 * of: so everything is read from the file's bytes, and what is not in them is damage. Places that
 * the loader writes to later (slots, relocated addresses) need memory only.
 */
#include "load/pe_impl.h"

#include "base/base.h"
#include "load/fail.h"

#include <errno.h>
#include <stdlib.h>

enum {
    NAME_MAX_LENGTH = 4096, /* the longest names are mangled ones */
    IMPORTS_MAX = 1 << 16,
    EXPORTS_MAX = 1 << 16, /* ordinals have 16 bits */
    RELOC_ABSOLUTE = 0,
    RELOC_DIR64 = 10,
};

#define BY_ORDINAL (UINT64_C(1) << 63)

/* Copies bytes of the file that lie at an RVA. */
static bool get(const struct cn_pe *pe, uint64_t rva, void *to, size_t size)
{
    const void *p = rva <= UINT32_MAX ? cn_pe_at(pe, (uint32_t)rva, size) : NULL;
    if (p == NULL)
        return false;
    memcpy(to, p, size);
    return true;
}

/* A name made of visible ASCII characters only, so that it can be shown as it is; NULL otherwise.
 */
static const char *get_name(const struct cn_pe *pe, uint64_t rva)
{
    const char *name = rva <= UINT32_MAX ? cn_pe_text(pe, (uint32_t)rva, NAME_MAX_LENGTH) : NULL;
    if (name == NULL || name[0] == '\0')
        return NULL;
    for (const char *c = name; *c != '\0'; c++)
        if (*c <= 0x20 || *c >= 0x7f)
            return NULL;
    return name;
}

/* Memory of the running image that the loader may write to. */
static bool is_place(const struct cn_pe *pe, uint64_t rva, size_t size)
{
    const struct cn_pe_section *s =
        rva <= UINT32_MAX ? cn_pe_section(pe, (uint32_t)rva, size) : NULL;
    return s != NULL && s->loaded;
}

/* Makes room for one more element of an array whose count is a power of two whenever it is full. */
static void *grow(void *array, size_t count, size_t element)
{
    if (count != 0 && (count & (count - 1)) != 0)
        return array;
    return realloc(array, CN_MAX(count * 2, 1) * element);
}

static int no_memory(struct cn_image_error *err, const char *what)
{
    return cn_load_fail(err, -ENOMEM, "out of memory for the %s: free some memory", what);
}

/* --- imports
 * --------------------------------------------------------------------------------------- */

struct import_descriptor {
    uint32_t lookup, timestamp, forwarder_chain, name, slots;
};

struct delay_descriptor {
    uint32_t attributes, name, handle, slots, lookup, bound, unload, timestamp;
};

/* The imports from one module. */
struct module_imports {
    const char *table; /* what messages call the directory */
    size_t number;
    const char *dll;
    uint32_t lookup, slots;
    bool delayed;
};

static int add_import(struct cn_pe *pe, const struct cn_pe_import *import,
                      struct cn_image_error *err)
{
    struct cn_pe_import *bigger = grow(pe->imports, pe->import_count, sizeof(*bigger));
    if (bigger == NULL)
        return no_memory(err, "imports");
    pe->imports = bigger;
    pe->imports[pe->import_count++] = *import;
    return 0;
}

static int read_import(struct cn_pe *pe, const struct module_imports *m, uint64_t entry,
                       uint64_t slot, struct cn_image_error *err)
{
    struct cn_pe_import import = {
        .dll = m->dll, .ordinal = -1, .slot = (uint32_t)slot, .delayed = m->delayed};
    if (!is_place(pe, slot, 8))
        return cn_load_fail(
            err, -ENOEXEC,
            "%s: %s: its address table goes on at 0x%llx, which is in no section: " CN_PE_DAMAGED,
            m->table, m->dll, (unsigned long long)slot);
    if (pe->import_count == IMPORTS_MAX)
        return cn_load_fail(err, -ENOEXEC, "%s: %s: more than %d imports: " CN_PE_DAMAGED, m->table,
                            m->dll, IMPORTS_MAX);
    if (entry & BY_ORDINAL) {
        if ((entry & ~BY_ORDINAL) > 0xffff)
            return cn_load_fail(
                err, -ENOEXEC,
                "%s: %s: an ordinal is 0x%llx, allowed are 0 to 0xffff: " CN_PE_DAMAGED, m->table,
                m->dll, (unsigned long long)(entry & ~BY_ORDINAL));
        import.ordinal = (int)(entry & 0xffff);
        return add_import(pe, &import, err);
    }
    import.name = get_name(pe, entry + 2); /* two bytes of hint come first */
    if (import.name == NULL)
        return cn_load_fail(
            err, -ENOEXEC,
            "%s: %s: the name at 0x%llx is not in the file or not a name: " CN_PE_DAMAGED, m->table,
            m->dll, (unsigned long long)entry);
    return add_import(pe, &import, err);
}

static int read_module(struct cn_pe *pe, struct module_imports *m, uint32_t name,
                       struct cn_image_error *err)
{
    m->dll = get_name(pe, name);
    if (m->dll == NULL)
        return cn_load_fail(
            err, -ENOEXEC,
            "%s: module %zu: its name at 0x%x is not in the file or not a name: " CN_PE_DAMAGED,
            m->table, m->number, name);
    for (uint64_t i = 0;; i++) {
        uint64_t entry;
        if (!get(pe, m->lookup + 8 * i, &entry, sizeof(entry)))
            return cn_load_fail(
                err, -ENOEXEC,
                "%s: %s: its table at 0x%x does not end inside the file: " CN_PE_DAMAGED, m->table,
                m->dll, m->lookup);
        if (entry == 0)
            return 0;
        int rc = read_import(pe, m, entry, m->slots + 8 * i, err);
        if (rc != 0)
            return rc;
    }
}

int cn_pe_read_imports(struct cn_pe *pe, struct cn_image_error *err)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_IMPORT];
    struct module_imports m = {.table = "import directory"};
    /* Windows goes by the empty entry at the end, not by the size. */
    for (uint64_t at = dir->rva; dir->rva != 0; at += sizeof(struct import_descriptor)) {
        struct import_descriptor d;
        if (!get(pe, at, &d, sizeof(d)))
            return cn_load_fail(
                err, -ENOEXEC,
                "import directory: VirtualAddress is 0x%x: it does not end inside the "
                "file: " CN_PE_DAMAGED,
                dir->rva);
        if (d.name == 0 || d.slots == 0)
            break;
        m.number++;
        m.slots = d.slots;
        m.lookup = d.lookup != 0 ? d.lookup : d.slots;
        int rc = read_module(pe, &m, d.name, err);
        if (rc != 0)
            return rc;
    }
    return 0;
}

int cn_pe_read_delay_imports(struct cn_pe *pe, struct cn_image_error *err)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_DELAY_IMPORT];
    struct module_imports m = {.table = "delay import directory", .delayed = true};
    for (uint64_t at = dir->rva; dir->rva != 0; at += sizeof(struct delay_descriptor)) {
        struct delay_descriptor d;
        if (!get(pe, at, &d, sizeof(d)))
            return cn_load_fail(
                err, -ENOEXEC,
                "delay import directory: VirtualAddress is 0x%x: it does not end inside "
                "the file: " CN_PE_DAMAGED,
                dir->rva);
        if (d.name == 0)
            break;
        m.number++;
        if ((d.attributes & 1) == 0)
            return cn_load_fail(
                err, -ENOEXEC,
                "delay import directory: module %zu: Attributes is 0x%x, x64 images have "
                "bit 0 set: link with a current linker",
                m.number, d.attributes);
        m.slots = d.slots;
        m.lookup = d.lookup;
        int rc = read_module(pe, &m, d.name, err);
        if (rc != 0)
            return rc;
    }
    return 0;
}

/* --- exports
 * --------------------------------------------------------------------------------------- */

struct export_directory {
    uint32_t flags, timestamp, version, name, base, function_count, name_count, functions, names,
        ordinals;
};

static int add_export(struct cn_pe *pe, const struct export_directory *d, uint32_t index,
                      const char *name, struct cn_image_error *err)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_EXPORT];
    struct cn_pe_export e = {.name = name, .ordinal = d->base + index};
    if (!get(pe, (uint64_t)d->functions + 4ull * index, &e.rva, sizeof(e.rva)))
        return cn_load_fail(
            err, -ENOEXEC,
            "export directory: AddressOfFunctions is 0x%x with %u functions, which is not "
            "in the file: " CN_PE_DAMAGED,
            d->functions, d->function_count);
    if (e.rva == 0)
        return 0; /* an ordinal that is not in use */
    if (e.rva >= dir->rva && e.rva - dir->rva < dir->size) {
        e.forwarder = get_name(pe, e.rva);
        const char *dot = e.forwarder != NULL ? strrchr(e.forwarder, '.') : NULL;
        if (dot == NULL || dot == e.forwarder || dot[1] == '\0')
            return cn_load_fail(
                err, -ENOEXEC,
                "export directory: ordinal %u: its forwarder at 0x%x is not of the form "
                "MODULE.Name: " CN_PE_DAMAGED,
                e.ordinal, e.rva);
        e.rva = 0;
    } else if (!is_place(pe, e.rva, 1)) {
        return cn_load_fail(
            err, -ENOEXEC,
            "export directory: ordinal %u: its address 0x%x is in no section: " CN_PE_DAMAGED,
            e.ordinal, e.rva);
    }
    struct cn_pe_export *bigger = grow(pe->exports, pe->export_count, sizeof(*bigger));
    if (bigger == NULL)
        return no_memory(err, "exports");
    pe->exports = bigger;
    pe->exports[pe->export_count++] = e;
    return 0;
}

static int read_export_names(struct cn_pe *pe, const struct export_directory *d, bool *named,
                             struct cn_image_error *err)
{
    for (uint32_t i = 0; i < d->name_count; i++) {
        uint32_t name_rva;
        uint16_t index;
        if (!get(pe, d->names + 4ull * i, &name_rva, sizeof(name_rva)) ||
            !get(pe, d->ordinals + 2ull * i, &index, sizeof(index)))
            return cn_load_fail(
                err, -ENOEXEC,
                "export directory: NumberOfNames is %u, but the tables AddressOfNames "
                "(0x%x) and AddressOfNameOrdinals (0x%x) end before: " CN_PE_DAMAGED,
                d->name_count, d->names, d->ordinals);
        const char *name = get_name(pe, name_rva);
        if (name == NULL || index >= d->function_count)
            return cn_load_fail(
                err, -ENOEXEC,
                "export directory: name %u (at 0x%x, function %u of %u) is not in the file "
                "or has no function: " CN_PE_DAMAGED,
                i, name_rva, index, d->function_count);
        int rc = add_export(pe, d, index, name, err);
        if (rc != 0)
            return rc;
        named[index] = true;
    }
    return 0;
}

int cn_pe_read_exports(struct cn_pe *pe, struct cn_image_error *err)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_EXPORT];
    struct export_directory d;
    if (dir->rva == 0)
        return 0;
    if (!get(pe, dir->rva, &d, sizeof(d)))
        return cn_load_fail(
            err, -ENOEXEC,
            "export directory: VirtualAddress is 0x%x, which is not in the file: " CN_PE_DAMAGED,
            dir->rva);
    if (d.function_count > EXPORTS_MAX || d.name_count > EXPORTS_MAX)
        return cn_load_fail(
            err, -ENOEXEC,
            "export directory: NumberOfFunctions is %u and NumberOfNames %u, at most %d "
            "are possible: " CN_PE_DAMAGED,
            d.function_count, d.name_count, EXPORTS_MAX);
    if (d.name != 0)
        pe->export_name = get_name(pe, d.name);
    bool *named = calloc(d.function_count + 1u, sizeof(*named));
    if (named == NULL)
        return no_memory(err, "exports");
    int rc = read_export_names(pe, &d, named, err);
    for (uint32_t i = 0; rc == 0 && i < d.function_count; i++)
        if (!named[i])
            rc = add_export(pe, &d, i, NULL, err);
    free(named);
    return rc;
}

/* --- relocations
 * ----------------------------------------------------------------------------------- */

struct reloc_block {
    uint32_t page, size;
};

static int read_reloc(struct cn_pe *pe, uint32_t page, uint16_t entry, struct cn_image_error *err)
{
    unsigned type = entry >> 12;
    uint64_t rva = (uint64_t)page + (entry & 0xfff);
    if (type == RELOC_ABSOLUTE)
        return 0; /* padding */
    if (type != RELOC_DIR64)
        return cn_load_fail(
            err, -ENOEXEC,
            "relocations: page 0x%x: type %u at 0x%llx, x64 images have type 10 (DIR64) "
            "only: " CN_PE_DAMAGED,
            page, type, (unsigned long long)rva);
    const struct cn_pe_section *s = rva <= UINT32_MAX ? cn_pe_section(pe, (uint32_t)rva, 8) : NULL;
    if (s == NULL)
        return cn_load_fail(err, -ENOEXEC,
                            "relocations: page 0x%x: 0x%llx is in no section: " CN_PE_DAMAGED, page,
                            (unsigned long long)rva);
    if (!s->loaded)
        return 0;
    uint32_t *bigger = grow(pe->relocs, pe->reloc_count, sizeof(*bigger));
    if (bigger == NULL)
        return no_memory(err, "relocations");
    pe->relocs = bigger;
    pe->relocs[pe->reloc_count++] = (uint32_t)rva;
    return 0;
}

static int read_reloc_block(struct cn_pe *pe, uint64_t at, const struct reloc_block *b,
                            struct cn_image_error *err)
{
    for (uint32_t i = 0; i < (b->size - sizeof(*b)) / 2; i++) {
        uint16_t entry;
        if (!get(pe, at + sizeof(*b) + 2ull * i, &entry, sizeof(entry)))
            return cn_load_fail(err, -ENOEXEC,
                                "relocations: page 0x%x: SizeOfBlock is 0x%x, which is not in the "
                                "file: " CN_PE_DAMAGED,
                                b->page, b->size);
        int rc = read_reloc(pe, b->page, entry, err);
        if (rc != 0)
            return rc;
    }
    return 0;
}

int cn_pe_read_relocs(struct cn_pe *pe, struct cn_image_error *err)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_RELOC];
    uint64_t at = dir->rva, end = at + dir->size;
    if (dir->rva == 0 || (pe->characteristics & CN_PE_RELOCS_STRIPPED) != 0)
        return 0;
    while (at + sizeof(struct reloc_block) <= end) {
        struct reloc_block b;
        if (!get(pe, at, &b, sizeof(b)))
            return cn_load_fail(
                err, -ENOEXEC,
                "relocations: the block at 0x%llx is not in the file: " CN_PE_DAMAGED,
                (unsigned long long)at);
        if (b.size == 0)
            break;
        if (b.size < sizeof(b) || b.size > end - at)
            return cn_load_fail(
                err, -ENOEXEC,
                "relocations: page 0x%x: SizeOfBlock is 0x%x, but the directory has 0x%llx "
                "bytes left: " CN_PE_DAMAGED,
                b.page, b.size, (unsigned long long)(end - at));
        int rc = read_reloc_block(pe, at, &b, err);
        if (rc != 0)
            return rc;
        at += b.size;
    }
    return 0;
}

/* --- function table
 * -------------------------------------------------------------------------------- */

static int check_function(const struct cn_pe *pe, size_t i, uint32_t previous_end,
                          struct cn_image_error *err)
{
    const struct cn_pe_function *f = &pe->functions[i];
    if (f->begin >= f->end || cn_pe_section(pe, f->begin, (uint64_t)f->end - f->begin) == NULL)
        return cn_load_fail(
            err, -ENOEXEC,
            "function table: row %zu: 0x%x to 0x%x is not a part of a section: " CN_PE_DAMAGED, i,
            f->begin, f->end);
    if (f->begin < previous_end)
        return cn_load_fail(
            err, -ENOEXEC,
            "function table: row %zu: it begins at 0x%x, before the end of the row before "
            "it (0x%x): link with a linker that sorts .pdata",
            i, f->begin, previous_end);
    if (cn_pe_at(pe, f->unwind & ~1u, 4) == NULL)
        return cn_load_fail(err, -ENOEXEC,
                            "function table: row %zu: UnwindInfoAddress is 0x%x, which is not in "
                            "the file: " CN_PE_DAMAGED,
                            i, f->unwind);
    return 0;
}

int cn_pe_read_functions(struct cn_pe *pe, struct cn_image_error *err)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_EXCEPTION];
    size_t count = dir->size / sizeof(struct cn_pe_function);
    if (dir->rva == 0 || count == 0)
        return 0;
    const uint8_t *rows = cn_pe_at(pe, dir->rva, count * sizeof(struct cn_pe_function));
    if (rows == NULL || dir->rva % 4 != 0)
        return cn_load_fail(
            err, -ENOEXEC,
            "function table: VirtualAddress is 0x%x with 0x%x bytes, which is not in the "
            "file or not a multiple of 4: " CN_PE_DAMAGED,
            dir->rva, dir->size);
    pe->functions = malloc(count * sizeof(*pe->functions));
    if (pe->functions == NULL)
        return no_memory(err, "function table");
    memcpy(pe->functions, rows, count * sizeof(*pe->functions));
    /* Some linkers count the padding of the section. */
    while (count > 0 && pe->functions[count - 1].begin == 0)
        count--;
    for (size_t i = 0; i < count; i++) {
        int rc = check_function(pe, i, i > 0 ? pe->functions[i - 1].end : 0, err);
        if (rc != 0)
            return rc;
    }
    pe->function_count = count;
    return 0;
}

/* --- load configuration
 * ---------------------------------------------------------------------------- */

/* Offsets in IMAGE_LOAD_CONFIG_DIRECTORY64, which has grown with every version of Windows. */
static const struct {
    const char *name;
    uint16_t offset;
    uint16_t member; /* of struct cn_pe_load_config */
} load_config_addresses[] = {
    {"SecurityCookie", 88, offsetof(struct cn_pe_load_config, cookie)},
    {"GuardCFCheckFunctionPointer", 112, offsetof(struct cn_pe_load_config, guard_check)},
    {"GuardCFDispatchFunctionPointer", 120, offsetof(struct cn_pe_load_config, guard_dispatch)},
    {"GuardXFGCheckFunctionPointer", 280, offsetof(struct cn_pe_load_config, xfg_check)},
    {"GuardXFGDispatchFunctionPointer", 288, offsetof(struct cn_pe_load_config, xfg_dispatch)},
    {"GuardXFGTableDispatchFunctionPointer", 296,
     offsetof(struct cn_pe_load_config, xfg_table_dispatch)},
};
enum { LOAD_CONFIG_GUARD_FLAGS = 144 };

int cn_pe_read_load_config(struct cn_pe *pe, struct cn_image_error *err)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_LOAD_CONFIG];
    uint32_t size;
    if (dir->rva == 0)
        return 0;
    if (!get(pe, dir->rva, &size, sizeof(size)) || cn_pe_at(pe, dir->rva, size) == NULL)
        return cn_load_fail(err, -ENOEXEC,
                            "load configuration: VirtualAddress is 0x%x: it is not wholly in the "
                            "file: " CN_PE_DAMAGED,
                            dir->rva);
    pe->load_config.present = true;
    for (size_t i = 0; i < CN_ARRAY_SIZE(load_config_addresses); i++) {
        uint64_t address;
        uint32_t offset = load_config_addresses[i].offset;
        if (size < offset + sizeof(address) || !get(pe, (uint64_t)dir->rva + offset, &address, 8) ||
            address == 0)
            continue;
        uint64_t rva = address - pe->image_base;
        if (is_place(pe, rva, 8))
            memcpy((char *)&pe->load_config + load_config_addresses[i].member,
                   &(uint32_t){(uint32_t)rva}, sizeof(uint32_t));
        else
            cn_pe_note(pe, "load configuration: %s is 0x%llx, which is in no section: ignored",
                       load_config_addresses[i].name, (unsigned long long)address);
    }
    if (size >= LOAD_CONFIG_GUARD_FLAGS + sizeof(uint32_t))
        get(pe, (uint64_t)dir->rva + LOAD_CONFIG_GUARD_FLAGS, &pe->load_config.guard_flags, 4);
    return 0;
}
