/* strings.c - the exported functions of strings. All but one are the kernel's under another name.
 */
#include "ddi/old_names.h"
#include "ddi/rows.h"
#include "load/probe.h"
#include "ndis/memory.h"

enum { TEXT_BYTES = 256 };

/* The text as far as it can be read, with its end; Latin-1, as the kernel's own conversion. */
VOID NTAPI NdisInitializeString(PNDIS_STRING Destination, PUCHAR Source)
{
    CN_DDI_ENTER(ddi, NdisInitializeString);
    char text[2 * TEXT_BYTES];
    struct cn_text t;
    cn_text_init(&t, text, sizeof(text));
    for (size_t i = 0; Source != NULL && i < TEXT_BYTES - 1; i++) {
        UCHAR c;
        if (cn_probe_copy(&c, Source + i, 1) != 0 || c == '\0')
            break;
        if (c >= 0x80) {
            cn_text_char(&t, (char)(0xc0 | c >> 6));
            c = (UCHAR)(0x80 | (c & 0x3f));
        }
        cn_text_char(&t, (char)c);
    }
    cn_name_give(Destination, text, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI cn_ndis_init_ansi_string(PANSI_STRING Destination, PCSTR Source)
{
    CN_DDI_ENTER(ddi, NdisInitAnsiString);
    RtlInitAnsiString(Destination, Source);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI cn_ndis_init_unicode_string(PNDIS_STRING Destination, PCWSTR Source)
{
    CN_DDI_ENTER(ddi, NdisInitUnicodeString);
    RtlInitUnicodeString(Destination, Source);
    CN_DDI_LEAVE_VOID(ddi);
}

NDIS_STATUS NTAPI cn_ndis_ansi_to_unicode(PUNICODE_STRING Destination, PANSI_STRING Source)
{
    CN_DDI_ENTER(ddi, NdisAnsiStringToUnicodeString);
    NDIS_STATUS s = RtlAnsiStringToUnicodeString(Destination, Source, FALSE);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NDIS_STATUS NTAPI cn_ndis_unicode_to_ansi(PANSI_STRING Destination, PUNICODE_STRING Source)
{
    CN_DDI_ENTER(ddi, NdisUnicodeStringToAnsiString);
    NDIS_STATUS s = RtlUnicodeStringToAnsiString(Destination, Source, FALSE);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NDIS_STATUS NTAPI cn_ndis_upcase_string(PUNICODE_STRING Destination, PUNICODE_STRING Source)
{
    CN_DDI_ENTER(ddi, NdisUpcaseUnicodeString);
    NDIS_STATUS s = RtlUpcaseUnicodeString(Destination, Source, FALSE);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

BOOLEAN NTAPI cn_ndis_equal_string(PNDIS_STRING First, PNDIS_STRING Second, BOOLEAN CaseInsensitive)
{
    CN_DDI_ENTER(ddi, NdisEqualString);
    BOOLEAN same = RtlEqualUnicodeString(First, Second, CaseInsensitive);
    CN_DDI_LEAVE_VOID(ddi);
    return same;
}
