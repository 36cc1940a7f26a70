/* rows.h - the table of what ntoskrnl.exe and hal.dll export, as the files of this folder use it:
 * CN_DDI_ENTER(ddi, KeSetEvent) finds its row through the index made here. */
#ifndef CN_NT_ROWS_H
#define CN_NT_ROWS_H

#include "nt/nt.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define CN_DDI_TABLE cn_nt_rows

enum cn_nt_row {
#define DDI(dll, name, ...)          CN_DDI_ROW_##name,
#define DDI_VARIADIC(dll, name, ...) CN_DDI_ROW_##name,
#define DDI_DATA(dll, name, ...)     CN_DDI_ROW_##name,
#define DDI_AS(dll, name, ...)       CN_DDI_ROW_##name,
#define DDI_KNOWN(dll, name, ...)    CN_DDI_ROW_##name,
#include "nt/ntoskrnl.def"
#include "nt/hal.def"
#include "nt/sync.def"
#include "nt/known.def"
#undef DDI
#undef DDI_VARIADIC
#undef DDI_DATA
#undef DDI_AS
#undef DDI_KNOWN
    CN_DDI_ROW_COUNT
};

/* Return address of the exported function this is used in: the place in the driver. */
#define CN_CALLER __builtin_return_address(0)

#endif
