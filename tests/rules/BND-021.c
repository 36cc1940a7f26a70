/* BND-021: asks for no medium. */
#define ROLE_CLIENT
#define ON_OPEN(p) ((p)->MediumArraySize = 0)
#include "driver.h"
