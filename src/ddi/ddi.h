/* ddi.h - the rows of what ndis.sys exports, for whoever resolves imports. */
#ifndef CN_DDI_DDI_H
#define CN_DDI_DDI_H

#include "object/driver.h"

extern const struct cn_ddi_row cn_ndis_rows[];
extern const size_t cn_ndis_row_count;

#endif
