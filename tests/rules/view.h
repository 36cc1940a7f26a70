/* view.h - ndis.h as a driver of the chosen role and of NDIS 6.30 sees it; a file that wants
 * another version defines RULE_NDIS and the version macro itself. For rule drivers that need the
 * types before driver.h. */
#ifndef RULES_VIEW_H
#define RULES_VIEW_H

#if defined(ROLE_MCM) || defined(ROLE_MINIPORT)
#define IS_MINIPORT          1
#define NDIS_MINIPORT_DRIVER 1
#ifndef RULE_NDIS
#define NDIS630_MINIPORT 1
#endif
#else
#define IS_MINIPORT 0
#ifndef RULE_NDIS
#define NDIS630 1
#endif
#endif
#include <ndis.h>

#define RULE_TAG 'eluR'

#endif
