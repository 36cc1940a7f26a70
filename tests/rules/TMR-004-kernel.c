/* TMR-004: is unloaded while a timer of the kernel is set. */
#define ROLE_CLIENT
#include "view.h"

static KTIMER RuleTimer;
static LARGE_INTEGER RuleDue = {.QuadPart = -36000000000LL};

#define ON_REGISTERED                                                                              \
    KeInitializeTimer(&RuleTimer);                                                                 \
    KeSetTimer(&RuleTimer, RuleDue, NULL)
#include "driver.h"
