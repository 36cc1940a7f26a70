/* HOST-005: a variable for the driver handle where there is no memory. */
#define ROLE_MCM
#define REGISTER(c)                                                                                \
    NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, c, (PNDIS_HANDLE)0x10)
#include "driver.h"
