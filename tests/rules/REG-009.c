/* REG-009: a CoNDIS miniport driver without MiniportSetOptions. */
#define ROLE_MINIPORT
#define ON_CHARACTERISTICS(c) ((c)->SetOptionsHandler = NULL)
#include "driver.h"
