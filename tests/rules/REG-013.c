/* REG-013: an intermediate driver that checks for hangs. */
#define ROLE_MINIPORT
#include "view.h"

static BOOLEAN NTAPI CheckForHang(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    return FALSE;
}

static NDIS_STATUS NTAPI Reset(NDIS_HANDLE Context, PBOOLEAN AddressingReset)
{
    UNREFERENCED_PARAMETER(Context);
    *AddressingReset = FALSE;
    return NDIS_STATUS_SUCCESS;
}

#define ON_CHARACTERISTICS(c)                                                                      \
    ((c)->Flags = NDIS_INTERMEDIATE_DRIVER, (c)->CheckForHangHandlerEx = CheckForHang,             \
     (c)->ResetHandlerEx = Reset)
#include "driver.h"
