/* ADP-004: a revision of the general attributes that does not exist. */
#define ROLE_MCM
#define ON_GENERAL(a) ((a)->Header.Revision = 9)
#include "driver.h"
