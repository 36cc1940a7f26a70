/* TMR-006: a tolerance that is too small to be of use. */
#define ROLE_MCM
#include "timer.h"

static void RuleSet(NDIS_HANDLE Adapter)
{
    NDIS_HANDLE Timer = RuleTimer(Adapter, NULL);
    LARGE_INTEGER Due;

    Due.QuadPart = -10000000;
    NdisSetCoalescableTimerObject(Timer, Due, 0, NULL, 5);
    NdisCancelTimerObject(Timer);
    NdisFreeTimerObject(Timer);
}

#define ON_INITIALIZE RuleSet(Handle)
#include "driver.h"
