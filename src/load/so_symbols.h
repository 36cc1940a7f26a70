/* so_symbols.h - an ELF shared object that consists of names for given addresses. */
#ifndef CN_LOAD_SO_SYMBOLS_H
#define CN_LOAD_SO_SYMBOLS_H

#include "load/buf.h"

struct cn_so_symbol {
    const char *name;
    uint64_t address;
};

/* False when out of memory; the caller frees *out in any case. */
bool cn_so_symbols(const struct cn_so_symbol *symbols, size_t count, struct cn_buf *out);

#endif
