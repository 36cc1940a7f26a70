/* driver.h - a driver under the runtime: its image, what it owns, what it is doing.
 *
 * Attribution: every context carries a stack of frames, one per call across the border: runtime
 * into driver (an upcall) and driver into runtime (a DDI call). The innermost frame says which
 * driver is responsible for what happens now, from which place and in which call.
 */
#ifndef CN_OBJECT_DRIVER_H
#define CN_OBJECT_DRIVER_H

#include "base/base.h"
#include "base/list.h"
#include "engine/engine.h"
#include "trace/trace.h"

struct cn_image;

/* What it registered; any set of them. */
enum cn_role_bit {
    CN_ROLE_MINIPORT = 1,
    CN_ROLE_CO_MINIPORT = 2,
    CN_ROLE_PROTOCOL = 4,
    CN_ROLE_CO_PROTOCOL = 8,
    CN_ROLE_CALL_MANAGER = 16, /* together with CO_MINIPORT: an MCM */
    CN_ROLE_CLIENT = 32
};

struct cn_driver {
    struct cn_list link;        /* [E] of all drivers */
    char name[64];              /* [I] "wanmcm.sys" */
    struct cn_image *image;     /* [I] NULL for a driver built into the runtime */
    unsigned roles;             /* [E] enum cn_role_bit */
    uint8_t major, minor;       /* [E] NDIS version of its first registration; 0 before */
    bool stopped;               /* [E] crashed, hung or bug-checked: never called again */
    bool peer;                  /* [I] ours: its calls and findings are not the user's */
    uint32_t in_upcall;         /* [E] */
    void *nt;                   /* [E] its DRIVER_OBJECT and the rest of nt/driver_object.h */
    void *ndis;                 /* [E] its registrations, ndis/driver.h */
    struct cn_list allocations; /* [E] of nt/pool.h */
};

struct cn_driver *cn_driver_new(const char *name, struct cn_image *image);
void cn_driver_free(struct cn_driver *driver);
/* All drivers, oldest first. */
struct cn_list *cn_driver_list(void);

/* A row of the table of exported functions. */
struct cn_ddi_row {
    const char *dll; /* "ndis", "ntoskrnl", "hal" */
    const char *name;
    void *fn; /* NULL: known, not provided */
    uint8_t irql_min, irql_max;
    uint8_t trace; /* CN_DDI_TRACED: calls appear as events; CN_DDI_QUIET: they do not */
    uint8_t since_major, since_minor; /* NDIS version that introduced it; 0 = always there */
    const char *page;                 /* "ddi/nf-ndis-ndisallocatetimerobject" */
};
enum { CN_DDI_QUIET, CN_DDI_TRACED };

enum cn_frame_kind { CN_FRAME_UPCALL, CN_FRAME_DDI };

struct cn_frame {
    struct cn_frame *up; /* the frame outside this one */
    enum cn_frame_kind kind;
    struct cn_driver *driver;     /* whose code runs (upcall) or called us (DDI) */
    const char *name;             /* handler or function */
    const struct cn_ddi_row *row; /* DDI frames */
    const void *place;            /* handler address, or the last byte of the DDI call */
    const void *object;           /* what an upcall is about, for contexts that ask (may be NULL) */
    uint8_t irql;                 /* at entry */
    uint32_t locks;               /* spin locks held at entry, see nt/spin */
    uint64_t serial;              /* of this upcall, for allocation scopes */
    uint64_t seal;                /* [private] tells a frame that the driver wrote over */
};

/* NULL outside of any call, and when the driver wrote over the frame: a fault report may ask. */
struct cn_frame *cn_frame_top(void);
/* The innermost upcall frame with that name on this context, or NULL ("are we inside X?"). */
struct cn_frame *cn_frame_inside(const char *name);
/* The driver responsible now, or NULL outside any driver. */
struct cn_driver *cn_driver_current(void);
/* How many spin locks the running context holds: told by nt/spin.c, which lies above. NULL: 0. */
void cn_driver_locks(uint32_t (*held)(void));
uint32_t cn_driver_locks_held(void);
/* "DISPATCH_LEVEL" */
const char *cn_irql_name(uint8_t irql);

/* -- Calls into a driver ------------------------------------------------------------------------
 *
 *     struct cn_frame f;
 *     if (!cn_upcall_begin(&f, driver, "MiniportInitializeEx", (void *)handler, adapter_name))
 *         return NDIS_STATUS_FAILURE;                  // the driver was stopped
 *     NDIS_STATUS s = handler(...);
 *     cn_upcall_end(&f, &s);                           // status NULL for void handlers
 *
 * begin pushes the frame, traces ENTER; end checks that IRQL is what it was (IRQL-002) and that no
 * spin lock is left held (LCK-013), traces LEAVE and pops. A crash inside never returns here.
 */
bool cn_upcall_begin(struct cn_frame *f, struct cn_driver *driver, const char *name,
                     const void *handler, const char *object);
void cn_upcall_end(struct cn_frame *f, const int32_t *status);

/* -- Calls from a driver ------------------------------------------------------------------------
 *
 *     NDIS_STATUS NTAPI NdisFoo(...)
 *     {
 *         CN_DDI_ENTER(ddi, NdisFoo, CN_HEX("Flags", Flags));
 *         NDIS_STATUS s = cn_foo(...);
 *         CN_DDI_LEAVE(ddi, s);      // or CN_DDI_LEAVE_VOID(ddi);
 *         return s;
 *     }
 *
 * Enter checks the IRQL range of the row (IRQL-001), and CALL is traced for traced rows. The macro
 * needs the row table of the file's module: define CN_DDI_TABLE before use, e.g.
 *     #define CN_DDI_TABLE cn_nt_rows   and an enum with CN_DDI_ROW_NdisFoo indices.
 */
void cn_ddi_enter(struct cn_frame *f, const struct cn_ddi_row *row, const void *caller,
                  const void *arg_fields, size_t count);
void cn_ddi_leave(struct cn_frame *f, const int32_t *status);

#define CN_DDI_ENTER(ddi, fn_name, ...)                                                            \
    struct cn_frame ddi;                                                                           \
    do {                                                                                           \
        const struct cn_field cn_args_[] = {{0}, ##__VA_ARGS__};                                   \
        cn_ddi_enter(&ddi, &CN_DDI_TABLE[CN_DDI_ROW_##fn_name], __builtin_return_address(0),       \
                     cn_args_ + 1, CN_ARRAY_SIZE(cn_args_) - 1);                                   \
    } while (0)
#define CN_DDI_LEAVE(ddi, status_)                                                                 \
    do {                                                                                           \
        const int32_t cn_status_ = (int32_t)(status_);                                             \
        cn_ddi_leave(&ddi, &cn_status_);                                                           \
    } while (0)
#define CN_DDI_LEAVE_VOID(ddi) cn_ddi_leave(&ddi, NULL)

/* -- Stopping a driver --------------------------------------------------------------------------
 *
 * Breaks the rule given, emits STOP with kind ("crash", "hang", "bugcheck", "missing import"),
 * text, place and frames, marks the driver stopped and abandons the context. Never returns. driver
 * is NULL when no driver is to blame.
 */
struct cn_stop {
    int rule; /* enum cn_rule_id, HOST-001..005 */
    const char *kind, *text;
    const void *place;
    const void *const *frames;
    size_t frame_count;
};
void cn_driver_stop(struct cn_driver *driver, const struct cn_stop *stop)
    __attribute__((noreturn, cold));

#endif
