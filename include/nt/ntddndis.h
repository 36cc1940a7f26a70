/* ntddndis.h - what OID requests and status indications are about: numbers and structures.
 *
 * An umbrella; the parts are headers of their own in ndis/. */
#ifndef CONDIS_NT_NTDDNDIS_H
#define CONDIS_NT_NTDDNDIS_H

#include "ntdef.h"
#include "ifdef.h"
#include "ndis/select.h"
#include "ndis/object.h"
#include "ndis/oid.h"
#include "ndis/media.h"
#include "ndis/oiddata.h"
#include "ndis/port.h"
#include "ndis/power.h"
#include "ndis/offload.h"
#include "ndis/wmi.h"
#include "ndis/wlan.h"
#include "ndis/virtual.h"
#include "ndis/sizes.h"

#endif
