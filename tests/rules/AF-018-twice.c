/* AF-018: completes a pended open twice. */
#define ROLE_CALLMGR
#define ON_OPEN_AF                                                                                 \
    OPEN_AF_COMPLETE(Status, NdisAfHandle, Af);                                                    \
    OPEN_AF_COMPLETE(Status, NdisAfHandle, Af)
#define OPEN_AF_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#include "driver.h"
