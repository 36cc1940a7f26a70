/* AF-032: an MCM halts and does not tell its client. */
#define ROLE_MCM
#define ON_HALT                                                                                    \
    NdisFreeMemory(Adapter->Af, 0, 0);                                                             \
    Adapter->Af = NULL
#include "driver.h"
