/* peer.c - makes a driver of a built-in counterpart. */
#include "peer/peer.h"

#include <errno.h>

bool cn_peer_pends;

int cn_peer_new(const struct cn_peer *peer, struct cn_driver **out)
{
    struct cn_driver *d = cn_driver_new(peer->name, NULL);
    if (d == NULL)
        return -ENOMEM;
    d->peer = true;
    int error = cn_nt_driver_new(d);
    if (error != 0) {
        cn_driver_free(d);
        return error;
    }
    *out = d;
    return 0;
}
