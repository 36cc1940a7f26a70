/* BND-021: open parameters without a header. */
#define ROLE_CLIENT
#define ON_OPEN(p) ((p)->Header.Type = 0)
#include "driver.h"
