/* callmgr.h - the call manager functions of an MCM and of a stand-alone call manager (see
 * driver.h). */
#ifndef RULES_CALLMGR_H
#define RULES_CALLMGR_H

#if defined(ROLE_MCM) || defined(ROLE_CALLMGR)

#ifdef ROLE_MCM
#define REGISTER_FAMILY   NdisMCmRegisterAddressFamilyEx
#define NOTIFY_CLOSE_AF   NdisMCmNotifyCloseAddressFamily
#define OPEN_AF_COMPLETE  NdisMCmOpenAddressFamilyComplete
#define CLOSE_AF_COMPLETE NdisMCmCloseAddressFamilyComplete
#else
#define REGISTER_FAMILY   NdisCmRegisterAddressFamilyEx
#define NOTIFY_CLOSE_AF   NdisCmNotifyCloseAddressFamily
#define OPEN_AF_COMPLETE  NdisCmOpenAddressFamilyComplete
#define CLOSE_AF_COMPLETE NdisCmCloseAddressFamilyComplete
#endif

static NDIS_STATUS NTAPI CmOpenAf(NDIS_HANDLE Binding, PCO_ADDRESS_FAMILY Family,
                                  NDIS_HANDLE NdisAfHandle, PNDIS_HANDLE Context);
static NDIS_STATUS NTAPI CmCloseAf(NDIS_HANDLE Context);
static VOID NTAPI CmNotifyCloseAfComplete(NDIS_HANDLE Context, NDIS_STATUS Status);

#ifndef OWN_CmOpenAf
static NDIS_STATUS NTAPI CmOpenAf(NDIS_HANDLE Binding, PCO_ADDRESS_FAMILY Family,
                                  NDIS_HANDLE NdisAfHandle, PNDIS_HANDLE Context)
{
    struct RuleAf *Af = (struct RuleAf *)RuleAllocate(sizeof(*Af));
    NDIS_STATUS Status = Af != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;

    UNREFERENCED_PARAMETER(Family);
    if (Af != NULL) {
        Af->Adapter = (struct RuleAdapter *)Binding;
        Af->Handle = NdisAfHandle;
        Af->Adapter->Af = Af;
        NdisInitializeEvent(&Af->Event);
        *Context = Af;
    }
    ON_OPEN_AF;
    return OPEN_AF_RESULT(Status);
}
#endif

#ifndef OWN_CmCloseAf
static NDIS_STATUS NTAPI CmCloseAf(NDIS_HANDLE Context)
{
    struct RuleAf *Af = (struct RuleAf *)Context;

    ON_CLOSE_AF;
    Af->Closed = TRUE;
    if (!Af->Notified) { /* otherwise the notification still needs it */
        Af->Adapter->Af = NULL;
        NdisFreeMemory(Af, 0, 0);
    }
    return CLOSE_AF_RESULT(NDIS_STATUS_SUCCESS);
}
#endif

#ifndef OWN_CmNotifyCloseAfComplete
static VOID NTAPI CmNotifyCloseAfComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    struct RuleAf *Af = (struct RuleAf *)Context;

    UNREFERENCED_PARAMETER(Status);
    NdisSetEvent(&Af->Event);
}
#endif

/* The adapter goes: tells the client, if there is one, and waits until it has closed. */
static inline void RuleNotifyClient(struct RuleAdapter *Adapter)
{
    struct RuleAf *Af = Adapter->Af;

    if (Af == NULL || Af->Closed)
        return;
    Af->Notified = TRUE;
    if (NOTIFY_CLOSE_AF(Af->Handle) == NDIS_STATUS_PENDING)
        NdisWaitEvent(&Af->Event, 0);
    Adapter->Af = NULL;
    NdisFreeMemory(Af, 0, 0);
}

