/* pe2elf.c - layout of the ELF file made from a PE image: segments, relocations, symbols, sections.
 * The rows of .eh_frame are made in pe2elf_eh.c, patches of privileged instructions in patch.c.
 *
 * The file:   ELF header, program headers | the image's headers and sections, each on its own page
 * | our segments | debug data, symbols, section headers (not loaded)
 */
#include "load/pe2elf_impl.h"

#include "base/base.h"
#include "load/fail.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    OWN_SEGMENTS = 3,
    OTHER_HEADERS = 3, /* PT_DYNAMIC, PT_GNU_EH_FRAME, PT_GNU_STACK */
    DYNAMIC_ENTRIES = 12,
    SLOTS_OFFSET = 0x200, /* in our first segment, behind .dynamic */
    OWN_SECTIONS = 11,
};
_Static_assert(DYNAMIC_ENTRIES * sizeof(Elf64_Dyn) <= SLOTS_OFFSET, "room for .dynamic");

struct maker {
    const struct cn_pe *pe;
    struct cn_elf *elf;
    struct cn_buf code, tables;
    struct cn_eh_place eh;
    uint64_t tables_vaddr;
    size_t hash, dynsym, dynstr, rela, rela_count; /* offsets in tables */
    bool text_relocs;

    struct cn_buf names, symbols, strings; /* .shstrtab, .symtab, .strtab */
    struct cn_buf sections;
    uint16_t *section_index; /* PE section -> ELF section */
    uint16_t section_count;
};

/* Addresses are 64 bits wide; CN_ALIGN_UP would cut them with a 32-bit alignment. */
static uint64_t page_up(uint64_t x)
{
    return CN_ALIGN_UP(x, (uint64_t)CN_ELF_PAGE);
}

uint8_t *cn_elf_at(const struct cn_elf *elf, uint32_t rva, uint64_t size)
{
    uint64_t vaddr = elf->image_vaddr + rva;
    for (size_t i = 0; i < elf->segment_count; i++) {
        const struct cn_elf_segment *s = &elf->segments[i];
        uint64_t at = vaddr - s->vaddr;
        if (s->image && vaddr >= s->vaddr && at < s->file_size && size <= s->file_size - at)
            return elf->file.data + s->offset + at;
    }
    return NULL;
}

static struct cn_elf_segment *segment_of(const struct cn_elf *elf, uint32_t rva)
{
    uint64_t vaddr = elf->image_vaddr + rva;
    for (size_t i = 0; i < elf->segment_count; i++) {
        struct cn_elf_segment *s = &elf->segments[i];
        if (s->image && vaddr >= s->vaddr && vaddr - s->vaddr < s->size)
            return s;
    }
    return NULL;
}

/* --- the image's own segments
 * ---------------------------------------------------------------------- */

static struct cn_elf_segment *add_segment(struct maker *m, uint64_t vaddr, uint64_t size)
{
    struct cn_elf_segment *s = &m->elf->segments[m->elf->segment_count++];
    cn_buf_align(&m->elf->file, CN_ELF_PAGE);
    *s = (struct cn_elf_segment){
        .vaddr = vaddr, .size = size, .offset = m->elf->file.size, .read = true};
    return s;
}

static void add_section_segment(struct maker *m, const struct cn_pe_section *section)
{
    if (!section->loaded || section->size == 0)
        return;
    struct cn_elf_segment *s = add_segment(m, m->elf->image_vaddr + section->rva, section->size);
    cn_buf_put(&m->elf->file, m->pe->bytes + section->raw_offset, section->raw_size);
    cn_buf_align(&m->elf->file, CN_ELF_PAGE);
    /* When the zeroes behind the file's bytes end in their page, the padding provides them. */
    s->file_size =
        page_up(section->raw_size) == page_up(section->size) ? section->size : section->raw_size;
    s->write = section->write;
    s->execute = section->execute;
    s->image = true;
}

