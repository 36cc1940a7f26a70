/* rtl_convert.c - numbers, GUIDs and hashes from and to strings. */
#include "nt/exports.h"
#include "nt/rows.h"
#include "nt/text.h"

/* -- integers ---------------------------------------------------------------------------------- */

static NTSTATUS integer_to(uint64_t value, ULONG base, PUNICODE_STRING to)
{
    WCHAR digits[64];
    size_t n = 0;
    if (base == 0)
        base = 10;
    if (base != 2 && base != 8 && base != 10 && base != 16)
        return STATUS_INVALID_PARAMETER;
    do
        digits[n++] = (WCHAR) "0123456789ABCDEF"[value % base];
    while ((value /= base) != 0);
    if (n * 2 > to->MaximumLength)
        return STATUS_BUFFER_OVERFLOW;
    to->Length = (USHORT)(n * 2);
    for (size_t i = 0; i < n; i++)
        to->Buffer[i] = digits[n - 1 - i];
    if (to->Length + 2 <= to->MaximumLength)
        to->Buffer[n] = 0;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String)
{
    CN_DDI_ENTER(ddi, RtlIntegerToUnicodeString);
    NTSTATUS s = integer_to(Value, Base, String);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlInt64ToUnicodeString(ULONGLONG Value, ULONG Base, PUNICODE_STRING String)
{
    CN_DDI_ENTER(ddi, RtlInt64ToUnicodeString);
    NTSTATUS s = integer_to(Value, Base, String);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* A unit of either width. */
static unsigned unit(const void *text, size_t i, bool wide)
{
    return wide ? ((const WCHAR *)text)[i] : ((const UCHAR *)text)[i];
}

/* Blanks, a sign, a prefix when base is 0, digits; what follows them is ignored. No digits give 0.
 */
static NTSTATUS integer_from(const void *text, size_t n, bool wide, ULONG base, PULONG value)
{
    size_t i = 0;
    bool negative = false;
    uint32_t v = 0;
    while (i < n && unit(text, i, wide) <= ' ')
        i++;
    if (i < n && (unit(text, i, wide) == '-' || unit(text, i, wide) == '+'))
        negative = unit(text, i++, wide) == '-';
    if (base == 0) {
        base = 10;
        if (i + 1 < n && unit(text, i, wide) == '0') {
            unsigned c = unit(text, i + 1, wide);
            base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
            i += base != 10 ? 2 : 0;
        }
    }
    if (base != 2 && base != 8 && base != 10 && base != 16)
        return STATUS_INVALID_PARAMETER;
    for (; i < n; i++) {
        unsigned c = unit(text, i, wide);
        unsigned digit = c >= '0' && c <= '9'   ? c - '0'
                         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                : 99;
        if (digit >= base)
            break;
        v = v * base + digit;
    }
    *value = negative ? 0 - v : v;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value)
{
    CN_DDI_ENTER(ddi, RtlUnicodeStringToInteger);
    NTSTATUS s = integer_from(String->Buffer, String->Length / 2, true, Base, Value);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlCharToInteger(PCSZ String, ULONG Base, PULONG Value)
{
    CN_DDI_ENTER(ddi, RtlCharToInteger);
    NTSTATUS s = integer_from(String, strlen(String), false, Base, Value);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- GUIDs ------------------------------------------------------------------------------------- */

NTSTATUS NTAPI RtlStringFromGUID(REFGUID Guid, PUNICODE_STRING GuidString)
{
    CN_DDI_ENTER(ddi, RtlStringFromGUID);
    char text[40];
    struct cn_text t;
    cn_text_init(&t, text, sizeof(text));
    cn_text_put(&t, "{%08X-%04X-%04X-%02X%02X-", Guid->Data1, Guid->Data2, Guid->Data3,
                Guid->Data4[0], Guid->Data4[1]);
    for (int i = 2; i < 8; i++)
        cn_text_put(&t, "%02X", Guid->Data4[i]);
    cn_text_char(&t, '}');
    NTSTATUS s = cn_nt_string_new(GuidString, text, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

static bool hex(const WCHAR **at, int digits, uint32_t *value)
{
    ULONG v = 0;
    for (int i = 0; i < digits; i++) {
        WCHAR c = *(*at)++;
        int d = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
        if (d < 0)
            return false;
        v = v << 4 | (ULONG)d;
    }
    *value = v;
    return true;
}

static bool guid_from(const WCHAR *at, GUID *g)
{
    uint32_t v[3], bytes[8];
    if (*at++ != '{' || !hex(&at, 8, &v[0]) || *at++ != '-' || !hex(&at, 4, &v[1]) ||
        *at++ != '-' || !hex(&at, 4, &v[2]) || *at++ != '-')
        return false;
    for (int i = 0; i < 8; i++) {
        if (i == 2 && *at++ != '-')
            return false;
        if (!hex(&at, 2, &bytes[i]))
            return false;
    }
    if (*at != '}')
        return false;
    g->Data1 = v[0];
    g->Data2 = (USHORT)v[1];
    g->Data3 = (USHORT)v[2];
    for (int i = 0; i < 8; i++)
        g->Data4[i] = (UCHAR)bytes[i];
    return true;
}

NTSTATUS NTAPI RtlGUIDFromString(PCUNICODE_STRING GuidString, GUID *Guid)
{
    enum { LENGTH = 38 };
    CN_DDI_ENTER(ddi, RtlGUIDFromString);
    GUID g;
    NTSTATUS s = STATUS_INVALID_PARAMETER;
    if (GuidString->Length >= LENGTH * 2 && guid_from(GuidString->Buffer, &g)) {
        *Guid = g;
        s = STATUS_SUCCESS;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- hashing ----------------------------------------------------------------------------------- */

NTSTATUS NTAPI RtlHashUnicodeString(PCUNICODE_STRING String, BOOLEAN CaseInSensitive,
                                    ULONG HashAlgorithm, PULONG HashValue)
{
    if (String == NULL || HashValue == NULL || HashAlgorithm > HASH_STRING_ALGORITHM_X65599)
        return STATUS_INVALID_PARAMETER;
    ULONG hash = 0;
    for (size_t i = 0; i < String->Length / 2u; i++)
        hash =
            hash * 65599 + (CaseInSensitive ? cn_nt_upcase(String->Buffer[i]) : String->Buffer[i]);
    *HashValue = hash;
    return STATUS_SUCCESS;
}
