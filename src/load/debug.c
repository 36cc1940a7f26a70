/* debug.c - names and source lines of addresses, through libelf and libdw. */
#include "load/debug.h"

#include "base/base.h"

#include <elfutils/libdw.h>
#include <gelf.h>
#include <stdlib.h>

struct cn_debug_symbol {
    uint64_t address, size;
    const char *name;
    uint8_t rank; /* functions before variables before labels, when they have one address */
};

static int compare_symbols(const void *a, const void *b)
{
    const struct cn_debug_symbol *x = a, *y = b;
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1; /* the best comes last */
    return x->size < y->size ? -1 : x->size > y->size;
}

/* Adds what a symbol table defines with an address. */
static void add_symbols(struct cn_debug *debug, Elf_Scn *section, const GElf_Shdr *h)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t count = data != NULL && h->sh_entsize != 0 ? data->d_size / h->sh_entsize : 0;
    struct cn_debug_symbol *symbols =
        realloc(debug->symbols, (debug->count + count + 1) * sizeof(*symbols));
    if (symbols == NULL)
        return;
    debug->symbols = symbols;
    for (size_t i = 0; i < count; i++) {
        GElf_Sym sym;
        if (gelf_getsym(data, (int)i, &sym) == NULL || sym.st_shndx == SHN_UNDEF ||
            sym.st_shndx == SHN_ABS || sym.st_value == 0)
            continue;
        int type = GELF_ST_TYPE(sym.st_info);
        const char *name = elf_strptr(debug->elf, h->sh_link, sym.st_name);
        if (name == NULL || name[0] == '\0' ||
            (type != STT_FUNC && type != STT_OBJECT && type != STT_NOTYPE))
            continue;
        symbols[debug->count++] = (struct cn_debug_symbol){.address = sym.st_value,
                                                           .size = sym.st_size,
                                                           .name = name,
                                                           .rank = type == STT_FUNC     ? 2
                                                                   : type == STT_OBJECT ? 1
                                                                                        : 0};
    }
}

/* The full table if there is one, else what is left of it in a stripped file. */
static void read_symbols(struct cn_debug *debug)
{
    static const GElf_Word tables[] = {SHT_SYMTAB, SHT_DYNSYM};
    for (size_t t = 0; t < CN_ARRAY_SIZE(tables) && debug->count == 0; t++) {
        for (Elf_Scn *s = elf_nextscn(debug->elf, NULL); s != NULL;
             s = elf_nextscn(debug->elf, s)) {
            GElf_Shdr h;
            if (gelf_getshdr(s, &h) != NULL && h.sh_type == tables[t])
                add_symbols(debug, s, &h);
        }
    }
    if (debug->count > 0)
        qsort(debug->symbols, debug->count, sizeof(*debug->symbols), compare_symbols);
}

static void open_once(struct cn_debug *debug, int fd)
{
    if (debug->opened)
        return;
    debug->opened = true;
    elf_version(EV_CURRENT);
    debug->elf = fd >= 0 ? elf_begin(fd, ELF_C_READ, NULL) : NULL;
    if (debug->elf == NULL)
        return;
    read_symbols(debug);
    debug->dwarf = dwarf_begin_elf(debug->elf, DWARF_C_READ, NULL);
}

static void find_symbol(const struct cn_debug *debug, uint64_t address, struct cn_debug_place *out)
{
    size_t low = 0, high = debug->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (debug->symbols[middle].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return;
    const struct cn_debug_symbol *s = &debug->symbols[low - 1];
    if (s->size != 0 && address - s->address >= s->size)
        return;
    out->function = s->name;
    out->offset = address - s->address;
}

/* Goes through all compilation units: not every compiler writes an index of addresses. */
static void find_line(const struct cn_debug *debug, uint64_t address, struct cn_debug_place *out)
{
    Dwarf_Off at = 0, next;
    size_t header;
    for (; dwarf_nextcu(debug->dwarf, at, &next, &header, NULL, NULL, NULL) == 0; at = next) {
        Dwarf_Die unit;
        if (dwarf_offdie(debug->dwarf, at + header, &unit) == NULL ||
            dwarf_haspc(&unit, address) != 1)
            continue;
        Dwarf_Line *line = dwarf_getsrc_die(&unit, address);
        const char *file = line != NULL ? dwarf_linesrc(line, NULL, NULL) : NULL;
        if (file == NULL || dwarf_lineno(line, &out->line) != 0)
            return;
        /* Drivers built on Windows have its separators. */
        for (const char *c = out->file = file; *c != '\0'; c++)
            if (*c == '/' || *c == '\\')
                out->file = c + 1;
        return;
    }
}

void cn_debug_find(struct cn_debug *debug, int fd, uint64_t address, uint64_t line_address,
                   struct cn_debug_place *out)
{
    *out = (struct cn_debug_place){.function = NULL};
    open_once(debug, fd);
    find_symbol(debug, address, out);
    if (debug->dwarf != NULL)
        find_line(debug, line_address, out);
}

void cn_debug_close(struct cn_debug *debug)
{
    if (debug->dwarf != NULL)
        dwarf_end(debug->dwarf);
    if (debug->elf != NULL)
        elf_end(debug->elf);
    free(debug->symbols);
    *debug = (struct cn_debug){.opened = false};
}
