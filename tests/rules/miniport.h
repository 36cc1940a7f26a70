/* miniport.h - the miniport functions of a CoNDIS miniport driver and of an MCM (see driver.h). */
#ifndef RULES_MINIPORT_H
#define RULES_MINIPORT_H

static NDIS_STATUS NTAPI MpSetOptions(NDIS_HANDLE Driver, NDIS_HANDLE Context);
static VOID NTAPI MpUnload(PDRIVER_OBJECT Object);
static NDIS_STATUS NTAPI MpInitialize(NDIS_HANDLE Handle, NDIS_HANDLE Context,
                                      PNDIS_MINIPORT_INIT_PARAMETERS Parameters);
static VOID NTAPI MpHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action);
static NDIS_STATUS NTAPI MpPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters);
static NDIS_STATUS NTAPI MpRestart(NDIS_HANDLE Context,
                                   PNDIS_MINIPORT_RESTART_PARAMETERS Parameters);
static VOID NTAPI MpPnP(NDIS_HANDLE Context, PNET_DEVICE_PNP_EVENT Event);
static VOID NTAPI MpShutdown(NDIS_HANDLE Context, NDIS_SHUTDOWN_ACTION Action);

/* -- functions that never have work here ------------------------------------------------------- */

static NDIS_STATUS NTAPI MpOidRequest(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NTAPI MpCancelOidRequest(NDIS_HANDLE Context, PVOID Id)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Id);
}

static VOID NTAPI MpSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                         ULONG Flags)
{
    struct RuleAdapter *Adapter = (struct RuleAdapter *)Context;

    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Flags);
    NdisMSendNetBufferListsComplete(Adapter->Handle, Lists, 0);
}

static VOID NTAPI MpReturn(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

static VOID NTAPI MpCancelSend(NDIS_HANDLE Context, PVOID Id)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Id);
}

