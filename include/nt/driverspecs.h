/* driverspecs.h - driver annotations; all of them are in sal.h. */
#ifndef CONDIS_NT_DRIVERSPECS_H
#define CONDIS_NT_DRIVERSPECS_H

#include "sal.h"

#endif
