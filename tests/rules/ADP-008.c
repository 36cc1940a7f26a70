/* ADP-008: initialising takes longer than the time of the check for a hang. */
#define ROLE_MINIPORT
#include "view.h"

static BOOLEAN NTAPI MpCheckForHang(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    return FALSE;
}

static NDIS_STATUS NTAPI MpReset(NDIS_HANDLE Context, PBOOLEAN AddressingReset)
{
    UNREFERENCED_PARAMETER(Context);
    *AddressingReset = FALSE;
    return NDIS_STATUS_SUCCESS;
}

#define ON_CHARACTERISTICS(c)                                                                      \
    ((c)->CheckForHangHandlerEx = MpCheckForHang, (c)->ResetHandlerEx = MpReset)
#define ON_INITIALIZE NdisMSleep(3000000)
#include "driver.h"
