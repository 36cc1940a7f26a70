/* pe.c - headers, sections and symbols of PE32+ files. The data directories are in pe_dir.c.
 *
 * All numbers of the file are untrusted: sums are made in 64 bits, and every place is checked
 * against the file or the image before it is used. A refusal names the field, its value and what to
 * do.
 */
#include "load/pe_impl.h"

#include "base/base.h"
#include "load/buf.h"
#include "load/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DOS_HEADER_SIZE = 64,
    DOS_NEW_HEADER = 0x3c, /* where the DOS header says where the real one is */
    OPTIONAL_MAGIC_PE32 = 0x10b,
    OPTIONAL_MAGIC_PE32PLUS = 0x20b,
    OPTIONAL_FIXED_SIZE = 112, /* up to the data directories */
    SECTIONS_MAX = 96,
    PAGE = 0x1000,
    CHARACTERISTIC_EXECUTABLE = 0x0002,
    SECTION_DISCARDABLE = 0x02000000,
    SECTION_EXECUTE = 0x20000000,
    SECTION_READ = 0x40000000,
    SYMBOL_CLASS_EXTERNAL = 2,
    SYMBOL_CLASS_STATIC = 3,
    SYMBOL_TYPE_FUNCTION = 0x20,
};
#define SECTION_WRITE 0x80000000u

struct file_header {
    uint16_t machine, section_count;
    uint32_t timestamp, symbols, symbol_count;
    uint16_t optional_size, characteristics;
};

struct optional_header {
    uint16_t magic;
    uint8_t linker_major, linker_minor;
    uint32_t code_size, data_size, bss_size, entry, code_base;
    uint64_t image_base;
    uint32_t section_alignment, file_alignment;
    uint16_t os_major, os_minor, image_major, image_minor, subsystem_major, subsystem_minor;
    uint32_t reserved, image_size, header_size, checksum;
    uint16_t subsystem, dll_characteristics;
    uint64_t stack_reserve, stack_commit, heap_reserve, heap_commit;
    uint32_t loader_flags, directory_count;
};
_Static_assert(sizeof(struct optional_header) == OPTIONAL_FIXED_SIZE, "PE32+ optional header");

struct section_header {
    char name[8];
    uint32_t virtual_size, rva, raw_size, raw_offset, relocs, lines;
    uint16_t reloc_count, line_count;
    uint32_t flags;
};

struct __attribute__((packed)) symbol {
    char name[8]; /* or four zero bytes and an offset into the string table */
    uint32_t value;
    int16_t section;
    uint16_t type;
    uint8_t storage_class, aux_count;
};
_Static_assert(sizeof(struct symbol) == 18, "COFF symbol");

/* Where the reader is in the file. */
struct reader {
    struct cn_pe *pe;
    struct cn_image_error *err;
    size_t file_header, optional_header, section_table;
    struct file_header coff;
    struct optional_header optional;
    const char *strings; /* COFF string table, or NULL */
    size_t strings_size;
};

void cn_pe_note(struct cn_pe *pe, const char *format, ...)
{
    if (pe->note_count == CN_PE_NOTES)
        return;
    struct cn_text t;
    cn_text_init(&t, pe->notes[pe->note_count++], sizeof(pe->notes[0]));
    va_list ap;
    va_start(ap, format);
    cn_text_vput(&t, format, ap);
    va_end(ap);
}

/* --- places
 * ---------------------------------------------------------------------------------------- */

static bool copy_at(const struct cn_pe *pe, uint64_t offset, void *to, size_t size)
{
    if (offset > pe->size || size > pe->size - offset)
        return false;
    memcpy(to, pe->bytes + offset, size);
    return true;
}

/* Bytes of the file from rva to the end of what the file has for that section; *room tells how
 * many. */
static const uint8_t *bytes_at(const struct cn_pe *pe, uint32_t rva, size_t *room)
{
    if (rva < pe->header_size) {
        *room = pe->header_size - rva;
        return pe->bytes + rva;
    }
    for (size_t i = 0; i < pe->section_count; i++) {
        const struct cn_pe_section *s = &pe->sections[i];
        if (rva >= s->rva && rva - s->rva < s->raw_size) {
            *room = s->raw_size - (rva - s->rva);
            return pe->bytes + s->raw_offset + (rva - s->rva);
        }
    }
    return NULL;
}

