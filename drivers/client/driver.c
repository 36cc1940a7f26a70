/* driver.c - DriverEntry, registration as a CoNDIS client, unload. */
#include "client.h"

NDIS_HANDLE ClientProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ClientUnload;
SET_OPTIONS ClientSetOptions;

/* Registers what makes a protocol driver a CoNDIS one, and what makes it a client. Adapters are
 * offered as soon as this function has returned, so the handle is saved here and not only by
 * NdisRegisterProtocolDriver. */
_Use_decl_annotations_ NDIS_STATUS ClientSetOptions(NDIS_HANDLE NdisDriverHandle,
                                                    NDIS_HANDLE DriverContext)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS Co = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS,
                   .Revision = NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1,
                   .Size = NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1},
        .CoStatusHandlerEx = ClientCoStatusEx,
        .CoAfRegisterNotifyHandler = ClientCoAfRegisterNotify,
        .CoReceiveNetBufferListsHandler = ClientCoReceiveNetBufferLists,
        .CoSendNetBufferListsCompleteHandler = ClientCoSendNetBufferListsComplete,
    };
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS Cl = {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS,
                   .Revision = NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1,
                   .Size = NDIS_SIZEOF_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1},
        .ClCreateVcHandler = ClientCreateVc,
        .ClDeleteVcHandler = ClientDeleteVc,
        .ClOidRequestHandler = ClientCoOidRequest,
        .ClOidRequestCompleteHandler = ClientCoOidRequestComplete,
        .ClOpenAfCompleteHandlerEx = ClientOpenAfCompleteEx,
        .ClCloseAfCompleteHandler = ClientCloseAfComplete,
        .ClRegisterSapCompleteHandler = ClientRegisterSapComplete,
        .ClDeregisterSapCompleteHandler = ClientDeregisterSapComplete,
        .ClMakeCallCompleteHandler = ClientMakeCallComplete,
        .ClModifyCallQoSCompleteHandler = ClientModifyCallQoSComplete,
        .ClCloseCallCompleteHandler = ClientCloseCallComplete,
        .ClAddPartyCompleteHandler = ClientAddPartyComplete,
        .ClDropPartyCompleteHandler = ClientDropPartyComplete,
        .ClIncomingCallHandler = ClientIncomingCall,
        .ClIncomingCallQoSChangeHandler = ClientIncomingCallQoSChange,
        .ClIncomingCloseCallHandler = ClientIncomingCloseCall,
        .ClIncomingDropPartyHandler = ClientIncomingDropParty,
        .ClCallConnectedHandler = ClientCallConnected,
        .ClNotifyCloseAfHandler = ClientNotifyCloseAf,
    };
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    ClientProtocolHandle = NdisDriverHandle;
    Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Co);
    if (Status == NDIS_STATUS_SUCCESS) {
        Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Cl);
    }
    return Status;
}

_Use_decl_annotations_ VOID ClientUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisDeregisterProtocolDriver(ClientProtocolHandle);
    ClientProtocolHandle = NULL;
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
        .Name = NDIS_STRING_CONST("CONDISCLIENT"),
        .SetOptionsHandler = ClientSetOptions,
        .BindAdapterHandlerEx = ClientBindAdapterEx,
        .UnbindAdapterHandlerEx = ClientUnbindAdapterEx,
        .OpenAdapterCompleteHandlerEx = ClientOpenAdapterCompleteEx,
        .CloseAdapterCompleteHandlerEx = ClientCloseAdapterCompleteEx,
        .NetPnPEventHandler = ClientNetPnPEvent,
        .OidRequestCompleteHandler = ClientOidRequestComplete,
        .ReceiveNetBufferListsHandler = ClientReceiveNetBufferLists,
        .SendNetBufferListsCompleteHandler = ClientSendNetBufferListsComplete,
    };

    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = ClientUnload;
    return NdisRegisterProtocolDriver(NULL, &Protocol, &ClientProtocolHandle);
}
