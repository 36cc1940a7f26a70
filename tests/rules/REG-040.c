/* REG-040: relies on the handle variable while the registration still runs. */
#define ROLE_PROTOCOL
#define ON_BIND (RuleDriver = NULL)
#include "driver.h"
