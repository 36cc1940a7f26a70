/* debug.h - names and source lines of addresses, from the symbols and the DWARF data of an ELF
 * file. */
#ifndef CN_LOAD_DEBUG_H
#define CN_LOAD_DEBUG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cn_debug_symbol;

/* Zeroed: not opened yet. The file is read when the first address is asked for. */
struct cn_debug {
    bool opened;
    struct Elf *elf;
    struct Dwarf *dwarf;
    struct cn_debug_symbol *symbols;
    size_t count;
};

struct cn_debug_place {
    const char *function; /* NULL when nothing is known */
    uint64_t offset;      /* from its beginning */
    const char *file;     /* base name; NULL when nothing is known */
    int line;
};

/* What the file on fd says about an address as in the file. line_address is the address whose
 * source line is asked for: a return address belongs to the call before it. */
void cn_debug_find(struct cn_debug *debug, int fd, uint64_t address, uint64_t line_address,
                   struct cn_debug_place *out);
void cn_debug_close(struct cn_debug *debug);

#endif
