/* AF-041: an MCM halts while it has not completed the close of an address family. */
#define ROLE_MCM
#define CLOSE_AF_RESULT(s) ((void)(s), NDIS_STATUS_PENDING)
#define ON_HALT                                                                                    \
    (void)NdisMCmNotifyCloseAddressFamily(Adapter->Af->Handle);                                    \
    Adapter->Af = NULL
#include "driver.h"
