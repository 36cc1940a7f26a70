/* so_symbols.c - an ELF shared object that consists of names for given addresses.
 *
 * Its symbols are absolute, so that the dynamic linker takes their values as they are. One page
 * holds everything: headers, .dynamic, hash table, symbols, names.
 */
#include "load/so_symbols.h"

#include "base/base.h"

#include <elf.h>

enum { PROGRAM_HEADERS = 3, DYNAMIC_ENTRIES = 6 };

/* The hash function of the System V ABI. */
static uint32_t hash(const char *name)
{
    uint32_t h = 0;
    for (; *name != '\0'; name++) {
        h = (h << 4) + (uint8_t)*name;
        h ^= h >> 24 & 0xf0;
    }
    return h & 0x0fffffff;
}

static size_t put_symbols(const struct cn_so_symbol *symbols, size_t count, struct cn_buf *out,
                          struct cn_buf *names)
{
    static const Elf64_Sym none;
    cn_buf_align(out, 8);
    size_t at = cn_buf_put(out, &none, sizeof(none));
    cn_buf_text(names, "");
    for (size_t i = 0; i < count; i++) {
        Elf64_Sym s = {.st_name = (uint32_t)cn_buf_text(names, symbols[i].name),
                       .st_info = ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE),
                       .st_shndx = SHN_ABS,
                       .st_value = symbols[i].address};
        cn_buf_put(out, &s, sizeof(s));
    }
    return at;
}

/* As many buckets as symbols, plus one so that there is always one; chains are linked in front. */
static size_t put_hash(const struct cn_so_symbol *symbols, size_t count, struct cn_buf *out)
{
    uint32_t buckets = (uint32_t)count + 1;
    cn_buf_align(out, 8);
    size_t at = cn_buf_u32(out, buckets);
    cn_buf_u32(out, (uint32_t)count + 1);
    size_t words = cn_buf_put(out, NULL, (buckets + count + 1) * sizeof(uint32_t));
    if (out->failed)
        return at;
    uint32_t *bucket = (uint32_t *)(void *)(out->data + words), *chain = bucket + buckets;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *b = &bucket[hash(symbols[i].name) % buckets];
        chain[i + 1] = *b;
        *b = i + 1;
    }
    return at;
}

bool cn_so_symbols(const struct cn_so_symbol *symbols, size_t count, struct cn_buf *out)
{
    struct cn_buf names = {0};
    const size_t dynamic = sizeof(Elf64_Ehdr) + PROGRAM_HEADERS * sizeof(Elf64_Phdr);
    cn_buf_put(out, NULL, dynamic + DYNAMIC_ENTRIES * sizeof(Elf64_Dyn));
    size_t hash_at = put_hash(symbols, count, out);
    size_t symbols_at = put_symbols(symbols, count, out, &names);
    size_t names_at = cn_buf_put(out, names.data, names.size);
    bool ok = !out->failed && !names.failed;
    if (ok) {
        const Elf64_Ehdr e = {
            .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
            .e_type = ET_DYN,
            .e_machine = EM_X86_64,
            .e_version = EV_CURRENT,
            .e_phoff = sizeof(e),
            .e_ehsize = sizeof(e),
            .e_phentsize = sizeof(Elf64_Phdr),
            .e_phnum = PROGRAM_HEADERS};
        const Elf64_Phdr headers[PROGRAM_HEADERS] = {
            {.p_type = PT_LOAD,
             .p_flags = PF_R | PF_W,
             .p_filesz = out->size,
             .p_memsz = out->size,
             .p_align = 0x1000},
            {.p_type = PT_DYNAMIC,
             .p_flags = PF_R | PF_W,
             .p_offset = dynamic,
             .p_vaddr = dynamic,
             .p_filesz = DYNAMIC_ENTRIES * sizeof(Elf64_Dyn),
             .p_memsz = DYNAMIC_ENTRIES * sizeof(Elf64_Dyn),
             .p_align = 8},
            {.p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W, .p_align = 16},
        };
        const Elf64_Dyn d[DYNAMIC_ENTRIES] = {
            {DT_HASH, {hash_at}},    {DT_SYMTAB, {symbols_at}}, {DT_SYMENT, {sizeof(Elf64_Sym)}},
            {DT_STRTAB, {names_at}}, {DT_STRSZ, {names.size}},  {DT_NULL, {0}},
        };
        memcpy(out->data, &e, sizeof(e));
        memcpy(out->data + sizeof(e), headers, sizeof(headers));
        memcpy(out->data + dynamic, d, sizeof(d));
    }
    cn_buf_free(&names);
    return ok;
}
