/* BND-009: an unbind that succeeds while the close is pending.
 * options: --pend */
#define ROLE_PROTOCOL
#define OWN_PtUnbind
#define OWN_PtCloseComplete
#include "driver.h"

static NDIS_STATUS NTAPI PtUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(UnbindContext);
    (void)NdisCloseAdapterEx(((struct RuleAdapter *)Context)->Handle);
    return NDIS_STATUS_SUCCESS;
}

static VOID NTAPI PtCloseComplete(NDIS_HANDLE Context)
{
    NdisFreeMemory(Context, 0, 0);
}
