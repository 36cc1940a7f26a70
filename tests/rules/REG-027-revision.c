/* REG-027: the structure has no revision 3. */
#define ROLE_CALLMGR
#define ON_CO(c) ((c)->Header.Revision = 3)
#include "driver.h"
