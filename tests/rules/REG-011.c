/* REG-011: a connectionless miniport driver without MiniportOidRequest. */
#define ROLE_MINIPORT
#define OWN_MpSetOptions
#define ON_CHARACTERISTICS(c) ((c)->OidRequestHandler = NULL)
#define ON_GENERAL(a)                                                                              \
    ((a)->MediaType = NdisMedium802_3, (a)->IfType = IF_TYPE_ETHERNET_CSMACD,                      \
     (a)->AccessType = NET_IF_ACCESS_BROADCAST, (a)->ConnectionType = NET_IF_CONNECTION_DEDICATED)
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
    return NDIS_STATUS_SUCCESS;
}
