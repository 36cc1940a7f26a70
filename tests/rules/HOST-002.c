/* HOST-002: does not return from MiniportPause.
 * options: --timeout=2 */
#define ROLE_MCM
#include "view.h"

static volatile ULONG RuleTurns;

#define ON_PAUSE                                                                                   \
    for (;;)                                                                                       \
    RuleTurns++
#include "driver.h"
