/* legacy5.h - NDIS 5. */
#ifndef CONDIS_NT_NDIS_LEGACY5_H
#define CONDIS_NT_NDIS_LEGACY5_H

#include "types.h"
#include "common.h"
#include "co.h"

EXTERN_C_START

EXTERN_C_END

#endif
