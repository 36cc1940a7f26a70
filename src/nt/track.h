/* track.h - what drivers have under way in memory of their own: set timers, queued DPCs, work
 * items, threads.
 *
 * The kernel's structures for these lie in the driver's memory and are as trustworthy as that. So
 * what the engine needs stands in a record here, found by the structure's address, and the record
 * says who made it and where.
 */
#ifndef CN_NT_TRACK_H
#define CN_NT_TRACK_H

#include "nt/nt.h"

enum cn_track_kind {
    CN_TRACK_TIMER,  /* a KTIMER that is set */
    CN_TRACK_DPC,    /* a KDPC that is queued */
    CN_TRACK_IOWORK, /* an IO_WORKITEM from its making to its end */
    CN_TRACK_THREAD, /* a system thread until it ends */
    CN_TRACK_KINDS
};

/* First member of a record, which comes from calloc. */
struct cn_track {
    struct cn_list link; /* of its kind, oldest first */
    struct cn_track *chain;
    enum cn_track_kind kind;
    const void *key;
    struct cn_driver *driver; /* whose it is; NULL: the runtime's */
    const char *call;         /* the function that began it */
    const void *place;        /* where that was called */
};

/* Enters a record. It belongs to the driver whose code `routine` is, or else to the current one. */
void cn_track_add(struct cn_track *t, enum cn_track_kind kind, const void *key,
                  const void *routine);
/* Whose code that is, or else the current driver. */
struct cn_driver *cn_track_owner(const void *routine);
void *cn_track_find(enum cn_track_kind kind, const void *key);
/* Takes the record out of the books; the caller frees it. */
void cn_track_remove(struct cn_track *t);
struct cn_list *cn_track_list(enum cn_track_kind kind);
/* Forgets and frees all records. */
void cn_track_reset(void);

/* "event at wan.sys!g_Event", "DPC 16 bytes into a block of 64 bytes with tag 'wanA', allocated at
 * ..." */
void cn_track_describe(struct cn_text *t, const char *what, const void *address);

/* As cn_upcall_begin and _end, but also for code of the runtime (driver NULL). */
bool cn_track_call_begin(struct cn_frame *f, struct cn_driver *driver, const char *name,
                         const void *routine);
void cn_track_call_end(struct cn_frame *f, const struct cn_driver *driver);

#endif
