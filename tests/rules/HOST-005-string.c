/* HOST-005: a string whose text is no memory. */
#define ROLE_MCM
#include "view.h"

static UNICODE_STRING RuleString = {8, 8, (PWCH)0x10}, RuleOther = NDIS_STRING_CONST("four");

#define ON_RESTART (void)RtlCompareUnicodeString(&RuleString, &RuleOther, TRUE)
#include "driver.h"