const void *cn_pe_at(const struct cn_pe *pe, uint32_t rva, uint64_t size)
{
    size_t room;
    const uint8_t *p = bytes_at(pe, rva, &room);
    return p != NULL && size <= room ? p : NULL;
}

const char *cn_pe_text(const struct cn_pe *pe, uint32_t rva, size_t max)
{
    size_t room;
    const uint8_t *p = bytes_at(pe, rva, &room);
    if (p == NULL || memchr(p, '\0', CN_MIN(room, max)) == NULL)
        return NULL;
    return (const char *)p;
}

const struct cn_pe_section *cn_pe_section(const struct cn_pe *pe, uint32_t rva, uint64_t size)
{
    for (size_t i = 0; i < pe->section_count; i++) {
        const struct cn_pe_section *s = &pe->sections[i];
        if (rva >= s->rva && rva - s->rva < s->size && size <= s->size - (rva - s->rva))
            return s;
    }
    return NULL;
}

const struct cn_pe_export *cn_pe_export(const struct cn_pe *pe, const char *name, uint32_t ordinal)
{
    for (size_t i = 0; i < pe->export_count; i++) {
        const struct cn_pe_export *e = &pe->exports[i];
        if (name != NULL ? e->name != NULL && strcmp(e->name, name) == 0 : e->ordinal == ordinal)
            return e;
    }
    return NULL;
}

const struct cn_pe_function *cn_pe_function(const struct cn_pe *pe, uint32_t rva)
{
    size_t low = 0, high = pe->function_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pe->functions[middle].end <= rva)
            low = middle + 1;
        else
            high = middle;
    }
    return low < pe->function_count && pe->functions[low].begin <= rva ? &pe->functions[low] : NULL;
}

bool cn_pe_relocatable(const struct cn_pe *pe)
{
    return (pe->characteristics & CN_PE_RELOCS_STRIPPED) == 0;
}

/* The one's complement sum of all 16-bit words but the checksum itself, plus the size of the file.
 */
uint32_t cn_pe_checksum(const struct cn_pe *pe)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < pe->size; i += 2) {
        if (i >= pe->checksum_offset && i < pe->checksum_offset + 4)
            continue;
        sum += pe->bytes[i] + (i + 1 < pe->size ? pe->bytes[i + 1] * 256u : 0);
    }
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint32_t)sum + (uint32_t)pe->size;
}

/* --- headers
 * --------------------------------------------------------------------------------------- */

static int read_dos_header(struct reader *r)
{
    const struct cn_pe *pe = r->pe;
    uint32_t at;
    if (pe->size < 2 || memcmp(pe->bytes, "MZ", 2) != 0) {
        char start[40];
        return cn_load_fail(
            r->err, -ENOEXEC,
            "not a PE file: it begins with \"%s\", not \"MZ\": give a driver built for "
            "Windows x64 (.sys) or a native module (.so)",
            cn_load_quote((const char *)pe->bytes, CN_MIN(pe->size, 8), start, sizeof(start)));
    }
    if (!copy_at(pe, DOS_NEW_HEADER, &at, sizeof(at)))
        return cn_load_fail(r->err, -ENOEXEC,
                            "truncated: %zu bytes, a DOS header has %d: copy the file again",
                            pe->size, DOS_HEADER_SIZE);
    char signature[4];
    if (!copy_at(pe, at, signature, sizeof(signature)))
        return cn_load_fail(
            r->err, -ENOEXEC,
            "DOS header: e_lfanew is 0x%x, but the file has 0x%zx bytes: it is truncated, "
            "or a DOS program: copy the file again",
            at, pe->size);
    if (memcmp(signature, "PE\0\0", 4) != 0)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "DOS header: e_lfanew is 0x%x, where \"PE\" is missing: not a PE file (a 16-bit "
            "module or a DOS program): give a driver built for Windows x64",
            at);
    r->file_header = (size_t)at + sizeof(signature);
    return 0;
}

