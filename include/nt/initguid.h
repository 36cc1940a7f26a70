/* initguid.h - from here on DEFINE_GUID defines the constant instead of declaring it. */
#ifndef INITGUID
#define INITGUID
#endif
#include "guiddef.h"
