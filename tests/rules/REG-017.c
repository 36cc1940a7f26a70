/* REG-017: unloads without deregistering. */
#define ROLE_MCM
#define OWN_MpUnload
#include "driver.h"

static VOID NTAPI MpUnload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
}
