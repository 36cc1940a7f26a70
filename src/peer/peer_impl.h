/* peer_impl.h - what the built-in drivers share. */
#ifndef CN_PEER_PEER_IMPL_H
#define CN_PEER_PEER_IMPL_H

#include "peer/peer.h"

#include "ndis.h"

#define CN_PEER_TAG   0x7265654E /* 'Neer' */
#define CN_PEER_MAJOR 6
#define CN_PEER_MINOR 30

enum { CN_PEER_FAMILIES = 2, CN_PEER_OPENS = 64 };

/* What both call managers offer: the family for NDPROXY and the one that NDPROXY offers to NDISWAN,
 * so that clients of either kind find theirs. */
extern const CO_ADDRESS_FAMILY cn_peer_families[CN_PEER_FAMILIES];

/* Stands in a handler table for all that has to do with calls: these drivers make none, and take
 * none. */
NDIS_STATUS NTAPI cn_peer_not_supported(void);
/* The same for functions without a result. */
#define CN_PEER_UNUSED (void *)cn_peer_not_supported

/* -- binding.c: the protocol half of protocol.c, client.c and call_manager.c
 * ----------------------- */

struct cn_peer_binding;

/* What a protocol adds to the plain life of a binding; every function may be NULL. */
struct cn_peer_protocol {
    NDIS_STATUS (*set_options)(NDIS_HANDLE driver);
    /* The adapter is open. An error ends the bind. */
    NDIS_STATUS (*opened)(struct cn_peer_binding *b);
    /* The adapter is about to be closed. */
    void (*closing)(struct cn_peer_binding *b);
    NDIS_HANDLE handle; /* set by NDIS */
};

/* One open of an address family, seen from either side. */
struct cn_peer_open {
    struct cn_peer_binding *binding; /* of a protocol; NULL in an MCM */
    NDIS_HANDLE af;
    BOOLEAN used, closing, notified;
    NDIS_EVENT done;       /* a pended operation has ended */
    WORK_QUEUE_ITEM later; /* completes what was answered with NDIS_STATUS_PENDING */
};

struct cn_peer_binding {
    struct cn_peer_open opens[CN_PEER_OPENS]; /* first: a call manager finds its opens there */
    struct cn_peer_protocol *protocol;
    NDIS_HANDLE handle;
    NDIS_EVENT done; /* a pended open or close has ended */
    NDIS_STATUS status;
};

NTSTATUS cn_peer_protocol_start(struct cn_peer_protocol *p, PDRIVER_OBJECT driver,
                                PDRIVER_UNLOAD unload, PCWSTR name);
/* A free entry, marked used and with its event reset, or NULL. */
struct cn_peer_open *cn_peer_open_new(struct cn_peer_open *opens, struct cn_peer_binding *b);
/* Has a thread of the system call the function; false when the drivers do not pend. */
BOOLEAN cn_peer_later(struct cn_peer_open *o, PWORKER_THREAD_ROUTINE routine);

/* -- call_manager.c: the call manager half of call_manager.c and miniport.c
 * ------------------------ */

extern const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS cn_peer_cm_handlers;
/* Asks each client to close and waits until all have. */
void cn_peer_cm_leave(struct cn_peer_open *opens);

#endif
