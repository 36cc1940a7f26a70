/* REG-032: the client structure has no revision 2. */
#define ROLE_CLIENT
#define ON_CL(c) ((c)->Header.Revision = 2)
#include "driver.h"
