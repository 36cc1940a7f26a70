/* kpcr_test.c - what a driver reads through gs, and what host code reads through cn_kpcr(). */
#include "load/kpcr.h"

#include <pthread.h>
#include <signal.h>

#include "cn_test.h"

static struct cn_kpcr first, second;

static uint64_t gs64(uint64_t at)
{
    uint64_t value;
    __asm__ volatile("mov %%gs:(%1), %0" : "=r"(value) : "r"(at) : "memory");
    return value;
}

static uint32_t gs32(uint64_t at)
{
    uint32_t value;
    __asm__ volatile("movl %%gs:(%1), %0" : "=r"(value) : "r"(at) : "memory");
    return value;
}

static uint16_t gs16(uint64_t at)
{
    uint16_t value;
    __asm__ volatile("movw %%gs:(%1), %0" : "=r"(value) : "r"(at) : "memory");
    return value;
}

static uint8_t gs8(uint64_t at)
{
    uint8_t value;
    __asm__ volatile("movb %%gs:(%1), %0" : "=q"(value) : "r"(at) : "memory");
    return value;
}

TEST(drivers_find_every_member_at_its_windows_offset)
{
    cn_kpcr_init(&first, 5);
    first.thread = &second;
    first.irql = 2;
    CN_EQ(cn_kpcr_load(&first), 0);
    CN_EQ(gs64(0x18), (uintptr_t)&first);
    CN_EQ(gs64(0x20), (uintptr_t)&first + 0x180);
    CN_EQ(gs8(0x50), 2);
    CN_EQ(gs8(0x184), 5);
    CN_EQ(gs16(0x184), 5); /* mingw's KeGetCurrentProcessorNumber loads two bytes */
    CN_EQ(gs64(0x188), (uintptr_t)&second);
    CN_EQ(gs32(0x1a4), 5);
    CN_EQ(cn_kpcr_load(NULL), 0);
}

TEST(a_new_region_is_at_passive_level_without_a_thread)
{
    memset(&first, 0xee, sizeof(first));
    cn_kpcr_init(&first, 0);
    CN_EQ(first.irql, 0);
    CN_OK(first.thread == NULL);
    CN_EQ(first.index, 0);
    CN_EQ(first.legacy_number, 0);
    CN_EQ(first.reserved_1a8[0], 0);
    CN_EQ(first.reserved_1a8[sizeof(first.reserved_1a8) - 1], 0);
}

TEST(the_largest_processor_number_fits)
{
    cn_kpcr_init(&first, 63);
    CN_EQ(first.index, 63);
    CN_EQ(first.legacy_number, 63);
}

TEST(host_code_sees_the_loaded_region_and_none_after_unloading)
{
    cn_kpcr_init(&first, 0);
    CN_OK(cn_kpcr() == NULL);
    CN_EQ(cn_kpcr_load(&first), 0);
    CN_OK(cn_kpcr() == &first);
    CN_EQ(cn_kpcr_load(NULL), 0);
    CN_OK(cn_kpcr() == NULL);
}

TEST(a_change_by_the_host_is_seen_by_the_driver_and_back)
{
    cn_kpcr_init(&first, 0);
    CN_EQ(cn_kpcr_load(&first), 0);
    cn_kpcr()->irql = 11;
    CN_EQ(gs8(0x50), 11);
    __asm__ volatile("movb $1, %%gs:0x50" : : : "memory");
    CN_EQ(cn_kpcr()->irql, 1);
    CN_EQ(cn_kpcr_load(NULL), 0);
}

TEST(switching_between_virtual_cpus_switches_gs)
{
    cn_kpcr_init(&first, 1);
    cn_kpcr_init(&second, 2);
    for (int i = 0; i < 1000; i++) {
        struct cn_kpcr *next = i & 1 ? &first : &second;
        CN_EQ(cn_kpcr_load(next), 0);
        CN_EQ(gs32(0x1a4), next->index);
        CN_OK(cn_kpcr() == next);
    }
    CN_EQ(cn_kpcr_load(NULL), 0);
}

static void *own_region(void *arg)
{
    struct cn_kpcr *mine = arg;
    if (cn_kpcr() != NULL || cn_kpcr_load(mine) != 0)
        return NULL;
    for (int i = 0; i < 200; i++) {
        free(malloc(100));
        sched_yield();
        if (gs32(0x1a4) != mine->index || cn_kpcr() != mine)
            return NULL;
    }
    return mine;
}

TEST(every_os_thread_has_its_own)
{
    pthread_t threads[2];
    cn_kpcr_init(&first, 1);
    cn_kpcr_init(&second, 2);
    CN_EQ(pthread_create(&threads[0], NULL, own_region, &first), 0);
    CN_EQ(pthread_create(&threads[1], NULL, own_region, &second), 0);
    void *ends[2];
    pthread_join(threads[0], &ends[0]);
    pthread_join(threads[1], &ends[1]);
    CN_OK(ends[0] == &first);
    CN_OK(ends[1] == &second);
}

static volatile uint32_t seen_in_signal;

static void look(int signo)
{
    (void)signo;
    seen_in_signal = gs32(0x1a4);
}

TEST(a_signal_handler_sees_the_region_of_its_thread)
{
    cn_kpcr_init(&first, 9);
    CN_EQ(cn_kpcr_load(&first), 0);
    signal(SIGUSR1, look);
    raise(SIGUSR1);
    signal(SIGUSR1, SIG_DFL);
    CN_EQ(seen_in_signal, 9);
    CN_EQ(gs32(0x1a4), 9);
    CN_EQ(cn_kpcr_load(NULL), 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
