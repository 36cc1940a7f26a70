/* specstrings.h - older name of sal.h. */
#ifndef CONDIS_NT_SPECSTRINGS_H
#define CONDIS_NT_SPECSTRINGS_H

#include "sal.h"

#endif
