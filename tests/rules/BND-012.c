/* BND-012: leaves an adapter and does not close the address family on it. */
#define ROLE_CLIENT
#include "view.h"

static struct RuleAf *RuleKept;

#define ON_AF_OPENED                                                                               \
    if (RuleKept == NULL) {                                                                        \
        (void)NdisUnbindAdapter(Af->Adapter->Handle);                                              \
        NdisMSleep(1000);                                                                          \
    }
#define ON_UNBIND                                                                                  \
    if (RuleKept == NULL) {                                                                        \
        RuleKept = Binding->Af;                                                                    \
        Binding->Af = NULL;                                                                        \
    }
#define ON_UNLOADED NdisFreeMemory(RuleKept, 0, 0)
#include "driver.h"
