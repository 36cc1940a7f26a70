/* REG-028: a client leaves out a function of a feature it does not use. */
#define ROLE_CLIENT
#define ON_CL(c) ((c)->ClIncomingDropPartyHandler = NULL)
#include "driver.h"
