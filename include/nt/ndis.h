/* ndis.h - everything a network driver needs; an umbrella over ndis/. */
#ifndef CONDIS_NT_NDIS_H
#define CONDIS_NT_NDIS_H

#include "ntddk.h"
#include "ntddndis.h"
#include "netpnp.h"
#include "qos.h"
#include "ndis/select.h"
#include "ndis/types.h"
#include "ndis/status.h"
#include "ndis/nbl.h"
#include "ndis/request.h"
#include "ndis/common.h"
#include "ndis/hardware.h"
#include "ndis/miniport.h"
#include "ndis/protocol.h"
#include "ndis/co.h"
#include "ndis/filter.h"
#include "ndis/interface.h"
#include "ndis/poll.h"
#include "ndis/crypto.h"
#include "ndis/legacy5.h"

#endif
