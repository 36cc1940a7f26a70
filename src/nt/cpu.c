/* cpu.c - the processor as drivers see it: its IRQL, its number, and regions without APCs. */
#include "load/image.h"
#include "nt/rows.h"
#include "nt/wait.h"

/* -- IRQL -------------------------------------------------------------------------------------- */

KIRQL NTAPI KeGetCurrentIrql(VOID)
{
    return cn_irql_get();
}

static void wrong_way(const struct cn_ddi_row *row, const void *caller, KIRQL to,
                      const char *allowed)
{
    struct cn_frame f;
    bool own = cn_image_find(caller) != NULL;
    if (own)
        cn_ddi_enter(&f, row, caller, NULL, 0);
    cn_rule_broken(&(struct cn_finding){
        .rule = CN_IRQL_001,
        .member = "NewIrql",
        .found = cn_fmt("%s at %s", cn_irql_name(to), cn_irql_name(cn_irql_get())),
        .allowed = allowed});
    if (own)
        cn_ddi_leave(&f, NULL);
}

KIRQL NTAPI KfRaiseIrql(KIRQL NewIrql)
{
    if (NewIrql < cn_irql_get())
        wrong_way(&cn_nt_rows[CN_DDI_ROW_KfRaiseIrql], CN_CALLER, NewIrql,
                  "the current level or a higher one");
    return cn_irql_raise(NewIrql);
}

VOID NTAPI KeLowerIrql(KIRQL NewIrql)
{
    if (NewIrql > cn_irql_get())
        wrong_way(&cn_nt_rows[CN_DDI_ROW_KeLowerIrql], CN_CALLER, NewIrql,
                  "the current level or a lower one");
    cn_irql_lower(NewIrql);
}

/* -- regions ----------------------------------------------------------------------------------- */
/* There are no APCs, so entering a region only counts. By thread, as drivers ask whether they are
 * in one. */

struct region {
    const void *thread;
    unsigned critical, guarded;
};

static struct region regions[64];

void cn_regions_reset(void)
{
    memset(regions, 0, sizeof(regions));
}

static struct region *region(void)
{
    static struct region spare; /* more threads in regions than anybody has */
    struct region *empty = &spare;
    for (size_t i = CN_ARRAY_SIZE(regions); i-- > 0;) {
        if (regions[i].thread == cn_engine_thread() && (regions[i].critical | regions[i].guarded))
            return &regions[i];
        if ((regions[i].critical | regions[i].guarded) == 0)
            empty = &regions[i];
    }
    *empty = (struct region){.thread = cn_engine_thread()};
    return empty;
}

VOID NTAPI KeEnterCriticalRegion(VOID)
{
    region()->critical++;
}

VOID NTAPI KeLeaveCriticalRegion(VOID)
{
    struct region *r = region();
    r->critical -= r->critical > 0;
}

VOID NTAPI KeEnterGuardedRegion(VOID)
{
    region()->guarded++;
}

VOID NTAPI KeLeaveGuardedRegion(VOID)
{
    struct region *r = region();
    r->guarded -= r->guarded > 0;
}

BOOLEAN NTAPI KeAreApcsDisabled(VOID)
{
    return region()->critical > 0 || KeAreAllApcsDisabled();
}

BOOLEAN NTAPI KeAreAllApcsDisabled(VOID)
{
    return region()->guarded > 0 || cn_irql_get() >= CN_APC;
}

KPROCESSOR_MODE NTAPI ExGetPreviousMode(VOID)
{
    return KernelMode;
}

/* -- processors -------------------------------------------------------------------------------- */
/* There is one, number 0 of group 0. */

ULONG NTAPI KeQueryActiveProcessorCount(PKAFFINITY ActiveProcessors)
{
    if (ActiveProcessors != NULL)
        *ActiveProcessors = 1;
    return 1;
}

ULONG NTAPI KeQueryActiveProcessorCountEx(USHORT GroupNumber)
{
    return GroupNumber == 0 || GroupNumber == ALL_PROCESSOR_GROUPS ? 1 : 0;
}

ULONG NTAPI KeQueryMaximumProcessorCount(VOID)
{
    return 1;
}

ULONG NTAPI KeQueryMaximumProcessorCountEx(USHORT GroupNumber)
{
    return KeQueryActiveProcessorCountEx(GroupNumber);
}

USHORT NTAPI KeQueryActiveGroupCount(VOID)
{
    return 1;
}

KAFFINITY NTAPI KeQueryActiveProcessors(VOID)
{
    return 1;
}

ULONG NTAPI KeGetCurrentProcessorIndex(VOID)
{
    return 0;
}

ULONG NTAPI KeGetCurrentProcessorNumberEx(PPROCESSOR_NUMBER ProcNumber)
{
    if (ProcNumber != NULL)
        *ProcNumber = (PROCESSOR_NUMBER){0};
    return 0;
}

NTSTATUS NTAPI KeGetProcessorNumberFromIndex(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber)
{
    if (ProcIndex != 0)
        return STATUS_INVALID_PARAMETER;
    *ProcNumber = (PROCESSOR_NUMBER){0};
    return STATUS_SUCCESS;
}

ULONG NTAPI KeGetProcessorIndexFromNumber(PPROCESSOR_NUMBER ProcNumber)
{
    return ProcNumber->Group == 0 && ProcNumber->Number == 0 ? 0
                                                             : 0xffffffff; /* no such processor */
}
