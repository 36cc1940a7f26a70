/* ADP-025: uses the handle of an adapter that was halted. */
#define ROLE_MCM
#include "view.h"

static NDIS_HANDLE RuleHalted;

#define ON_HALT   (RuleHalted = Adapter->Handle)
#define ON_UNLOAD NdisMPauseComplete(RuleHalted)
#include "driver.h"
