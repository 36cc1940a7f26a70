/* REG-026: an MCM without MiniportCoSendNetBufferLists. */
#define ROLE_MCM
#define ON_CO(c) ((c)->CoSendNetBufferListsHandler = NULL)
#include "driver.h"
