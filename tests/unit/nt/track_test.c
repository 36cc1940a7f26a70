/* Tests of src/nt/track.c. */
#include "sync_kit.h"

#include "nt/track.h"

static struct cn_track *record(enum cn_track_kind kind, const void *key)
{
    struct cn_track *t = calloc(1, sizeof(*t));
    cn_track_add(t, kind, key, NULL);
    return t;
}

static void add_one(void *arg)
{
    *(struct cn_track **)arg = record(CN_TRACK_TIMER, order);
}

TEST(a_record_is_found_by_kind_and_address_and_knows_its_maker)
{
    kit_start();
    struct cn_track *t = NULL;
    CN_EQ(run(add_one, &t), CN_END_IDLE);
    CN_OK(cn_track_find(CN_TRACK_TIMER, order) == t);
    CN_OK(cn_track_find(CN_TRACK_DPC, order) == NULL);
    CN_OK(cn_track_find(CN_TRACK_TIMER, order + 1) == NULL);
    CN_OK(t->driver == driver);
    CN_STREQ(t->call, "TestHandler");
    cn_track_remove(t);
    CN_OK(cn_track_find(CN_TRACK_TIMER, order) == NULL);
    free(t);
}

TEST(records_are_listed_oldest_first_and_many_share_a_bucket)
{
    kit_start();
    for (int i = 0; i < 1000; i++)
        record(CN_TRACK_DPC, (const void *)(uintptr_t)(4096 + 64 * i));
    uintptr_t last = 0;
    int n = 0;
    CN_LIST_EACH(at, cn_track_list(CN_TRACK_DPC))
    {
        const struct cn_track *t = CN_LIST_ENTRY(at, struct cn_track, link);
        CN_OK((uintptr_t)t->key > last);
        last = (uintptr_t)t->key;
        CN_OK(cn_track_find(CN_TRACK_DPC, t->key) == t);
        n++;
    }
    CN_EQ(n, 1000);
    cn_track_reset();
    CN_OK(cn_list_empty(cn_track_list(CN_TRACK_DPC)));
    CN_OK(cn_track_find(CN_TRACK_DPC, (const void *)4096) == NULL);
}

TEST(outside_of_drivers_a_record_belongs_to_the_runtime)
{
    kit_start();
    struct cn_track *t = record(CN_TRACK_TIMER, order);
    CN_OK(t->driver == NULL && t->call == NULL);
    cn_track_reset();
}

TEST(an_address_is_described_by_what_it_lies_in)
{
    kit_start();
    char text[256];
    struct cn_text t;
    char *pooled = cn_pool_alloc(driver, 40, 0x41616157, true, NULL);
    cn_text_init(&t, text, sizeof(text));
    cn_track_describe(&t, "timer", pooled + 8);
    CN_HAS(text, "timer 8 bytes into a block of 40 bytes");
    cn_text_init(&t, text, sizeof(text));
    cn_track_describe(&t, "timer", &t);
    CN_HAS(text, "timer in memory that is neither");
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
