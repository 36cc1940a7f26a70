/* version.c - what the version macros make of themselves. KIND, MINOR and SUPPORT come from the
 * command line; without them the selection only has to compile. */
#ifdef KIND
#include "ndis/select.h" /* all else is compiled by the layout check */
#else
#include "ndis.h"
#endif

#ifdef KIND
#define JOIN_(a, b) a##b
#define JOIN(a, b)  JOIN_(a, b)
_Static_assert(JOIN(KIND, _MAJOR_VERSION) == 6, "major version");
_Static_assert(JOIN(KIND, _MINOR_VERSION) == MINOR, "minor version");
_Static_assert(SUPPORT, "support");
_Static_assert(NDIS_SUPPORT_NDIS6 && !NDIS_LEGACY_DRIVER, "NDIS 6");
#elif defined(NDIS51) || defined(NDIS51_MINIPORT) || defined(NDIS50) || defined(NDIS50_MINIPORT)
_Static_assert(NDIS_LEGACY_DRIVER, "NDIS 5");
#ifdef NDIS60_MINIPORT
_Static_assert(NDIS_SUPPORT_NDIS6 &&NDIS_LEGACY_PROTOCOL && !NDIS_LEGACY_MINIPORT, "both");
#else
_Static_assert(!NDIS_SUPPORT_NDIS6, "NDIS 5 only");
#endif
#else
_Static_assert(NDIS_SUPPORT_NDIS689 &&NDIS_PROTOCOL_MINOR_VERSION == 89, "newest");
#endif
