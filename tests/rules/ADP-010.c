/* ADP-010: a list of OIDs that ends inside an OID. */
#define ROLE_MCM
#define ON_GENERAL(a) ((a)->SupportedOidListLength = 3)
#include "driver.h"
