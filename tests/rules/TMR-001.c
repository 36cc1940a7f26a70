/* TMR-001: frees a timer that is set. */
#define ROLE_MCM
#include "timer.h"

static NDIS_HANDLE RuleSet;

#define ON_HALT                                                                                    \
    RuleSet = RuleTimer(Adapter->Handle, NULL);                                                    \
    RuleTimerSet(RuleSet, 60, 0);                                                                  \
    NdisFreeTimerObject(RuleSet)
#include "driver.h"
