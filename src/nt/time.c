/* time.c - the clock as drivers see it: the engine's virtual one, in several units. */
#include "nt/rows.h"
#include "nt/parts.h"
#include "nt/system.h"
#include "nt/wait.h"

#define PER_US        UINT64_C(10)
#define QPC_FREQUENCY UINT64_C(10000000) /* the counter counts units of 100 ns */
#define STALL_MOST_US 50

#undef KeQueryInterruptTime
#undef KeQuerySystemTime
#undef KeQueryTickCount

static uint64_t started;

void cn_time_start(void)
{
    started = cn_engine_now();
    cn_engine_on_clock(cn_nt_clock);
}

static uint64_t uptime(void)
{
    return cn_engine_now() - started;
}

VOID NTAPI KeQuerySystemTime(PLARGE_INTEGER CurrentTime)
{
    CurrentTime->QuadPart = (LONGLONG)cn_engine_now();
}

VOID NTAPI KeQuerySystemTimePrecise(PLARGE_INTEGER CurrentTime)
{
    CurrentTime->QuadPart = (LONGLONG)cn_engine_now();
}

ULONGLONG NTAPI KeQueryInterruptTime(VOID)
{
    return uptime();
}

ULONG64 NTAPI KeQueryInterruptTimePrecise(PULONG64 QpcTimeStamp)
{
    *QpcTimeStamp = uptime();
    return uptime();
}

VOID NTAPI KeQueryTickCount(PLARGE_INTEGER CurrentCount)
{
    CurrentCount->QuadPart = (LONGLONG)(uptime() / CN_NT_TICK_100NS);
}

ULONG NTAPI KeQueryTimeIncrement(VOID)
{
    return CN_NT_TICK_100NS;
}

LARGE_INTEGER NTAPI KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency)
{
    if (PerformanceFrequency != NULL)
        PerformanceFrequency->QuadPart = (LONGLONG)QPC_FREQUENCY;
    return (LARGE_INTEGER){.QuadPart = (LONGLONG)uptime()};
}

/* The local time zone is UTC. */
VOID NTAPI ExSystemTimeToLocalTime(PLARGE_INTEGER SystemTime, PLARGE_INTEGER LocalTime)
{
    *LocalTime = *SystemTime;
}

VOID NTAPI ExLocalTimeToSystemTime(PLARGE_INTEGER LocalTime, PLARGE_INTEGER SystemTime)
{
    *SystemTime = *LocalTime;
}

/* Other processors go on meanwhile, so those who wait for their turn get it here: a driver may
 * stall in a loop until another thread has done something. */
VOID NTAPI KeStallExecutionProcessor(ULONG MicroSeconds)
{
    CN_DDI_ENTER(ddi, KeStallExecutionProcessor);
    CN_CHECK(CN_IRQL_006, MicroSeconds <= STALL_MOST_US,
             .found = cn_fmt("%u microseconds", MicroSeconds),
             .allowed = cn_fmt("at most %u microseconds", STALL_MOST_US));
    cn_engine_stall(MicroSeconds * PER_US);
    if (cn_engine_may_park())
        cn_engine_yield();
    CN_DDI_LEAVE_VOID(ddi);
}
