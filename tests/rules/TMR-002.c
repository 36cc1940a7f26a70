/* TMR-002: frees the context of a timer that is set. */
#define ROLE_MCM
#include "timer.h"

static NDIS_HANDLE RuleSet;
static PVOID RuleContext;

#define ON_HALT                                                                                    \
    RuleContext = RuleAllocate(64);                                                                \
    RuleSet = RuleTimer(RuleDriver, RuleContext);                                                  \
    RuleTimerSet(RuleSet, 60, 0);                                                                  \
    NdisFreeMemory(RuleContext, 0, 0);                                                             \
    NdisCancelTimerObject(RuleSet);                                                                \
    NdisFreeTimerObject(RuleSet)
#include "driver.h"
