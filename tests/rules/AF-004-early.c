/* AF-004: registers its address family before the general attributes are set. */
#define ROLE_MCM
#include "view.h"

static BOOLEAN RuleDone;

#define ON_FAMILY(f)                                                                               \
    if (RuleDone)                                                                                  \
    return NDIS_STATUS_SUCCESS
#define ON_GENERAL(a) (void)RuleRegisterFamily(Adapter), RuleDone = TRUE
#include "driver.h"
