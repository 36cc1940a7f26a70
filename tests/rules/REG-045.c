/* REG-045: ProtocolBindAdapterEx is missing. */
#define ROLE_CLIENT
#define ON_CHARACTERISTICS(c) ((c)->BindAdapterHandlerEx = NULL)
#include "driver.h"
