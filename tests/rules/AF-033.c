/* AF-033: an MCM halts while its client is still closing the address family.
 * options: --pend */
#define ROLE_MCM
#include "view.h"

static struct RuleAf *RuleKept;

#define ON_HALT                                                                                    \
    RuleKept = Adapter->Af;                                                                        \
    RuleKept->Notified = TRUE;                                                                     \
    (void)NdisMCmNotifyCloseAddressFamily(RuleKept->Handle);                                       \
    Adapter->Af = NULL
#define ON_HALTED NdisFreeMemory(RuleKept, 0, 0)
#include "driver.h"
