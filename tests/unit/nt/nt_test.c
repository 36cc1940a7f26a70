/* nt_test.c - the table of exports, shared user data, handles, reference counts, time, versions,
 * bitmaps. */
#include "nt_kit.h"

#include "nt/handles.h"
#include "nt/object.h"

TEST(every_row_has_a_name_of_its_own_and_a_sane_irql_range)
{
    for (size_t i = 0; i < cn_nt_row_count; i++) {
        const struct cn_ddi_row *r = &cn_nt_rows[i];
        CN_OK(r->name != NULL && r->page != NULL && r->irql_min <= r->irql_max);
        CN_OK(strcmp(r->dll, "ntoskrnl") == 0 || strcmp(r->dll, "hal") == 0);
        for (size_t j = 0; j < i; j++)
            if (strcmp(r->name, cn_nt_rows[j].name) == 0 && strcmp(r->dll, cn_nt_rows[j].dll) == 0)
                CN_FAIL("%s stands in the table twice", r->name);
    }
}

TEST(the_index_of_a_row_is_its_place)
{
    CN_STREQ(cn_nt_rows[CN_DDI_ROW_ExFreePool].name, "ExFreePool");
    CN_OK(cn_nt_rows[CN_DDI_ROW_ExFreePool].fn == (void *)ExFreePool);
    CN_STREQ(cn_nt_rows[CN_DDI_ROW_memcpy].name, "memcpy");
    CN_OK(cn_nt_rows[CN_DDI_ROW_memcpy].fn != NULL);
    CN_OK(cn_nt_rows[CN_DDI_ROW_IoConnectInterrupt].fn == NULL);
    CN_EQ(cn_nt_row_count, CN_DDI_ROW_COUNT);
}

static uint64_t shared64(size_t at)
{
    uint64_t v;
    memcpy(&v, (const char *)cn_nt_shared_user_data() + at, 8);
    return v;
}

TEST(shared_user_data_follows_the_clock)
{
    kit_start();
    CN_EQ(shared64(0x014), START_TIME);
    CN_EQ(shared64(0x008), 0);
    cn_engine_stall(10 * 156250);
    CN_EQ(shared64(0x014), START_TIME + 10 * 156250);
    CN_EQ(shared64(0x008), 10 * 156250);
    CN_EQ(shared64(0x320), 10);
    CN_EQ((uint32_t)shared64(0x26C), 10);
    CN_EQ((uint32_t)shared64(0x010), 0);
    /* Ticks times the multiplier, over 2^24, are milliseconds. */
    CN_EQ(shared64(0x320) * (uint32_t)shared64(0x004) >> 24, 156);
}

static int gone;

static void on_gone(void *object)
{
    (void)object;
    gone++;
}

TEST(handles_are_negative_distinct_and_of_one_kind)
{
    enum { N = 500 };
    static HANDLE h[N];
    static int object;
    kit_start();
    gone = 0;
    for (int i = 0; i < N; i++) {
        h[i] = cn_nt_handle_new(CN_NT_HANDLE_EVENT, &object, on_gone, NULL);
        CN_OK((intptr_t)h[i] < 0 && (i == 0 || h[i] != h[i - 1]));
        CN_OK(cn_nt_handle_get(h[i], CN_NT_HANDLE_EVENT) == &object);
    }
    CN_OK(cn_nt_handle_get(h[0], CN_NT_HANDLE_KEY) == NULL);
    CN_OK(cn_nt_handle_close(h[0]) && !cn_nt_handle_close(h[0]));
    CN_EQ(gone, 1);
    CN_OK(!cn_nt_handle_close(NULL) && !cn_nt_handle_close((HANDLE)(uintptr_t)4));
    CN_OK(!cn_nt_handle_close((HANDLE)((uintptr_t)h[1] + 1)));
    CN_OK(!cn_nt_handle_close((HANDLE)(uintptr_t)UINT64_C(0xFFFFFFFF80000000)));
    void *p;
    CN_EQ(ObReferenceObjectByHandle(h[1], 0, NULL, KernelMode, &p, NULL), 0);
    CN_OK(p == &object);
    CN_EQ(ObReferenceObjectByHandle(h[0], 0, NULL, KernelMode, &p, NULL), STATUS_INVALID_HANDLE);
    kit_unload(true);
    CN_EQ(gone, N);
}

TEST(an_object_goes_with_its_last_reference)
{
    static int object, other;
    kit_start();
    gone = 0;
    CN_OK(cn_object_new(&object, on_gone));
    CN_EQ(ObfReferenceObject(&object), 2);
    CN_EQ(ObReferenceObjectByPointer(&object, 0, NULL, KernelMode), 0);
    CN_EQ(ObfDereferenceObject(&object), 2);
    CN_EQ(ObfDereferenceObjectWithTag(&object, 1), 1);
    CN_EQ(gone, 0);
    ObDereferenceObjectDeferDelete(&object);
    CN_EQ(gone, 1);
    CN_OK(!cn_object_is(&object));
    CN_EQ(ObfReferenceObjectWithTag(&other, 1), 0);
    CN_EQ(ObfDereferenceObject(&other), 0);
}

