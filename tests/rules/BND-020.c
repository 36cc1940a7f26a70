/* BND-020: asks for bindings while it is bound. */
#define ROLE_CLIENT
#define ON_OPENED NdisReEnumerateProtocolBindings(RuleDriver)
#include "driver.h"
