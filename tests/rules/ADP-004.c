/* ADP-004: attributes of no known type. */
#define ROLE_MCM
#define ON_REGISTRATION(a) ((a)->Header.Type = 0x7f)
#include "driver.h"
