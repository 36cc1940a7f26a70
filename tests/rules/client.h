/* client.h - the client functions of a CoNDIS client (see driver.h). */
#ifndef RULES_CLIENT_H
#define RULES_CLIENT_H

static VOID NTAPI ClOpenAfComplete(NDIS_HANDLE Context, NDIS_HANDLE NdisAfHandle,
                                   NDIS_STATUS Status);
static VOID NTAPI ClCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE Context);
static NDIS_STATUS NTAPI ClNotifyCloseAf(NDIS_HANDLE Context);

#ifndef OWN_PtOffer
static VOID NTAPI PtOffer(NDIS_HANDLE Context, PCO_ADDRESS_FAMILY Family)
{
    struct RuleAdapter *Binding = (struct RuleAdapter *)Context;
    struct RuleAf *Af;
    NDIS_STATUS Status;

    /* It has room for one family; others that are offered on the adapter are not its own. */
    if (Family->AddressFamily != CO_ADDRESS_FAMILY_TAPI_PROXY)
        return;
    Af = (struct RuleAf *)RuleAllocate(sizeof(*Af));
    if (Af == NULL)
        return;
    Af->Adapter = Binding;
    Binding->Af = Af;
    NdisInitializeEvent(&Af->Event);
    ON_OFFER;
    Status = NdisClOpenAddressFamilyEx(Binding->Handle, Family, Af, &Af->Handle);
    ON_AF_OPENING;
    if (Status != NDIS_STATUS_PENDING)
        ClOpenAfComplete(Af, Af->Handle, Status);
}
#endif

#ifndef OWN_ClOpenAfComplete
static VOID NTAPI ClOpenAfComplete(NDIS_HANDLE Context, NDIS_HANDLE NdisAfHandle,
                                   NDIS_STATUS Status)
{
    struct RuleAf *Af = (struct RuleAf *)Context;

    if (Status != NDIS_STATUS_SUCCESS) {
        Af->Adapter->Af = NULL;
        NdisFreeMemory(Af, 0, 0);
        return;
    }
    Af->Handle = NdisAfHandle;
    ON_AF_OPENED;
}
#endif

#ifndef OWN_ClCloseAfComplete
static VOID NTAPI ClCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE Context)
{
    struct RuleAf *Af = (struct RuleAf *)Context;

    Af->Closed = Status == NDIS_STATUS_SUCCESS;
    NdisSetEvent(&Af->Event);
}
#endif

/* Closes the family and returns when that is done. Only for code that may wait. */
static inline void RuleCloseAf(struct RuleAdapter *Binding)
{
    struct RuleAf *Af = Binding->Af;
    NDIS_STATUS Status;

    if (Af == NULL)
        return;
    Status = NdisClCloseAddressFamily(Af->Handle);
    if (Status != NDIS_STATUS_PENDING)
        ClCloseAfComplete(Status, Af);
    NdisWaitEvent(&Af->Event, 0);
    Binding->Af = NULL;
    ON_AF_CLOSED;
    NdisFreeMemory(Af, 0, 0);
}

#ifndef OWN_ClNotifyCloseAf
static NDIS_STATUS NTAPI ClNotifyCloseAf(NDIS_HANDLE Context)
{
    struct RuleAf *Af = (struct RuleAf *)Context;

    RuleCloseAf(Af->Adapter);
    return NDIS_STATUS_SUCCESS;
}
#endif

/* What nobody calls before there are calls; each refuses as the documentation says. */
static NDIS_STATUS NTAPI ClCreateVc(NDIS_HANDLE Af, NDIS_HANDLE Vc, PNDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Af);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Context);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI ClDeleteVc(NDIS_HANDLE Vc)
{
    UNREFERENCED_PARAMETER(Vc);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI ClOidRequest(NDIS_HANDLE Af, NDIS_HANDLE Vc, NDIS_HANDLE Party,
                                      PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Af);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NTAPI ClOidRequestComplete(NDIS_HANDLE Af, NDIS_HANDLE Vc, NDIS_HANDLE Party,
                                       PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Af);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

static VOID NTAPI ClRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE Context, PCO_SAP Sap,
                                        NDIS_HANDLE NdisSapHandle)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Sap);
    UNREFERENCED_PARAMETER(NdisSapHandle);
}

static VOID NTAPI ClDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Context);
}

static VOID NTAPI ClMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE Vc, NDIS_HANDLE Party,
                                     PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Parameters);
}

static VOID NTAPI ClModifyCallQoSComplete(NDIS_STATUS Status, NDIS_HANDLE Vc,
                                          PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
}

static VOID NTAPI ClCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE Vc, NDIS_HANDLE Party)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Party);
}

static VOID NTAPI ClAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE Context, NDIS_HANDLE Party,
                                     PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Parameters);
}

static VOID NTAPI ClDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Context);
}

static NDIS_STATUS NTAPI ClIncomingCall(NDIS_HANDLE Sap, NDIS_HANDLE Vc,
                                        PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Sap);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NTAPI ClIncomingCallQoSChange(NDIS_HANDLE Vc, PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
}

static VOID NTAPI ClIncomingCloseCall(NDIS_STATUS Status, NDIS_HANDLE Vc, PVOID Data, UINT Size)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Data);
    UNREFERENCED_PARAMETER(Size);
}

static VOID NTAPI ClIncomingDropParty(NDIS_STATUS Status, NDIS_HANDLE Party, PVOID Data, UINT Size)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Data);
    UNREFERENCED_PARAMETER(Size);
}

static VOID NTAPI ClCallConnected(NDIS_HANDLE Vc)
{
    UNREFERENCED_PARAMETER(Vc);
}

static inline NDIS_STATUS RuleSetClient(NDIS_HANDLE Handle)
{
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS Cl = {
        .Header = HEADER(CO_CLIENT_OPTIONAL_HANDLERS, CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1),
        .ClCreateVcHandler = ClCreateVc,
        .ClDeleteVcHandler = ClDeleteVc,
        .ClOidRequestHandler = ClOidRequest,
        .ClOidRequestCompleteHandler = ClOidRequestComplete,
        .ClOpenAfCompleteHandlerEx = ClOpenAfComplete,
        .ClCloseAfCompleteHandler = ClCloseAfComplete,
        .ClRegisterSapCompleteHandler = ClRegisterSapComplete,
        .ClDeregisterSapCompleteHandler = ClDeregisterSapComplete,
        .ClMakeCallCompleteHandler = ClMakeCallComplete,
        .ClModifyCallQoSCompleteHandler = ClModifyCallQoSComplete,
        .ClCloseCallCompleteHandler = ClCloseCallComplete,
        .ClAddPartyCompleteHandler = ClAddPartyComplete,
        .ClDropPartyCompleteHandler = ClDropPartyComplete,
        .ClIncomingCallHandler = ClIncomingCall,
        .ClIncomingCallQoSChangeHandler = ClIncomingCallQoSChange,
        .ClIncomingCloseCallHandler = ClIncomingCloseCall,
        .ClIncomingDropPartyHandler = ClIncomingDropParty,
        .ClCallConnectedHandler = ClCallConnected,
        .ClNotifyCloseAfHandler = ClNotifyCloseAf,
    };

    ON_CL(&Cl);
    return NdisSetOptionalHandlers(Handle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Cl);
}

#endif
