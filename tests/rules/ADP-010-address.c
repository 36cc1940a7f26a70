/* ADP-010: a list of OIDs where there is no memory. */
#define ROLE_MCM
#define ON_GENERAL(a) ((a)->SupportedOidList = (PVOID)0x10)
#include "driver.h"
