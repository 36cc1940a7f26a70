/* ADP-003: MiniportInitializeEx succeeds without any attributes. There are two of them, and one
 * finding tells of each.
 * also: ADP-003 */
#define ROLE_MINIPORT
#define INITIALIZE_RESULT(s) (NdisFreeMemory(Adapter, 0, 0), (s))
#define ON_REGISTRATION(a)   return NDIS_STATUS_SUCCESS
#define ON_GENERAL(a)        return NDIS_STATUS_SUCCESS
#include "driver.h"
