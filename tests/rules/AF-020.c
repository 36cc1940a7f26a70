/* AF-020: a successful open without a context. */
#define ROLE_MCM
#define ON_OPEN_AF  (*Context = NULL)
#define ON_CLOSE_AF (Af = RuleLast->Af)
#include "driver.h"
