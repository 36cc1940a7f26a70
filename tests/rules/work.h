/* work.h - a work item for rule drivers that need one. */
#ifndef RULES_WORK_H
#define RULES_WORK_H

#include "view.h"

static NDIS_HANDLE RuleItem;

static inline VOID NTAPI RuleWork(PVOID Context, NDIS_HANDLE Item)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Item);
}

#define RULE_QUEUE NdisQueueIoWorkItem(RuleItem, RuleWork, NULL)

#endif
