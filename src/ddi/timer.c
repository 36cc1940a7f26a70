/* timer.c - the exported functions of timer objects and work items. */
#include "ndis/timer.h"

#include "ddi/rows.h"

NDIS_STATUS NTAPI NdisAllocateTimerObject(NDIS_HANDLE NdisHandle,
                                          PNDIS_TIMER_CHARACTERISTICS TimerCharacteristics,
                                          PNDIS_HANDLE pTimerObject)
{
    CN_DDI_ENTER(ddi, NdisAllocateTimerObject);
    NDIS_STATUS s = cn_ndis_timer_new(NdisHandle, TimerCharacteristics, pTimerObject);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI NdisFreeTimerObject(NDIS_HANDLE TimerObject)
{
    CN_DDI_ENTER(ddi, NdisFreeTimerObject);
    cn_ndis_timer_free(TimerObject);
    CN_DDI_LEAVE_VOID(ddi);
}

BOOLEAN NTAPI NdisSetTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                                 LONG MillisecondsPeriod, PVOID FunctionContext)
{
    CN_DDI_ENTER(ddi, NdisSetTimerObject);
    bool was =
        cn_ndis_timer_set(TimerObject, DueTime.QuadPart, MillisecondsPeriod, FunctionContext);
    CN_DDI_LEAVE_VOID(ddi);
    return was;
}

BOOLEAN NTAPI NdisSetCoalescableTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                                            LONG MillisecondsPeriod, PVOID FunctionContext,
                                            ULONG Tolerance)
{
    CN_DDI_ENTER(ddi, NdisSetCoalescableTimerObject);
    cn_ndis_timer_tolerance(Tolerance);
    bool was =
        cn_ndis_timer_set(TimerObject, DueTime.QuadPart, MillisecondsPeriod, FunctionContext);
    CN_DDI_LEAVE_VOID(ddi);
    return was;
}

BOOLEAN NTAPI NdisCancelTimerObject(NDIS_HANDLE TimerObject)
{
    CN_DDI_ENTER(ddi, NdisCancelTimerObject);
    bool was = cn_ndis_timer_cancel(TimerObject);
    CN_DDI_LEAVE_VOID(ddi);
    return was;
}

NDIS_HANDLE NTAPI NdisAllocateIoWorkItem(NDIS_HANDLE NdisObjectHandle)
{
    CN_DDI_ENTER(ddi, NdisAllocateIoWorkItem);
    NDIS_HANDLE h = cn_work_new(NdisObjectHandle);
    CN_DDI_LEAVE_VOID(ddi);
    return h;
}

VOID NTAPI NdisQueueIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle, NDIS_IO_WORKITEM_ROUTINE Routine,
                               PVOID WorkItemContext)
{
    CN_DDI_ENTER(ddi, NdisQueueIoWorkItem);
    cn_work_queue(NdisIoWorkItemHandle, Routine, WorkItemContext);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI NdisFreeIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle)
{
    CN_DDI_ENTER(ddi, NdisFreeIoWorkItem);
    cn_work_free(NdisIoWorkItemHandle);
    CN_DDI_LEAVE_VOID(ddi);
}
