/* driver.c - DriverEntry, registration as an MCM, unload. */
#include "mcm.h"

NDIS_HANDLE McmDriverHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD McmUnload;
SET_OPTIONS McmSetOptions;

/* An MCM registers two structures, both from here: what makes it a CoNDIS miniport driver, and what
 * makes it a call manager. */
_Use_decl_annotations_ NDIS_STATUS McmSetOptions(NDIS_HANDLE NdisDriverHandle,
                                                 NDIS_HANDLE DriverContext)
{
    /* NDIS creates and deletes the VCs of an MCM through its call manager functions, so CoCreateVc
     * and CoDeleteVc stay NULL. */
    NDIS_MINIPORT_CO_CHARACTERISTICS Co = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS,
                   .Revision = NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1,
                   .Size = NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1},
        .CoActivateVcHandler = McmActivateVc,
        .CoDeactivateVcHandler = McmDeactivateVc,
        .CoSendNetBufferListsHandler = McmCoSendNetBufferLists,
        .CoOidRequestHandler = McmCoOidRequest,
    };
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS Cm = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS,
                   .Revision = NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1,
                   .Size = NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1},
        .CmCreateVcHandler = McmCreateVc,
        .CmDeleteVcHandler = McmDeleteVc,
        .CmOpenAfHandler = McmOpenAf,
        .CmCloseAfHandler = McmCloseAf,
        .CmRegisterSapHandler = McmRegisterSap,
        .CmDeregisterSapHandler = McmDeregisterSap,
        .CmMakeCallHandler = McmMakeCall,
        .CmCloseCallHandler = McmCloseCall,
        .CmIncomingCallCompleteHandler = McmIncomingCallComplete,
        .CmAddPartyHandler = McmAddParty,
        .CmDropPartyHandler = McmDropParty,
        .CmActivateVcCompleteHandler = McmActivateVcComplete,
        .CmDeactivateVcCompleteHandler = McmDeactivateVcComplete,
        .CmModifyCallQoSHandler = McmModifyCallQoS,
        .CmOidRequestHandler = McmCmOidRequest,
        .CmOidRequestCompleteHandler = McmCmOidRequestComplete,
        .CmNotifyCloseAfCompleteHandler = McmNotifyCloseAfComplete,
    };
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Co);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Cm);
    }
    return Status;
}

_Use_decl_annotations_ VOID McmUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisMDeregisterMiniportDriver(McmDriverHandle);
    McmDriverHandle = NULL;
}

_Use_decl_annotations_ NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject,
                                            PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Miniport = {
        .Header = {.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
                   .Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2,
                   .Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2},
        .MajorNdisVersion = NDIS_MINIPORT_MAJOR_VERSION,
        .MinorNdisVersion = NDIS_MINIPORT_MINOR_VERSION,
        .MajorDriverVersion = 1,
        .SetOptionsHandler = McmSetOptions,
        .InitializeHandlerEx = McmInitializeEx,
        .HaltHandlerEx = McmHaltEx,
        .UnloadHandler = McmUnload,
        .PauseHandler = McmPause,
        .RestartHandler = McmRestart,
        .OidRequestHandler = McmOidRequest,
        .SendNetBufferListsHandler = McmSendNetBufferLists,
        .ReturnNetBufferListsHandler = McmReturnNetBufferLists,
        .CancelSendHandler = McmCancelSend,
        .DevicePnPEventNotifyHandler = McmDevicePnPEventNotify,
        .ShutdownHandlerEx = McmShutdownEx,
        .CancelOidRequestHandler = McmCancelOidRequest,
    };

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Miniport,
                                       &McmDriverHandle);
}
