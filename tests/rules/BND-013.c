/* BND-013: a call manager closes the adapter while a client is still closing its address family.
 * options: --pend */
#define ROLE_CALLMGR
#include "view.h"

static struct RuleAf *RuleKept;

#define ON_UNBIND                                                                                  \
    RuleKept = Binding->Af;                                                                        \
    RuleKept->Notified = TRUE;                                                                     \
    (void)NdisCmNotifyCloseAddressFamily(RuleKept->Handle);                                        \
    Binding->Af = NULL
#define ON_CLOSED NdisFreeMemory(RuleKept, 0, 0)
#include "driver.h"
