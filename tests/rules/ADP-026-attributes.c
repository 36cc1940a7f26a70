/* ADP-026: sets the attributes of a running adapter. */
#define ROLE_MCM
#define ON_PAUSE (void)RuleSetGeneral(Adapter)
#include "driver.h"
