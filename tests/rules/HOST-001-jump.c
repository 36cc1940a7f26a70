/* HOST-001: calls a function through a NULL pointer. */
#define ROLE_CLIENT
#include "view.h"

static VOID(NTAPI *volatile RuleNowhere)(VOID);

#define ON_BIND RuleNowhere()
#include "driver.h"
