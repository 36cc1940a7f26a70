/* REG-023: the CoNDIS structure has no revision 2. */
#define ROLE_MCM
#define ON_CO(c) ((c)->Header.Revision = 2)
#include "driver.h"
