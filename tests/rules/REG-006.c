/* REG-006: the size is that of revision 1, the revision is 2. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c)                                                                      \
    ((c)->Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1)
#include "driver.h"
