/* leak.h - memory that a driver should have released by now.
 *
 * Pool blocks and NDIS resources remember the upcall they were made in (its serial number). What a
 * driver takes in MiniportInitializeEx has to be gone when MiniportHaltEx is over, and so on: each
 * such pair of functions is one rule here. A block that was reported once is not reported again at
 * the end of the driver: cn_leaks_forget releases it.
 */
#ifndef CN_NDIS_LEAK_H
#define CN_NDIS_LEAK_H

#include "verify/rule.h"
#include "object/driver.h"

struct cn_obj;

/* The calls whose allocations belong to one object. The first CN_SCOPES are remembered. */
#define CN_SCOPES 16
struct cn_scopes {
    const struct cn_obj *owner; /* what was made with its handle belongs to it as well; or NULL */
    uint64_t serial[CN_SCOPES]; /* [E] */
    unsigned count;             /* [E] */
};

void cn_scopes_add(struct cn_scopes *s, const struct cn_frame *f);

/* Checks that nothing made in one of these calls is left. One finding tells the number of blocks
 * and names the first; true when there is none. call is the function that is over. */
bool cn_leaks_check(struct cn_driver *driver, enum cn_rule_id rule, const struct cn_scopes *scopes,
                    const char *call, const char *object);
/* The same for all that the driver has. */
bool cn_leaks_check_all(struct cn_driver *driver, enum cn_rule_id rule, const char *call);
/* The same for what was allocated in any call of that handler. */
bool cn_leaks_check_in(struct cn_driver *driver, enum cn_rule_id rule, const char *handler,
                       const char *call);
/* Releases the blocks that were reported and are still there. */
void cn_leaks_forget(struct cn_driver *driver);

#endif
