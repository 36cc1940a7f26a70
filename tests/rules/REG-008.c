/* REG-008: reads what lies behind the size of a structure that NDIS lent. */
#define ROLE_MCM
#include "view.h"

static volatile UCHAR RuleByte;

#define ON_PAUSE (RuleByte = ((volatile UCHAR *)Parameters)[Parameters->Header.Size])
#include "driver.h"
