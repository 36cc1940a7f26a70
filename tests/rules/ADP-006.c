/* ADP-006: serves no TAPI, and lets NDPROXY bind all the same. */
#define ROLE_MCM
#define ON_FAMILY(f) ((f)->AddressFamily = CO_ADDRESS_FAMILY_Q2931)
#include "driver.h"
