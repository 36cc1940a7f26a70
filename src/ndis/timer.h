/* timer.h - timer objects and work items of NDIS. */
#ifndef CN_NDIS_TIMER_H
#define CN_NDIS_TIMER_H

#include "ndis/resource.h"

NDIS_STATUS cn_ndis_timer_new(NDIS_HANDLE handle, PNDIS_TIMER_CHARACTERISTICS given,
                              PNDIS_HANDLE out);
void cn_ndis_timer_free(NDIS_HANDLE handle);
/* True when it was set already. */
bool cn_ndis_timer_set(NDIS_HANDLE handle, int64_t due_100ns, LONG period_ms, PVOID context);
void cn_ndis_timer_tolerance(ULONG tolerance_ms);
bool cn_ndis_timer_cancel(NDIS_HANDLE handle);
/* Judges the timers that are still set when an adapter was halted (TMR-009, ADP-023), or a driver
 * is gone (TMR-004), and stops them. */
void cn_timers_halted(struct cn_adapter *a);
void cn_timer_objects_end(struct cn_driver *driver, bool quiet);

NDIS_HANDLE cn_work_new(NDIS_HANDLE handle);
void cn_work_queue(NDIS_HANDLE handle, NDIS_IO_WORKITEM_ROUTINE routine, PVOID context);
void cn_work_free(NDIS_HANDLE handle);
/* Judges the work items of a driver that is gone and that are still queued (WI-006). */
void cn_work_objects_end(struct cn_driver *driver, bool quiet);

#endif
