/* BND-004: a failing bind closes the adapter, but leaves memory behind. */
#define ROLE_CLIENT
#define BIND_RESULT(s)                                                                             \
    ((void)(s), RuleWait(Binding, NdisCloseAdapterEx(Binding->Handle)), NDIS_STATUS_RESOURCES)
#include "driver.h"
