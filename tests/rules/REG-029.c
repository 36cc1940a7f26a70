/* REG-029: a call manager leaves out ProtocolCmMakeCall. */
#define ROLE_CALLMGR
#define ON_CM(c) ((c)->CmMakeCallHandler = NULL)
#include "driver.h"
