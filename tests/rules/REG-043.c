/* REG-043: deregisters inside ProtocolNetPnPEvent. */
#define ROLE_CLIENT
#define ON_PNP NdisDeregisterProtocolDriver(RuleDriver)
#define OWN_PtUnload
#include "driver.h"

static VOID NTAPI PtUnload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    NdisDeregisterProtocolDriver(RuleDriver);
}
