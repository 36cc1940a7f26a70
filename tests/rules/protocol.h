/* protocol.h - the protocol functions of a stand-alone call manager, a client and a plain protocol
 * driver (see driver.h). */
#ifndef RULES_PROTOCOL_H
#define RULES_PROTOCOL_H

static NDIS_STATUS NTAPI PtSetOptions(NDIS_HANDLE Driver, NDIS_HANDLE Context);
static VOID NTAPI PtUnload(PDRIVER_OBJECT Object);
static NDIS_STATUS NTAPI PtBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                                PNDIS_BIND_PARAMETERS Parameters);
static NDIS_STATUS NTAPI PtUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context);
static VOID NTAPI PtOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status);
static VOID NTAPI PtCloseComplete(NDIS_HANDLE Context);
static NDIS_STATUS NTAPI PtPnP(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event);

/* -- functions that never have work here ------------------------------------------------------- */

static VOID NTAPI PtOidRequestComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request,
                                       NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

static VOID NTAPI PtReceive(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                            ULONG Count, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    UNREFERENCED_PARAMETER(Flags);
}

static VOID NTAPI PtSendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

#ifndef ROLE_PROTOCOL
static VOID NTAPI PtCoStatus(NDIS_HANDLE Context, NDIS_HANDLE Vc, PNDIS_STATUS_INDICATION Status)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Status);
}

static VOID NTAPI PtCoReceive(NDIS_HANDLE Context, NDIS_HANDLE Vc, PNET_BUFFER_LIST Lists,
                              ULONG Count, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Count);
    UNREFERENCED_PARAMETER(Flags);
}

static VOID NTAPI PtCoSendComplete(NDIS_HANDLE Vc, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Lists);
    UNREFERENCED_PARAMETER(Flags);
}

static VOID NTAPI PtOffer(NDIS_HANDLE Context, PCO_ADDRESS_FAMILY Family);
#endif

#ifdef ROLE_CLIENT
#include "client.h"
#elif !defined(ROLE_PROTOCOL) && !defined(OWN_PtOffer)
/* A call manager that is no client has no use for families. */
static VOID NTAPI PtOffer(NDIS_HANDLE Context, PCO_ADDRESS_FAMILY Family)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Family);
    ON_OFFER;
}
#endif

/* -- registration ------------------------------------------------------------------------------ */

#ifndef OWN_PtSetOptions
static NDIS_STATUS NTAPI PtSetOptions(NDIS_HANDLE Driver, NDIS_HANDLE Context)
{
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(Context);
    RuleDriver = Driver;
    ON_SET_OPTIONS;
#ifndef ROLE_PROTOCOL
    NDIS_PROTOCOL_CO_CHARACTERISTICS Co = {
        .Header = HEADER(CO_PROTOCOL_CHARACTERISTICS, PROTOCOL_CO_CHARACTERISTICS_REVISION_1),
        .CoStatusHandlerEx = PtCoStatus,
        .CoAfRegisterNotifyHandler = PtOffer,
        .CoReceiveNetBufferListsHandler = PtCoReceive,
        .CoSendNetBufferListsCompleteHandler = PtCoSendComplete,
    };
    ON_CO(&Co);
    Status = NdisSetOptionalHandlers(Driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Co);
#endif
#ifdef ROLE_CALLMGR
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RuleSetCallManager(Driver);
#endif
#ifdef ROLE_CLIENT
    if (Status == NDIS_STATUS_SUCCESS)
        Status = RuleSetClient(Driver);
#endif
    return SET_OPTIONS_RESULT(Status);
}
#endif

#ifndef OWN_PtUnload
static VOID NTAPI PtUnload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    ON_UNLOAD;
    NdisDeregisterProtocolDriver(RuleDriver);
    ON_UNLOADED;
}
#endif

#ifndef REGISTER
#define REGISTER(c) NdisRegisterProtocolDriver(NULL, c, &RuleDriver)
#endif

#ifndef OWN_DriverEntry
_Use_decl_annotations_ NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject,
                                            PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics = {
        .Header =
            HEADER(PROTOCOL_DRIVER_CHARACTERISTICS, PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2),
        .MajorNdisVersion = 6,
        .MinorNdisVersion = 30,
        .Name = NDIS_STRING_CONST("RULEDRIVER"),
        .SetOptionsHandler = PtSetOptions,
        .BindAdapterHandlerEx = PtBind,
        .UnbindAdapterHandlerEx = PtUnbind,
        .OpenAdapterCompleteHandlerEx = PtOpenComplete,
        .CloseAdapterCompleteHandlerEx = PtCloseComplete,
        .NetPnPEventHandler = PtPnP,
        .OidRequestCompleteHandler = PtOidRequestComplete,
        .ReceiveNetBufferListsHandler = PtReceive,
        .SendNetBufferListsCompleteHandler = PtSendComplete,
    };
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = PtUnload;
    ON_ENTRY;
    ON_CHARACTERISTICS(&Characteristics);
    Status = REGISTER(&Characteristics);
    if (Status == NDIS_STATUS_SUCCESS) {
        ON_REGISTERED;
    }
    return ENTRY_RESULT(Status);
}
#endif

