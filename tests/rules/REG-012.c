/* REG-012: CheckForHangHandlerEx without ResetHandlerEx. */
#define ROLE_MCM
#include "view.h"

static BOOLEAN NTAPI CheckForHang(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    return FALSE;
}

#define ON_CHARACTERISTICS(c) ((c)->CheckForHangHandlerEx = CheckForHang)
#include "driver.h"
