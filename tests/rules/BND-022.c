/* BND-022: uses the binding handle although the open failed.
 * also: BND-021, because nothing but a wrong parameter lets an open fail here
 * options: --pend */
#define ROLE_CLIENT
#define ON_OPEN(p) ((p)->MediumArraySize = 0)
#define OWN_PtOpenComplete
#include "driver.h"

static VOID NTAPI PtOpenComplete(NDIS_HANDLE Context, NDIS_STATUS Status)
{
    struct RuleAdapter *Binding = (struct RuleAdapter *)Context;

    (void)NdisUnbindAdapter(Binding->Handle);
    Binding->Status = Status;
    NdisSetEvent(&Binding->Event);
}
