/* co.c - what connection-oriented drivers call about address families. */
#include "co/family.h"
#include "ddi/rows.h"
#include "load/probe.h"

static const char *family(PCO_ADDRESS_FAMILY given)
{
    CO_ADDRESS_FAMILY af;
    if (given == NULL || cn_probe_copy(&af, given, sizeof(af)) != 0)
        return NULL;
    return cn_family_text(&af);
}

#define FAMILY(given) CN_STR("AddressFamily", family(given))

NDIS_STATUS NTAPI NdisCmRegisterAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                                PCO_ADDRESS_FAMILY AddressFamily)
{
    CN_DDI_ENTER(ddi, NdisCmRegisterAddressFamilyEx, CN_OBJECT(NdisBindingHandle),
                 FAMILY(AddressFamily));
    NDIS_STATUS s = cn_family_register_cm(NdisBindingHandle, AddressFamily);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NDIS_STATUS NTAPI NdisMCmRegisterAddressFamilyEx(NDIS_HANDLE MiniportAdapterHandle,
                                                 PCO_ADDRESS_FAMILY AddressFamily)
{
    CN_DDI_ENTER(ddi, NdisMCmRegisterAddressFamilyEx, CN_OBJECT(MiniportAdapterHandle),
                 FAMILY(AddressFamily));
    NDIS_STATUS s = cn_family_register_mcm(MiniportAdapterHandle, AddressFamily);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NDIS_STATUS NTAPI NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                            PCO_ADDRESS_FAMILY AddressFamily,
                                            NDIS_HANDLE ClientAfContext, PNDIS_HANDLE NdisAfHandle)
{
    CN_DDI_ENTER(ddi, NdisClOpenAddressFamilyEx, CN_OBJECT(NdisBindingHandle),
                 FAMILY(AddressFamily));
    NDIS_STATUS s = cn_af_open(NdisBindingHandle, AddressFamily, ClientAfContext, NdisAfHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisCmOpenAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,
                                           NDIS_HANDLE CallMgrAfContext)
{
    CN_DDI_ENTER(ddi, NdisCmOpenAddressFamilyComplete, CN_OBJECT(NdisAfHandle),
                 CN_STATUS("Status", Status));
    cn_af_open_complete(Status, NdisAfHandle, CallMgrAfContext);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisClCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    CN_DDI_ENTER(ddi, NdisClCloseAddressFamily, CN_OBJECT(NdisAfHandle));
    NDIS_STATUS s = cn_af_close(NdisAfHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)
{
    CN_DDI_ENTER(ddi, NdisCmCloseAddressFamilyComplete, CN_OBJECT(NdisAfHandle),
                 CN_STATUS("Status", Status));
    cn_af_close_complete(Status, NdisAfHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    CN_DDI_ENTER(ddi, NdisCmNotifyCloseAddressFamily, CN_OBJECT(NdisAfHandle));
    NDIS_STATUS s = cn_af_notify(NdisAfHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisClNotifyCloseAddressFamilyComplete(NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    CN_DDI_ENTER(ddi, NdisClNotifyCloseAddressFamilyComplete, CN_OBJECT(NdisAfHandle),
                 CN_STATUS("Status", Status));
    cn_af_notify_complete(NdisAfHandle, Status);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                                   NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                                   PNDIS_OID_REQUEST OidRequest)
{
    (void)NdisVcHandle, (void)NdisPartyHandle;
    CN_DDI_ENTER(ddi, NdisCoOidRequest, CN_OBJECT(NdisBindingHandle));
    NDIS_STATUS s = cn_co_oid_request(NdisBindingHandle, NdisAfHandle, OidRequest);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisCoOidRequestComplete(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                                    NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest,
                                    NDIS_STATUS Status)
{
    (void)NdisVcHandle, (void)NdisPartyHandle;
    CN_DDI_ENTER(ddi, NdisCoOidRequestComplete, CN_OBJECT(NdisAfHandle),
                 CN_STATUS("Status", Status));
    cn_co_oid_complete(NdisAfHandle, OidRequest, Status);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisMCmOidRequest(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                                    NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest)
{
    (void)NdisVcHandle, (void)NdisPartyHandle;
    CN_DDI_ENTER(ddi, NdisMCmOidRequest, CN_OBJECT(NdisAfHandle));
    NDIS_STATUS s = cn_mcm_oid_request(NdisAfHandle, OidRequest);
    CN_DDI_LEAVE(ddi, s);
    return s;
}
