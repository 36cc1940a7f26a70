/* The table of what ndis.sys exports. */
#include "cn_test.h"

#include <string.h>

#include "ddi/rows.h"

static const struct cn_ddi_row *row(const char *name)
{
    for (size_t i = 0; i < cn_ndis_row_count; i++)
        if (strcmp(cn_ndis_rows[i].name, name) == 0)
            return &cn_ndis_rows[i];
    return NULL;
}

TEST(each_name_stands_once)
{
    for (size_t i = 0; i < cn_ndis_row_count; i++) {
        CN_STREQ(cn_ndis_rows[i].dll, "ndis");
        CN_OK(row(cn_ndis_rows[i].name) == &cn_ndis_rows[i]);
    }
}

TEST(levels_and_versions_make_sense)
{
    for (size_t i = 0; i < cn_ndis_row_count; i++) {
        const struct cn_ddi_row *r = &cn_ndis_rows[i];
        CN_OK(r->irql_min <= r->irql_max);
        CN_OK(r->since_major == 0 || (r->since_major >= 5 && r->since_major <= 6));
        CN_OK(r->page != NULL);
        CN_OK(r->page[0] == '\0' || strncmp(r->page, "ddi/", 4) == 0 ||
              strncmp(r->page, "guide/", 6) == 0);
    }
}

TEST(registration_is_provided)
{
    static const char *const names[] = {"NdisMRegisterMiniportDriver",
                                        "NdisMDeregisterMiniportDriver",
                                        "NdisRegisterProtocolDriver",
                                        "NdisDeregisterProtocolDriver",
                                        "NdisSetOptionalHandlers",
                                        "NdisMSetMiniportAttributes",
                                        "NdisOpenAdapterEx",
                                        "NdisCloseAdapterEx",
                                        "NdisCmRegisterAddressFamilyEx",
                                        "NdisMCmRegisterAddressFamilyEx",
                                        "NdisClOpenAddressFamilyEx",
                                        "NdisCmOpenAddressFamilyComplete",
                                        "NdisClCloseAddressFamily",
                                        "NdisCmCloseAddressFamilyComplete",
                                        "NdisCmNotifyCloseAddressFamily",
                                        "NdisClNotifyCloseAddressFamilyComplete"};
    for (size_t i = 0; i < CN_ARRAY_SIZE(names); i++)
        CN_OK(row(names[i]) != NULL && row(names[i])->fn != NULL);
}

TEST(what_comes_later_is_known)
{
    static const char *const names[] = {"NdisCoCreateVc", "NdisClMakeCall", "NdisClRegisterSap",
                                        "NdisCoSendNetBufferLists", "NdisMRegisterMiniport"};
    for (size_t i = 0; i < CN_ARRAY_SIZE(names); i++)
        CN_OK(row(names[i]) != NULL && row(names[i])->fn == NULL);
    CN_OK(row("NdisNoSuchFunction") == NULL);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
