/* RST-001: completes a reset, and then says that it did not pend. */
#define ROLE_MCM
#include "view.h"

static NDIS_HANDLE RuleHandle;

static NDIS_STATUS NTAPI MpReset(NDIS_HANDLE Context, PBOOLEAN AddressingReset)
{
    UNREFERENCED_PARAMETER(Context);
    *AddressingReset = FALSE;
    NdisMResetComplete(RuleHandle, NDIS_STATUS_SUCCESS, FALSE);
    return NDIS_STATUS_SUCCESS;
}

#define ON_CHARACTERISTICS(c) ((c)->ResetHandlerEx = MpReset)
#define ON_RESTART                                                                                 \
    RuleHandle = Adapter->Handle;                                                                  \
    NdisMResetMiniport(Adapter->Handle)
#include "driver.h"
