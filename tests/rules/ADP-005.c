/* ADP-005: no context for the adapter. */
#define ROLE_MCM
#define ON_REGISTRATION(a) ((a)->MiniportAdapterContext = NULL)
#include "driver.h"
