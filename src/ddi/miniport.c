/* miniport.c - what a miniport driver calls about its adapters. */
#include "co/family.h"
#include "ddi/rows.h"
#include "load/probe.h"
#include "ndis/adapter.h"
#include "ndis/memory.h"
#include "ndis/status.h"

NDIS_STATUS NTAPI NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                                             PNDIS_MINIPORT_ADAPTER_ATTRIBUTES MiniportAttributes)
{
    CN_DDI_ENTER(ddi, NdisMSetMiniportAttributes, CN_OBJECT(NdisMiniportHandle));
    NDIS_STATUS s = cn_adapter_set_attributes(NdisMiniportHandle, MiniportAttributes);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMPauseComplete(NDIS_HANDLE MiniportAdapterHandle)
{
    CN_DDI_ENTER(ddi, NdisMPauseComplete, CN_OBJECT(MiniportAdapterHandle));
    cn_adapter_pause_complete(MiniportAdapterHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisMRestartComplete(NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status)
{
    CN_DDI_ENTER(ddi, NdisMRestartComplete, CN_OBJECT(MiniportAdapterHandle),
                 CN_STATUS("Status", Status));
    cn_adapter_restart_complete(MiniportAdapterHandle, Status);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisMResetComplete(NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status,
                              BOOLEAN AddressingReset)
{
    CN_DDI_ENTER(ddi, NdisMResetComplete, CN_OBJECT(MiniportAdapterHandle),
                 CN_STATUS("Status", Status), CN_BOOL("AddressingReset", AddressingReset));
    cn_adapter_reset_complete(MiniportAdapterHandle, Status, AddressingReset != FALSE);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisMResetMiniport(NDIS_HANDLE MiniportAdapterHandle)
{
    CN_DDI_ENTER(ddi, NdisMResetMiniport, CN_OBJECT(MiniportAdapterHandle));
    cn_adapter_reset_ask(MiniportAdapterHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisMRemoveMiniport(NDIS_HANDLE MiniportHandle)
{
    CN_DDI_ENTER(ddi, NdisMRemoveMiniport, CN_OBJECT(MiniportHandle));
    NDIS_STATUS s = cn_adapter_remove_ask(MiniportHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest,
                                   NDIS_STATUS Status)
{
    CN_DDI_ENTER(ddi, NdisMOidRequestComplete, CN_OBJECT(MiniportAdapterHandle),
                 CN_STATUS("Status", Status));
    cn_adapter_oid_complete(MiniportAdapterHandle, OidRequest, Status);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisMCoOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle,
                                     NDIS_HANDLE NdisMiniportVcHandle, PNDIS_OID_REQUEST Request,
                                     NDIS_STATUS Status)
{
    (void)NdisMiniportVcHandle;
    CN_DDI_ENTER(ddi, NdisMCoOidRequestComplete, CN_OBJECT(MiniportAdapterHandle),
                 CN_STATUS("Status", Status));
    cn_mco_oid_complete(MiniportAdapterHandle, Request, Status);
    CN_DDI_LEAVE_VOID(ddi);
}

static uint32_t status_code(PNDIS_STATUS_INDICATION indication)
{
    NDIS_STATUS code = 0;
    if (indication != NULL)
        cn_probe_copy(&code, &indication->StatusCode, sizeof(code));
    return (uint32_t)code;
}

VOID NTAPI NdisMIndicateStatusEx(NDIS_HANDLE MiniportAdapterHandle,
                                 PNDIS_STATUS_INDICATION StatusIndication)
{
    CN_DDI_ENTER(ddi, NdisMIndicateStatusEx, CN_OBJECT(MiniportAdapterHandle),
                 CN_STATUS("StatusCode", status_code(StatusIndication)));
    cn_status_indicate(MiniportAdapterHandle, StatusIndication, false);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisMCoIndicateStatusEx(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisVcHandle,
                                   PNDIS_STATUS_INDICATION StatusIndication)
{
    (void)NdisVcHandle;
    CN_DDI_ENTER(ddi, NdisMCoIndicateStatusEx, CN_OBJECT(MiniportAdapterHandle),
                 CN_STATUS("StatusCode", status_code(StatusIndication)));
    cn_status_indicate(MiniportAdapterHandle, StatusIndication, true);
    CN_DDI_LEAVE_VOID(ddi);
}

/* There is no device below an adapter: what is asked for is NULL. */
VOID NTAPI NdisMGetDeviceProperty(NDIS_HANDLE MiniportAdapterHandle,
                                  PDEVICE_OBJECT *PhysicalDeviceObject,
                                  PDEVICE_OBJECT *FunctionalDeviceObject,
                                  PDEVICE_OBJECT *NextDeviceObject,
                                  PCM_RESOURCE_LIST *AllocatedResources,
                                  PCM_RESOURCE_LIST *AllocatedResourcesTranslated)
{
    CN_DDI_ENTER(ddi, NdisMGetDeviceProperty);
    cn_adapter_get(MiniportAdapterHandle);
    void **out[] = {(void **)PhysicalDeviceObject, (void **)FunctionalDeviceObject,
                    (void **)NextDeviceObject, (void **)AllocatedResources,
                    (void **)AllocatedResourcesTranslated};
    for (size_t i = 0; i < CN_ARRAY_SIZE(out); i++)
        if (out[i] != NULL && cn_probe_write(out[i], sizeof(*out[i])) == 0)
            *out[i] = NULL;
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisMQueryAdapterInstanceName(PNDIS_STRING pAdapterInstanceName,
                                                NDIS_HANDLE MiniportHandle)
{
    CN_DDI_ENTER(ddi, NdisMQueryAdapterInstanceName);
    struct cn_adapter *a = cn_adapter_get(MiniportHandle);
    NDIS_STATUS s = a == NULL ? NDIS_STATUS_FAILURE
                              : cn_name_give(pAdapterInstanceName, a->instance, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

enum { LOG_VALUES = 16 };

static void log_entry(uint32_t code, const char *values)
{
    const struct cn_driver *d = cn_driver_current();
    CN_TRACE(LOG, "log", CN_STR("driver", d != NULL ? d->name : NULL), CN_HEX("code", code),
             CN_STR("values", values));
}

VOID NTAPI NdisWriteErrorLogEntry(NDIS_HANDLE NdisAdapterHandle, ULONG ErrorCode,
                                  ULONG NumberOfErrorValues, ...)
{
    CN_DDI_ENTER(ddi, NdisWriteErrorLogEntry);
    char text[12 * LOG_VALUES];
    struct cn_text t;
    __builtin_ms_va_list ap;
    cn_text_init(&t, text, sizeof(text));
    __builtin_ms_va_start(ap, NumberOfErrorValues);
    for (ULONG i = 0; i < NumberOfErrorValues && i < LOG_VALUES; i++)
        cn_text_put(&t, "%s0x%x", i == 0 ? "" : " ", (unsigned)__builtin_va_arg(ap, ULONG));
    __builtin_ms_va_end(ap);
    if (cn_adapter_get(NdisAdapterHandle) != NULL)
        log_entry(ErrorCode, t.len == 0 ? NULL : text);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisWriteEventLogEntry(PVOID LogHandle, NDIS_STATUS EventCode,
                                         ULONG UniqueEventValue, USHORT NumStrings,
                                         PVOID StringsList, ULONG DataSize, PVOID Data)
{
    (void)LogHandle, (void)UniqueEventValue, (void)NumStrings;
    (void)StringsList, (void)DataSize, (void)Data;
    CN_DDI_ENTER(ddi, NdisWriteEventLogEntry);
    log_entry((uint32_t)EventCode, NULL);
    CN_DDI_LEAVE(ddi, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}