/* -- the binding ------------------------------------------------------------------------------- */

/* Waits for the completion that a call promised by returning NDIS_STATUS_PENDING. */
static inline NDIS_STATUS RuleWait(struct RuleAdapter *Binding, NDIS_STATUS Status)
{
    if (Status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&Binding->Event, 0);
        Status = Binding->Status;
    }
    NdisResetEvent(&Binding->Event);
    return Status;
}

#ifndef OWN_PtOpenComplete
static VOID NTAPI PtOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    struct RuleAdapter *Binding = (struct RuleAdapter *)Context;

    Binding->Status = Status;
    NdisSetEvent(&Binding->Event);
}
#endif

#ifndef OWN_PtCloseComplete
static VOID NTAPI PtCloseComplete(NDIS_HANDLE Context)
{
    struct RuleAdapter *Binding = (struct RuleAdapter *)Context;

    Binding->Status = NDIS_STATUS_SUCCESS;
    NdisSetEvent(&Binding->Event);
}
#endif

static inline NDIS_STATUS RuleOpen(struct RuleAdapter *Binding, PNDIS_BIND_PARAMETERS Parameters)
{
    static NDIS_MEDIUM Media[] = {NdisMediumCoWan, NdisMedium802_3};
    UINT Selected = 0;
    NDIS_OPEN_PARAMETERS Open = {
        .Header = HEADER(OPEN_PARAMETERS, OPEN_PARAMETERS_REVISION_1),
        .AdapterName = Parameters->AdapterName,
        .MediumArray = Media,
        .MediumArraySize = 2,
        .SelectedMediumIndex = &Selected,
    };
    NDIS_STATUS Status;

    ON_OPEN(&Open);
    Status = NdisOpenAdapterEx(RuleDriver, Binding, &Open, Binding->Context, &Binding->Handle);
    ON_OPENING;
    return RuleWait(Binding, Status);
}

#ifndef OWN_PtBind
static NDIS_STATUS NTAPI PtBind(NDIS_HANDLE DriverContext, NDIS_HANDLE BindContext,
                                PNDIS_BIND_PARAMETERS Parameters)
{
    struct RuleAdapter *Binding = (struct RuleAdapter *)RuleAllocate(sizeof(*Binding));
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);
    if (Binding == NULL)
        return NDIS_STATUS_RESOURCES;
    Binding->Context = BindContext;
    RuleLast = Binding;
    NdisInitializeEvent(&Binding->Event);
    ON_BIND;
    Status = RuleOpen(Binding, Parameters);
    if (Status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Binding, 0, 0);
        return Status;
    }
    ON_OPENED;
#ifdef ROLE_CALLMGR
    Status = RuleRegisterFamily(Binding);
    if (Status != NDIS_STATUS_SUCCESS) {
        RuleWait(Binding, NdisCloseAdapterEx(Binding->Handle));
        NdisFreeMemory(Binding, 0, 0);
    }
#endif
    return BIND_RESULT(Status);
}
#endif

#ifndef OWN_PtUnbind
static NDIS_STATUS NTAPI PtUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    struct RuleAdapter *Binding = (struct RuleAdapter *)Context;

    Binding->Context = UnbindContext;
    ON_UNBIND;
#ifdef ROLE_CALLMGR
    RuleNotifyClient(Binding);
#endif
#ifdef ROLE_CLIENT
    RuleCloseAf(Binding);
#endif
    RuleWait(Binding, NdisCloseAdapterEx(Binding->Handle));
    ON_CLOSED;
    NdisFreeMemory(Binding, 0, 0);
    return UNBIND_RESULT(NDIS_STATUS_SUCCESS);
}
#endif

#ifndef OWN_PtPnP
static NDIS_STATUS NTAPI PtPnP(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    struct RuleAdapter *Binding = (struct RuleAdapter *)Context;

    UNREFERENCED_PARAMETER(Binding);
    UNREFERENCED_PARAMETER(Event);
    ON_PNP;
    return PNP_RESULT(NDIS_STATUS_SUCCESS);
}
#endif

#endif
