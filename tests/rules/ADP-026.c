/* ADP-026: completes a pause that nobody asked for. */
#define ROLE_MCM
#define ON_RESTART NdisMPauseComplete(Adapter->Handle)
#include "driver.h"
