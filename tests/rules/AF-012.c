/* AF-012: opens an address family of another version than the one offered. */
#define ROLE_CLIENT
#define ON_OFFER                                                                                   \
    {                                                                                              \
        CO_ADDRESS_FAMILY Other = *Family;                                                         \
        Other.MajorVersion = 1;                                                                    \
        (void)NdisClOpenAddressFamilyEx(Binding->Handle, &Other, Af, &Af->Handle);                 \
    }
#include "driver.h"
