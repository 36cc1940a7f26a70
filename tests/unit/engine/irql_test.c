/* Tests of src/engine/irql.c. */
#include "cn_test.h"

#include "engine/engine.h"

static uint8_t seen[8];

static uint8_t irql_behind_gs(void)
{
    uint8_t irql;
    __asm__ volatile("movb %%gs:0x50, %0" : "=r"(irql));
    return irql;
}

static void raise_and_lower(void *arg)
{
    (void)arg;
    seen[0] = cn_irql_get();
    seen[1] = cn_irql_raise(CN_DISPATCH);
    seen[2] = irql_behind_gs();
    seen[3] = cn_irql_raise(CN_HIGH);
    seen[4] = cn_irql_get();
    cn_irql_lower(CN_APC);
    seen[5] = irql_behind_gs();
    cn_irql_lower(CN_PASSIVE);
}

TEST(the_irql_is_where_drivers_look_for_it)
{
    cn_engine_stop();
    CN_EQ(cn_engine_start(&(struct cn_engine_config){0}), 0);
    cn_engine_spawn(raise_and_lower, NULL, "a");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(seen[0], CN_PASSIVE);
    CN_EQ(seen[1], CN_PASSIVE);
    CN_EQ(seen[2], CN_DISPATCH);
    CN_EQ(seen[3], CN_DISPATCH);
    CN_EQ(seen[4], CN_HIGH);
    CN_EQ(seen[5], CN_APC);
    cn_engine_stop();
}

static void keeps_apc(void *arg)
{
    uint8_t *out = arg;
    cn_irql_raise(CN_APC);
    cn_engine_yield();
    out[0] = cn_irql_get();
}

static void at_passive(void *arg)
{
    uint8_t *out = arg;
    out[1] = cn_irql_get();
    cn_engine_yield();
    out[2] = cn_irql_get();
}

TEST(each_context_has_its_own_irql)
{
    CN_EQ(cn_engine_start(&(struct cn_engine_config){0}), 0);
    uint8_t out[3] = {9, 9, 9};
    cn_engine_spawn(keeps_apc, out, "a");
    cn_engine_spawn(at_passive, out, "b");
    CN_EQ(cn_engine_run(), CN_END_IDLE);
    CN_EQ(out[0], CN_APC);
    CN_EQ(out[1], CN_PASSIVE);
    CN_EQ(out[2], CN_PASSIVE);
    CN_EQ(cn_irql_get(), CN_PASSIVE);
    cn_engine_stop();
}

TEST(without_an_engine_everything_is_passive)
{
    cn_engine_stop();
    CN_EQ(cn_irql_raise(CN_DISPATCH), CN_PASSIVE);
    CN_EQ(cn_irql_get(), CN_PASSIVE);
    cn_irql_lower(CN_PASSIVE);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
