/* config.c - the exported functions of configuration handles. Most of them tell their status
 * through a pointer, which may be bad like any other. */
#include "ndis/config.h"

#include "ddi/rows.h"
#include "load/probe.h"

static void status_write(PNDIS_STATUS out, NDIS_STATUS status)
{
    if (CN_CHECK(CN_GEN_005, out != NULL && cn_probe_write(out, sizeof(*out)) == 0,
                 .member = "Status", .found = cn_fmt("%p", (void *)out),
                 .allowed = "address of an NDIS_STATUS variable"))
        *out = status;
}

NDIS_STATUS NTAPI NdisOpenConfigurationEx(PNDIS_CONFIGURATION_OBJECT ConfigObject,
                                          PNDIS_HANDLE ConfigurationHandle)
{
    CN_DDI_ENTER(ddi, NdisOpenConfigurationEx);
    NDIS_STATUS s = cn_config_open(ConfigObject, ConfigurationHandle);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisOpenConfigurationKeyByName(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                          PNDIS_STRING SubKeyName, PNDIS_HANDLE SubKeyHandle)
{
    CN_DDI_ENTER(ddi, NdisOpenConfigurationKeyByName);
    status_write(Status, cn_config_open_name(ConfigurationHandle, SubKeyName, SubKeyHandle));
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisOpenConfigurationKeyByIndex(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                           ULONG Index, PNDIS_STRING KeyName,
                                           PNDIS_HANDLE KeyHandle)
{
    CN_DDI_ENTER(ddi, NdisOpenConfigurationKeyByIndex);
    status_write(Status, cn_config_open_index(ConfigurationHandle, Index, KeyName, KeyHandle));
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisReadConfiguration(PNDIS_STATUS Status, PNDIS_CONFIGURATION_PARAMETER *ParameterValue,
                                 NDIS_HANDLE ConfigurationHandle, PNDIS_STRING Keyword,
                                 NDIS_PARAMETER_TYPE ParameterType)
{
    CN_DDI_ENTER(ddi, NdisReadConfiguration);
    status_write(Status,
                 cn_config_read(ConfigurationHandle, Keyword, ParameterType, ParameterValue));
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisWriteConfiguration(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                  PNDIS_STRING Keyword,
                                  PNDIS_CONFIGURATION_PARAMETER ParameterValue)
{
    CN_DDI_ENTER(ddi, NdisWriteConfiguration);
    status_write(Status, cn_config_write(ConfigurationHandle, Keyword, ParameterValue));
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisReadNetworkAddress(PNDIS_STATUS Status, PVOID *NetworkAddress,
                                  PUINT NetworkAddressLength, NDIS_HANDLE ConfigurationHandle)
{
    CN_DDI_ENTER(ddi, NdisReadNetworkAddress);
    status_write(Status,
                 cn_config_address(ConfigurationHandle, NetworkAddress, NetworkAddressLength));
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisCloseConfiguration(NDIS_HANDLE ConfigurationHandle)
{
    CN_DDI_ENTER(ddi, NdisCloseConfiguration);
    cn_config_close(ConfigurationHandle);
    CN_DDI_LEAVE_VOID(ddi);
}
