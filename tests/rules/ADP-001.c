/* ADP-001: registers an address family before the registration attributes are set. */
#define ROLE_MCM
#define ON_INITIALIZE (void)RuleRegisterFamily(Adapter)
#include "driver.h"
