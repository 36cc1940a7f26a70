/* driver.c - DriverEntry, registration as a CoNDIS miniport, unload. */
#include "wanmp.h"

NDIS_HANDLE WanMpDriverHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD WanMpUnload;
SET_OPTIONS WanMpSetOptions;

/* What makes a miniport driver a CoNDIS one. Without a call manager inside all six functions are
 * needed: the call manager that binds to the adapter creates, activates and deletes VCs through
 * them. */
_Use_decl_annotations_ NDIS_STATUS WanMpSetOptions(NDIS_HANDLE NdisDriverHandle,
                                                   NDIS_HANDLE DriverContext)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS Co = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS,
                   .Revision = NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1,
                   .Size = NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1},
        .CoCreateVcHandler = WanMpCreateVc,
        .CoDeleteVcHandler = WanMpDeleteVc,
        .CoActivateVcHandler = WanMpActivateVc,
        .CoDeactivateVcHandler = WanMpDeactivateVc,
        .CoSendNetBufferListsHandler = WanMpCoSendNetBufferLists,
        .CoOidRequestHandler = WanMpCoOidRequest,
    };

    UNREFERENCED_PARAMETER(DriverContext);

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Co);
}

_Use_decl_annotations_ VOID WanMpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisMDeregisterMiniportDriver(WanMpDriverHandle);
    WanMpDriverHandle = NULL;
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
        .SetOptionsHandler = WanMpSetOptions,
        .InitializeHandlerEx = WanMpInitializeEx,
        .HaltHandlerEx = WanMpHaltEx,
        .UnloadHandler = WanMpUnload,
        .PauseHandler = WanMpPause,
        .RestartHandler = WanMpRestart,
        .OidRequestHandler = WanMpOidRequest,
        .SendNetBufferListsHandler = WanMpSendNetBufferLists,
        .ReturnNetBufferListsHandler = WanMpReturnNetBufferLists,
        .CancelSendHandler = WanMpCancelSend,
        .DevicePnPEventNotifyHandler = WanMpDevicePnPEventNotify,
        .ShutdownHandlerEx = WanMpShutdownEx,
        .CancelOidRequestHandler = WanMpCancelOidRequest,
    };

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Miniport,
                                       &WanMpDriverHandle);
}
