/* AF-003: registers its address family when the bind is over. */
#define ROLE_CALLMGR
#include "view.h"

static BOOLEAN RuleLate;

#define ON_FAMILY(f)                                                                               \
    if (!RuleLate)                                                                                 \
    return NDIS_STATUS_SUCCESS
#define ON_PNP                                                                                     \
    if (Binding != NULL && !RuleLate) {                                                            \
        RuleLate = TRUE;                                                                           \
        (void)RuleRegisterFamily(Binding);                                                         \
    }
#include "driver.h"
