/* BND-015: a bind that succeeds and has not opened the adapter. */
#define ROLE_PROTOCOL
#define OWN_PtBind
#include "driver.h"

static NDIS_STATUS NTAPI PtBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                                PNDIS_BIND_PARAMETERS Parameters)
{
    (void)RuleOpen;
    (void)RuleLast;
    UNREFERENCED_PARAMETER(DriverContext);
    UNREFERENCED_PARAMETER(BindContext);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}
