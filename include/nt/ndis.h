/* ndis.h - everything a network driver needs; an umbrella over ndis/.
 *
 * The version macros of ndis/select.h decide what is visible. Text, order and comments are this
 * project's own; names, layouts and values are those of the Windows interface, and tests/headers
 * asserts them on every target.
 *
 * Handlers in native builds. A driver declares its handlers with role types and defines them later:
 *
 *     MINIPORT_INITIALIZE MpInitialize;
 *
 *     _Use_decl_annotations_
 *     NDIS_STATUS MpInitialize(NDIS_HANDLE NdisMiniportHandle, ...)
 *
 * On Windows targets (mingw, msvc, msvc-elf) that is all. In native builds NDIS calls handlers by
 * another convention than that of the compiler, which the role type carries (ms_abi):
 *
 * - clang takes the convention from the declaration. Nothing more is needed.
 * - gcc rejects a definition that does not repeat it. _Use_decl_annotations_ repeats it; a
 *   definition without that word says NTAPI: NDIS_STATUS NTAPI MpInitialize(...). For the same
 *   reason neither word belongs on a function that was declared without NTAPI.
 *
 * An array of functions declared in place, VOID (NTAPI *table[2])(PVOID), loses the convention
 * with some versions of gcc; one of a pointer type, MINIPORT_INITIALIZE_HANDLER table[2], keeps it.
 * Build with -Werror=attributes -Werror=incompatible-pointer-types, so that a mix-up is an error.
 * Source that relies on 32-bit long or must not be touched: clang
 * --target=x86_64-pc-windows-msvc-elf, whose string literals need other names before linking
 * (rename_literals in tests/headers/run.sh).
 */
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
