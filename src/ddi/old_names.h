/* old_names.h - exports whose names are macros or inline functions in today's ndis.h: drivers built
 * with older headers import them. */
#ifndef CN_DDI_OLD_NAMES_H
#define CN_DDI_OLD_NAMES_H

#include "ddi/ddi.h"
#include "nt/nt.h"

#include "ndis.h"

VOID NTAPI cn_ndis_allocate_spin_lock(PNDIS_SPIN_LOCK SpinLock);
VOID NTAPI cn_ndis_free_spin_lock(PNDIS_SPIN_LOCK SpinLock);
VOID NTAPI cn_ndis_acquire_spin_lock(PNDIS_SPIN_LOCK SpinLock);
VOID NTAPI cn_ndis_release_spin_lock(PNDIS_SPIN_LOCK SpinLock);
VOID NTAPI cn_ndis_dpr_acquire_spin_lock(PNDIS_SPIN_LOCK SpinLock);
VOID NTAPI cn_ndis_dpr_release_spin_lock(PNDIS_SPIN_LOCK SpinLock);

VOID NTAPI cn_ndis_init_ansi_string(PANSI_STRING Destination, PCSTR Source);
VOID NTAPI cn_ndis_init_unicode_string(PNDIS_STRING Destination, PCWSTR Source);
NDIS_STATUS NTAPI cn_ndis_ansi_to_unicode(PUNICODE_STRING Destination, PANSI_STRING Source);
NDIS_STATUS NTAPI cn_ndis_unicode_to_ansi(PANSI_STRING Destination, PUNICODE_STRING Source);
NDIS_STATUS NTAPI cn_ndis_upcase_string(PUNICODE_STRING Destination, PUNICODE_STRING Source);
BOOLEAN NTAPI cn_ndis_equal_string(PNDIS_STRING First, PNDIS_STRING Second,
                                   BOOLEAN CaseInsensitive);
VOID NTAPI cn_ndis_system_time(PLARGE_INTEGER Time);

#endif
