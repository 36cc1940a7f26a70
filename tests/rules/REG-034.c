/* REG-034: an MCM registers only its call manager half. */
#define ROLE_MCM
#define OWN_MpSetOptions
#include "driver.h"

static NDIS_STATUS NTAPI MpSetOptions(NDIS_HANDLE Driver, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    (void)MpCreateVc;
    (void)MpDeleteVc;
    (void)MpActivateVc;
    (void)MpDeactivateVc;
    (void)MpCoSend;
    (void)MpCoOidRequest;
    RuleDriver = Driver;
    return RuleSetCallManager(Driver);
}
