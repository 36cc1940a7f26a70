/* MEM-007: does not delete its lookaside list. */
#define ROLE_MCM
#include "view.h"

static NPAGED_LOOKASIDE_LIST RuleList;

#define ON_ENTRY NdisInitializeNPagedLookasideList(&RuleList, NULL, NULL, 0, 64, RULE_TAG, 0)
#include "driver.h"
