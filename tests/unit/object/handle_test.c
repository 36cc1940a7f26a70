/* handle_test.c - handles: every way in which one can be wrong, and that old ones are explained. */
#include "cn_test.h"

#include <signal.h>

#include "object/handle.h"
#include "trace/trace.h"

static int a, b;

static enum cn_handle_fault why(cn_handle h, enum cn_kind want)
{
    return cn_handle_why(h, want, NULL, NULL);
}

static void fresh(void)
{
    cn_trace_sinks = NULL;
    cn_trace_restart();
    cn_handle_reset();
}

TEST(a_live_handle_gives_its_object_and_only_as_its_kind)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_BINDING, &a);
    CN_OK(cn_handle_get(h, CN_KIND_BINDING) == &a);
    CN_OK(cn_handle_get(h, CN_KIND_ADAPTER) == NULL);
    CN_EQ(why(h, CN_KIND_BINDING), CN_HANDLE_GOOD);
    enum cn_kind kind;
    CN_EQ(cn_handle_why(h, CN_KIND_ADAPTER, &kind, NULL), CN_HANDLE_KIND);
    CN_EQ(kind, CN_KIND_BINDING);
}

TEST(handles_are_distinct)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_BINDING, &a), other = cn_handle_new(CN_KIND_BINDING, &a);
    CN_OK(h != other);
    cn_handle_end(h, "binding 0", "f", NULL);
    CN_OK(cn_handle_get(other, CN_KIND_BINDING) == &a);
}

TEST(null_is_told_from_foreign_values)
{
    fresh();
    cn_handle_new(CN_KIND_ADAPTER, &a);
    CN_EQ(why(NULL, CN_KIND_ADAPTER), CN_HANDLE_NULL);
    CN_EQ(why(&a, CN_KIND_ADAPTER), CN_HANDLE_FOREIGN);
    CN_EQ(why((cn_handle)(uintptr_t)UINT64_MAX, CN_KIND_ADAPTER), CN_HANDLE_FOREIGN);
    CN_EQ(why((cn_handle)(uintptr_t)1, CN_KIND_ADAPTER), CN_HANDLE_FOREIGN);
    CN_OK(cn_handle_get(NULL, CN_KIND_ADAPTER) == NULL);
    CN_OK(cn_handle_get(&a, CN_KIND_ADAPTER) == NULL);
}

/* No bit may be turned without being noticed: a handle has no spare bits. */
TEST(a_handle_with_any_bit_turned_is_no_handle)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_ADAPTER, &a);
    for (int bit = 0; bit < 64; bit++) {
        cn_handle bad = (cn_handle)((uintptr_t)h ^ (UINT64_C(1) << bit));
        for (int kind = 1; kind < CN_KIND_COUNT; kind++) {
            CN_OK(cn_handle_get(bad, (enum cn_kind)kind) == NULL);
            CN_OK(why(bad, (enum cn_kind)kind) != CN_HANDLE_GOOD);
        }
    }
}

TEST(values_in_the_range_of_handles_that_were_never_given_out_are_foreign)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_ADAPTER, &a);
    CN_EQ(why((cn_handle)((uintptr_t)h + 64), CN_KIND_ADAPTER), CN_HANDLE_FOREIGN);
    CN_EQ(why((cn_handle)((uintptr_t)h + (UINT64_C(1) << 19)), CN_KIND_ADAPTER), CN_HANDLE_FOREIGN);
    CN_EQ(why((cn_handle)((uintptr_t)h | 1), CN_KIND_ADAPTER), CN_HANDLE_FOREIGN);
    CN_EQ(why((cn_handle)(uintptr_t)UINT64_C(0xFFFFAFFFFFFFFFFF), CN_KIND_ADAPTER),
          CN_HANDLE_FOREIGN);
    CN_EQ(why((cn_handle)(uintptr_t)UINT64_C(0xFFFFA00000000000), CN_KIND_ADAPTER),
          CN_HANDLE_FOREIGN);
}

TEST(a_dead_handle_is_stale_and_its_end_is_remembered)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_BINDING, &a);
    cn_handle_end(h, "binding 3", "NdisCloseAdapterEx", "client.sys");
    CN_OK(cn_handle_get(h, CN_KIND_BINDING) == NULL);
    enum cn_kind kind;
    const struct cn_epitaph *e;
    CN_EQ(cn_handle_why(h, CN_KIND_BINDING, &kind, &e), CN_HANDLE_STALE);
    CN_EQ(kind, CN_KIND_BINDING);
    CN_EQ(e->kind, CN_KIND_BINDING);
    CN_STREQ(e->name, "binding 3");
    CN_STREQ(e->ended_by, "NdisCloseAdapterEx");
    CN_STREQ(e->driver, "client.sys");
    CN_EQ(why(h, CN_KIND_ADAPTER), CN_HANDLE_STALE);
}

