/* BND-021: opens the adapter by another name. */
#define ROLE_CLIENT
#include "view.h"

static NDIS_STRING RuleName = NDIS_STRING_CONST("\\DEVICE\\OTHER");

#define ON_OPEN(p) ((p)->AdapterName = &RuleName)
#include "driver.h"
