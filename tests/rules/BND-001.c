/* BND-001: opens the adapter again while the binding ends. */
#define ROLE_CLIENT
#define ON_UNBIND                                                                                  \
    {                                                                                              \
        NDIS_OPEN_PARAMETERS Open = {.Header =                                                     \
                                         HEADER(OPEN_PARAMETERS, OPEN_PARAMETERS_REVISION_1)};     \
        NDIS_HANDLE Handle;                                                                        \
        (void)NdisOpenAdapterEx(RuleDriver, Binding, &Open, UnbindContext, &Handle);               \
    }
#include "driver.h"
