/* nt.h - kernel services as the layers above see them (drivers see include/nt/wdm.h).
 *
 * Exported functions (ExAllocatePoolWithTag, KeSetEvent, ...) are defined with their Windows names
 * in src/nt and listed in nt/ntoskrnl.def and nt/hal.def. This header is the house side: a driver's
 * DRIVER_OBJECT, its allocations, its registry, and bug checks.
 */
#ifndef CN_NT_NT_H
#define CN_NT_NT_H

#include "object/driver.h"

#define CONDIS_RUNTIME 1
#include "ntddk.h"

/* -- rows of what ntoskrnl.exe and hal.dll export ---------------------------------------------- */
extern const struct cn_ddi_row cn_nt_rows[];
extern const size_t cn_nt_row_count;

/* -- life of a driver object ------------------------------------------------------------------- */
/* Makes the DRIVER_OBJECT and registry path for a driver; 0 or -ENOMEM. */
int cn_nt_driver_new(struct cn_driver *driver);
PDRIVER_OBJECT cn_nt_driver_object(struct cn_driver *driver);
PUNICODE_STRING cn_nt_registry_path(struct cn_driver *driver);
struct cn_driver *cn_nt_driver_of(PDRIVER_OBJECT object);
/* Ends everything a driver still has (devices, links, timers, work items, DPCs) and, unless quiet,
 * reports each by its rule with the place that made it. Called after unload and after a stop. */
void cn_nt_driver_end(struct cn_driver *driver, bool quiet);

/* -- pool -------------------------------------------------------------------------------------- */
/* Allocation on behalf of a driver. where = return address in the driver (allocation site). */
void *cn_pool_alloc(struct cn_driver *driver, size_t size, uint32_t tag, bool zero,
                    const void *where);
/* Frees a block; a pointer that is no live block breaks MEM-003 with call's name. */
void cn_pool_free(void *block, const char *call);
/* The live block that starts at or contains p: its driver, size, tag, place; false when none. */
struct cn_pool_info {
    struct cn_driver *driver;
    void *start;
    size_t size;
    uint32_t tag;
    const void *place;
    const char *call;       /* the function that allocated it */
    uint64_t scope;         /* serial of the upcall it was allocated in, 0 outside */
    const char *scope_name; /* name of that upcall's handler */
};
bool cn_pool_find(const void *p, struct cn_pool_info *out);
/* For fault reports: where an address lies in or behind a live or freed block ("8 bytes past the
 * end of a block of 24 bytes with tag 'Abcd', allocated at ..."). False when it has nothing to do
 * with any. */
bool cn_pool_explain(const void *address, char *buf, size_t size);
/* False when no live block was allocated in that scope; cheap. */
bool cn_pool_may_have(uint64_t scope);
/* Calls each(arg, info) for the live blocks of a driver, oldest first. */
void cn_pool_each(struct cn_driver *driver, void (*each)(void *arg, const struct cn_pool_info *),
                  void *arg);
/* While held, freeing the block that contains p breaks `rule` (contexts that must outlive
 * something). object names what still needs it. Holding memory that is no pool block does nothing.
 */
void cn_pool_hold(const void *p, int rule, const char *object);
void cn_pool_release(const void *p, int rule);
/* Guarded mode: every block ends at an unmapped page, freed blocks stay unmapped (found at once).
 */
void cn_pool_guarded(bool on);
bool cn_pool_is_guarded(void);
size_t cn_pool_live(const struct cn_driver *driver); /* number of live blocks */
/* A copy of size bytes that ends exactly at an unmapped page: for structures lent to a driver, so
 * that reading past Header.Size faults. cn_guard_is tells whether a fault address lies in such a
 * page. */
void *cn_guard_copy(const void *bytes, size_t size);
void cn_guard_free(void *copy);
bool cn_guard_is(const void *address);
/* Gives back what freed copies keep for the next ones. */
void cn_guard_drop(void);

/* -- registry and configuration ---------------------------------------------------------------- */
/* A small registry: keys by path below \Registry\Machine (case-insensitive), values by name. */
struct cn_reg_value {
    const char *key;  /* path */
    const char *name; /* value name, UTF-8 */
    uint32_t type;    /* REG_SZ, REG_DWORD, ... */
    const void *data; /* strings as UTF-16 with NUL */
    uint32_t size;    /* bytes */
};
int cn_reg_set(const char *key, const char *name, uint32_t type, const void *data, uint32_t size);
int cn_reg_set_dword(const char *key, const char *name, uint32_t value);
int cn_reg_set_string(const char *key, const char *name, const char *utf8);
const struct cn_reg_value *cn_reg_get(const char *key, const char *name);
void cn_reg_each(const char *key, void (*each)(void *arg, const struct cn_reg_value *), void *arg);
void cn_reg_reset(void);
/* Reads an INF: the AddReg sections of its DDInstall sections (and Ndi\params defaults) into the
 * adapter's key, the .Services AddReg into the service key. 0, or -errno with text "file:line:
 * what: remedy". */
int cn_inf_load(const char *path, const char *adapter_key, const char *service_key, char *error,
                size_t error_size);

/* -- bug check --------------------------------------------------------------------------------- */
void cn_bugcheck(uint32_t code, const uint64_t parameter[4], const void *place)
    __attribute__((noreturn, cold));
/* "PAGE_FAULT_IN_NONPAGED_AREA", or NULL for a code without a name. */
const char *cn_bugcheck_name(uint32_t code);
/* What a bug check says: name, meaning and named parameters. */
void cn_bugcheck_text(uint32_t code, const uint64_t parameter[4], char *buf, size_t size);

/* -- spin locks held by the running context, for upcall checks --------------------------------- */
uint32_t cn_spin_held(void);

/* Starts and ends the kernel part of the world (shared user data, registry, pool). */
int cn_nt_start(void);
void cn_nt_stop(void);
/* The page drivers read as 0xFFFFF78000000000. */
void *cn_nt_shared_user_data(void);

#endif