static NDIS_STATUS NTAPI MpCreateVc(NDIS_HANDLE Context, NDIS_HANDLE Vc, PNDIS_HANDLE VcContext)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(VcContext);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI MpDeleteVc(NDIS_HANDLE Vc)
{
    UNREFERENCED_PARAMETER(Vc);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI MpActivateVc(NDIS_HANDLE Vc, PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI MpDeactivateVc(NDIS_HANDLE Vc)
{
    UNREFERENCED_PARAMETER(Vc);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NTAPI MpCoSend(NDIS_HANDLE Vc, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

static NDIS_STATUS NTAPI MpCoOidRequest(NDIS_HANDLE Context, NDIS_HANDLE Vc,
                                        PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

/* -- registration ------------------------------------------------------------------------------ */

#ifndef OWN_MpSetOptions
static NDIS_STATUS NTAPI MpSetOptions(NDIS_HANDLE Driver, NDIS_HANDLE Context)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS Co = {
        .Header = HEADER(CO_MINIPORT_CHARACTERISTICS, MINIPORT_CO_CHARACTERISTICS_REVISION_1),
#ifdef ROLE_MINIPORT
        .CoCreateVcHandler = MpCreateVc,
        .CoDeleteVcHandler = MpDeleteVc,
#endif
        .CoActivateVcHandler = MpActivateVc,
        .CoDeactivateVcHandler = MpDeactivateVc,
        .CoSendNetBufferListsHandler = MpCoSend,
        .CoOidRequestHandler = MpCoOidRequest,
    };
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(Context);
    (void)MpCreateVc;
    (void)MpDeleteVc;
    RuleDriver = Driver;
    ON_SET_OPTIONS;
    ON_CO(&Co);
    Status = NdisSetOptionalHandlers(Driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Co);
#ifdef ROLE_MCM
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RuleSetCallManager(Driver);
#endif
    return SET_OPTIONS_RESULT(Status);
}
#endif

#ifndef OWN_MpUnload
static VOID NTAPI MpUnload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    ON_UNLOAD;
    NdisMDeregisterMiniportDriver(RuleDriver);
    ON_UNLOADED;
}
#endif

#ifndef REGISTER
#define REGISTER(c) NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, c, &RuleDriver)
#endif

#ifndef OWN_DriverEntry
_Use_decl_annotations_ NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject,
                                            PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics = {
        .Header =
            HEADER(MINIPORT_DRIVER_CHARACTERISTICS, MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2),
        .MajorNdisVersion = 6,
        .MinorNdisVersion = 30,
        .SetOptionsHandler = MpSetOptions,
        .InitializeHandlerEx = MpInitialize,
        .HaltHandlerEx = MpHalt,
        .UnloadHandler = MpUnload,
        .PauseHandler = MpPause,
        .RestartHandler = MpRestart,
        .OidRequestHandler = MpOidRequest,
        .SendNetBufferListsHandler = MpSend,
        .ReturnNetBufferListsHandler = MpReturn,
        .CancelSendHandler = MpCancelSend,
        .DevicePnPEventNotifyHandler = MpPnP,
        .ShutdownHandlerEx = MpShutdown,
        .CancelOidRequestHandler = MpCancelOidRequest,
    };
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    ON_ENTRY;
    ON_CHARACTERISTICS(&Characteristics);
    Status = REGISTER(&Characteristics);
    if (Status == NDIS_STATUS_SUCCESS) {
        ON_REGISTERED;
    }
    return ENTRY_RESULT(Status);
}
#endif

/* -- the adapter ------------------------------------------------------------------------------- */

static inline NDIS_STATUS RuleSetRegistration(struct RuleAdapter *Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes = {
        .Header = HEADER(MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                         MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2),
        .MiniportAdapterContext = Adapter,
        .AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK,
        .InterfaceType = NdisInterfaceInternal,
    };

    ON_REGISTRATION(&Attributes);
    return NdisMSetMiniportAttributes(Adapter->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static inline NDIS_STATUS RuleSetGeneral(struct RuleAdapter *Adapter)
{
    static const NDIS_OID Oids[] = {OID_GEN_CO_SUPPORTED_LIST};
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Attributes = {
        .Header = HEADER(MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                         MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2),
        .MediaType = NdisMediumCoWan,
        .MtuSize = 1500,
        .MediaConnectState = MediaConnectStateConnected,
        .MediaDuplexState = MediaDuplexStateFull,
        .AccessType = NET_IF_ACCESS_POINT_TO_POINT,
        .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
        .ConnectionType = NET_IF_CONNECTION_DEMAND,
        .IfType = IF_TYPE_PPP,
        .SupportedStatistics = RULE_STATISTICS,
        .SupportedOidList = (PVOID)Oids,
        .SupportedOidListLength = sizeof(Oids),
    };

    ON_GENERAL(&Attributes);
    return NdisMSetMiniportAttributes(Adapter->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

#ifndef OWN_MpInitialize
static NDIS_STATUS NTAPI MpInitialize(NDIS_HANDLE Handle, NDIS_HANDLE Context,
                                      PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    struct RuleAdapter *Adapter = (struct RuleAdapter *)RuleAllocate(sizeof(*Adapter));
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    Adapter->Handle = Handle;
    RuleLast = Adapter;
    NdisInitializeEvent(&Adapter->Event);
    ON_INITIALIZE;
    Status = RuleSetRegistration(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RuleSetGeneral(Adapter);
    ON_ATTRIBUTES;
#ifdef ROLE_MCM
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RuleRegisterFamily(Adapter);
#endif
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    ON_INITIALIZED;
    return INITIALIZE_RESULT(Status);
}
#endif

#ifndef OWN_MpHalt
static VOID NTAPI MpHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    struct RuleAdapter *Adapter = (struct RuleAdapter *)Context;

    UNREFERENCED_PARAMETER(Action);
    ON_HALT;
#ifdef ROLE_MCM
    RuleNotifyClient(Adapter);
#endif
    NdisFreeMemory(Adapter, 0, 0);
    ON_HALTED;
}
#endif

#ifndef OWN_MpPause
static NDIS_STATUS NTAPI MpPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    struct RuleAdapter *Adapter = (struct RuleAdapter *)Context;

    UNREFERENCED_PARAMETER(Parameters);
    UNREFERENCED_PARAMETER(Adapter);
    ON_PAUSE;
    return PAUSE_RESULT(NDIS_STATUS_SUCCESS);
}
#endif

#ifndef OWN_MpRestart
static NDIS_STATUS NTAPI MpRestart(NDIS_HANDLE Context,
                                   PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    struct RuleAdapter *Adapter = (struct RuleAdapter *)Context;

    UNREFERENCED_PARAMETER(Parameters);
    UNREFERENCED_PARAMETER(Adapter);
    ON_RESTART;
    return RESTART_RESULT(NDIS_STATUS_SUCCESS);
}
#endif

#ifndef OWN_MpPnP
static VOID NTAPI MpPnP(NDIS_HANDLE Context, PNET_DEVICE_PNP_EVENT Event)
{
    struct RuleAdapter *Adapter = (struct RuleAdapter *)Context;

    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(Event);
    ON_PNP;
}
#endif

#ifndef OWN_MpShutdown
static VOID NTAPI MpShutdown(NDIS_HANDLE Context, NDIS_SHUTDOWN_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
}
#endif

#endif
