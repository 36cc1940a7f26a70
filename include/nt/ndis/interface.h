/* interface.h - network interface providers. */
#ifndef CONDIS_NT_NDIS_INTERFACE_H
#define CONDIS_NT_NDIS_INTERFACE_H

#include "types.h"

EXTERN_C_START

typedef NDIS_STATUS(NTAPI IF_QUERY_OBJECT)(NDIS_HANDLE ProviderIfContext, NET_IF_OBJECT_ID ObjectId,
                                           PULONG pOutputBufferLength, PVOID pOutputBuffer);
typedef IF_QUERY_OBJECT *IFP_QUERY_OBJECT;

typedef NDIS_STATUS(NTAPI IF_SET_OBJECT)(NDIS_HANDLE ProviderIfContext, NET_IF_OBJECT_ID ObjectId,
                                         ULONG InputBufferLength, PVOID pInputBuffer);
typedef IF_SET_OBJECT *IFP_SET_OBJECT;

typedef struct _NDIS_IF_PROVIDER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    IFP_QUERY_OBJECT QueryObjectHandler;
    IFP_SET_OBJECT SetObjectHandler;
    PVOID Reserved1;
    PVOID Reserved2;
} NDIS_IF_PROVIDER_CHARACTERISTICS, *PNDIS_IF_PROVIDER_CHARACTERISTICS;
#define NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1                                         \
    RTL_SIZEOF_THROUGH_FIELD(NDIS_IF_PROVIDER_CHARACTERISTICS, Reserved2)

typedef struct _NET_IF_INFORMATION {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NET_PHYSICAL_LOCATION PhysicalLocation;
    ULONG WanTunnelType;
    ULONG PortNumber;
    NET_IF_ACCESS_TYPE AccessType;
    NET_IF_DIRECTION_TYPE DirectionType;
    NET_IF_CONNECTION_TYPE ConnectionType;
    BOOLEAN ifConnectorPresent;
    USHORT PhysAddressLength;
    USHORT PhysAddressOffset;
    USHORT PermanentPhysAddressOffset;
    USHORT FriendlyNameLength;
    USHORT FriendlyNameOffset;
    GUID InterfaceGuid;
    NET_IF_NETWORK_GUID NetworkGuid;
    ULONG SupportedStatistics;
    NDIS_MEDIUM MediaType;
    NDIS_PHYSICAL_MEDIUM PhysicalMediumType;
} NET_IF_INFORMATION, *PNET_IF_INFORMATION;
#define NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1                                                  \
    RTL_SIZEOF_THROUGH_FIELD(NET_IF_INFORMATION, PhysicalMediumType)

NDISAPI NDIS_STATUS NTAPI
NdisIfRegisterProvider(PNDIS_IF_PROVIDER_CHARACTERISTICS ProviderCharacteristics,
                       NDIS_HANDLE IfProviderContext, PNDIS_HANDLE pNdisIfProviderHandle);
NDISAPI VOID NTAPI NdisIfDeregisterProvider(NDIS_HANDLE NdisProviderHandle);
NDISAPI NDIS_STATUS NTAPI NdisIfAllocateNetLuidIndex(NET_IFTYPE ifType, PUINT32 pNetLuidIndex);
NDISAPI NDIS_STATUS NTAPI NdisIfFreeNetLuidIndex(NET_IFTYPE ifType, UINT32 NetLuidIndex);
NDISAPI NDIS_STATUS NTAPI NdisIfRegisterInterface(NDIS_HANDLE NdisProviderHandle, NET_LUID NetLuid,
                                                  NDIS_HANDLE ProviderIfContext,
                                                  PNET_IF_INFORMATION pIfInfo,
                                                  PNET_IFINDEX pfIndex);
NDISAPI VOID NTAPI NdisIfDeregisterInterface(NET_IFINDEX ifIndex);
NDISAPI NDIS_STATUS NTAPI NdisIfGetInterfaceIndexFromNetLuid(NET_LUID NetLuid,
                                                             PNET_IFINDEX pIfIndex);
NDISAPI NDIS_STATUS NTAPI NdisIfGetNetLuidFromInterfaceIndex(NET_IFINDEX ifIndex,
                                                             PNET_LUID pNetLuid);
NDISAPI NDIS_STATUS NTAPI NdisIfQueryBindingIfIndex(NDIS_HANDLE NdisBindingHandle,
                                                    PNET_IFINDEX pBoundIfIndex,
                                                    PNET_LUID pBoundIfNetLuid,
                                                    PNET_IFINDEX pLowestIfIndex,
                                                    PNET_LUID pLowestIfNetLuid);
NDISAPI NDIS_STATUS NTAPI NdisIfAddIfStackEntry(NET_IFINDEX HigherLayerIfIndex,
                                                NET_IFINDEX LowerLayerIfIndex);
NDISAPI NDIS_STATUS NTAPI NdisIfDeleteIfStackEntry(NET_IFINDEX HigherLayerIfIndex,
                                                   NET_IFINDEX LowerLayerIfIndex);

#define NDIS_MAKE_NET_LUID(luid, type, index)                                                      \
    ((luid)->Info.IfType = (type), (luid)->Info.NetLuidIndex = (index), (luid)->Info.Reserved = 0)

EXTERN_C_END

#endif
