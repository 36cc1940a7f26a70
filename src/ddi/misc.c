/* misc.c - what any driver may ask of the system. */
#include "ddi/old_names.h"
#include "ddi/rows.h"
#include "load/probe.h"
#include "ndis/version.h"

UINT NTAPI NdisGetVersion(VOID)
{
    CN_DDI_ENTER(ddi, NdisGetVersion);
    CN_DDI_LEAVE_VOID(ddi);
    return (UINT)CN_NDIS_MAJOR << 16 | CN_NDIS_MINOR;
}

/* An export of ndis.sys that is provided, or NULL. */
PVOID NTAPI NdisGetRoutineAddress(PNDIS_STRING NdisRoutineName)
{
    NDIS_STRING s;
    uint16_t text[96];
    char name[160] = "";
    PVOID found = NULL;
    CN_DDI_ENTER(ddi, NdisGetRoutineAddress);
    if (NdisRoutineName != NULL && cn_probe_copy(&s, NdisRoutineName, sizeof(s)) == 0 &&
        s.Length <= sizeof(text) && cn_probe_copy(text, s.Buffer, s.Length) == 0)
        cn_utf16_to_utf8(text, s.Length / sizeof(text[0]), name, sizeof(name));
    for (size_t i = 0; i < cn_ndis_row_count; i++)
        if (strcmp(cn_ndis_rows[i].name, name) == 0)
            found = cn_ndis_rows[i].fn;
    CN_DDI_LEAVE_VOID(ddi);
    return found;
}

VOID NTAPI cn_ndis_system_time(PLARGE_INTEGER Time)
{
    CN_DDI_ENTER(ddi, NdisGetCurrentSystemTime);
    Time->QuadPart = (LONGLONG)cn_engine_now();
    CN_DDI_LEAVE_VOID(ddi);
}

/* In milliseconds; the system is as old as the run. */
VOID NTAPI NdisGetSystemUpTimeEx(PLARGE_INTEGER pSystemUpTime)
{
    ULONG64 stamp;
    CN_DDI_ENTER(ddi, NdisGetSystemUpTimeEx);
    pSystemUpTime->QuadPart = (LONGLONG)(KeQueryInterruptTimePrecise(&stamp) / 10000);
    CN_DDI_LEAVE_VOID(ddi);
}

CCHAR NTAPI NdisSystemProcessorCount(VOID)
{
    CN_DDI_ENTER(ddi, NdisSystemProcessorCount);
    CN_DDI_LEAVE_VOID(ddi);
    return 1;
}

ULONG NTAPI NdisSystemActiveProcessorCount(PKAFFINITY ActiveProcessors)
{
    CN_DDI_ENTER(ddi, NdisSystemActiveProcessorCount);
    if (ActiveProcessors != NULL)
        *ActiveProcessors = 1;
    CN_DDI_LEAVE_VOID(ddi);
    return 1;
}

/* A cache line. */
ULONG NTAPI NdisGetSharedDataAlignment(VOID)
{
    CN_DDI_ENTER(ddi, NdisGetSharedDataAlignment);
    CN_DDI_LEAVE_VOID(ddi);
    return 64;
}

UCHAR NTAPI NdisGeneratePartialCancelId(VOID)
{
    static UCHAR last;
    CN_DDI_ENTER(ddi, NdisGeneratePartialCancelId);
    CN_DDI_LEAVE_VOID(ddi);
    return ++last;
}
