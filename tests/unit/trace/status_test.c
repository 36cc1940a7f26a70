/* status_test.c - names of status codes. */
#include "cn_test.h"

#include "trace/trace.h"

static const struct {
    const char *name;
    uint32_t value;
} rows[] = {
#define STATUS(name, value) {#name, value},
#include "trace/status.def"
#undef STATUS
};

TEST(the_table_ascends_which_the_lookup_relies_on)
{
    for (size_t i = 1; i < CN_ARRAY_SIZE(rows); i++)
        if (rows[i].value < rows[i - 1].value)
            CN_FAIL("%s stands after %s", rows[i].name, rows[i - 1].name);
}

TEST(no_name_stands_twice)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(rows); i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(rows[i].name, rows[j].name) == 0)
                CN_FAIL("%s stands twice", rows[i].name);
}

TEST(each_value_has_the_name_of_its_first_row)
{
    const char *first = rows[0].name;
    for (size_t i = 0; i < CN_ARRAY_SIZE(rows); i++) {
        if (i > 0 && rows[i].value != rows[i - 1].value)
            first = rows[i].name;
        CN_STREQ(cn_status_name(rows[i].value), first);
    }
}

TEST(ndis_names_come_first_and_nt_names_on_request)
{
    CN_STREQ(cn_status_name(0), "NDIS_STATUS_SUCCESS");
    CN_STREQ(cn_ntstatus_name(0), "STATUS_SUCCESS");
    CN_STREQ(cn_status_name(0x103), "NDIS_STATUS_PENDING");
    CN_STREQ(cn_ntstatus_name(0x103), "STATUS_PENDING");
    CN_STREQ(cn_status_name(0xC0000001), "NDIS_STATUS_FAILURE");
    CN_STREQ(cn_ntstatus_name(0xC0000001), "STATUS_UNSUCCESSFUL");
    CN_STREQ(cn_status_name(0xC0010004), "NDIS_STATUS_BAD_VERSION");
}

TEST(a_value_of_one_family_has_its_name_in_both_lookups)
{
    CN_STREQ(cn_ntstatus_name(0xC0010004), "NDIS_STATUS_BAD_VERSION");
    CN_STREQ(cn_status_name(0x102), "STATUS_TIMEOUT");
}

TEST(unknown_values_have_no_name)
{
    CN_OK(cn_status_name(0xFFFFFFFF) == NULL);
    CN_OK(cn_ntstatus_name(0xFFFFFFFF) == NULL);
    CN_OK(cn_status_name(0xDEADBEEF) == NULL);
    CN_OK(cn_status_name(4) == NULL);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
