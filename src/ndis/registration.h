/* registration.h - what a driver registered with NDIS: its functions, version, context and role.
 *
 * A driver has one registration as miniport driver, one as protocol driver, or one of each
 * (an intermediate driver). What NdisSetOptionalHandlers takes is kept in struct cn_handlers: once
 * for the registration, and for a protocol once more for each binding, which begins with a copy.
 *
 * NDIS 5.x registrations will be further values of `major`; whoever calls a handler asks the
 * registration, not the structure, which form it has.
 */
#ifndef CN_NDIS_REGISTRATION_H
#define CN_NDIS_REGISTRATION_H

#include "ndis/structure.h"
#include "nt/nt.h"
#include "object/obj.h"

#include "ndis.h"

struct cn_handlers {
    uint64_t have; /* [E] bit of each structure that was registered, by enum cn_structure_id */
    NDIS_MINIPORT_CO_CHARACTERISTICS mco;
    NDIS_PROTOCOL_CO_CHARACTERISTICS pco;
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS cl;
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS cm;
    NDIS_MINIPORT_PNP_CHARACTERISTICS pnp;
    NDIS_MINIPORT_SS_CHARACTERISTICS ss;
};

static inline bool cn_handlers_have(const struct cn_handlers *h, enum cn_structure_id id)
{
    return (h->have >> id & 1) != 0;
}

struct cn_registration {
    struct cn_obj obj;        /* CN_KIND_MINIPORT or CN_KIND_PROTOCOL */
    struct cn_list link;      /* [E] of all registrations, oldest first */
    struct cn_driver *driver; /* [I] */
    NDIS_HANDLE context;      /* [I] MiniportDriverContext, ProtocolDriverContext */
    uint8_t major, minor;     /* [I] */
    bool in_options;          /* [E] XxxSetOptions is running */
    bool leaving;             /* [E] the deregistration is under way */
    const void *given; /* [I] the driver's own structure, when it lies in the driver's data */
    struct cn_handlers optional; /* [E] */
    union {
        NDIS_MINIPORT_DRIVER_CHARACTERISTICS mp; /* [I] */
        NDIS_PROTOCOL_DRIVER_CHARACTERISTICS pr; /* [I] */
    };
};

/* What NDIS keeps of a driver beside its registrations; driver->ndis. */
struct cn_ndis_driver {
    bool registered;   /* [E] a registration succeeded at some time */
    bool refused;      /* [E] one failed */
    bool misplaced;    /* [E] NdisDeregisterProtocolDriver was called where it must not (REG-043) */
    bool deregistered; /* [E] a miniport registration was ended by the driver */
    struct cn_list leaks; /* [E] of leak.c: blocks that were reported already */
};

/* Makes it when there is none; NULL without memory. */
struct cn_ndis_driver *cn_ndis_driver(struct cn_driver *driver);

/* The registration of that kind, or NULL. */
struct cn_registration *cn_registration_of(const struct cn_driver *driver, enum cn_kind kind);
/* All registrations: NULL begins, NULL ends. */
struct cn_registration *cn_registration_next(const struct cn_registration *r);

NDIS_STATUS cn_miniport_register(PDRIVER_OBJECT object, NDIS_HANDLE context,
                                 const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *given,
                                 PNDIS_HANDLE handle);
void cn_miniport_deregister(NDIS_HANDLE handle);
NDIS_STATUS cn_protocol_register(NDIS_HANDLE context,
                                 const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *given,
                                 PNDIS_HANDLE handle);
void cn_protocol_deregister(NDIS_HANDLE handle);
NDIS_STATUS cn_optional_set(NDIS_HANDLE handle, const void *given);

/* options.c: judges what XxxSetOptions registered as a whole; false when it cannot work. */
bool cn_role_judge(const struct cn_registration *r);
/* Sets the driver's roles from its registration (and, for a protocol, what a binding added) and
 * tells them when they changed. */
void cn_role_tell(struct cn_registration *r, const struct cn_handlers *h);
const char *cn_role_text(unsigned roles);

/* The end of a registration without the driver's doing: no rule is checked, no handler called. The
 * second form also discards the adapters or bindings it still has. */
void cn_registration_end(struct cn_registration *r);
void cn_registration_take_back(struct cn_registration *r);

#endif