TEST(the_name_of_the_driver_outlives_the_driver)
{
    fresh();
    char name[] = "client.sys";
    cn_handle h = cn_handle_new(CN_KIND_BINDING, &a);
    cn_handle_end(h, "binding 0", "f", name);
    memset(name, 'x', sizeof(name) - 1);
    CN_HAS(cn_handle_explain(h, CN_KIND_BINDING), "client.sys");
}

static void ignore(void *arg, const struct cn_event *ev)
{
    (void)arg;
    (void)ev;
}

TEST(each_fault_is_explained)
{
    fresh();
    struct cn_sink sink = {.event = ignore};
    cn_trace_add(&sink);
    CN_TRACE(PHASE, "x");
    CN_TRACE(PHASE, "y");
    cn_trace_remove(&sink);
    cn_handle dead = cn_handle_new(CN_KIND_BINDING, &a), live = cn_handle_new(CN_KIND_AF, &b);
    cn_handle_end(dead, "binding 0", "NdisCloseAdapterEx", "client.sys");
    CN_STREQ(cn_handle_explain(dead, CN_KIND_BINDING),
             "stale binding handle: 'binding 0' was ended by NdisCloseAdapterEx of client.sys at "
             "event 2");
    CN_STREQ(cn_handle_explain(live, CN_KIND_BINDING), "live address family handle");
    CN_STREQ(cn_handle_explain(NULL, CN_KIND_BINDING), "NULL");
    CN_STREQ(cn_handle_explain(&a, CN_KIND_BINDING), "value that is no handle");
    CN_HAS(cn_handle_explain(live, CN_KIND_AF), "live address family handle");
}

TEST(an_object_that_the_runtime_ended_has_no_driver_to_blame)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_ADAPTER, &a);
    cn_handle_end(h, "adapter 0", NULL, NULL);
    CN_STREQ(cn_handle_explain(h, CN_KIND_ADAPTER),
             "stale adapter handle: 'adapter 0' was ended by condis at event 0");
}

TEST(a_name_that_is_too_long_is_cut)
{
    char longer[300];
    memset(longer, 'n', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_ADAPTER, &a);
    cn_handle_end(h, longer, "f", "d");
    const struct cn_epitaph *e;
    cn_handle_why(h, CN_KIND_ADAPTER, NULL, &e);
    CN_EQ(strlen(e->name), sizeof(e->name) - 1);
}

/* Slots are used again only after others were freed; this frees enough of them. */
static void churn(unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        cn_handle h = cn_handle_new(CN_KIND_TIMER, &b);
        CN_OK(h != NULL);
        cn_handle_end(h, "timer", "f", NULL);
    }
}

TEST(the_end_of_an_object_is_remembered_until_256_others_have_ended)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_BINDING, &a);
    cn_handle_end(h, "binding 0", "f", "d");
    churn(256);
    CN_HAS(cn_handle_explain(h, CN_KIND_BINDING), "'binding 0' was ended by f of d");
    CN_EQ(why(h, CN_KIND_TIMER), CN_HANDLE_STALE);
}

TEST(a_stale_handle_stays_stale_when_its_slot_is_used_again)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_BINDING, &a);
    cn_handle_end(h, "binding 0", "f", "d");
    churn(5000);
    CN_OK(cn_handle_get(h, CN_KIND_BINDING) == NULL);
    CN_OK(cn_handle_get(h, CN_KIND_TIMER) == NULL);
    const struct cn_epitaph *e;
    CN_EQ(cn_handle_why(h, CN_KIND_BINDING, NULL, &e), CN_HANDLE_STALE);
    CN_OK(e == NULL);
    CN_HAS(cn_handle_explain(h, CN_KIND_BINDING), "ended long ago");
}

TEST(a_live_handle_survives_that_the_generations_of_other_slots_wrap)
{
    fresh();
    cn_handle live = cn_handle_new(CN_KIND_BINDING, &a);
    cn_handle first = cn_handle_new(CN_KIND_TIMER, &b);
    cn_handle_end(first, "timer", "f", NULL);
    bool came_back = false;
    for (unsigned i = 0; i < 300 * 8192 && !came_back; i++) {
        cn_handle h = cn_handle_new(CN_KIND_TIMER, &b);
        came_back = h == first;
        CN_OK(h != live);
        cn_handle_end(h, "timer", "f", NULL);
    }
    CN_OK(came_back); /* only after all generations of all slots in quarantine */
    CN_OK(cn_handle_get(live, CN_KIND_BINDING) == &a);
    cn_handle last = cn_handle_new(CN_KIND_TIMER, &b);
    CN_OK(cn_handle_get(last, CN_KIND_TIMER) == &b);
    CN_EQ(why((cn_handle)((uintptr_t)first & ~(UINT64_C(0x1FFF) << 6)), CN_KIND_TIMER),
          CN_HANDLE_FOREIGN); /* there is no generation 0 */
}