static const char *machine_name(uint16_t machine)
{
    static const struct {
        uint16_t machine;
        const char *name;
    } names[] = {
        {0x014c, "x86, 32 bit"}, {0x01c0, "ARM"},           {0x01c4, "ARM, 32 bit"},
        {0x0200, "Itanium"},     {0xaa64, "ARM64"},         {0xa641, "ARM64EC"},
        {0xa64e, "ARM64X"},      {0x0ebc, "EFI byte code"},
    };
    for (size_t i = 0; i < CN_ARRAY_SIZE(names); i++)
        if (names[i].machine == machine)
            return names[i].name;
    return "unknown";
}

static int read_file_header(struct reader *r)
{
    struct cn_pe *pe = r->pe;
    struct file_header *h = &r->coff;
    if (!copy_at(pe, r->file_header, h, sizeof(*h)))
        return cn_load_fail(
            r->err, -ENOEXEC,
            "truncated: the file ends (0x%zx) inside the file header at 0x%zx: copy the "
            "file again",
            pe->size, r->file_header);
    if (h->machine != CN_PE_MACHINE_X64)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "file header: Machine is 0x%04x (%s), condis runs x64 (0x8664): build the "
            "driver for x64",
            h->machine, machine_name(h->machine));
    if ((h->characteristics & CHARACTERISTIC_EXECUTABLE) == 0)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "file header: Characteristics is 0x%04x without EXECUTABLE_IMAGE (0x0002): the "
            "linker did not finish: link the driver without errors",
            h->characteristics);
    if (h->section_count == 0 || h->section_count > SECTIONS_MAX)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "file header: NumberOfSections is %u, allowed are 1 to %d: " CN_PE_DAMAGED,
            h->section_count, SECTIONS_MAX);
    pe->machine = h->machine;
    pe->characteristics = h->characteristics;
    pe->timestamp = h->timestamp;
    r->optional_header = r->file_header + sizeof(*h);
    r->section_table = r->optional_header + h->optional_size;
    return 0;
}

static int read_directories(struct reader *r)
{
    uint32_t count = CN_MIN(r->optional.directory_count, CN_PE_DIRECTORIES);
    size_t need = OPTIONAL_FIXED_SIZE + count * sizeof(struct cn_pe_directory);
    if (r->coff.optional_size < need)
        return cn_load_fail(r->err, -ENOEXEC,
                            "file header: SizeOfOptionalHeader is 0x%x, too small for the %u data "
                            "directories (NumberOfRvaAndSizes), which need 0x%zx: " CN_PE_DAMAGED,
                            r->coff.optional_size, count, need);
    if (!copy_at(r->pe, r->optional_header + OPTIONAL_FIXED_SIZE, r->pe->directories,
                 count * sizeof(struct cn_pe_directory)))
        return cn_load_fail(r->err, -ENOEXEC,
                            "truncated: the file ends (0x%zx) inside the data "
                            "directories: copy the file again",
                            r->pe->size);
    return 0;
}

static bool power_of_two(uint32_t x)
{
    return x != 0 && (x & (x - 1)) == 0;
}

/* Windows: the file alignment is a power of two, and equal to the section alignment when that is
 * smaller than a page. */
static int check_alignments(struct reader *r)
{
    const struct optional_header *o = &r->optional;
    if (!power_of_two(o->section_alignment) || o->section_alignment > (1u << 26))
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: SectionAlignment is 0x%x, not a power of two up to 64 MiB: link with "
            "the linker's default (0x1000)",
            o->section_alignment);
    if (!power_of_two(o->file_alignment) || o->file_alignment > o->section_alignment)
        return cn_load_fail(r->err, -ENOEXEC,
                            "optional header: FileAlignment is 0x%x, not a power of two up to "
                            "SectionAlignment (0x%x): link with the linker's default (0x200)",
                            o->file_alignment, o->section_alignment);
    if (o->section_alignment < PAGE && o->file_alignment != o->section_alignment)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: SectionAlignment is 0x%x, less than a page, so FileAlignment "
            "(0x%x) must equal it: link with the linker's defaults",
            o->section_alignment, o->file_alignment);
    return 0;
}

