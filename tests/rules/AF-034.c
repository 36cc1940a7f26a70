/* AF-034: a client that was notified keeps the address family open. */
#define ROLE_CLIENT
#define OWN_ClNotifyCloseAf
#include "driver.h"

static NDIS_STATUS NTAPI ClNotifyCloseAf(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    return NDIS_STATUS_SUCCESS;
}
