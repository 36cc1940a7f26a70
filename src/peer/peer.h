/* peer.h - drivers built into the runtime: the other side that a driver under test needs.
 *
 * A call manager needs an adapter and a client, a client needs a call manager, and so on. These are
 * ordinary drivers, written against the public headers only, as small as the documentation allows;
 * but they are linked in, and what they do is not told to the user unless asked for.
 */
#ifndef CN_PEER_PEER_H
#define CN_PEER_PEER_H

#include "nt/nt.h"

struct cn_peer {
    const char *name;
    PDRIVER_INITIALIZE entry;
};

extern const struct cn_peer cn_peer_miniport;     /* connectionless, Ethernet */
extern const struct cn_peer cn_peer_co_miniport;  /* CoNDIS, needs a call manager */
extern const struct cn_peer cn_peer_mcm;          /* CoNDIS with its own call manager */
extern const struct cn_peer cn_peer_protocol;     /* connectionless */
extern const struct cn_peer cn_peer_client;       /* opens every address family it is offered */
extern const struct cn_peer cn_peer_call_manager; /* registers the families of cn_peer_families */

/* Whether their handlers answer NDIS_STATUS_PENDING and complete later from a thread of the system,
 * where the documentation leaves both open. */
extern bool cn_peer_pends;

/* Makes the driver; DriverEntry is not called yet. 0 or -ENOMEM. */
int cn_peer_new(const struct cn_peer *peer, struct cn_driver **out);

#endif
