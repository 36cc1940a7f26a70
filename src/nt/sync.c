/* sync.c - start and stop of synchronisation, and the end of a driver or of memory as it concerns
 * it. */
#include "nt/sync.h"

#include "nt/parts.h"
#include "nt/track.h"
#include "nt/wait.h"

int cn_sync_start(void)
{
    cn_driver_locks(cn_spin_held);
    cn_engine_on_deadlock(cn_wait_explain);
    cn_time_start();
    return 0;
}

/* The engine may have stopped already, with its timers, items and contexts. */
void cn_sync_stop(void)
{
    cn_engine_on_clock(NULL);
    cn_engine_on_deadlock(NULL);
    cn_wait_forget(NULL);
    cn_spin_reset();
    cn_regions_reset();
    cn_work_reset();
    cn_threads_reset();
    cn_track_reset();
}

void cn_sync_driver_end(struct cn_driver *driver, bool quiet)
{
    cn_timers_driver_end(driver, quiet);
    cn_dpcs_driver_end(driver);
    cn_work_driver_end(driver, quiet);
    cn_threads_driver_end(driver, quiet);
    cn_spin_driver_end(driver);
}

void cn_sync_memory_gone(const void *start, size_t size)
{
    cn_timers_gone(start, size);
    cn_dpcs_gone(start, size);
    cn_work_gone(start, size);
}