/* Sections that share pages become one segment with all rights, as Windows does it too. */
static void add_flat_segment(struct maker *m)
{
    struct cn_elf_segment *s = add_segment(m, m->elf->image_vaddr, page_up(m->pe->image_size));
    size_t start = cn_buf_put(&m->elf->file, NULL, s->size);
    s->file_size = s->size;
    s->write = s->execute = s->image = true;
    if (m->elf->file.failed)
        return;
    memcpy(m->elf->file.data + start, m->pe->bytes, m->pe->header_size);
    for (size_t i = 0; i < m->pe->section_count; i++) {
        const struct cn_pe_section *section = &m->pe->sections[i];
        memcpy(m->elf->file.data + start + section->rva, m->pe->bytes + section->raw_offset,
               section->raw_size);
    }
}

static int add_image(struct maker *m, struct cn_image_error *err)
{
    const struct cn_pe *pe = m->pe;
    struct cn_elf *elf = m->elf;
    size_t headers = pe->section_count + 1 + OWN_SEGMENTS;
    elf->segments = calloc(headers, sizeof(*elf->segments));
    if (elf->segments == NULL)
        return cn_load_fail(err, -ENOMEM, "out of memory for the segments: free some memory");
    cn_buf_put(&elf->file, NULL,
               sizeof(Elf64_Ehdr) + (headers + OTHER_HEADERS) * sizeof(Elf64_Phdr));
    elf->image_vaddr = pe->image_base;
    if (pe->section_alignment < CN_ELF_PAGE) {
        add_flat_segment(m);
        return 0;
    }
    struct cn_elf_segment *s = add_segment(m, elf->image_vaddr, pe->header_size);
    cn_buf_put(&elf->file, pe->bytes, pe->header_size);
    s->file_size = s->size;
    s->image = true;
    for (size_t i = 0; i < pe->section_count; i++)
        add_section_segment(m, &pe->sections[i]);
    return 0;
}

/* Segments that the driver may not write to, but the loader must. */
static void mark_fixed_up(struct maker *m)
{
    const struct cn_pe_load_config *c = &m->pe->load_config;
    const uint32_t places[] = {c->cookie,    c->guard_check,  c->guard_dispatch,
                               c->xfg_check, c->xfg_dispatch, c->xfg_table_dispatch};
    for (size_t i = 0; i < m->pe->import_count; i++)
        segment_of(m->elf, m->pe->imports[i].slot)->fixed_up = true;
    for (size_t i = 0; i < CN_ARRAY_SIZE(places); i++)
        if (places[i] != 0)
            segment_of(m->elf, places[i])->fixed_up = true;
    for (size_t i = 0; i < m->elf->patches.shared_count; i++)
        segment_of(m->elf, m->elf->patches.shared[i])->fixed_up = true;
}

/* --- our segments
 * ---------------------------------------------------------------------------------- */

static int compare_slots(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return x[0] < y[0] ? -1 : x[0] > y[0];
}

/* Finds calls and jumps through a slot (FF 15 or FF 25 with a 32-bit distance) in one section. */
static void find_calls_in(struct maker *m, const struct cn_pe_section *s,
                          const uint32_t (*slots)[2])
{
    const uint8_t *code = m->pe->bytes + s->raw_offset;
    for (size_t at = 0; at + 6 <= s->raw_size; at++) {
        const uint8_t *p = memchr(code + at, 0xff, s->raw_size - 5 - at);
        if (p == NULL)
            return;
        at = (size_t)(p - code);
        if (p[1] != 0x15 && p[1] != 0x25)
            continue;
        uint32_t distance;
        memcpy(&distance, p + 2, sizeof(distance));
        uint32_t slot = s->rva + (uint32_t)at + 6 + distance;
        const uint32_t(*found)[2] =
            bsearch(&slot, slots, m->pe->import_count, sizeof(*slots), compare_slots);
        if (found != NULL)
            m->elf->called[(*found)[1]] = 1;
    }
}

