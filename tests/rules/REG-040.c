/* REG-040: relies on the handle variable while the registration still runs. */
#define ROLE_CLIENT
#define SET_OPTIONS_RESULT(s) (RuleDriver = NULL, (s))
#include "driver.h"
