/* REG-030: an MCM leaves out a function that NDIS does not call in an MCM. */
#define ROLE_MCM
#define ON_CM(c) ((c)->CmActivateVcCompleteHandler = NULL)
#include "driver.h"
