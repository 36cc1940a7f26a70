/* REG-022: a miniport driver registers as a client. */
#define ROLE_MCM
#define ON_CM(c) ((c)->Header.Type = NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS)
#include "driver.h"
