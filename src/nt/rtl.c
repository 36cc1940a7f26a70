/* rtl.c - the rest of the run-time library: memory comparison, time, random numbers, versions,
 * bitmaps. */
#include "nt/exports.h"
#include "nt/rows.h"
#include "nt/system.h"

/* -- memory ------------------------------------------------------------------------------------ */

SIZE_T NTAPI RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length)
{
    const UCHAR *a = Source1, *b = Source2;
    SIZE_T n = 0;
    while (n < Length && a[n] == b[n])
        n++;
    return n;
}

SIZE_T NTAPI RtlCompareMemoryUlong(PVOID Source, SIZE_T Length, ULONG Pattern)
{
    const ULONG *p = Source;
    SIZE_T n = 0;
    while (n < Length / 4 && p[n] == Pattern)
        n++;
    return n * 4;
}

/* -- time -------------------------------------------------------------------------------------- */

#define DAY_100NS INT64_C(864000000000)
enum { DAYS_1601_TO_1970 = 134774 };

/* Days since 1601-03-01-based eras: a year begins in March, so that the leap day is its last one.
 */
VOID NTAPI RtlTimeToTimeFields(PLARGE_INTEGER Time, PTIME_FIELDS TimeFields)
{
    int64_t days = Time->QuadPart / DAY_100NS, rest = Time->QuadPart % DAY_100NS;
    if (rest < 0) {
        rest += DAY_100NS;
        days--;
    }
    int64_t z = days - DAYS_1601_TO_1970 + 719468; /* since 0000-03-01 */
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    unsigned doe = (unsigned)(z - era * 146097);
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    unsigned mp = (5 * doy + 2) / 153;
    TimeFields->Day = (CSHORT)(doy - (153 * mp + 2) / 5 + 1);
    TimeFields->Month = (CSHORT)(mp < 10 ? mp + 3 : mp - 9);
    TimeFields->Year = (CSHORT)((int64_t)yoe + era * 400 + (TimeFields->Month <= 2));
    int64_t ms = rest / 10000;
    TimeFields->Milliseconds = (CSHORT)(ms % 1000);
    TimeFields->Second = (CSHORT)(ms / 1000 % 60);
    TimeFields->Minute = (CSHORT)(ms / 60000 % 60);
    TimeFields->Hour = (CSHORT)(ms / 3600000);
    TimeFields->Weekday = (CSHORT)(((days + 1) % 7 + 7) % 7); /* 1601-01-01 was a Monday */
}

BOOLEAN NTAPI RtlTimeFieldsToTime(PTIME_FIELDS TimeFields, PLARGE_INTEGER Time)
{
    static const UCHAR length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const TIME_FIELDS *f = TimeFields;
    if (f->Year < 1601 || f->Month < 1 || f->Month > 12 || f->Day < 1 || f->Hour < 0 ||
        f->Hour > 23 || f->Minute < 0 || f->Minute > 59 || f->Second < 0 || f->Second > 59 ||
        f->Milliseconds < 0 || f->Milliseconds > 999)
        return FALSE;
    bool leap = f->Year % 4 == 0 && (f->Year % 100 != 0 || f->Year % 400 == 0);
    if (f->Day > length[f->Month - 1] + (leap && f->Month == 2))
        return FALSE;
    int64_t y = f->Year - (f->Month <= 2), era = y / 400;
    unsigned yoe = (unsigned)(y - era * 400);
    unsigned doy =
        (153u * (unsigned)(f->Month + (f->Month > 2 ? -3 : 9)) + 2) / 5 + (unsigned)f->Day - 1;
    int64_t days =
        era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468 + DAYS_1601_TO_1970;
    Time->QuadPart =
        days * DAY_100NS +
        (((f->Hour * INT64_C(60) + f->Minute) * 60 + f->Second) * 1000 + f->Milliseconds) * 10000;
    return TRUE;
}

VOID NTAPI RtlSecondsSince1970ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time)
{
    Time->QuadPart = DAYS_1601_TO_1970 * DAY_100NS + (int64_t)ElapsedSeconds * 10000000;
}

BOOLEAN NTAPI RtlTimeToSecondsSince1970(PLARGE_INTEGER Time, PULONG ElapsedSeconds)
{
    int64_t s = (Time->QuadPart - DAYS_1601_TO_1970 * DAY_100NS) / 10000000;
    if (Time->QuadPart < DAYS_1601_TO_1970 * DAY_100NS || s > UINT32_MAX)
        return FALSE;
    *ElapsedSeconds = (ULONG)s;
    return TRUE;
}

/* -- random numbers ---------------------------------------------------------------------------- */

/* A function of the caller's seed, as documented; below 2^31 - 1. */
static ULONG next_random(PULONG seed)
{
    *seed = (ULONG)(((uint64_t)*seed * 0x7FFFFFED + 0x7FFFFFC3) % 0x7FFFFFFF);
    return *seed;
}

ULONG NTAPI RtlRandom(PULONG Seed)
{
    return next_random(Seed);
}

ULONG NTAPI RtlRandomEx(PULONG Seed)
{
    return next_random(Seed);
}

ULONG NTAPI RtlUniform(PULONG Seed)
{
    return next_random(Seed);
}

