/* ADP-009: an adapter of a CoNDIS WAN driver with an Ethernet medium. */
#define ROLE_MCM
#define ON_GENERAL(a) ((a)->MediaType = NdisMedium802_3)
#include "driver.h"
