/* BND-007: an unbind that does not close the adapter. */
#define ROLE_PROTOCOL
#define OWN_PtUnbind
#define ON_UNLOADED NdisFreeMemory(RuleLast, 0, 0)
#include "driver.h"

static NDIS_STATUS NTAPI PtUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(UnbindContext);
    UNREFERENCED_PARAMETER(Context);
    return NDIS_STATUS_SUCCESS;
}
