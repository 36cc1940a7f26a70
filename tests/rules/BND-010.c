/* BND-010: frees the context of the binding before it closes the adapter. */
#define ROLE_PROTOCOL
#define OWN_PtUnbind
#include "driver.h"

static NDIS_STATUS NTAPI PtUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    NDIS_HANDLE Handle = ((struct RuleAdapter *)Context)->Handle;

    UNREFERENCED_PARAMETER(UnbindContext);
    NdisFreeMemory(Context, 0, 0);
    (void)NdisCloseAdapterEx(Handle);
    return NDIS_STATUS_SUCCESS;
}