/* Marks the imports that are functions because code calls or jumps through their slot. */
static bool find_calls(struct maker *m)
{
    const struct cn_pe *pe = m->pe;
    uint32_t(*slots)[2] = calloc(pe->import_count + 1, sizeof(*slots));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < pe->import_count; i++) {
        slots[i][0] = pe->imports[i].slot;
        slots[i][1] = (uint32_t)i;
    }
    qsort(slots, pe->import_count, sizeof(*slots), compare_slots);
    for (size_t i = 0; i < pe->section_count; i++)
        if (pe->sections[i].execute && pe->sections[i].loaded)
            find_calls_in(m, &pe->sections[i], (const uint32_t(*)[2])slots);
    free(slots);
    return true;
}

static void write_relocs(struct maker *m)
{
    const struct cn_pe *pe = m->pe;
    cn_buf_align(&m->tables, 8);
    m->rela = m->tables.size;
    for (size_t i = 0; i < pe->reloc_count; i++) {
        uint64_t value = 0;
        const uint8_t *p = cn_elf_at(m->elf, pe->relocs[i], sizeof(value));
        if (p != NULL)
            memcpy(&value, p, sizeof(value));
        Elf64_Rela r = {.r_offset = m->elf->image_vaddr + pe->relocs[i],
                        .r_info = ELF64_R_INFO(0, R_X86_64_RELATIVE),
                        .r_addend = (Elf64_Sxword)value};
        cn_buf_put(&m->tables, &r, sizeof(r));
        m->text_relocs |= !segment_of(m->elf, pe->relocs[i])->write;
    }
    m->rela_count = pe->reloc_count;
}

/* The dynamic linker wants these tables even when they are empty. */
static void write_dynamic_symbols(struct maker *m)
{
    static const uint32_t hash[] = {1, 1, 0, 0}; /* one bucket, one symbol: the null symbol */
    static const Elf64_Sym null_symbol;
    m->hash = cn_buf_put(&m->tables, hash, sizeof(hash));
    m->dynsym = cn_buf_put(&m->tables, &null_symbol, sizeof(null_symbol));
    m->dynstr = cn_buf_put(&m->tables, "", 1);
}

static void write_dynamic(struct maker *m, uint8_t *to)
{
    uint64_t t = m->tables_vaddr;
    Elf64_Dyn d[DYNAMIC_ENTRIES] = {
        {DT_HASH, {t + m->hash}}, {DT_STRTAB, {t + m->dynstr}},     {DT_SYMTAB, {t + m->dynsym}},
        {DT_STRSZ, {1}},          {DT_SYMENT, {sizeof(Elf64_Sym)}},
    };
    size_t n = 5;
    if (m->rela_count > 0) {
        d[n++] = (Elf64_Dyn){DT_RELA, {t + m->rela}};
        d[n++] = (Elf64_Dyn){DT_RELASZ, {m->rela_count * sizeof(Elf64_Rela)}};
        d[n++] = (Elf64_Dyn){DT_RELAENT, {sizeof(Elf64_Rela)}};
        d[n++] = (Elf64_Dyn){DT_RELACOUNT, {m->rela_count}};
        if (m->text_relocs)
            d[n++] = (Elf64_Dyn){DT_TEXTREL, {0}};
    }
    memcpy(to, d, sizeof(d));
}

static void add_own_segment(struct maker *m, const struct cn_buf *content, uint64_t vaddr,
                            bool write, bool execute)
{
    struct cn_elf_segment *s = add_segment(m, vaddr, content->size);
    cn_buf_put(&m->elf->file, content->data, content->size);
    s->file_size = content->size;
    s->write = write;
    s->execute = execute;
}

