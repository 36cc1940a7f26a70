/* registration.c - the exported functions by which drivers register and deregister. */
#include "ddi/rows.h"
#include "ndis/registration.h"

NDIS_STATUS NTAPI NdisMRegisterMiniportDriver(
    PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath, NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_DRIVER_CHARACTERISTICS MiniportDriverCharacteristics,
    PNDIS_HANDLE NdisMiniportDriverHandle)
{
    (void)RegistryPath;
    CN_DDI_ENTER(ddi, NdisMRegisterMiniportDriver);
    NDIS_STATUS s = cn_miniport_register(DriverObject, MiniportDriverContext,
                                         MiniportDriverCharacteristics, NdisMiniportDriverHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisMDeregisterMiniportDriver(NDIS_HANDLE NdisMiniportDriverHandle)
{
    CN_DDI_ENTER(ddi, NdisMDeregisterMiniportDriver, CN_OBJECT(NdisMiniportDriverHandle));
    cn_miniport_deregister(NdisMiniportDriverHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisRegisterProtocolDriver(
    NDIS_HANDLE ProtocolDriverContext,
    PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS ProtocolCharacteristics, PNDIS_HANDLE NdisProtocolHandle)
{
    CN_DDI_ENTER(ddi, NdisRegisterProtocolDriver);
    NDIS_STATUS s =
        cn_protocol_register(ProtocolDriverContext, ProtocolCharacteristics, NdisProtocolHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisDeregisterProtocolDriver(NDIS_HANDLE NdisProtocolHandle)
{
    CN_DDI_ENTER(ddi, NdisDeregisterProtocolDriver, CN_OBJECT(NdisProtocolHandle));
    cn_protocol_deregister(NdisProtocolHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI NdisSetOptionalHandlers(NDIS_HANDLE NdisHandle,
                                          PNDIS_DRIVER_OPTIONAL_HANDLERS OptionalHandlers)
{
    CN_DDI_ENTER(ddi, NdisSetOptionalHandlers, CN_OBJECT(NdisHandle));
    NDIS_STATUS s = cn_optional_set(NdisHandle, OptionalHandlers);
    CN_DDI_LEAVE(ddi, s);
    return s;
}
