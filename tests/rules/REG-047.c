/* REG-047: DriverEntry leaves memory behind when the registration failed. */
#define ROLE_MCM
#include "view.h"

static void *volatile RuleLeak;

#define ON_ENTRY              (RuleLeak = ExAllocatePoolWithTag(NonPagedPool, 64, RULE_TAG))
#define SET_OPTIONS_RESULT(s) ((void)(s), NDIS_STATUS_RESOURCES)
#include "driver.h"