static int add_own(struct maker *m, struct cn_image_error *err)
{
    struct cn_elf *elf = m->elf;
    uint64_t end = elf->image_vaddr;
    for (size_t i = 0; i < elf->segment_count; i++)
        end = CN_MAX(end, page_up(elf->segments[i].vaddr + elf->segments[i].size));
    elf->slots_vaddr = end + SLOTS_OFFSET;
    elf->code_vaddr = end + CN_ELF_PAGE;
    if (!cn_patch_sweep(m->pe, elf, &m->code) || m->code.failed)
        return cn_load_fail(err, -ENOMEM, "out of memory for patches: free some memory");
    cn_buf_put(&m->code, "\xcc", 1); /* so that the segment is never empty */
    elf->code_size = (uint32_t)m->code.size;
    mark_fixed_up(m);
    m->tables_vaddr = elf->code_vaddr + page_up(m->code.size);
    write_dynamic_symbols(m);
    write_relocs(m);
    if (!cn_pe2elf_eh(m->pe, elf, &m->tables, m->tables_vaddr, &m->eh))
        return cn_load_fail(err, -ENOMEM, "out of memory for .eh_frame: free some memory");
    elf->eh_frame_vaddr = m->tables_vaddr + m->eh.frame;
    elf->end_vaddr = m->tables_vaddr + page_up(m->tables.size);
    if (elf->end_vaddr < elf->image_vaddr)
        return cn_load_fail(
            err, -ENOEXEC,
            "optional header: ImageBase is 0x%llx, so high that nothing fits above the "
            "image: link with the linker's default (0x140000000)",
            (unsigned long long)elf->image_vaddr);
    struct cn_buf words = {0};
    cn_buf_put(&words, NULL, CN_ELF_PAGE);
    if (!words.failed)
        write_dynamic(m, words.data);
    add_own_segment(m, &words, end, true, false);
    add_own_segment(m, &m->code, elf->code_vaddr, false, true);
    add_own_segment(m, &m->tables, m->tables_vaddr, false, false);
    elf->file.failed |= words.failed;
    cn_buf_free(&words);
    return 0;
}

/* --- section headers and symbols
 * ------------------------------------------------------------------- */

static uint16_t add_header(struct maker *m, const char *name, Elf64_Shdr h)
{
    h.sh_name = (uint32_t)cn_buf_text(&m->names, name);
    if (h.sh_addralign == 0)
        h.sh_addralign = 1;
    cn_buf_put(&m->sections, &h, sizeof(h));
    return m->section_count++;
}

/* A PE section called like one of ours would be taken for it. */
static void add_image_header(struct maker *m, const char *name, Elf64_Shdr h)
{
    static const char *const ours[] = {".eh_frame", ".eh_frame_hdr", ".dynamic",  ".dynsym",
                                       ".dynstr",   ".hash",         ".rela.dyn", ".symtab",
                                       ".strtab",   ".shstrtab"};
    char other[48];
    struct cn_text t;
    cn_text_init(&t, other, sizeof(other));
    for (size_t i = 0; i < CN_ARRAY_SIZE(ours); i++)
        if (strcmp(name, ours[i]) == 0)
            cn_text_put(&t, ".pe");
    cn_text_put(&t, "%s", name);
    add_header(m, other, h);
}

static void add_image_headers(struct maker *m)
{
    const struct cn_elf *elf = m->elf;
    for (size_t i = 0; i < m->pe->section_count; i++) {
        const struct cn_pe_section *s = &m->pe->sections[i];
        const struct cn_elf_segment *segment = s->size > 0 ? segment_of(elf, s->rva) : NULL;
        m->section_index[i] = m->section_count;
        if (s->loaded && segment != NULL) {
            Elf64_Shdr h = {.sh_type = s->raw_size > 0 ? SHT_PROGBITS : SHT_NOBITS,
                            .sh_flags = SHF_ALLOC | (s->write ? SHF_WRITE : 0) |
                                        (s->execute ? SHF_EXECINSTR : 0),
                            .sh_addr = elf->image_vaddr + s->rva,
                            .sh_size = s->raw_size > 0 ? s->raw_size : s->size,
                            .sh_addralign = 16};
            h.sh_offset = segment->offset + (h.sh_addr - segment->vaddr);
            add_image_header(m, s->name, h);
        } else if (s->raw_size > 0 && strncmp(s->name, ".debug", 6) == 0) {
            Elf64_Shdr h = {.sh_type = SHT_PROGBITS, .sh_size = s->raw_size};
            h.sh_offset = cn_buf_put(&m->elf->file, m->pe->bytes + s->raw_offset, s->raw_size);
            add_image_header(m, s->name, h);
        } else {
            m->section_index[i] = SHN_ABS;
        }
    }
}

