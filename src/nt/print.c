/* print.c - DbgPrint and friends: a line of output becomes a PRINT event. Nothing is filtered by
 * component and level, as everything a driver says helps here. Also the error log, which is told as
 * LOG events. */
#include "nt/exports.h"
#include "nt/format.h"
#include "nt/pool.h"
#include "nt/rows.h"

enum { TEXT_MOST = 512 }; /* what Windows prints of one call */

static void print(const char *prefix, const char *format, __builtin_ms_va_list args)
{
    char raw[TEXT_MOST + 1], text[2 * TEXT_MOST + 1];
    struct cn_nt_out out = {raw, TEXT_MOST, 0, false};
    for (; prefix != NULL && *prefix != '\0' && out.units < TEXT_MOST; prefix++)
        raw[out.units++] = *prefix;
    cn_nt_format(&out, format, false, args);
    size_t length = CN_MIN(out.units, (size_t)TEXT_MOST);
    while (length > 0 && (raw[length - 1] == '\n' || raw[length - 1] == '\r'))
        length--;
    raw[length] = '\0';
    /* Bytes above 0x7F are Latin-1; a trace is UTF-8. */
    struct cn_text t;
    cn_text_init(&t, text, sizeof(text));
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)raw[i];
        if (c >= 0x80)
            cn_text_char(&t, (char)(0xC0 | c >> 6));
        cn_text_char(&t, c == 0 ? '?' : c < 0x80 ? (char)c : (char)(0x80 | (c & 0x3F)));
    }
    struct cn_driver *driver = cn_driver_current();
    CN_TRACE(PRINT, "print", CN_STR("driver", driver != NULL ? driver->name : NULL),
             CN_STR("text", text));
}

ULONG NTAPI DbgPrint(PCSTR Format, ...)
{
    __builtin_ms_va_list args;
    CN_DDI_ENTER(ddi, DbgPrint);
    __builtin_ms_va_start(args, Format);
    print(NULL, Format, args);
    __builtin_ms_va_end(args);
    CN_DDI_LEAVE_VOID(ddi);
    return STATUS_SUCCESS;
}

ULONG NTAPI DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...)
{
    (void)ComponentId, (void)Level;
    __builtin_ms_va_list args;
    CN_DDI_ENTER(ddi, DbgPrintEx);
    __builtin_ms_va_start(args, Format);
    print(NULL, Format, args);
    __builtin_ms_va_end(args);
    CN_DDI_LEAVE_VOID(ddi);
    return STATUS_SUCCESS;
}

ULONG NTAPI DbgPrintReturnControlC(PCSTR Format, ...)
{
    __builtin_ms_va_list args;
    CN_DDI_ENTER(ddi, DbgPrintReturnControlC);
    __builtin_ms_va_start(args, Format);
    print(NULL, Format, args);
    __builtin_ms_va_end(args);
    CN_DDI_LEAVE_VOID(ddi);
    return STATUS_SUCCESS;
}

ULONG NTAPI vDbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, __builtin_ms_va_list arglist)
{
    (void)ComponentId, (void)Level;
    CN_DDI_ENTER(ddi, vDbgPrintEx);
    print(NULL, Format, arglist);
    CN_DDI_LEAVE_VOID(ddi);
    return STATUS_SUCCESS;
}

ULONG NTAPI vDbgPrintExWithPrefix(PCSTR Prefix, ULONG ComponentId, ULONG Level, PCSTR Format,
                                  __builtin_ms_va_list arglist)
{
    (void)ComponentId, (void)Level;
    CN_DDI_ENTER(ddi, vDbgPrintExWithPrefix);
    print(Prefix, Format, arglist);
    CN_DDI_LEAVE_VOID(ddi);
    return STATUS_SUCCESS;
}

/* Every component and level is on. */
NTSTATUS NTAPI DbgQueryDebugFilterState(ULONG ComponentId, ULONG Level)
{
    (void)ComponentId, (void)Level;
    return TRUE;
}

NTSTATUS NTAPI DbgSetDebugFilterState(ULONG ComponentId, ULONG Level, BOOLEAN State)
{
    (void)ComponentId, (void)Level, (void)State;
    return STATUS_SUCCESS;
}

/* -- error log --------------------------------------------------------------------------------- */

enum { TAG_LOG = 0x676F4C45 /* 'ELog' */ };

PVOID NTAPI IoAllocateErrorLogEntry(PVOID IoObject, UCHAR EntrySize)
{
    (void)IoObject;
    CN_DDI_ENTER(ddi, IoAllocateErrorLogEntry);
    void *p = NULL;
    if (EntrySize >= offsetof(IO_ERROR_LOG_PACKET, DumpData) && EntrySize <= ERROR_LOG_MAXIMUM_SIZE)
        p = cn_pool_alloc(cn_driver_current(), EntrySize, TAG_LOG, true, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return p;
}

VOID NTAPI IoWriteErrorLogEntry(PVOID ElEntry)
{
    CN_DDI_ENTER(ddi, IoWriteErrorLogEntry);
    struct cn_pool_info info;
    const IO_ERROR_LOG_PACKET *p = ElEntry;
    if (cn_pool_find(p, &info) && info.start == p && info.tag == TAG_LOG) {
        char values[160];
        struct cn_text t;
        size_t room = (info.size - offsetof(IO_ERROR_LOG_PACKET, DumpData)) / sizeof(ULONG);
        cn_text_init(&t, values, sizeof(values));
        for (size_t i = 0; i < CN_MIN((size_t)p->DumpDataSize / sizeof(ULONG), room); i++)
            cn_text_put(&t, "%s0x%08X", i > 0 ? " " : "", p->DumpData[i]);
        struct cn_driver *driver = cn_driver_current();
        CN_TRACE(LOG, "log", CN_STR("driver", driver != NULL ? driver->name : NULL),
                 CN_STATUS("code", p->ErrorCode), CN_U64("unique", p->UniqueErrorValue),
                 CN_STATUS("final", p->FinalStatus), CN_STR("values", values));
    }
    cn_pool_free(ElEntry, "IoWriteErrorLogEntry");
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI IoFreeErrorLogEntry(PVOID ElEntry)
{
    CN_DDI_ENTER(ddi, IoFreeErrorLogEntry);
    cn_pool_free(ElEntry, "IoFreeErrorLogEntry");
    CN_DDI_LEAVE_VOID(ddi);
}
