/* REG-049: a handler is the address of a variable. */
#define ROLE_MCM
#define ON_CHARACTERISTICS(c)                                                                      \
    ((c)->CancelSendHandler = (MINIPORT_CANCEL_SEND_HANDLER)(PVOID)&RuleDriver)
#include "driver.h"