static int check_sizes(struct reader *r)
{
    const struct optional_header *o = &r->optional;
    size_t table_end = r->section_table + r->coff.section_count * sizeof(struct section_header);
    if (o->image_base % 0x10000 != 0 || o->image_base + CN_PE_SIZE_MAX < o->image_base)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: ImageBase is 0x%llx, not a multiple of 64 KiB with room "
            "above it: link with the linker's default (0x140000000)",
            (unsigned long long)o->image_base);
    if (o->image_size == 0 || o->image_size > CN_PE_SIZE_MAX)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: SizeOfImage is 0x%x, allowed are 1 to 0x%x: " CN_PE_DAMAGED,
            o->image_size, CN_PE_SIZE_MAX);
    if (table_end > r->pe->size)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "truncated: the section table ends at 0x%zx, the file at 0x%zx: copy the file "
            "again",
            table_end, r->pe->size);
    if (o->header_size < table_end || o->header_size > r->pe->size)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: SizeOfHeaders is 0x%x, but the section table ends at 0x%zx "
            "and the file at 0x%zx: " CN_PE_DAMAGED,
            o->header_size, table_end, r->pe->size);
    return 0;
}

static void note_header(struct reader *r)
{
    const struct optional_header *o = &r->optional;
    struct cn_pe *pe = r->pe;
    if (o->subsystem != CN_PE_SUBSYSTEM_NATIVE)
        cn_pe_note(pe, "Subsystem is %u, a driver has 1 (native): link with /subsystem:native",
                   o->subsystem);
    if (o->directory_count > CN_PE_DIRECTORIES)
        cn_pe_note(pe, "NumberOfRvaAndSizes is %u, only the first 16 have a meaning",
                   o->directory_count);
    if (pe->characteristics & CN_PE_DLL)
        cn_pe_note(pe, "marked as a DLL (an export driver, or linked with -shared)");
}

static int read_optional_header(struct reader *r)
{
    struct cn_pe *pe = r->pe;
    struct optional_header *o = &r->optional;
    uint16_t magic = 0;
    if (!copy_at(pe, r->optional_header, &magic, sizeof(magic)) ||
        (magic == OPTIONAL_MAGIC_PE32PLUS && !copy_at(pe, r->optional_header, o, sizeof(*o))))
        return cn_load_fail(
            r->err, -ENOEXEC,
            "truncated: the file ends (0x%zx) inside the optional header at 0x%zx: copy "
            "the file again",
            pe->size, r->optional_header);
    if (magic != OPTIONAL_MAGIC_PE32PLUS)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: Magic is 0x%03x%s, a 64-bit image has 0x20b (PE32+): build "
            "the driver for x64",
            magic, magic == OPTIONAL_MAGIC_PE32 ? " (PE32, 32 bit)" : "");
    int rc = read_directories(r);
    if (rc == 0)
        rc = check_alignments(r);
    if (rc == 0)
        rc = check_sizes(r);
    if (rc != 0)
        return rc;
    pe->linker_major = o->linker_major;
    pe->linker_minor = o->linker_minor;
    pe->os_major = o->os_major;
    pe->os_minor = o->os_minor;
    pe->subsystem = o->subsystem;
    pe->subsystem_major = o->subsystem_major;
    pe->subsystem_minor = o->subsystem_minor;
    pe->dll_characteristics = o->dll_characteristics;
    pe->checksum = o->checksum;
    pe->checksum_offset =
        (uint32_t)(r->optional_header + offsetof(struct optional_header, checksum));
    pe->entry = o->entry;
    pe->image_base = o->image_base;
    pe->image_size = o->image_size;
    pe->header_size = o->header_size;
    pe->section_alignment = o->section_alignment;
    pe->file_alignment = o->file_alignment;
    note_header(r);
    return 0;
}

/* --- sections and symbols
 * -------------------------------------------------------------------------- */

/* Finds the COFF string table, which also holds long section names. Windows ignores symbols, so a
 * dangling table is a note. */
