/* MEM-005: never frees what DriverEntry allocated. */
#define ROLE_MCM
#include "view.h"

static void *volatile RuleLeak;

#define ON_ENTRY (RuleLeak = ExAllocatePoolWithTag(NonPagedPool, 64, RULE_TAG))
#include "driver.h"
