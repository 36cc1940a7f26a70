/* rtl_string.c - counted strings: UNICODE_STRING, ANSI_STRING and what converts between them.
 *
 * Strings are the caller's memory and are used as they are; a bad pointer faults as it does on
 * Windows. The ANSI code page is Latin-1, so that each byte is one character.
 */
#include "nt/exports.h"
#include "nt/rows.h"
#include "nt/text.h"

enum { TAG_STRING = 0x67727453 /* 'Strg' */ };

/* -- initialising ------------------------------------------------------------------------------ */

VOID NTAPI RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    size_t bytes = 0;
    if (SourceString != NULL)
        while (bytes < 0xFFFC && SourceString[bytes / 2] != 0)
            bytes += 2;
    DestinationString->Length = (USHORT)bytes;
    DestinationString->MaximumLength = (USHORT)(SourceString != NULL ? bytes + 2 : 0);
    DestinationString->Buffer = (PWSTR)(uintptr_t)SourceString;
}

NTSTATUS NTAPI RtlInitUnicodeStringEx(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    size_t bytes = 0;
    if (SourceString != NULL)
        while (SourceString[bytes / 2] != 0)
            if ((bytes += 2) > 0xFFFC)
                return STATUS_NAME_TOO_LONG;
    RtlInitUnicodeString(DestinationString, SourceString);
    return STATUS_SUCCESS;
}

VOID NTAPI RtlInitString(PSTRING DestinationString, PCSZ SourceString)
{
    size_t bytes = SourceString != NULL ? strnlen(SourceString, 0xFFFE) : 0;
    DestinationString->Length = (USHORT)bytes;
    DestinationString->MaximumLength = (USHORT)(SourceString != NULL ? bytes + 1 : 0);
    DestinationString->Buffer = (PCHAR)(uintptr_t)SourceString;
}

VOID NTAPI RtlInitAnsiString(PANSI_STRING DestinationString, PCSZ SourceString)
{
    RtlInitString(DestinationString, SourceString);
}

/* -- copying and appending --------------------------------------------------------------------- */

/* The room left is used for a NUL that Length does not count. */
static void end_with_nul(UNICODE_STRING *s)
{
    if (s->Length + 2 <= s->MaximumLength)
        s->Buffer[s->Length / 2] = 0;
}

VOID NTAPI RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
    DestinationString->Length = 0;
    if (SourceString == NULL)
        return;
    DestinationString->Length = CN_MIN(SourceString->Length, DestinationString->MaximumLength);
    memmove(DestinationString->Buffer, SourceString->Buffer, DestinationString->Length);
    end_with_nul(DestinationString);
}

VOID NTAPI RtlCopyString(PSTRING DestinationString, const STRING *SourceString)
{
    DestinationString->Length = 0;
    if (SourceString == NULL)
        return;
    DestinationString->Length = CN_MIN(SourceString->Length, DestinationString->MaximumLength);
    memmove(DestinationString->Buffer, SourceString->Buffer, DestinationString->Length);
}

NTSTATUS NTAPI RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source)
{
    if (Source->Length > Destination->MaximumLength ||
        Destination->Length > Destination->MaximumLength - Source->Length)
        return STATUS_BUFFER_TOO_SMALL;
    memmove((PCHAR)Destination->Buffer + Destination->Length, Source->Buffer, Source->Length);
    Destination->Length = (USHORT)(Destination->Length + Source->Length);
    end_with_nul(Destination);
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source)
{
    UNICODE_STRING s;
    if (Source == NULL)
        return STATUS_SUCCESS;
    if (RtlInitUnicodeStringEx(&s, Source) != STATUS_SUCCESS)
        return STATUS_BUFFER_TOO_SMALL;
    return RtlAppendUnicodeStringToString(Destination, &s);
}

/* -- case and comparison ----------------------------------------------------------------------- */

WCHAR NTAPI RtlUpcaseUnicodeChar(WCHAR SourceCharacter)
{
    return cn_nt_upcase(SourceCharacter);
}

WCHAR NTAPI RtlDowncaseUnicodeChar(WCHAR SourceCharacter)
{
    return cn_nt_downcase(SourceCharacter);
}

CHAR NTAPI RtlUpperChar(CHAR Character)
{
    return (CHAR)(Character >= 'a' && Character <= 'z' ? Character - 32 : Character);
}

static LONG compare(const WCHAR *a, size_t na, const WCHAR *b, size_t nb, bool fold)
{
    for (size_t i = 0; i < na && i < nb; i++) {
        WCHAR ca = fold ? cn_nt_upcase(a[i]) : a[i], cb = fold ? cn_nt_upcase(b[i]) : b[i];
        if (ca != cb)
            return (LONG)ca - (LONG)cb;
    }
    return (LONG)na - (LONG)nb;
}

