/* TMR-004: is unloaded while a timer is set. */
#define ROLE_CLIENT
#include "timer.h"

#define ON_REGISTERED RuleTimerSet(RuleTimer(RuleDriver, NULL), 3600, 0)
#include "driver.h"
