/* wait.h - waiting, as the files of this folder use it. */
#ifndef CN_NT_WAIT_H
#define CN_NT_WAIT_H

#include "nt/sync.h"

#ifndef STATUS_SEMAPHORE_LIMIT_EXCEEDED
#define STATUS_SEMAPHORE_LIMIT_EXCEEDED ((NTSTATUS)0xC0000047)
#endif
#ifndef STATUS_DELETE_PENDING
#define STATUS_DELETE_PENDING ((NTSTATUS)0xC0000056)
#endif

/* What is waited for, in reports: "fast mutex at wan.sys!g_Lock". */
struct cn_wait_name {
    const char *what;
    const void *at;
};

/* As cn_wait, without the check of IRQL-003, and with a name of its own (NULL: the object's). */
NTSTATUS cn_wait_named(void *object, const LARGE_INTEGER *timeout, const struct cn_wait_name *name);
/* Parks until blocked(arg) is false, which is asked at cn_engine_wake(name->at). False where the
 * caller cannot wait. */
bool cn_wait_until(bool (*blocked)(void *arg), void *arg, const struct cn_wait_name *name);
/* An absolute time of the engine's clock for a timeout, UINT64_MAX for none. */
uint64_t cn_wait_deadline(const LARGE_INTEGER *timeout);
/* A header of that type, not signalled unless state says so. */
void cn_wait_init(DISPATCHER_HEADER *header, UCHAR type, size_t size, LONG state);
/* The context never runs again: its waits are over. NULL: all. */
void cn_wait_forget(const void *context);
/* Works out the texts of all waits. */
void cn_wait_explain(void);

/* DISPATCHER_HEADER.Type */
enum {
    CN_OBJECT_NOTIFICATION_EVENT,
    CN_OBJECT_SYNCHRONIZATION_EVENT,
    CN_OBJECT_MUTANT,
    CN_OBJECT_SEMAPHORE = 5,
    CN_OBJECT_THREAD,
    CN_OBJECT_NOTIFICATION_TIMER = 8,
    CN_OBJECT_SYNCHRONIZATION_TIMER,
};

/* The other files' part in the end of a driver and in cn_sync_stop. */
void cn_spin_driver_end(const struct cn_driver *driver);
void cn_spin_reset(void);
void cn_timers_driver_end(struct cn_driver *driver, bool quiet);
void cn_dpcs_driver_end(struct cn_driver *driver);
void cn_work_driver_end(struct cn_driver *driver, bool quiet);
void cn_threads_driver_end(struct cn_driver *driver, bool quiet);
void cn_timers_gone(const void *start, size_t size);
void cn_dpcs_gone(const void *start, size_t size);
void cn_work_gone(const void *start, size_t size);
void cn_regions_reset(void);
void cn_threads_reset(void);
void cn_work_reset(void);
void cn_time_start(void);
/* Signals a timer's KDPC; called when a KTIMER fires. */
void cn_dpc_queue(KDPC *dpc, struct cn_driver *driver, const char *name);

#endif