LONG NTAPI RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
                                   BOOLEAN CaseInSensitive)
{
    return compare(String1->Buffer, String1->Length / 2, String2->Buffer, String2->Length / 2,
                   CaseInSensitive);
}

LONG NTAPI RtlCompareUnicodeStrings(PCWCH String1, SIZE_T String1Length, PCWCH String2,
                                    SIZE_T String2Length, BOOLEAN CaseInSensitive)
{
    return compare(String1, String1Length, String2, String2Length, CaseInSensitive);
}

BOOLEAN NTAPI RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
                                    BOOLEAN CaseInSensitive)
{
    return String1->Length == String2->Length &&
           RtlCompareUnicodeString(String1, String2, CaseInSensitive) == 0;
}

BOOLEAN NTAPI RtlPrefixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
                                     BOOLEAN CaseInSensitive)
{
    return String1->Length <= String2->Length &&
           compare(String1->Buffer, String1->Length / 2, String2->Buffer, String1->Length / 2,
                   CaseInSensitive) == 0;
}

LONG NTAPI RtlCompareString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
    for (size_t i = 0; i < String1->Length && i < String2->Length; i++) {
        CHAR a = String1->Buffer[i], b = String2->Buffer[i];
        if (CaseInSensitive) {
            a = RtlUpperChar(a);
            b = RtlUpperChar(b);
        }
        if (a != b)
            return (LONG)(UCHAR)a - (LONG)(UCHAR)b;
    }
    return (LONG)String1->Length - (LONG)String2->Length;
}

BOOLEAN NTAPI RtlEqualString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
    return String1->Length == String2->Length &&
           RtlCompareString(String1, String2, CaseInSensitive) == 0;
}

BOOLEAN NTAPI RtlPrefixString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
    STRING head = *String2;
    head.Length = CN_MIN(String1->Length, String2->Length);
    return RtlEqualString(String1, &head, CaseInSensitive);
}

/* -- strings that may be allocated ------------------------------------------------------------- */

/* Makes room for `bytes` and a terminator in d, allocated or as it is. */
static NTSTATUS make_room(void *string, size_t bytes, size_t terminator, bool allocate,
                          const void *place)
{
    UNICODE_STRING *d = string; /* an ANSI_STRING has the same members */
    if (bytes + terminator > 0xFFFE)
        return STATUS_INVALID_PARAMETER_2;
    if (allocate) {
        d->Buffer = cn_pool_alloc(cn_driver_current(), bytes + terminator, TAG_STRING, true, place);
        if (d->Buffer == NULL)
            return STATUS_NO_MEMORY;
        d->MaximumLength = (USHORT)(bytes + terminator);
    } else if (bytes > d->MaximumLength) {
        return STATUS_BUFFER_OVERFLOW;
    }
    d->Length = (USHORT)bytes;
    return STATUS_SUCCESS;
}

static NTSTATUS change_case(PUNICODE_STRING to, PCUNICODE_STRING from, bool allocate,
                            WCHAR (*change)(WCHAR), const void *place)
{
    NTSTATUS s = make_room(to, from->Length, 0, allocate, place);
    if (s == STATUS_SUCCESS)
        for (size_t i = 0; i < from->Length / 2u; i++)
            to->Buffer[i] = change(from->Buffer[i]);
    return s;
}

