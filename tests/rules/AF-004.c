/* AF-004: registers its address family when MiniportInitializeEx is over. */
#define ROLE_MCM
#include "view.h"

static BOOLEAN RuleLate;

#define ON_FAMILY(f)                                                                               \
    if (!RuleLate)                                                                                 \
    return NDIS_STATUS_SUCCESS
#define ON_RESTART                                                                                 \
    if (!RuleLate) {                                                                               \
        RuleLate = TRUE;                                                                           \
        (void)RuleRegisterFamily(Adapter);                                                         \
    }
#include "driver.h"
