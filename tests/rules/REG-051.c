/* REG-051: the unload routine does not deregister the protocol driver. */
#define ROLE_CLIENT
#define OWN_PtUnload
#include "driver.h"

static VOID NTAPI PtUnload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
}