NTSTATUS NTAPI RtlUpcaseUnicodeString(PUNICODE_STRING DestinationString,
                                      PCUNICODE_STRING SourceString,
                                      BOOLEAN AllocateDestinationString)
{
    CN_DDI_ENTER(ddi, RtlUpcaseUnicodeString);
    NTSTATUS s = change_case(DestinationString, SourceString, AllocateDestinationString,
                             cn_nt_upcase, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlDowncaseUnicodeString(PUNICODE_STRING DestinationString,
                                        PCUNICODE_STRING SourceString,
                                        BOOLEAN AllocateDestinationString)
{
    CN_DDI_ENTER(ddi, RtlDowncaseUnicodeString);
    NTSTATUS s = change_case(DestinationString, SourceString, AllocateDestinationString,
                             cn_nt_downcase, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlAnsiStringToUnicodeString(PUNICODE_STRING DestinationString,
                                            PCANSI_STRING SourceString,
                                            BOOLEAN AllocateDestinationString)
{
    CN_DDI_ENTER(ddi, RtlAnsiStringToUnicodeString);
    NTSTATUS s = make_room(DestinationString, 2u * SourceString->Length, 2,
                           AllocateDestinationString, CN_CALLER);
    if (s == STATUS_SUCCESS) {
        for (size_t i = 0; i < SourceString->Length; i++)
            DestinationString->Buffer[i] = (UCHAR)SourceString->Buffer[i];
        end_with_nul(DestinationString);
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

static CHAR narrow(WCHAR c)
{
    return c > 0xFF ? '?' : (CHAR)c;
}

NTSTATUS NTAPI RtlUnicodeStringToAnsiString(PANSI_STRING DestinationString,
                                            PCUNICODE_STRING SourceString,
                                            BOOLEAN AllocateDestinationString)
{
    CN_DDI_ENTER(ddi, RtlUnicodeStringToAnsiString);
    size_t length = SourceString->Length / 2;
    NTSTATUS s = make_room(DestinationString, length, 1, AllocateDestinationString, CN_CALLER);
    if (s == STATUS_SUCCESS) {
        for (size_t i = 0; i < length; i++)
            DestinationString->Buffer[i] = narrow(SourceString->Buffer[i]);
        if (length < DestinationString->MaximumLength)
            DestinationString->Buffer[length] = '\0';
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlMultiByteToUnicodeN(PWCH UnicodeString, ULONG MaxBytesInUnicodeString,
                                      PULONG BytesInUnicodeString, const CHAR *MultiByteString,
                                      ULONG BytesInMultiByteString)
{
    ULONG n = CN_MIN(MaxBytesInUnicodeString / 2, BytesInMultiByteString);
    for (ULONG i = 0; i < n; i++)
        UnicodeString[i] = (UCHAR)MultiByteString[i];
    if (BytesInUnicodeString != NULL)
        *BytesInUnicodeString = n * 2;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytesInMultiByteString,
                                      PULONG BytesInMultiByteString, PCWCH UnicodeString,
                                      ULONG BytesInUnicodeString)
{
    ULONG n = CN_MIN(MaxBytesInMultiByteString, BytesInUnicodeString / 2);
    for (ULONG i = 0; i < n; i++)
        MultiByteString[i] = narrow(UnicodeString[i]);
    if (BytesInMultiByteString != NULL)
        *BytesInMultiByteString = n;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlUnicodeToMultiByteSize(PULONG BytesInMultiByteString, PCWCH UnicodeString,
                                         ULONG BytesInUnicodeString)
{
    (void)UnicodeString;
    *BytesInMultiByteString = BytesInUnicodeString / 2;
    return STATUS_SUCCESS;
}

ULONG NTAPI RtlxAnsiStringToUnicodeSize(PCANSI_STRING AnsiString)
{
    return (AnsiString->Length + 1u) * 2;
}

ULONG NTAPI RtlxUnicodeStringToAnsiSize(PCUNICODE_STRING UnicodeString)
{
    return UnicodeString->Length / 2u + 1;
}

NTSTATUS NTAPI RtlDuplicateUnicodeString(ULONG Flags, PCUNICODE_STRING StringIn,
                                         PUNICODE_STRING StringOut)
{
    CN_DDI_ENTER(ddi, RtlDuplicateUnicodeString);
    enum { NUL_TERMINATE = 1, ALLOCATE_NULL = 2 };
    NTSTATUS s = STATUS_SUCCESS;
    if ((Flags & ~3u) != 0 || Flags == ALLOCATE_NULL || StringIn == NULL || StringOut == NULL) {
        s = STATUS_INVALID_PARAMETER;
    } else if (StringIn->Length == 0 && !(Flags & ALLOCATE_NULL)) {
        *StringOut = (UNICODE_STRING){0};
    } else {
        s = make_room(StringOut, StringIn->Length, Flags & NUL_TERMINATE ? 2 : 0, true, CN_CALLER);
        if (s == STATUS_SUCCESS)
            memcpy(StringOut->Buffer, StringIn->Buffer, StringIn->Length);
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI RtlFreeUnicodeString(PUNICODE_STRING UnicodeString)
{
    CN_DDI_ENTER(ddi, RtlFreeUnicodeString);
    if (UnicodeString->Buffer != NULL)
        cn_pool_free(UnicodeString->Buffer, "RtlFreeUnicodeString");
    *UnicodeString = (UNICODE_STRING){0};
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI RtlFreeAnsiString(PANSI_STRING AnsiString)
{
    CN_DDI_ENTER(ddi, RtlFreeAnsiString);
    if (AnsiString->Buffer != NULL)
        cn_pool_free(AnsiString->Buffer, "RtlFreeAnsiString");
    memset(AnsiString, 0, sizeof(*AnsiString));
    CN_DDI_LEAVE_VOID(ddi);
}