static void find_strings(struct reader *r)
{
    uint64_t at =
        (uint64_t)r->coff.symbols + (uint64_t)r->coff.symbol_count * sizeof(struct symbol);
    uint32_t size;
    if (r->coff.symbols == 0)
        return;
    if (!copy_at(r->pe, at, &size, sizeof(size)) || size > r->pe->size - at) {
        cn_pe_note(r->pe,
                   "PointerToSymbolTable is 0x%x with %u symbols, which is not in the file: no "
                   "COFF symbols",
                   r->coff.symbols, r->coff.symbol_count);
        r->coff.symbol_count = 0;
        return;
    }
    r->strings = (const char *)r->pe->bytes + at;
    r->strings_size = size;
}

/* The text at this offset of the string table, or NULL. */
static const char *string_at(const struct reader *r, uint64_t offset, size_t *length)
{
    if (r->strings == NULL || offset < 4 || offset >= r->strings_size)
        return NULL;
    *length = strnlen(r->strings + offset, r->strings_size - offset);
    return *length < r->strings_size - offset ? r->strings + offset : NULL;
}

static void section_name(const struct reader *r, const struct section_header *h, char *buf,
                         size_t size)
{
    size_t length = strnlen(h->name, sizeof(h->name));
    const char *name = h->name;
    if (name[0] == '/' && length > 1) {
        uint64_t offset = 0;
        for (size_t i = 1; i < length && h->name[i] >= '0' && h->name[i] <= '9'; i++)
            offset = offset * 10 + (uint64_t)(h->name[i] - '0');
        size_t long_length;
        const char *long_name = string_at(r, offset, &long_length);
        if (long_name != NULL) {
            name = long_name;
            length = long_length;
        }
    }
    cn_load_quote(name, length, buf, size);
}

/* Debug data and the relocations themselves are of no use to running code. */
static bool is_loaded(const struct cn_pe_section *s)
{
    if ((s->flags & SECTION_DISCARDABLE) == 0 || s->execute || s->write)
        return true;
    return strncmp(s->name, ".debug", 6) != 0 && strncmp(s->name, ".zdebug", 7) != 0 &&
           strcmp(s->name, ".reloc") != 0;
}

static int check_section(struct reader *r, size_t i, const struct section_header *h,
                         const struct cn_pe_section *s, uint64_t previous_end)
{
    const struct cn_pe *pe = r->pe;
    unsigned number = (unsigned)i + 1;
    if (h->rva % pe->section_alignment != 0)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "section %u (%s): VirtualAddress is 0x%x, not a multiple of SectionAlignment "
            "(0x%x): " CN_PE_DAMAGED,
            number, s->name, h->rva, pe->section_alignment);
    if (h->rva < previous_end)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "section %u (%s): VirtualAddress is 0x%x, which overlaps what ends at 0x%llx "
            "before it: " CN_PE_DAMAGED,
            number, s->name, h->rva, (unsigned long long)previous_end);
    if ((uint64_t)s->rva + s->size > CN_ALIGN_UP((uint64_t)pe->image_size, pe->section_alignment))
        return cn_load_fail(
            r->err, -ENOEXEC,
            "section %u (%s): VirtualAddress 0x%x with VirtualSize 0x%x ends beyond "
            "SizeOfImage (0x%x): " CN_PE_DAMAGED,
            number, s->name, s->rva, s->size, pe->image_size);
    if (s->raw_size > 0 && (uint64_t)h->raw_offset + s->raw_size > pe->size)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "section %u (%s): PointerToRawData 0x%x with SizeOfRawData 0x%x ends beyond the "
            "file (0x%zx): the file is truncated: copy it again",
            number, s->name, h->raw_offset, h->raw_size, pe->size);
    if (s->raw_size > 0 && h->raw_offset % CN_MIN(pe->file_alignment, 0x200u) != 0)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "section %u (%s): PointerToRawData is 0x%x, not a multiple of FileAlignment "
            "(0x%x): " CN_PE_DAMAGED,
            number, s->name, h->raw_offset, pe->file_alignment);
    return 0;
}

