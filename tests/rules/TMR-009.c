/* TMR-009: halts while a timer of the adapter is set. */
#define ROLE_MCM
#include "timer.h"

#define ON_INITIALIZE RuleTimerSet(RuleTimer(Handle, NULL), 3600, 0)
#include "driver.h"
