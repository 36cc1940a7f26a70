/* GEN-005: no variable for the driver handle. */
#define ROLE_MCM
#define REGISTER(c) NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, c, NULL)
#include "driver.h"
