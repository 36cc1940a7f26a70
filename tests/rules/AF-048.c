/* AF-048: a call manager opens the address family that it is offered. */
#define ROLE_CALLMGR
#include "view.h"

static NDIS_HANDLE RuleOpened;

#define ON_OFFER                                                                                   \
    (void)NdisClOpenAddressFamilyEx(((struct RuleAdapter *)Context)->Handle, Family, Context,      \
                                    &RuleOpened)
#include "driver.h"