/* -- versions ---------------------------------------------------------------------------------- */

NTSTATUS NTAPI RtlGetVersion(PRTL_OSVERSIONINFOW VersionInformation)
{
    CN_DDI_ENTER(ddi, RtlGetVersion);
    ULONG size = VersionInformation->dwOSVersionInfoSize;
    enum { EXTENDED = 284 }; /* RTL_OSVERSIONINFOEXW: service pack, suite, product type */
    VersionInformation->dwMajorVersion = CN_NT_MAJOR;
    VersionInformation->dwMinorVersion = CN_NT_MINOR;
    VersionInformation->dwBuildNumber = CN_NT_BUILD;
    VersionInformation->dwPlatformId = 2;
    memset(VersionInformation->szCSDVersion, 0, sizeof(VersionInformation->szCSDVersion));
    if (size == EXTENDED) {
        memset(VersionInformation + 1, 0, EXTENDED - sizeof(*VersionInformation));
        ((UCHAR *)VersionInformation)[282] = 1; /* workstation */
    }
    CN_DDI_LEAVE(ddi, STATUS_SUCCESS);
    return STATUS_SUCCESS;
}

/* The condition mask holds three bits per kind of value, set by VerSetConditionMask. */
enum {
    VER_MINOR = 1,
    VER_MAJOR = 2,
    VER_BUILD = 4,
    VER_PLATFORM = 8,
    VER_SP_MINOR = 16,
    VER_SP_MAJOR = 32
};
enum { VER_EQUAL = 1, VER_GREATER, VER_GREATER_EQUAL, VER_LESS, VER_LESS_EQUAL };

static int condition(ULONGLONG mask, int bit)
{
    return (int)(mask >> (3 * __builtin_ctz((unsigned)bit)) & 7);
}

ULONGLONG NTAPI VerSetConditionMask(ULONGLONG ConditionMask, ULONG TypeMask, UCHAR Condition)
{
    for (int bit = 0; bit < 8; bit++)
        if (TypeMask & 1u << bit)
            ConditionMask |= (ULONGLONG)(Condition & 7) << (3 * bit);
    return ConditionMask;
}

static bool compares(int64_t is, int64_t want, int how)
{
    switch (how) {
    case VER_GREATER:
        return is > want;
    case VER_GREATER_EQUAL:
        return is >= want;
    case VER_LESS:
        return is < want;
    case VER_LESS_EQUAL:
        return is <= want;
    default:
        return is == want;
    }
}

NTSTATUS NTAPI RtlVerifyVersionInfo(PRTL_OSVERSIONINFOW VersionInfo, ULONG TypeMask,
                                    ULONGLONG ConditionMask)
{
    CN_DDI_ENTER(ddi, RtlVerifyVersionInfo);
    NTSTATUS s = STATUS_SUCCESS;
    const struct {
        int bit;
        int64_t is, want;
    } simple[] = {{VER_BUILD, CN_NT_BUILD, VersionInfo->dwBuildNumber},
                  {VER_PLATFORM, 2, VersionInfo->dwPlatformId}};
    if (TypeMask == 0)
        s = STATUS_INVALID_PARAMETER;
    for (size_t i = 0; i < CN_ARRAY_SIZE(simple); i++)
        if ((TypeMask & (ULONG)simple[i].bit) &&
            !compares(simple[i].is, simple[i].want, condition(ConditionMask, simple[i].bit)))
            s = STATUS_REVISION_MISMATCH;
    /* Major and minor are one number when both are asked for. */
    int how = condition(ConditionMask, TypeMask & VER_MAJOR ? VER_MAJOR : VER_MINOR);
    int64_t is =
        (TypeMask & VER_MAJOR ? CN_NT_MAJOR * 65536 : 0) + (TypeMask & VER_MINOR ? CN_NT_MINOR : 0);
    int64_t want = (TypeMask & VER_MAJOR ? (int64_t)VersionInfo->dwMajorVersion * 65536 : 0) +
                   (TypeMask & VER_MINOR ? (int64_t)VersionInfo->dwMinorVersion : 0);
    if ((TypeMask & (VER_MAJOR | VER_MINOR)) && !compares(is, want, how))
        s = STATUS_REVISION_MISMATCH;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

BOOLEAN NTAPI RtlIsNtDdiVersionAvailable(ULONG Version)
{
    return Version <= (CN_NT_NTDDI & 0xFFFF0000);
}

BOOLEAN NTAPI IoIsWdmVersionAvailable(UCHAR MajorVersion, UCHAR MinorVersion)
{
    /* WDM ended with version 6.0. */
    return MajorVersion < 6 || (MajorVersion == 6 && MinorVersion == 0);
}

BOOLEAN NTAPI PsGetVersion(PULONG MajorVersion, PULONG MinorVersion, PULONG BuildNumber,
                           PUNICODE_STRING CSDVersion)
{
    if (MajorVersion != NULL)
        *MajorVersion = CN_NT_MAJOR;
    if (MinorVersion != NULL)
        *MinorVersion = CN_NT_MINOR;
    if (BuildNumber != NULL)
        *BuildNumber = CN_NT_BUILD;
    if (CSDVersion != NULL)
        CSDVersion->Length = 0;
    return FALSE; /* no checked build */
}
