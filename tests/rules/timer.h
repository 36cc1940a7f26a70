/* timer.h - an NDIS timer for rule drivers that need one. */
#ifndef RULES_TIMER_H
#define RULES_TIMER_H

#include "view.h"

static inline VOID NTAPI RuleTick(PVOID System1, PVOID Context, PVOID System2, PVOID System3)
{
    UNREFERENCED_PARAMETER(System1);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(System2);
    UNREFERENCED_PARAMETER(System3);
}

static inline NDIS_HANDLE RuleTimer(NDIS_HANDLE Owner, PVOID Context)
{
    NDIS_TIMER_CHARACTERISTICS Characteristics = {
        .Header = {NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS, NDIS_TIMER_CHARACTERISTICS_REVISION_1,
                   NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1},
        .AllocationTag = RULE_TAG,
        .TimerFunction = RuleTick,
        .FunctionContext = Context,
    };
    NDIS_HANDLE Timer = NULL;

    NdisAllocateTimerObject(Owner, &Characteristics, &Timer);
    return Timer;
}

/* Fires in Seconds, again and again when Period (milliseconds) is not 0. */
static inline void RuleTimerSet(NDIS_HANDLE Timer, LONG Seconds, LONG Period)
{
    LARGE_INTEGER Due;

    Due.QuadPart = -10000000LL * Seconds;
    NdisSetTimerObject(Timer, Due, Period, NULL);
}

#endif
