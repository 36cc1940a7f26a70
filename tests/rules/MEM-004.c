/* MEM-004: frees memory with another tag. */
#define ROLE_MCM
#define ON_RESTART ExFreePoolWithTag(ExAllocatePoolWithTag(NonPagedPool, 64, RULE_TAG), 'rehO')
#include "driver.h"
