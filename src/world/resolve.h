/* resolve.h - what a driver may import: one look-up over the tables of all modules we are. */
#ifndef CN_WORLD_RESOLVE_H
#define CN_WORLD_RESOLVE_H

#include "object/driver.h"

/* The row of an export, or NULL when no table has it. dll is the module as a file spells it
 * ("NDIS.SYS"), or "" for a .so, which names none. The row's fn is NULL for a function that is
 * known and not provided. Imports by ordinal (name NULL) are never found: the modules drivers
 * import are linked by name. */
const struct cn_ddi_row *cn_resolve_row(const char *dll, const char *name, int ordinal);
/* True for a module one of the tables is about. */
bool cn_resolve_module(const char *dll);

#endif
