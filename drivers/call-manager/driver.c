/* driver.c - DriverEntry, registration as a stand-alone call manager, unload. */
#include "callmgr.h"

NDIS_HANDLE CallMgrProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CallMgrUnload;
SET_OPTIONS CallMgrSetOptions;

/* Registers what makes a protocol driver a CoNDIS one, and what makes it a call manager. Adapters
 * are offered as soon as this function has returned, so the handle is saved here and not only by
 * NdisRegisterProtocolDriver. */
_Use_decl_annotations_ NDIS_STATUS CallMgrSetOptions(NDIS_HANDLE NdisDriverHandle,
                                                     NDIS_HANDLE DriverContext)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS Co = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS,
                   .Revision = NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1,
                   .Size = NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1},
        .CoStatusHandlerEx = CallMgrCoStatusEx,
        .CoAfRegisterNotifyHandler = CallMgrCoAfRegisterNotify,
        .CoReceiveNetBufferListsHandler = CallMgrCoReceiveNetBufferLists,
        .CoSendNetBufferListsCompleteHandler = CallMgrCoSendNetBufferListsComplete,
    };
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS Cm = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS,
                   .Revision = NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1,
                   .Size = NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1},
        .CmCreateVcHandler = CallMgrCreateVc,
        .CmDeleteVcHandler = CallMgrDeleteVc,
        .CmOpenAfHandler = CallMgrOpenAf,
        .CmCloseAfHandler = CallMgrCloseAf,
        .CmRegisterSapHandler = CallMgrRegisterSap,
        .CmDeregisterSapHandler = CallMgrDeregisterSap,
        .CmMakeCallHandler = CallMgrMakeCall,
        .CmCloseCallHandler = CallMgrCloseCall,
        .CmIncomingCallCompleteHandler = CallMgrIncomingCallComplete,
        .CmAddPartyHandler = CallMgrAddParty,
        .CmDropPartyHandler = CallMgrDropParty,
        .CmActivateVcCompleteHandler = CallMgrActivateVcComplete,
        .CmDeactivateVcCompleteHandler = CallMgrDeactivateVcComplete,
        .CmModifyCallQoSHandler = CallMgrModifyCallQoS,
        .CmOidRequestHandler = CallMgrCmOidRequest,
        .CmOidRequestCompleteHandler = CallMgrCmOidRequestComplete,
        .CmNotifyCloseAfCompleteHandler = CallMgrNotifyCloseAfComplete,
    };
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    CallMgrProtocolHandle = NdisDriverHandle;
    Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Co);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Cm);
    }
    return Status;
}

_Use_decl_annotations_ VOID CallMgrUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisDeregisterProtocolDriver(CallMgrProtocolHandle);
    CallMgrProtocolHandle = NULL;
}

_Use_decl_annotations_ NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject,
                                            PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Protocol = {
        .Header = {.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
                   .Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
                   .Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2},
        .MajorNdisVersion = NDIS_PROTOCOL_MAJOR_VERSION,
        .MinorNdisVersion = NDIS_PROTOCOL_MINOR_VERSION,
        .MajorDriverVersion = 1,
        .Name = NDIS_STRING_CONST("CONDISCALLMGR"),
        .SetOptionsHandler = CallMgrSetOptions,
        .BindAdapterHandlerEx = CallMgrBindAdapterEx,
        .UnbindAdapterHandlerEx = CallMgrUnbindAdapterEx,
        .OpenAdapterCompleteHandlerEx = CallMgrOpenAdapterCompleteEx,
        .CloseAdapterCompleteHandlerEx = CallMgrCloseAdapterCompleteEx,
        .NetPnPEventHandler = CallMgrNetPnPEvent,
        .OidRequestCompleteHandler = CallMgrOidRequestComplete,
        .ReceiveNetBufferListsHandler = CallMgrReceiveNetBufferLists,
        .SendNetBufferListsCompleteHandler = CallMgrSendNetBufferListsComplete,
    };

    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = CallMgrUnload;
    return NdisRegisterProtocolDriver(NULL, &Protocol, &CallMgrProtocolHandle);
}
