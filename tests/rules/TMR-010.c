/* TMR-010: cancels a periodic timer at DISPATCH_LEVEL. */
#define ROLE_MCM
#include "timer.h"

static void RuleRun(NDIS_HANDLE Adapter)
{
    NDIS_HANDLE Timer = RuleTimer(Adapter, NULL);
    KIRQL Old;

    RuleTimerSet(Timer, 60, 1000);
    KeRaiseIrql(DISPATCH_LEVEL, &Old);
    NdisCancelTimerObject(Timer);
    KeLowerIrql(Old);
    NdisFreeTimerObject(Timer);
}

#define ON_INITIALIZE RuleRun(Handle)
#include "driver.h"
