/* ADP-002: sets the general attributes first. */
#define ROLE_MCM
#define ON_INITIALIZE (void)RuleSetGeneral(Adapter)
#include "driver.h"