TEST(time_goes_to_fields_and_back)
{
    LARGE_INTEGER t, back;
    TIME_FIELDS f;
    for (int64_t day = 0; day < 500 * 366; day += 13) {
        t.QuadPart = day * INT64_C(864000000000) + INT64_C(123456789) * 1000;
        RtlTimeToTimeFields(&t, &f);
        CN_EQ(f.Weekday, (day + 1) % 7);
        CN_OK(RtlTimeFieldsToTime(&f, &back));
        CN_EQ(back.QuadPart / 10000, t.QuadPart / 10000);
    }
    t.QuadPart = 0;
    RtlTimeToTimeFields(&t, &f);
    CN_OK(f.Year == 1601 && f.Month == 1 && f.Day == 1 && f.Hour == 0);
    RtlSecondsSince1970ToTime(951782400, &t);
    RtlTimeToTimeFields(&t, &f);
    CN_OK(f.Year == 2000 && f.Month == 2 && f.Day == 29 && f.Weekday == 2);
    ULONG s;
    CN_OK(RtlTimeToSecondsSince1970(&t, &s) && s == 951782400);
    t.QuadPart = 0;
    CN_OK(!RtlTimeToSecondsSince1970(&t, &s));
    f = (TIME_FIELDS){.Year = 2001, .Month = 2, .Day = 29};
    CN_OK(!RtlTimeFieldsToTime(&f, &t));
    f = (TIME_FIELDS){.Year = 2001, .Month = 13, .Day = 1};
    CN_OK(!RtlTimeFieldsToTime(&f, &t));
}

TEST(versions_are_told_and_compared)
{
    struct {
        RTL_OSVERSIONINFOW v;
        UCHAR more[8];
    } ex = {.v.dwOSVersionInfoSize = 284};
    kit_start();
    CN_EQ(RtlGetVersion(&ex.v), 0);
    CN_EQ(ex.v.dwMajorVersion, 10);
    CN_EQ(ex.more[6], 1);
    RTL_OSVERSIONINFOW want = {.dwMajorVersion = 6, .dwMinorVersion = 1};
    ULONGLONG mask = VerSetConditionMask(VerSetConditionMask(0, 2, 3), 1, 3);
    CN_EQ(RtlVerifyVersionInfo(&want, 3, mask), 0);
    want.dwMajorVersion = 11;
    CN_EQ(RtlVerifyVersionInfo(&want, 3, mask), STATUS_REVISION_MISMATCH);
    CN_EQ(RtlVerifyVersionInfo(&want, 0, mask), STATUS_INVALID_PARAMETER);
    CN_OK(RtlIsNtDdiVersionAvailable(NTDDI_WIN7) && IoIsWdmVersionAvailable(1, 0x30));
    CN_OK(!IoIsWdmVersionAvailable(6, 1));
    ULONG major;
    PsGetVersion(&major, NULL, NULL, NULL);
    CN_EQ(major, 10);
    ULONG seed = 1, a = RtlRandomEx(&seed);
    seed = 1;
    CN_EQ(RtlRandomEx(&seed), a);
}

TEST(memory_compares_by_count)
{
    const ULONG pattern[] = {7, 7, 8};
    CN_EQ(RtlCompareMemory("abcd", "abxd", 4), 2);
    CN_EQ(RtlCompareMemory("abcd", "abcd", 4), 4);
    CN_EQ(RtlCompareMemoryUlong((PVOID)(uintptr_t)pattern, 12, 7), 8);
}

TEST(bitmaps_find_runs_and_stay_in_bounds)
{
    ULONG words[3] = {0, 0, 0xDEADBEEF};
    struct _RTL_BITMAP m;
    RtlInitializeBitMap(&m, words, 40);
    RtlClearAllBits(&m);
    RtlSetBits(&m, 3, 10);
    CN_OK(RtlAreBitsSet(&m, 3, 10) && !RtlAreBitsSet(&m, 2, 2) && RtlAreBitsClear(&m, 13, 27));
    CN_EQ(RtlNumberOfSetBits(&m), 10);
    CN_EQ(RtlFindClearBits(&m, 4, 0), 13);
    CN_EQ(RtlFindClearBits(&m, 3, 0), 0);
    CN_EQ(RtlFindClearBits(&m, 3, 38), 0);
    CN_EQ(RtlFindSetBits(&m, 11, 0), UINT32_MAX);
    CN_EQ(RtlFindClearBitsAndSet(&m, 27, 5), 13);
    CN_EQ(RtlNumberOfClearBits(&m), 3);
    RtlSetBits(&m, 38, 1000);
    RtlSetBit(&m, 40);
    RtlClearBits(&m, UINT32_MAX, 2);
    CN_OK(!RtlTestBit(&m, 40) && !RtlTestBit(&m, UINT32_MAX));
    CN_EQ(words[2], 0xDEADBEEF);
    CN_EQ(RtlFindSetBitsAndClear(&m, 5, 0), 3);
    CN_OK(!RtlTestBit(&m, 3));
    CN_EQ(RtlFindMostSignificantBit(0x8000), 15);
    CN_EQ(RtlFindLeastSignificantBit(0), -1);
}

TEST(a_routine_is_found_by_name_when_it_is_provided)
{
    kit_start();
    CN_OK(MmGetSystemRoutineAddress(U("ExFreePool")) == (void *)ExFreePool);
    CN_OK(MmGetSystemRoutineAddress(U("IoConnectInterrupt")) == NULL);
    CN_OK(MmGetSystemRoutineAddress(U("NoSuch")) == NULL);
    GUID a, b;
    ExUuidCreate(&a);
    ExUuidCreate(&b);
    CN_OK(memcmp(&a, &b, sizeof(a)) != 0);
    CN_OK(IoGetCurrentProcess() != NULL);
    BROKE_NOTHING();
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
