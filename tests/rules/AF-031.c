/* AF-031: a call manager leaves the adapter and does not tell its client. */
#define ROLE_CALLMGR
#include "view.h"

static struct RuleAf *RuleKept;

#define ON_UNBIND   (RuleKept = Binding->Af, Binding->Af = NULL)
#define ON_UNLOADED NdisFreeMemory(RuleKept, 0, 0)
#include "driver.h"
