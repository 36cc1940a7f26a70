/* ADP-005: the context is freed while the adapter runs. */
#define ROLE_MINIPORT
#define ON_RESTART                                                                                 \
    if (RuleLast != NULL) {                                                                        \
        RuleLast = NULL;                                                                           \
        NdisFreeMemory(Adapter, 0, 0);                                                             \
    }
#define OWN_MpHalt
#include "driver.h"

static VOID NTAPI MpHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
}
