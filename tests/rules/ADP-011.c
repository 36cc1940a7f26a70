/* ADP-011: supports no statistics. */
#define ROLE_MCM
#define ON_GENERAL(a) ((a)->SupportedStatistics = 0)
#include "driver.h"
