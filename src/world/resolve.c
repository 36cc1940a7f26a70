/* resolve.c - a hash table over the rows of ndis.sys, ntoskrnl.exe and hal.dll, built at first use.
 */
#include "world/resolve.h"

#include "ddi/ddi.h"
#include "load/fail.h"
#include "nt/nt.h"

enum { SLOTS = 8192 }; /* a power of two, several times the number of rows */

static const struct cn_ddi_row *slots[SLOTS];
static bool built;

static uint32_t hash(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s != '\0'; s++)
        h = (h ^ (uint8_t)*s) * 16777619u;
    return h;
}

static void add_rows(const struct cn_ddi_row *rows, size_t count)
{
    cn_assert(count < SLOTS / 4);
    for (size_t i = 0; i < count; i++) {
        uint32_t at = hash(rows[i].name) % SLOTS;
        while (slots[at] != NULL)
            at = (at + 1) % SLOTS;
        slots[at] = &rows[i];
    }
}

static bool is_kernel(const char *dll)
{
    return cn_load_same_module(dll, "ntoskrnl") || cn_load_same_module(dll, "hal");
}

/* Since Windows 10 hal.dll only forwards to the kernel, and both export the names of both. */
static bool module_has(const char *dll, const struct cn_ddi_row *row)
{
    return dll[0] == '\0' || cn_load_same_module(dll, row->dll) ||
           (is_kernel(dll) && is_kernel(row->dll));
}

const struct cn_ddi_row *cn_resolve_row(const char *dll, const char *name, int ordinal)
{
    (void)ordinal;
    if (!built) {
        add_rows(cn_nt_rows, cn_nt_row_count);
        add_rows(cn_ndis_rows, cn_ndis_row_count);
        built = true;
    }
    if (name == NULL)
        return NULL;
    for (uint32_t at = hash(name) % SLOTS; slots[at] != NULL; at = (at + 1) % SLOTS)
        if (strcmp(slots[at]->name, name) == 0 && module_has(dll, slots[at]))
            return slots[at];
    return NULL;
}

bool cn_resolve_module(const char *dll)
{
    return is_kernel(dll) || cn_load_same_module(dll, "ndis");
}
