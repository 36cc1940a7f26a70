/* list_test.c - intrusive lists. */
#include "cn_test.h"

#include "base/list.h"

struct item {
    int value;
    struct cn_list link;
};

static const char *values(struct cn_list *head)
{
    static char buf[64];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    CN_LIST_EACH(e, head)
    {
        cn_text_put(&t, "%d ", CN_LIST_ENTRY(e, struct item, link)->value);
    }
    return buf;
}

TEST(a_new_list_is_empty)
{
    struct cn_list head;
    cn_list_init(&head);
    CN_OK(cn_list_empty(&head));
    CN_OK(cn_list_pop(&head) == NULL);
}

TEST(inserting_at_the_head_appends)
{
    struct cn_list head;
    struct item a = {.value = 1}, b = {.value = 2}, c = {.value = 3};
    cn_list_init(&head);
    cn_list_insert(&head, &a.link);
    cn_list_insert(&head, &b.link);
    cn_list_insert(&b.link, &c.link);
    CN_STREQ(values(&head), "1 3 2 ");
    CN_OK(!cn_list_empty(&head));
}

TEST(removing_twice_is_harmless)
{
    struct cn_list head;
    struct item a = {.value = 1}, b = {.value = 2};
    cn_list_init(&head);
    cn_list_insert(&head, &a.link);
    cn_list_insert(&head, &b.link);
    cn_list_remove(&a.link);
    cn_list_remove(&a.link);
    CN_STREQ(values(&head), "2 ");
    CN_OK(cn_list_empty(&a.link));
}

TEST(popping_takes_the_oldest)
{
    struct cn_list head;
    struct item a = {.value = 1}, b = {.value = 2};
    cn_list_init(&head);
    cn_list_insert(&head, &a.link);
    cn_list_insert(&head, &b.link);
    CN_OK(cn_list_pop(&head) == &a.link);
    CN_OK(cn_list_pop(&head) == &b.link);
    CN_OK(cn_list_empty(&head));
}

TEST(elements_may_be_removed_while_walking)
{
    struct cn_list head;
    struct item item[5];
    cn_list_init(&head);
    for (int i = 0; i < 5; i++) {
        item[i].value = i;
        cn_list_insert(&head, &item[i].link);
    }
    CN_LIST_EACH_SAFE(e, next, &head)
    {
        if (CN_LIST_ENTRY(e, struct item, link)->value % 2 == 0)
            cn_list_remove(e);
    }
    CN_STREQ(values(&head), "1 3 ");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