static int read_sections(struct reader *r)
{
    struct cn_pe *pe = r->pe;
    pe->sections = calloc(r->coff.section_count, sizeof(*pe->sections));
    if (pe->sections == NULL)
        return cn_load_fail(r->err, -ENOMEM,
                            "out of memory for the section table: free some memory");
    uint64_t end = pe->header_size;
    for (size_t i = 0; i < r->coff.section_count; i++) {
        struct section_header h;
        struct cn_pe_section *s = &pe->sections[i];
        cn_assert(copy_at(pe, r->section_table + i * sizeof(h), &h, sizeof(h)));
        s->rva = h.rva;
        s->size = h.virtual_size != 0 ? h.virtual_size : h.raw_size;
        s->raw_offset = h.raw_offset;
        s->raw_size = h.raw_offset != 0 ? CN_MIN(h.raw_size, s->size) : 0;
        s->flags = h.flags;
        s->read = (h.flags & SECTION_READ) != 0;
        s->write = (h.flags & SECTION_WRITE) != 0;
        s->execute = (h.flags & SECTION_EXECUTE) != 0;
        section_name(r, &h, s->name, sizeof(s->name));
        s->loaded = is_loaded(s);
        int rc = check_section(r, i, &h, s, end);
        if (rc != 0)
            return rc;
        end = CN_ALIGN_UP((uint64_t)s->rva + s->size, pe->section_alignment);
        pe->section_count++;
    }
    return 0;
}

static int check_entry(struct reader *r)
{
    const struct cn_pe *pe = r->pe;
    if (pe->entry == 0)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: AddressOfEntryPoint is 0, so there is no DriverEntry to call: "
            "link with /entry:DriverEntry (or GsDriverEntry)");
    const struct cn_pe_section *s = cn_pe_section(pe, pe->entry, 1);
    if (s == NULL || !s->execute || !s->loaded || pe->entry - s->rva >= s->raw_size)
        return cn_load_fail(
            r->err, -ENOEXEC,
            "optional header: AddressOfEntryPoint is 0x%x, which is in %s%s, not in code: "
            "link with /entry:DriverEntry (or GsDriverEntry)",
            pe->entry, s != NULL ? "section " : "no section", s != NULL ? s->name : "");
    return 0;
}

/* Whether the symbol is of use in a backtrace: a function or a variable in a section. */
static bool keep_symbol(const struct cn_pe *pe, const struct symbol *s, struct cn_pe_symbol *out)
{
    bool function = s->type == SYMBOL_TYPE_FUNCTION;
    if (s->section <= 0 || (size_t)s->section > pe->section_count || out->name_length == 0)
        return false;
    if (s->storage_class != SYMBOL_CLASS_EXTERNAL &&
        !(s->storage_class == SYMBOL_CLASS_STATIC && (function || s->aux_count == 0)))
        return false;
    const struct cn_pe_section *section = &pe->sections[s->section - 1];
    if (!section->loaded || s->value >= section->size || out->name[0] == '.')
        return false;
    out->rva = section->rva + s->value;
    out->function = function;
    return true;
}

static int read_symbols(struct reader *r)
{
    struct cn_pe *pe = r->pe;
    if (r->strings == NULL || r->coff.symbol_count == 0)
        return 0;
    pe->symbols = calloc(r->coff.symbol_count, sizeof(*pe->symbols));
    if (pe->symbols == NULL)
        return cn_load_fail(r->err, -ENOMEM, "out of memory for %u COFF symbols: free some memory",
                            r->coff.symbol_count);
    for (uint64_t i = 0; i < r->coff.symbol_count; i++) {
        struct symbol s;
        cn_assert(copy_at(pe, r->coff.symbols + i * sizeof(s), &s, sizeof(s)));
        struct cn_pe_symbol *out = &pe->symbols[pe->symbol_count];
        uint32_t long_name[2];
        memcpy(long_name, s.name, sizeof(long_name));
        size_t length = strnlen(s.name, sizeof(s.name));
        out->name = (const char *)pe->bytes + r->coff.symbols + i * sizeof(s);
        if (long_name[0] == 0)
            out->name = string_at(r, long_name[1], &length);
        out->name_length = out->name != NULL ? (uint32_t)length : 0;
        if (keep_symbol(pe, &s, out))
            pe->symbol_count++;
        i += s.aux_count;
    }
    return 0;
}

