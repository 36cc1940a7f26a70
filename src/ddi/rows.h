/* rows.h - the table of what ndis.sys exports, as the files of this folder use it:
 * CN_DDI_ENTER(ddi, NdisOpenAdapterEx, ...) finds its row through the index made here. */
#ifndef CN_DDI_ROWS_H
#define CN_DDI_ROWS_H

#include "ddi/ddi.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define CN_DDI_TABLE cn_ndis_rows

enum cn_ndis_row {
#define DDI(dll, name, ...)          CN_DDI_ROW_##name,
#define DDI_VARIADIC(dll, name, ...) CN_DDI_ROW_##name,
#define DDI_AS(dll, name, ...)       CN_DDI_ROW_##name,
#define DDI_KNOWN(dll, name, ...)    CN_DDI_ROW_##name,
#include "ddi/ndis.def"
#include "ddi/known.def"
#undef DDI
#undef DDI_VARIADIC
#undef DDI_AS
#undef DDI_KNOWN
    CN_DDI_ROW_COUNT
};

/* Return address of the exported function this is used in: the place in the driver. */
#define CN_CALLER __builtin_return_address(0)

/* The name of the object behind a handle of any kind, for traces; NULL when there is none. */
const char *cn_ddi_object(const void *handle);

#define CN_OBJECT(handle) CN_STR("object", cn_ddi_object(handle))

#endif
