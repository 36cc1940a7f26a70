/* Tests of src/nt/time.c. */
#include "sync_kit.h"

static uint8_t *page(void)
{
    return cn_nt_shared_user_data();
}

TEST(all_clocks_tell_the_engines_time)
{
    kit_start();
    LARGE_INTEGER system, precise, tick, frequency;
    ULONG64 stamp;
    cn_engine_stall(625 * MS);
    KeQuerySystemTime(&system);
    KeQuerySystemTimePrecise(&precise);
    KeQueryTickCount(&tick);
    CN_EQ(system.QuadPart, START_TIME + 625 * MS);
    CN_EQ(precise.QuadPart, system.QuadPart);
    CN_EQ(KeQueryInterruptTime(), 625 * MS);
    CN_EQ(KeQueryInterruptTimePrecise(&stamp), 625 * MS);
    CN_EQ(tick.QuadPart, 40);
    CN_EQ(tick.QuadPart * KeQueryTimeIncrement(), 625 * MS);
    CN_EQ(KeQueryPerformanceCounter(&frequency).QuadPart, 625 * MS);
    CN_EQ(frequency.QuadPart, 10000000);
    CN_EQ(KeQueryPerformanceCounter(NULL).QuadPart, 625 * MS);
}

TEST(the_shared_page_tells_the_same)
{
    kit_start();
    cn_engine_stall(625 * MS);
    LARGE_INTEGER system, interrupt;
    memcpy(&interrupt, page() + 0x08, 8);
    memcpy(&system, page() + 0x14, 8);
    CN_EQ(system.QuadPart, START_TIME + 625 * MS);
    CN_EQ(interrupt.QuadPart, KeQueryInterruptTime());
}

TEST(local_time_is_universal_time)
{
    LARGE_INTEGER a = {.QuadPart = 5}, b, c;
    ExSystemTimeToLocalTime(&a, &b);
    ExLocalTimeToSystemTime(&b, &c);
    CN_EQ(b.QuadPart, 5);
    CN_EQ(c.QuadPart, 5);
}

static void stall(void *arg)
{
    KeStallExecutionProcessor(*(ULONG *)arg);
}

TEST(a_stall_takes_time_and_is_short)
{
    kit_start();
    ULONG us = 50;
    CN_EQ(run(stall, &us), CN_END_IDLE);
    CN_EQ(cn_engine_now(), START_TIME + 500);
    BROKE_NOTHING();
    us = 51;
    CN_EQ(run(stall, &us), CN_END_IDLE);
    BROKE(CN_IRQL_006);
    CN_STREQ(found, "51 microseconds");
}

static bool done;

static void set_done(void *arg)
{
    (void)arg;
    done = true;
}

static void spin_until_done(void *arg)
{
    (void)arg;
    while (!done)
        KeStallExecutionProcessor(10);
}

TEST(others_go_on_while_one_stalls)
{
    kit_start();
    done = false;
    spawn(spin_until_done, NULL);
    spawn(set_done, NULL);
    CN_EQ(cn_engine_run(), CN_END_IDLE);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