/* --- the whole file
 * -------------------------------------------------------------------------------- */

static int parse(struct reader *r)
{
    static int (*const steps[])(struct reader *) = {read_dos_header, read_file_header,
                                                    read_optional_header};
    static int (*const directories[])(struct cn_pe *, struct cn_image_error *) = {
        cn_pe_read_imports, cn_pe_read_delay_imports, cn_pe_read_exports,
        cn_pe_read_relocs,  cn_pe_read_functions,     cn_pe_read_load_config};
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < CN_ARRAY_SIZE(steps); i++)
        rc = steps[i](r);
    if (rc == 0) {
        find_strings(r);
        rc = read_sections(r);
    }
    if (rc == 0)
        rc = check_entry(r);
    if (rc == 0)
        rc = read_symbols(r);
    for (size_t i = 0; rc == 0 && i < CN_ARRAY_SIZE(directories); i++)
        rc = directories[i](r->pe, r->err);
    if (rc != 0)
        return rc;
    cn_pe_read_debug(r->pe);
    cn_pe_read_version(r->pe);
    cn_pe_read_signature(r->pe);
    return 0;
}

int cn_pe_parse(const void *bytes, size_t size, struct cn_pe **out, struct cn_image_error *err)
{
    struct cn_pe *pe = calloc(1, sizeof(*pe));
    if (pe == NULL)
        return cn_load_fail(err, -ENOMEM, "out of memory: free some memory");
    pe->bytes = bytes;
    pe->size = size;
    struct reader r = {.pe = pe, .err = err};
    int rc = parse(&r);
    if (rc != 0) {
        cn_pe_free(pe);
        return rc;
    }
    *out = pe;
    return 0;
}

void cn_pe_free(struct cn_pe *pe)
{
    if (pe == NULL)
        return;
    free(pe->sections);
    free(pe->imports);
    free(pe->exports);
    free(pe->relocs);
    free(pe->functions);
    free(pe->symbols);
    if (pe->owns_bytes)
        free((void *)(uintptr_t)pe->bytes);
    free(pe);
}

static int read_descriptor(int fd, uint8_t **bytes, size_t *size, struct cn_image_error *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return cn_load_fail(err, -errno, "%s: check the path", strerror(errno));
    if (S_ISDIR(st.st_mode))
        return cn_load_fail(err, -EISDIR, "is a directory: name the driver file in it");
    if (!S_ISREG(st.st_mode))
        return cn_load_fail(err, -EINVAL, "is not a regular file: name a driver file");
    if (st.st_size > CN_PE_SIZE_MAX)
        return cn_load_fail(err, -EFBIG, "has %lld bytes, a driver has at most %d: check the path",
                            (long long)st.st_size, CN_PE_SIZE_MAX);
    size_t want = (size_t)st.st_size, have = 0;
    uint8_t *p = malloc(want + 1);
    if (p == NULL)
        return cn_load_fail(err, -ENOMEM, "out of memory for %zu bytes: free some memory", want);
    while (have < want) {
        ssize_t n = read(fd, p + have, want - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            int rc = cn_load_fail(err, -errno, "cannot be read: %s", strerror(errno));
            free(p);
            return rc;
        }
        if (n == 0)
            break;
        have += (size_t)n;
    }
    *bytes = p;
    *size = have;
    return 0;
}

int cn_load_read_file(const char *path, uint8_t **bytes, size_t *size, struct cn_image_error *err)
{
    /* Without O_NONBLOCK, opening a FIFO would wait for a writer. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return cn_load_fail(err, -errno, "cannot be opened: %s: check the path", strerror(errno));
    int rc = read_descriptor(fd, bytes, size, err);
    close(fd);
    return rc;
}

int cn_pe_read(const char *path, struct cn_pe **out, struct cn_image_error *err)
{
    uint8_t *bytes;
    size_t size;
    int rc = cn_load_read_file(path, &bytes, &size, err);
    if (rc != 0)
        return rc;
    rc = cn_pe_parse(bytes, size, out, err);
    if (rc != 0)
        free(bytes);
    else
        (*out)->owns_bytes = true;
    return rc;
}
