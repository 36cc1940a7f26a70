/* REG-004: there is no revision 9. */
#define ROLE_MINIPORT
#define ON_CHARACTERISTICS(c) ((c)->Header.Revision = 9)
#include "driver.h"