static uint64_t function_size(const struct cn_pe *pe, uint32_t rva)
{
    const struct cn_pe_function *f = cn_pe_function(pe, rva);
    return f != NULL && f->begin == rva ? f->end - f->begin : 0;
}

static void add_symbol(struct maker *m, const char *name, size_t length, uint32_t rva, int type)
{
    const struct cn_pe_section *s = cn_pe_section(m->pe, rva, 1);
    if (s == NULL)
        return;
    Elf64_Sym sym = {.st_name = (uint32_t)cn_buf_put(&m->strings, name, length),
                     .st_info = ELF64_ST_INFO(STB_LOCAL, type),
                     .st_shndx = m->section_index[s - m->pe->sections],
                     .st_value = m->elf->image_vaddr + rva,
                     .st_size = type != STT_OBJECT ? function_size(m->pe, rva) : 0};
    cn_buf_u8(&m->strings, 0);
    cn_buf_put(&m->symbols, &sym, sizeof(sym));
}

static int compare_rvas(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Names from the COFF symbols and the exports; DriverEntry and sub_<rva> for functions without one.
 */
static void add_symbols(struct maker *m)
{
    const struct cn_pe *pe = m->pe;
    struct cn_buf named = {0};
    static const Elf64_Sym null_symbol;
    cn_buf_put(&m->symbols, &null_symbol, sizeof(null_symbol));
    cn_buf_u8(&m->strings, 0);
    for (size_t i = 0; i < pe->symbol_count; i++) {
        const struct cn_pe_symbol *s = &pe->symbols[i];
        const struct cn_pe_section *section = cn_pe_section(pe, s->rva, 1);
        bool code = section != NULL && section->execute;
        add_symbol(m, s->name, s->name_length, s->rva,
                   s->function ? STT_FUNC
                   : code      ? STT_NOTYPE
                               : STT_OBJECT);
        cn_buf_u32(&named, s->rva);
    }
    for (size_t i = 0; i < pe->export_count && pe->symbol_count == 0; i++) {
        const struct cn_pe_export *e = &pe->exports[i];
        const struct cn_pe_section *section = e->rva != 0 ? cn_pe_section(pe, e->rva, 1) : NULL;
        if (e->name == NULL || section == NULL)
            continue;
        add_symbol(m, e->name, strlen(e->name), e->rva, section->execute ? STT_FUNC : STT_OBJECT);
        cn_buf_u32(&named, e->rva);
    }
    size_t count = named.size / sizeof(uint32_t);
    if (count > 0)
        qsort(named.data, count, sizeof(uint32_t), compare_rvas);
    bool entry_named = count > 0 && bsearch(&pe->entry, named.data, count, 4, compare_rvas) != NULL;
    if (!entry_named)
        add_symbol(m, "DriverEntry", strlen("DriverEntry"), pe->entry, STT_FUNC);
    for (size_t i = 0; i < pe->function_count; i++) {
        uint32_t rva = pe->functions[i].begin;
        char name[16];
        if ((rva == pe->entry && !entry_named) ||
            (count > 0 && bsearch(&rva, named.data, count, 4, compare_rvas) != NULL))
            continue;
        add_symbol(m, name, (size_t)snprintf(name, sizeof(name), "sub_%x", rva), rva, STT_FUNC);
    }
    m->symbols.failed |= named.failed;
    cn_buf_free(&named);
}

static Elf64_Shdr table_header(const struct maker *m, uint32_t type, size_t at, size_t size)
{
    const struct cn_elf_segment *tables = &m->elf->segments[m->elf->segment_count - 1];
    return (Elf64_Shdr){.sh_type = type,
                        .sh_flags = SHF_ALLOC,
                        .sh_addr = m->tables_vaddr + at,
                        .sh_offset = tables->offset + at,
                        .sh_size = size,
                        .sh_addralign = 8};
}

static void add_own_headers(struct maker *m)
{
    const struct cn_elf *elf = m->elf;
    const struct cn_elf_segment *words = &elf->segments[elf->segment_count - OWN_SEGMENTS];
    const struct cn_elf_segment *code = words + 1;
    Elf64_Shdr h = {.sh_type = SHT_PROGBITS,
                    .sh_flags = SHF_ALLOC | SHF_EXECINSTR,
                    .sh_addr = code->vaddr,
                    .sh_offset = code->offset,
                    .sh_size = code->size,
                    .sh_addralign = 16};
    add_header(m, ".condis", h);
    h = table_header(m, SHT_STRTAB, m->dynstr, 1);
    uint16_t dynstr = add_header(m, ".dynstr", h);
    h = table_header(m, SHT_DYNSYM, m->dynsym, sizeof(Elf64_Sym));
    h.sh_link = dynstr;
    h.sh_info = 1;
    h.sh_entsize = sizeof(Elf64_Sym);
    uint16_t dynsym = add_header(m, ".dynsym", h);
    h = table_header(m, SHT_RELA, m->rela, m->rela_count * sizeof(Elf64_Rela));
    h.sh_link = dynsym;
    h.sh_entsize = sizeof(Elf64_Rela);
    add_header(m, ".rela.dyn", h);
    add_header(m, ".eh_frame", table_header(m, SHT_PROGBITS, m->eh.frame, m->eh.frame_size));
    add_header(m, ".eh_frame_hdr", table_header(m, SHT_PROGBITS, m->eh.header, m->eh.header_size));
    h = (Elf64_Shdr){.sh_type = SHT_DYNAMIC,
                     .sh_flags = SHF_ALLOC | SHF_WRITE,
                     .sh_addr = words->vaddr,
                     .sh_offset = words->offset,
                     .sh_size = DYNAMIC_ENTRIES * sizeof(Elf64_Dyn),
                     .sh_link = dynstr,
                     .sh_entsize = sizeof(Elf64_Dyn),
                     .sh_addralign = 8};
    add_header(m, ".dynamic", h);
}

/* Everything that is not loaded: symbols, strings and the section headers themselves. */
static void add_sections(struct maker *m)
{
    struct cn_buf *file = &m->elf->file;
    m->section_count = 0;
    add_header(m, "", (Elf64_Shdr){.sh_type = SHT_NULL});
    add_image_headers(m);
    add_own_headers(m);
    add_symbols(m);
    cn_buf_align(file, 8);
    Elf64_Shdr h = {.sh_type = SHT_SYMTAB,
                    .sh_size = m->symbols.size,
                    .sh_entsize = sizeof(Elf64_Sym),
                    .sh_link = m->section_count + 1u,
                    .sh_addralign = 8,
                    .sh_info = (uint32_t)(m->symbols.size / sizeof(Elf64_Sym))};
    h.sh_offset = cn_buf_put(file, m->symbols.data, m->symbols.size);
    add_header(m, ".symtab", h);
    h = (Elf64_Shdr){.sh_type = SHT_STRTAB, .sh_size = m->strings.size};
    h.sh_offset = cn_buf_put(file, m->strings.data, m->strings.size);
    add_header(m, ".strtab", h);
    h = (Elf64_Shdr){.sh_type = SHT_STRTAB,
                     .sh_offset = file->size,
                     .sh_size = m->names.size + sizeof(".shstrtab")};
    add_header(m, ".shstrtab", h);
    cn_buf_put(file, m->names.data, m->names.size);
    cn_buf_align(file, 8);
}

/* --- headers
 * --------------------------------------------------------------------------------------- */

static Elf64_Phdr program_header(const struct cn_elf_segment *s)
{
    return (Elf64_Phdr){.p_type = PT_LOAD,
                        .p_flags = PF_R | (s->write ? PF_W : 0u) | (s->execute ? PF_X : 0u),
                        .p_offset = s->offset,
                        .p_vaddr = s->vaddr,
                        .p_paddr = s->vaddr,
                        .p_filesz = s->file_size,
                        .p_memsz = s->size,
                        .p_align = CN_ELF_PAGE};
}

static void write_headers(struct maker *m)
{
    struct cn_elf *elf = m->elf;
    const struct cn_elf_segment *words = &elf->segments[elf->segment_count - OWN_SEGMENTS];
    size_t sections = cn_buf_put(&elf->file, m->sections.data, m->sections.size);
    if (elf->file.failed)
        return;
    Elf64_Ehdr e = {
        .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
        .e_type = ET_DYN,
        .e_machine = EM_X86_64,
        .e_version = EV_CURRENT,
        .e_entry = elf->image_vaddr + m->pe->entry,
        .e_phoff = sizeof(e),
        .e_shoff = sections,
        .e_ehsize = sizeof(e),
        .e_phentsize = sizeof(Elf64_Phdr),
        .e_phnum = (uint16_t)(elf->segment_count + OTHER_HEADERS),
        .e_shentsize = sizeof(Elf64_Shdr),
        .e_shnum = m->section_count,
        .e_shstrndx = (uint16_t)(m->section_count - 1)};
    memcpy(elf->file.data, &e, sizeof(e));
    Elf64_Phdr *ph = (Elf64_Phdr *)(void *)(elf->file.data + sizeof(e));
    for (size_t i = 0; i < elf->segment_count; i++)
        *ph++ = program_header(&elf->segments[i]);
    *ph = program_header(words);
    ph->p_type = PT_DYNAMIC;
    ph->p_filesz = ph->p_memsz = DYNAMIC_ENTRIES * sizeof(Elf64_Dyn);
    ph->p_align = 8;
    *++ph = program_header(words + OWN_SEGMENTS - 1);
    ph->p_type = PT_GNU_EH_FRAME;
    ph->p_offset += m->eh.header;
    ph->p_vaddr = ph->p_paddr = ph->p_vaddr + m->eh.header;
    ph->p_filesz = ph->p_memsz = m->eh.header_size;
    ph->p_align = 4;
    *++ph = (Elf64_Phdr){.p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W, .p_align = 16};
}

static int make(struct maker *m, struct cn_image_error *err)
{
    int rc = add_image(m, err);
    if (rc != 0)
        return rc;
    m->elf->called = calloc(m->pe->import_count + 1, 1);
    m->section_index = calloc(m->pe->section_count + 1, sizeof(*m->section_index));
    if (m->elf->called == NULL || m->section_index == NULL || m->elf->file.failed || !find_calls(m))
        return cn_load_fail(err, -ENOMEM, "out of memory for the image: free some memory");
    rc = add_own(m, err);
    if (rc != 0)
        return rc;
    add_sections(m);
    write_headers(m);
    if (m->elf->file.failed || m->code.failed || m->tables.failed || m->names.failed ||
        m->symbols.failed || m->strings.failed || m->sections.failed)
        return cn_load_fail(err, -ENOMEM,
                            "out of memory for the converted image: free some memory");
    return 0;
}

int cn_pe2elf(const struct cn_pe *pe, struct cn_elf *out, struct cn_image_error *err)
{
    struct maker m = {.pe = pe, .elf = out};
    *out = (struct cn_elf){.segment_count = 0};
    int rc = make(&m, err);
    cn_buf_free(&m.code);
    cn_buf_free(&m.tables);
    cn_buf_free(&m.names);
    cn_buf_free(&m.symbols);
    cn_buf_free(&m.strings);
    cn_buf_free(&m.sections);
    free(m.section_index);
    if (rc != 0)
        cn_elf_free(out);
    return rc;
}

void cn_elf_free(struct cn_elf *elf)
{
    cn_buf_free(&elf->file);
    free(elf->segments);
    free(elf->called);
    free(elf->patches.pieces);
    free(elf->patches.shared);
    *elf = (struct cn_elf){.segment_count = 0};
}
