/* world_api.h - NDIS as the layers above drive it: devices come and go, protocols are offered
 * adapters, drivers are unloaded. What drivers themselves call lies in src/ddi.
 *
 * Every operation here that calls into a driver runs to its end: it must be called from inside an
 * engine context (cn_engine_spawn), below DISPATCH_LEVEL, and parks it while a driver has the
 * request pending. A completion that never comes therefore shows as a deadlock of that context, and
 * the text of the wait names the missing function.
 *
 * Statuses are NDIS_STATUS values as int32_t (0 = NDIS_STATUS_SUCCESS), so that this header needs
 * no Windows types. A driver that was stopped on the way never returns here: its context is
 * abandoned.
 */
#ifndef CN_NDIS_WORLD_API_H
#define CN_NDIS_WORLD_API_H

#include "object/driver.h"

struct cn_adapter;
struct cn_binding;

struct cn_ndis_config {
    bool pend; /* NDIS pends what it may: NdisOpenAdapterEx, NdisCloseAdapterEx */
    /* Whether NDIS offers the adapter to the protocol driver; NULL: each adapter to each protocol.
     */
    bool (*offers)(const struct cn_driver *protocol, const struct cn_adapter *adapter);
};

/* Once in the life of a world, after cn_nt_start; stop forgets all that is left without a call. */
void cn_ndis_start(const struct cn_ndis_config *config);
void cn_ndis_stop(void);

/* Called when a protocol driver has registered and before it is offered the adapters that are up,
 * while NdisRegisterProtocolDriver still runs: the moment to bring up adapters that are to be there
 * first. Until cn_ndis_stop; NULL: nobody asks. */
void cn_ndis_when_registered(void (*tell)(struct cn_driver *protocol));

/* -- Drivers ----------------------------------------------------------------------------------- */

/* DriverEntry has returned status: judges what the driver left registered (REG-016, REG-041,
 * REG-042, REG-047). When status is an error, whatever it left is taken back (cn_ndis_driver_end).
 */
void cn_ndis_entry_over(struct cn_driver *driver, int32_t status);
/* Takes the driver down as the system does: halts and removes its adapters, then calls
 * MiniportDriverUnload of a miniport driver, DriverUnload of any other. False when it has no such
 * function (it cannot be unloaded). Call cn_ndis_driver_end afterwards. */
bool cn_ndis_unload(struct cn_driver *driver);
/* Ends everything the driver still has with NDIS, each told as a finding or leak unless quiet:
 * after the unload, or quietly after the driver was stopped. Comes before cn_nt_driver_end. */
void cn_ndis_driver_end(struct cn_driver *driver, bool quiet);

/* -- Adapters ---------------------------------------------------------------------------------- */

struct cn_adapter_config {
    const char *name; /* instance name ("WAN Miniport (L2TP)"); NULL: "condis adapter N" */
    const char *key; /* registry key of its configuration, as in cn_reg_set; NULL: one of its own */
};

/* A device of the miniport driver appears: MiniportAddDevice when it has one. On success *out is an
 * adapter in state Halted. Statuses: NDIS_STATUS_FAILURE when the driver is no miniport, else the
 * driver's. */
int32_t cn_adapter_add(struct cn_driver *miniport, const struct cn_adapter_config *config,
                       struct cn_adapter **out);
/* MiniportInitializeEx; on success the adapter is Paused, and has answered the queries NDIS makes
 * then. */
int32_t cn_adapter_initialize(struct cn_adapter *a);
int32_t cn_adapter_restart(struct cn_adapter *a);
int32_t cn_adapter_pause(struct cn_adapter *a);
/* MiniportHaltEx, from Paused (anything else is brought there first; bindings are unbound). */
void cn_adapter_halt(struct cn_adapter *a);
/* MiniportDevicePnPEventNotify(SurpriseRemoved), then a halt with NdisHaltDeviceSurpriseRemoved. */
void cn_adapter_surprise_remove(struct cn_adapter *a);
/* MiniportShutdownEx. The adapter stays as it is and is not called again, except to end it. */
void cn_adapter_shutdown(struct cn_adapter *a);
/* MiniportResetEx, when the driver has it. */
int32_t cn_adapter_reset(struct cn_adapter *a);
/* The device goes: halts what is not halted, MiniportRemoveDevice, frees it. */
void cn_adapter_remove(struct cn_adapter *a);
/* The whole way up: initialize, bind every protocol that is offered the adapter, restart adapter
 * and bindings. And down: pause bindings and adapter, unbind, halt. */
int32_t cn_adapter_start(struct cn_adapter *a);
void cn_adapter_stop(struct cn_adapter *a);

/* Queries the adapter as NDIS itself does (MiniportOidRequest). *written gets the length of the
 * answer. */
int32_t cn_adapter_query(struct cn_adapter *a, uint32_t oid, void *buffer, uint32_t size,
                         uint32_t *written);

/* All adapters, oldest first: NULL begins, NULL ends. */
struct cn_adapter *cn_adapter_next(const struct cn_adapter *a);
const char *cn_adapter_name(const struct cn_adapter *a);     /* "adapter 0", as in events */
const char *cn_adapter_instance(const struct cn_adapter *a); /* "WAN Miniport (L2TP)" */
const char *cn_adapter_key(const struct cn_adapter *a);      /* registry key */
struct cn_driver *cn_adapter_driver(const struct cn_adapter *a);
const char *cn_adapter_state(const struct cn_adapter *a); /* "Paused" */
bool cn_adapter_is_co(const struct cn_adapter *a);        /* connections are kept for it */

/* -- Bindings ---------------------------------------------------------------------------------- */

/* Offers the adapter to the protocol driver: ProtocolBindAdapterEx, and on success the address
 * families that are there. The binding is Paused then. *out is NULL when the driver did not bind.
 */
int32_t cn_binding_bind(struct cn_driver *protocol, struct cn_adapter *a, struct cn_binding **out);
int32_t cn_binding_restart(struct cn_binding *b);
int32_t cn_binding_pause(struct cn_binding *b);
/* Pauses when needed, then ProtocolUnbindAdapterEx. The binding is gone afterwards. */
void cn_binding_unbind(struct cn_binding *b);
/* Another event through ProtocolNetPnPEvent (a NET_PNP_EVENT_CODE). */
int32_t cn_binding_event(struct cn_binding *b, int event, const void *buffer, uint32_t size);
/* The same with a NULL binding context: it concerns the driver as a whole. */
int32_t cn_protocol_event(struct cn_driver *protocol, int event, const void *buffer, uint32_t size);
/* Offers the adapter to each protocol driver that is not bound to it yet. */
void cn_adapter_offer(struct cn_adapter *a);

/* The bindings of an adapter, oldest first: NULL begins, NULL ends. */
struct cn_binding *cn_binding_next(const struct cn_adapter *a, const struct cn_binding *b);
/* The binding of that protocol driver to that adapter, or NULL. */
struct cn_binding *cn_binding_of(const struct cn_adapter *a, const struct cn_driver *protocol);
const char *cn_binding_name(const struct cn_binding *b);  /* "binding 0" */
const char *cn_binding_state(const struct cn_binding *b); /* "Running" */
struct cn_driver *cn_binding_driver(const struct cn_binding *b);
struct cn_adapter *cn_binding_adapter(const struct cn_binding *b);

#endif
