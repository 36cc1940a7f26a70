/* ADP-023: a timer with the adapter's context is still set after MiniportHaltEx. The context is no
 * allocated memory, whose freeing would be another mistake. */
#define ROLE_MINIPORT
#include "timer.h"

static ULONG RuleContext;

#define ON_REGISTRATION(a) ((a)->MiniportAdapterContext = &RuleContext)
#define ON_INITIALIZED     RuleTimerSet(RuleTimer(RuleDriver, &RuleContext), 60, 0)
#define OWN_MpHalt
#include "driver.h"

static VOID NTAPI MpHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
    NdisFreeMemory(RuleLast, 0, 0);
}
