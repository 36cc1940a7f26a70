/* ntddk.h - the kernel interface of drivers: wdm.h and what network drivers use beyond it. */
#ifndef CONDIS_NT_NTDDK_H
#define CONDIS_NT_NTDDK_H

#include "wdm.h"

#define _NTDDK_

#endif
