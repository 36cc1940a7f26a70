/* rows.c - the table itself. A row's function is the symbol of the same name; a known one has none.
 */
#include "ddi/rows.h"

#include "ddi/old_names.h"
#include "object/obj.h"

enum { QUIET = CN_DDI_QUIET, TRACED = CN_DDI_TRACED };

#define ROW(dll_, name_, fn_, low, high, trace_, major, minor, page_)                              \
    {.dll = #dll_,                                                                                 \
     .name = #name_,                                                                               \
     .fn = (void *)(fn_),                                                                          \
     .irql_min = CN_##low,                                                                         \
     .irql_max = CN_##high,                                                                        \
     .trace = trace_,                                                                              \
     .since_major = major,                                                                         \
     .since_minor = minor,                                                                         \
     .page = page_},

const struct cn_ddi_row cn_ndis_rows[] = {
#define DDI(dll, name, low, high, trace, major, minor, page)                                       \
    ROW(dll, name, name, low, high, trace, major, minor, page)
#define DDI_VARIADIC(dll, name, low, high, trace, major, minor, page)                              \
    ROW(dll, name, name, low, high, trace, major, minor, page)
#define DDI_AS(dll, name, symbol, low, high, trace, major, minor, page)                            \
    ROW(dll, name, symbol, low, high, trace, major, minor, page)
#define DDI_KNOWN(dll, name, major, minor, page)                                                   \
    ROW(dll, name, NULL, PASSIVE, HIGH, QUIET, major, minor, page)
#include "ddi/ndis.def"
#include "ddi/known.def"
};

const size_t cn_ndis_row_count = CN_ARRAY_SIZE(cn_ndis_rows);

const char *cn_ddi_object(const void *handle)
{
    static const enum cn_kind kinds[] = {CN_KIND_ADAPTER, CN_KIND_BINDING, CN_KIND_AF,
                                         CN_KIND_MINIPORT, CN_KIND_PROTOCOL};
    for (size_t i = 0; i < CN_ARRAY_SIZE(kinds); i++) {
        const struct cn_obj *o = cn_handle_get((cn_handle)(uintptr_t)handle, kinds[i]);
        if (o != NULL)
            return o->name;
    }
    return NULL;
}