TEST(a_million_handles_live_at_once)
{
    enum { MANY = 1000000 };
    fresh();
    cn_handle *h = malloc(MANY * sizeof(*h));
    char *object = malloc(MANY);
    CN_OK(h != NULL && object != NULL);
    for (int i = 0; i < MANY; i++) {
        h[i] = cn_handle_new(CN_KIND_AF, object + i);
        CN_OK(h[i] != NULL);
    }
    for (int i = 0; i < MANY; i++)
        CN_OK(cn_handle_get(h[i], CN_KIND_AF) == object + i);
    for (int i = 0; i < MANY; i += 2)
        cn_handle_end(h[i], "af", "f", NULL);
    for (int i = 0; i < MANY; i++)
        CN_OK(cn_handle_get(h[i], CN_KIND_AF) == (i % 2 ? object + i : NULL));
    cn_handle_reset();
    free(object);
    free(h);
}

TEST(when_no_slot_is_left_a_new_handle_is_null_until_one_is_freed)
{
    enum { ALL = 1 << 21 };
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_AF, &a), last = NULL;
    for (int i = 1; i < ALL; i++) {
        last = cn_handle_new(CN_KIND_AF, &a);
        CN_OK(last != NULL);
    }
    CN_OK(cn_handle_new(CN_KIND_AF, &a) == NULL);
    cn_handle_end(h, "af", "f", NULL);
    cn_handle again = cn_handle_new(CN_KIND_BINDING, &b);
    CN_OK(cn_handle_get(again, CN_KIND_BINDING) == &b);
    CN_OK(cn_handle_get(last, CN_KIND_AF) == &a);
    CN_EQ(why(h, CN_KIND_AF), CN_HANDLE_STALE);
    CN_OK(cn_handle_new(CN_KIND_AF, &a) == NULL);
    cn_handle_reset();
}

TEST(after_a_reset_every_handle_is_foreign)
{
    fresh();
    cn_handle live = cn_handle_new(CN_KIND_AF, &a), dead = cn_handle_new(CN_KIND_AF, &a);
    cn_handle_end(dead, "af", "f", "d");
    cn_handle_reset();
    CN_EQ(why(live, CN_KIND_AF), CN_HANDLE_FOREIGN);
    CN_EQ(why(dead, CN_KIND_AF), CN_HANDLE_FOREIGN);
    cn_handle_reset();
}

TEST(handles_are_addresses_that_are_canonical_and_in_the_hosts_half)
{
    fresh();
    for (int kind = 1; kind < CN_KIND_COUNT; kind++) {
        cn_handle h = cn_handle_new((enum cn_kind)kind, &a);
        CN_EQ((uintptr_t)h >> 47, 0x1FFFF);
        CN_OK(cn_handle_is_handle(h));
        CN_OK(cn_handle_is_handle((char *)h + 0x1000));
    }
    CN_OK(!cn_handle_is_handle(&a));
    CN_OK(!cn_handle_is_handle(NULL));
    CN_OK(!cn_handle_is_handle((void *)(uintptr_t)UINT64_C(0xFFFFF78000000000)));
}

static sigjmp_buf faulted;
static void *fault_address;

static void on_fault(int signal_number, siginfo_t *info, void *context)
{
    (void)signal_number;
    (void)context;
    fault_address = info->si_addr;
    siglongjmp(faulted, 1);
}

/* A non-canonical address would fault as well, but without saying where. */
TEST(dereferencing_a_handle_faults_at_an_address_that_tells_the_handle)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_ADAPTER, &a);
    struct sigaction old, fault = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
    fault_address = NULL;
    sigaction(SIGSEGV, &fault, &old);
    volatile unsigned char *byte = (volatile unsigned char *)h + 24;
    if (sigsetjmp(faulted, 1) == 0)
        __asm__ volatile("movb (%0), %%al" : : "r"(byte) : "rax", "memory");
    sigaction(SIGSEGV, &old, NULL);
    CN_OK(fault_address == (void *)byte);
    CN_HAS(cn_handle_explain_address(fault_address), "adapter handle used as a pointer, 24 bytes");
}

TEST(an_address_a_driver_made_from_a_handle_is_explained)
{
    fresh();
    cn_handle h = cn_handle_new(CN_KIND_ADAPTER, &a);
    CN_STREQ(cn_handle_explain_address(h), "adapter handle used as a pointer, 0 bytes in");
    CN_STREQ(cn_handle_explain_address((char *)h + 0x1a8),
             "adapter handle used as a pointer, 424 bytes in");
    CN_STREQ(cn_handle_explain_address((char *)h - 8), "handle used as a pointer");
    cn_handle_end(h, "adapter 0", "MiniportHaltEx", "wan.sys");
    CN_HAS(cn_handle_explain_address((char *)h + 8), "stale: 'adapter 0' was ended by Mini");
    CN_HAS(cn_handle_explain_address((char *)h + (UINT64_C(1) << 30)), "none that was given out");
}

TEST(every_kind_has_a_distinct_name)
{
    for (int i = 0; i < CN_KIND_COUNT; i++)
        for (int j = 0; j < i; j++)
            CN_OK(strcmp(cn_kind_name((enum cn_kind)i), cn_kind_name((enum cn_kind)j)) != 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
