/* stdio.h - the kernel's C library: see ntcrt.h. */
#include "ntcrt.h"