/* What nobody calls before there are calls; each refuses as the documentation says. */
static NDIS_STATUS NTAPI CmCreateVc(NDIS_HANDLE Af, NDIS_HANDLE Vc, PNDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Af);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Context);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI CmDeleteVc(NDIS_HANDLE Vc)
{
    UNREFERENCED_PARAMETER(Vc);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI CmRegisterSap(NDIS_HANDLE Af, PCO_SAP Sap, NDIS_HANDLE NdisSap,
                                       PNDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Af);
    UNREFERENCED_PARAMETER(Sap);
    UNREFERENCED_PARAMETER(NdisSap);
    UNREFERENCED_PARAMETER(Context);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI CmDeregisterSap(NDIS_HANDLE Sap)
{
    UNREFERENCED_PARAMETER(Sap);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI CmMakeCall(NDIS_HANDLE Vc, PCO_CALL_PARAMETERS Parameters,
                                    NDIS_HANDLE Party, PNDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Context);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI CmCloseCall(NDIS_HANDLE Vc, NDIS_HANDLE Party, PVOID Data, UINT Size)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Data);
    UNREFERENCED_PARAMETER(Size);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NTAPI CmIncomingCallComplete(NDIS_STATUS Status, NDIS_HANDLE Vc,
                                         PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
}

static NDIS_STATUS NTAPI CmAddParty(NDIS_HANDLE Vc, PCO_CALL_PARAMETERS Parameters,
                                    NDIS_HANDLE Party, PNDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Context);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI CmDropParty(NDIS_HANDLE Party, PVOID Data, UINT Size)
{
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Data);
    UNREFERENCED_PARAMETER(Size);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NTAPI CmActivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE Vc,
                                       PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
}

static VOID NTAPI CmDeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE Vc)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(Vc);
}

static NDIS_STATUS NTAPI CmModifyCallQoS(NDIS_HANDLE Vc, PCO_CALL_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS NTAPI CmOidRequest(NDIS_HANDLE Af, NDIS_HANDLE Vc, NDIS_HANDLE Party,
                                      PNDIS_OID_REQUEST Request)
{
    UNREFERENCED_PARAMETER(Af);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Request);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID NTAPI CmOidRequestComplete(NDIS_HANDLE Af, NDIS_HANDLE Vc, NDIS_HANDLE Party,
                                       PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(Af);
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(Party);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Status);
}

static inline NDIS_STATUS RuleSetCallManager(NDIS_HANDLE Handle)
{
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS Cm = {
        .Header =
            HEADER(CO_CALL_MANAGER_OPTIONAL_HANDLERS, CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1),
        .CmCreateVcHandler = CmCreateVc,
        .CmDeleteVcHandler = CmDeleteVc,
        .CmOpenAfHandler = CmOpenAf,
        .CmCloseAfHandler = CmCloseAf,
        .CmRegisterSapHandler = CmRegisterSap,
        .CmDeregisterSapHandler = CmDeregisterSap,
        .CmMakeCallHandler = CmMakeCall,
        .CmCloseCallHandler = CmCloseCall,
        .CmIncomingCallCompleteHandler = CmIncomingCallComplete,
        .CmAddPartyHandler = CmAddParty,
        .CmDropPartyHandler = CmDropParty,
        .CmActivateVcCompleteHandler = CmActivateVcComplete,
        .CmDeactivateVcCompleteHandler = CmDeactivateVcComplete,
        .CmModifyCallQoSHandler = CmModifyCallQoS,
        .CmOidRequestHandler = CmOidRequest,
        .CmOidRequestCompleteHandler = CmOidRequestComplete,
        .CmNotifyCloseAfCompleteHandler = CmNotifyCloseAfComplete,
    };

    ON_CM(&Cm);
    return NdisSetOptionalHandlers(Handle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Cm);
}

static inline NDIS_STATUS RuleRegisterFamily(struct RuleAdapter *Adapter)
{
    CO_ADDRESS_FAMILY Family = {
        .AddressFamily = CO_ADDRESS_FAMILY_TAPI_PROXY, .MajorVersion = 6, .MinorVersion = 30};
    NDIS_STATUS Status;

    ON_FAMILY(&Family);
    Status = REGISTER_FAMILY(Adapter->Handle, &Family);
    ON_FAMILY_REGISTERED;
    return Status;
}

#endif
#endif
