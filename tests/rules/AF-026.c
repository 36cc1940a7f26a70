/* AF-026: frees the context of the address family while the close is pending.
 * options: --pend */
#define ROLE_CLIENT
#define OWN_ClNotifyCloseAf
#define OWN_ClCloseAfComplete
#include "driver.h"

static VOID NTAPI ClCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Context);
    NdisSetEvent(&RuleLast->Event);
}

static NDIS_STATUS NTAPI ClNotifyCloseAf(NDIS_HANDLE Context)
{
    NDIS_STATUS Status = NdisClCloseAddressFamily(RuleLast->Af->Handle);

    RuleLast->Af = NULL;
    NdisFreeMemory(Context, 0, 0);
    if (Status == NDIS_STATUS_PENDING)
        NdisWaitEvent(&RuleLast->Event, 0);
    NdisResetEvent(&RuleLast->Event);
    return NDIS_STATUS_SUCCESS;
}
